"""The trained network as a checkpoint that `whisper.load_model` reads, with every token of Whisper's in its place."""

from __future__ import annotations

from pathlib import Path

import torch

from tests.checkpoint.network import Network, dimensions
from tests.checkpoint.training import ALL_TOKENS, EMBEDDING


def export(network: Network, used: list[int], path: Path) -> None:
    """Write it in half precision; the row of a token that is not used is zero, which packs to nothing."""
    weights = {name: value.half() for name, value in network.whisper.state_dict().items()}
    rows = torch.zeros(ALL_TOKENS, weights[EMBEDDING].shape[1], dtype=torch.half)
    rows[torch.tensor(used)] = weights[EMBEDDING]
    weights[EMBEDDING] = rows
    torch.save({"dims": vars(dimensions(ALL_TOKENS)), "model_state_dict": weights}, path)
