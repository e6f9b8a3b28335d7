"""A small Whisper checkpoint with random weights, in openai-whisper's own format: code paths, never words."""

from __future__ import annotations

import sys
from pathlib import Path


def make_checkpoint(path: Path, *, seed: int = 1, vocabulary: int = 51_865) -> Path:
    """Write one: full vocabulary, one layer of 64 each way; about 14 MB.

    It may write 20 tokens a window: random weights never come to an end by themselves, and Whisper tries six times.
    """
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(seed)
    dims = ModelDimensions(80, 1500, 64, 2, 1, vocabulary, 40, 64, 2, 1)
    torch.save({"dims": vars(dims), "model_state_dict": Whisper(dims).state_dict()}, path)
    return path


if __name__ == "__main__":
    make_checkpoint(Path(sys.argv[1]))
