"""A language model on the disk, in Hugging Face's layout: whether it is whole, and how much there is of it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

SINGLE, INDEX = "model.safetensors", "model.safetensors.index.json"
"""The weights in one file, or the list of the files they are in (transformers' own names)."""
ADAPTER = ("adapter_config.json", "adapter_model.safetensors")
"""What peft saves; its older adapter_model.bin may hold code, and is not read."""


def missing(folder: Path) -> str:
    """The first file that a chat model needs and `folder` does not have; empty when it is whole. A quick look."""
    needed = ["config.json", "tokenizer_config.json", *weights(folder)]
    return next((name for name in needed if not (folder / name).is_file()), "")


def missing_of_adapter(folder: Path) -> str:
    """The first file that a LoRA adapter needs and `folder` does not have; empty when it is whole."""
    return next((name for name in ADAPTER if not (folder / name).is_file()), "")


def weights(folder: Path) -> list[str]:
    """The names of the files with the weights, there or not."""
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
        return sorted(set(json.loads((folder / INDEX).read_bytes())["weight_map"].values()))
    return [SINGLE]


def size(folder: Path) -> int:
    """Bytes of the weights that are there: what the model takes in memory at least."""
    paths = [folder / name for name in weights(folder)]
    return sum(path.stat().st_size for path in paths if path.is_file())
