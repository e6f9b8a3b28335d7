"""What a recogniser hears of a voice, and how much of it is right."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

import msgspec
import numpy as np

from voicebot.audio.resampling import resample
from voicebot.errors import EngineError, EngineTimedOut
from voicebot.events import Samples
from voicebot.lab.scoring import Errors, errors
from voicebot.stt.base import SAMPLE_RATE, Heard, SpeechToText

BEFORE, AFTER = 0.5, 0.3
"""Seconds of silence around a voice: a recogniser gets as much of a person's speech before and after it."""
LONGEST = 30.0
"""Seconds that a recogniser takes at once."""


async def warm(engine: SpeechToText) -> None:
    """Raises EngineError."""
    await engine.warm(lambda done: None)


async def hear(engine: SpeechToText, samples: Samples, sample_rate: int, language: str) -> str:
    """The words of mono float32 at `sample_rate` Hz, "" where none were heard. Raises EngineError."""
    sound = await asyncio.to_thread(_surrounded, samples, sample_rate)
    if len(sound) > LONGEST * SAMPLE_RATE:
        seconds = len(sound) / SAMPLE_RATE
        raise EngineError(f"{seconds:.0f} seconds of speech are too long to be recognised at once", fix="shorten it")
    loop, patience = asyncio.get_running_loop(), engine.patience
    try:
        async with asyncio.timeout(patience) as limit:
            heard = await engine.transcribe(sound, (language,), lambda: limit.reschedule(loop.time() + patience))
    except TimeoutError:
        raise EngineTimedOut(
            f"{engine.name} gave no sign of life for {patience:g} seconds", fix="try again, or choose another engine"
        ) from None
    return heard.text if isinstance(heard, Heard) else ""


async def judged(text: str, heard: str, language: str) -> dict[str, Any]:
    """A trial's words and errors, as JSON: see `found_errors`."""
    found = await asyncio.to_thread(errors, text, heard, language)
    return {"heard": heard, "errors": asdict(found)}


def found_errors(values: dict[str, Any]) -> Errors | None:
    """The errors of a trial that was recognised."""
    return msgspec.convert(values["errors"], Errors) if "errors" in values else None


def _surrounded(samples: Samples, sample_rate: int) -> Samples:
    sound = resample(samples, sample_rate, SAMPLE_RATE)
    return np.pad(sound, (round(BEFORE * SAMPLE_RATE), round(AFTER * SAMPLE_RATE)))
