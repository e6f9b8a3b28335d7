"""A language model into memory, with transformers and peft: in a child process, for it loads torch.

Only what cannot run code is read: safetensors, never a pickle, and none of a repository's own modules. Nothing is
fetched.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from voicebot.catalogue import in_units
from voicebot.errors import EngineError, ModelError
from voicebot.llm.transformers_files import size

Device = Literal["auto", "cpu"]


@dataclass(frozen=True, slots=True)
class Source:
    """Which model: `folder` has its configuration, tokenizer and weights, `adapter` a LoRA adapter's unless empty.

    `name` is what the person calls it.
    """

    name: str
    folder: str
    adapter: str = ""
    device: Device = "auto"


@dataclass(frozen=True, slots=True)
class Loaded:
    """transformers' own tokenizer and model, the model on its device and with its adapter worked in."""

    tokenizer: Any
    model: Any


def load(source: Source) -> Loaded:
    """Read a model. Raises ModelError for one that is no chat model or broken, EngineError where memory runs out."""
    device = _device(source.device)
    with within_memory(source, device):
        loaded = _read(source, device)
        return Loaded(loaded.tokenizer, _adapted(loaded.model, source)) if source.adapter else loaded


def _read(source: Source, device: str) -> Loaded:
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    what = f"{source.name} cannot be loaded"
    fix = "Download it again, or name the folder of a chat model"
    safely = {"local_files_only": True, "trust_remote_code": False}
    with _telling(what, fix):
        tokenizer = AutoTokenizer.from_pretrained(source.folder, **safely)
        model, found = AutoModelForCausalLM.from_pretrained(
            source.folder, dtype=_dtype(device), use_safetensors=True, output_loading_info=True, **safely
        )
    if lacking := found["missing_keys"] or found["mismatched_keys"]:
        raise ModelError(what, f"its weights have no {min(map(str, lacking))}", fix)
    return Loaded(tokenizer, model.to(device).eval())


@contextlib.contextmanager
def within_memory(source: Source, device: str) -> Iterator[None]:
    """Turn what torch raises when memory runs out into an EngineError that says how much the model needs."""
    try:
        yield
    except Exception as error:
        if not _is_out_of_memory(error):
            raise
        raise out_of_memory(source, device) from None


def out_of_memory(source: Source, device: str = "cpu") -> EngineError:
    """What to say where a model does not fit."""
    why = f"it needs at least {in_units(size(Path(source.folder)))}"
    if device == "cpu":
        fix = "Close other programs, or choose a smaller model"
        return EngineError(f"{source.name} does not fit into memory", why, fix)
    fix = "Set llm.device to cpu, or choose a smaller model"
    return EngineError(f"{source.name} does not fit into the graphics card's memory", why, fix)


def _is_out_of_memory(error: Exception) -> bool:
    """Torch has an exception of its own for it only on CUDA: c10/core/impl/alloc_cpu.cpp, aten/src/ATen/mps."""
    import torch

    said = str(error)
    known = isinstance(error, (MemoryError, torch.cuda.OutOfMemoryError))
    return known or any(sign in said for sign in ("DefaultCPUAllocator", "out of memory", "Cannot allocate memory"))


@contextlib.contextmanager
def _telling(what: str, fix: str) -> Iterator[None]:
    """Turn what transformers and peft raise for a folder into a ModelError; memory is another matter."""
    try:
        yield
    except Exception as error:
        if _is_out_of_memory(error):
            raise
        said = " ".join(str(error).split())
        raise ModelError(what, said[:160].rstrip(".: ") or type(error).__name__, fix) from error


def _device(wanted: Device) -> str:
    import torch

    if wanted == "auto" and torch.cuda.is_available():
        return "cuda"
    return "mps" if wanted == "auto" and torch.backends.mps.is_available() else "cpu"


def _dtype(device: str) -> Any:
    """16 bits where the processor multiplies them itself.

    A processor that does not is no slower at writing with bfloat16, but 2.4 times as slow at reading the prompt
    (measured on 494 million parameters, oneDNN held to AVX2: 17 tokens a second against 42 with 32 bits).
    """
    import torch

    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
    if device == "mps":
        return torch.bfloat16 if torch.backends.mps.is_macos_or_newer(14, 0) else torch.float16
    return torch.bfloat16 if _multiplies_bfloat16() else torch.float32


def _multiplies_bfloat16() -> bool:
    """AVX512-BF16 or AMX on x86 (torch's own test), BF16 on ARM."""
    import torch

    if sys.platform == "linux" and os.uname().machine == "aarch64":
        with contextlib.suppress(OSError):
            return " bf16" in Path("/proc/cpuinfo").read_text()
    tests = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(bool(getattr(torch.cpu, test, lambda: False)()) for test in tests)


def _adapted(model: Any, source: Source) -> Any:
    """The model with a LoRA adapter (Hu et al., arXiv:2106.09685) worked into its weights: no slower than without."""
    from peft import PeftConfig, PeftModel

    what = f"the adapter {Path(source.adapter).name} does not fit {source.name}"
    fix = "Choose the adapter's own model, or empty llm.adapter"
    with _telling(what, fix):
        config = PeftConfig.from_pretrained(source.adapter)
    if config.peft_type != "LORA":
        raise ModelError(what, f"it is of the kind {getattr(config.peft_type, 'value', '?')}, not LoRA", fix)
    config.inference_mode = True
    with _telling(what, fix):
        adapted = PeftModel(model, config)
        found = adapted.load_adapter(source.adapter, "default", torch_device=str(model.device))
    if strange := [*found.missing_keys, *found.unexpected_keys]:
        raise ModelError(what, f"it is for another model: {strange[0]}", fix)
    return adapted.merge_and_unload().eval()
