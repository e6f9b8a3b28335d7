"""The engine that runs a model of its own, in its child process as in a conversation.

Speed does not depend on what a model has learnt: `brain.small_*` is measured on random weights in the dimensions of
the smallest model of the catalogue (494 million parameters), `brain.tiny_*` on the tests' own model, where nothing
but the program itself takes time. An English word is about 1.3 tokens, a Korean syllable about one.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, cast

from tests.bench.__main__ import CannotRun
from tests.llm.tiny_model import make_model, make_tokenizer
from voicebot.llm.base import Message, Request
from voicebot.llm.transformers import Transformers
from voicebot.llm.transformers_model import Manner

DIMENSIONS = {
    "vocab_size": 151_936, "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24,
    "num_attention_heads": 14, "num_key_value_heads": 2, "tie_word_embeddings": True,
}  # fmt: skip
"""Of Qwen2.5-0.5B-Instruct: its config.json."""
PROMPT, MORE = 400, 40
"""Letters of the first question and of each that follows; with the tests' vocabulary, each is a token."""
PIECES = 24
"""Of an answer, to tell how fast they come; with the small model's vocabulary, each is a token."""
STOPS = 7
READING = 0.15
"""Seconds into reading the first question."""
ENDLESS = Manner(max_tokens=50_000, context_tokens=100_000)


def measure() -> dict[str, float]:
    if missing := [library for library in ("torch", "transformers") if find_spec(library) is None]:
        raise CannotRun(f"{', '.join(missing)} not installed")
    with tempfile.TemporaryDirectory() as folder:
        tiny = make_model(Path(folder) / "tiny", after="again")
        small = _make_small(Path(folder) / "small")
        return asyncio.run(_measure("tiny", tiny)) | asyncio.run(_measure("small", small))


async def _measure(name: str, folder: Path) -> dict[str, float]:
    engine = Transformers(folder, f"transformers:{name}", manner=ENDLESS)
    began = time.perf_counter()
    await engine.warm()
    loading = time.perf_counter() - began
    try:
        talk = [Message("user", "x" * PROMPT)]
        first, rate = await _answer(engine, talk)
        talk += [Message("assistant", "x" * MORE), Message("user", "x" * MORE)]
        second, _ = await _answer(engine, talk)
        writing = [await _stop_writing(engine, talk) for _ in range(STOPS)]
        reading = [await _stop_reading(engine, number) for number in range(STOPS)] if name == "small" else []
    finally:
        await engine.close()
    figures = {
        f"brain.{name}_load_seconds": loading,
        f"brain.{name}_first_word_ms": 1000 * first,
        f"brain.{name}_second_turn_first_word_ms": 1000 * second,
        f"brain.{name}_pieces_per_second": rate,
        f"brain.{name}_stop_while_writing_ms_p50": 1000 * median(writing),
        f"brain.{name}_stop_while_writing_ms_max": 1000 * max(writing),
    }
    if reading:
        figures[f"brain.{name}_stop_while_reading_ms_p50"] = 1000 * median(reading)
        figures[f"brain.{name}_stop_while_reading_ms_max"] = 1000 * max(reading)
    return figures


async def _answer(engine: Transformers, talk: list[Message]) -> tuple[float, float]:
    """Seconds to the first word, and the pieces a second from there on."""
    began = time.perf_counter()
    async with aclosing(_reply(engine, talk)) as pieces:
        await anext(pieces)
        first = time.perf_counter()
        for _ in range(PIECES):
            await anext(pieces)
        return first - began, PIECES / (time.perf_counter() - first)


async def _stop_writing(engine: Transformers, talk: list[Message]) -> float:
    """Seconds from the stop until the child is idle, after three words."""
    async with aclosing(_reply(engine, talk)) as pieces:
        for _ in range(3):
            await anext(pieces)
        began = time.perf_counter()
    return await _idle(engine) - began


async def _stop_reading(engine: Transformers, number: int) -> float:
    """The same in the midst of a question that was not read before."""
    asked = asyncio.create_task(anext(_reply(engine, [Message("user", f"{number}" * PROMPT)])))
    await asyncio.sleep(READING)
    began = time.perf_counter()
    asked.cancel()
    await asyncio.wait([asked])
    assert asked.cancelled(), "it had been read already"
    return await _idle(engine) - began


async def _idle(engine: Transformers) -> float:
    """When the child has stopped; a child that had to be killed does not count."""
    process = engine._child._process
    assert process is not None
    assert await process.free()
    return time.perf_counter()


def _reply(engine: Transformers, talk: list[Message]) -> AsyncGenerator[str, None]:
    return cast("AsyncGenerator[str, None]", engine.reply(Request(tuple(talk))))


def _make_small(folder: Path) -> Path:
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    tokenizer: Any = make_tokenizer(size=DIMENSIONS["vocab_size"])
    torch.set_default_dtype(torch.bfloat16)
    try:
        model = Qwen2ForCausalLM(Qwen2Config(**DIMENSIONS, eos_token_id=tokenizer.eos_token_id, bos_token_id=None))
    finally:
        torch.set_default_dtype(torch.float32)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
