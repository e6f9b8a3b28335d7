"""What the child processes with a neural network have in common: they are offline, and tell telling what is wrong.

Only what cannot run code is read: safetensors, never a pickle, and none of a model's own modules. (Before version 6.0
sentence-transformers ran those of a folder whatever it was told: `util/misc.py`, `import_module_class`.)
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.errors import EngineError, ModelError

EXTRA = "pip install 'voicebot[embeddings]'"
LOADING = 180.0
"""Seconds without a sign of life while torch and the weights are read, from a slow disk."""
STOPPING = 3.0
"""Seconds that one multiplication may take on a slow processor before a call that was cancelled is killed."""
SINGLE, INDEX = "model.safetensors", "model.safetensors.index.json"
"""The weights in one file, or the list of the files they are in (transformers' own names)."""
SPINS = "3000"
"""How often one of torch's threads looks for work before it sleeps (libgomp's GOMP_SPINCOUNT).

Measured on 2 cores that other programs want as well, MiniLM of 6 layers: a question takes 144 ms of the processor with
libgomp's own 300,000, 29 ms with these; a passage of 200 words in batches of one 309 ms and 103 ms.
"""
KILLED_FIRST = 500
"""Added to this process's badness (of 1000) where Linux looks for one to end when memory is short: proc(5)."""
SAFELY: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}


@dataclass(frozen=True, slots=True)
class Source:
    """Which model: its `folder`, and what the person calls it."""

    name: str
    folder: str


def missing(folder: Path, *needed: str) -> str:
    """The first file that a model needs and `folder` does not have; empty when it is whole. A quick look."""
    names = ("config.json", *needed, *_weights(folder))
    return next((name for name in names if not (folder / name).is_file()), "")


def size(folder: Path) -> int:
    """Bytes of the weights that are there: what the model takes in memory at least."""
    return sum(path.stat().st_size for path in map(folder.joinpath, _weights(folder)) if path.is_file())


def prepare() -> None:
    """Before torch is loaded, in the child: no network, no bars and warnings, and the first to go when memory ends."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    os.environ |= {
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TRANSFORMERS_VERBOSITY": "error",
        "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    }
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(KILLED_FIRST))


def take_half_of_the_cores() -> None:
    """For what is short: threads that wait for one another are held up by whatever else wants a core.

    Measured on 2 cores that other programs want as well, a question through MiniLM of 6 layers: 55 to 57 ms (p50) and
    15 ms of the processor with one thread, 132 to 141 ms and 31 ms with two.
    """
    import torch

    torch.set_num_threads(max(1, torch.get_num_threads() // 2))


def leave_when_unwanted(model: Any, alive: Callable[[], None]) -> None:
    """Call `alive` before each of the model's multiplications: it raises when nobody waits for them any more."""
    import torch

    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(lambda *_: alive())


@contextlib.contextmanager
def telling(source: Source, what: str) -> Iterator[None]:
    """Turn what torch and transformers raise into an EngineError for memory, and a ModelError that says `what`."""
    try:
        yield
    except (EngineError, ModelError):
        raise
    except Exception as error:
        if _is_out_of_memory(error):
            raise _too_large(source) from None
        said = " ".join(str(error).split())[:160].rstrip(".: ") or type(error).__name__
        fix = "Download it again, or choose another model"
        raise ModelError(what, said, fix) from error


def plain_death(source: Source, error: EngineError) -> EngineError:
    """A child that the system has killed was too large for it: nothing else does that unasked."""
    killed = getattr(signal, "SIGKILL", None)
    if killed is not None and error.why.endswith(f"({signal.strsignal(killed)})"):
        return _too_large(source)
    return error


def _too_large(source: Source) -> EngineError:
    why = f"it needs at least {size(Path(source.folder)) / 1e6:.0f} MB"
    fix = "Close other programs, or choose a smaller model"
    return EngineError(f"{source.name} does not fit into memory", why, fix)


def _weights(folder: Path) -> list[str]:
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError, KeyError):
        return sorted(set(json.loads((folder / INDEX).read_bytes())["weight_map"].values()))
    return [SINGLE]


def _is_out_of_memory(error: Exception) -> bool:
    """Torch has an exception of its own for it only on CUDA: c10/core/impl/alloc_cpu.cpp, aten/src/ATen/mps."""
    signs = ("DefaultCPUAllocator", "out of memory", "Cannot allocate memory")
    return isinstance(error, MemoryError) or any(sign in str(error) for sign in signs)
