"""One utterance through one recogniser, timed as a person at the microphone would wait for it.

Nothing here sleeps. The sound counts as spoken live: words are asked for every half second of it, as the assistant
does, and a partial that takes longer than that makes the next come later. So the time to the first words is the sound
that had been spoken by then, and the time that they took.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from voicebot.errors import EngineTimedOut
from voicebot.events import Samples
from voicebot.lab.runner import Values
from voicebot.partials import EVERY
from voicebot.stt.base import SAMPLE_RATE, Heard, Nothing, PartialSpeechToText, SpeechToText

T = TypeVar("T")


async def recognise(engine: SpeechToText, samples: Samples, languages: Sequence[str]) -> Values:
    """What a warm engine hears in mono float32 at 16 kHz, and its times in seconds. Raises EngineError.

    `heard` and `language`; `seconds` of sound; `final`, from the end of the sound to the transcript;
    `real_time_factor`, which is `final` over `seconds`; `first_partial`, from the beginning of the sound to the first
    words, None where the engine tells none before the end. Partials are asked for on this machine alone, as the
    assistant does.
    """
    first = None
    if isinstance(engine, PartialSpeechToText) and engine.partials and engine.local:
        first = await _first_words(engine, samples, languages)
    began = time.perf_counter()
    heard = await _transcript(engine, samples, languages)
    final, seconds = time.perf_counter() - began, len(samples) / SAMPLE_RATE
    return {
        "heard": heard.text if isinstance(heard, Heard) else "",
        "language": heard.language if isinstance(heard, Heard) else "",
        "seconds": round(seconds, 3),
        "final": round(final, 4),
        "real_time_factor": round(final / seconds, 4) if seconds else None,
        "first_partial": None if first is None else round(first, 4),
    }


async def _first_words(engine: PartialSpeechToText, samples: Samples, languages: Sequence[str]) -> float | None:
    """Seconds from the beginning of the sound to its first words."""
    now, first = EVERY, True
    while (spoken := round(now * SAMPLE_RATE)) < len(samples):
        began = time.perf_counter()
        words = await _within(engine.partial(samples[:spoken], languages, first=first), engine)
        took = time.perf_counter() - began
        if words.strip():
            return now + took
        now, first = now + max(EVERY, took), False
    return None


async def _transcript(engine: SpeechToText, samples: Samples, languages: Sequence[str]) -> Heard | Nothing:
    loop, patience = asyncio.get_running_loop(), engine.patience
    try:
        async with asyncio.timeout(patience) as limit:
            return await engine.transcribe(samples, languages, lambda: limit.reschedule(loop.time() + patience))
    except TimeoutError:
        raise _silent(engine) from None


async def _within(work: Awaitable[T], engine: SpeechToText) -> T:
    try:
        async with asyncio.timeout(engine.patience):
            return await work
    except TimeoutError:
        raise _silent(engine) from None


def _silent(engine: SpeechToText) -> EngineTimedOut:
    what = f"{engine.name} gave no sign of life for {engine.patience:g} seconds"
    return EngineTimedOut(what, fix="try again, or choose another engine")
