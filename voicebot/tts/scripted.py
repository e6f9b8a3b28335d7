"""A voice that follows a script: a tone for each sentence, with exact delays and faults.

The pitch tells sentences apart: sentence n of a conversation sounds at `hertz(n)`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import numpy as np

from voicebot.errors import EngineError
from voicebot.readiness import Readiness, Ready
from voicebot.tts.base import Manner, Sound, Voice

CHUNK_SECONDS = 0.04


def hertz(number: int) -> float:
    """The pitch of the n-th sentence that is spoken, from 0."""
    return 200.0 + 40.0 * number


@dataclass(slots=True)
class ScriptedTextToSpeech:
    """Speaks each sentence as `seconds` of tone; first sound after `delay`, then `speed` times real time.

    From sentence number `fails_at` on it raises `error`, or hangs without one; `silent` gives no sound at all.
    """

    delay: float = 0.08
    speed: float = 10.0
    seconds: float = 2.0
    level: float = 0.5
    fails_at: int | None = None
    error: EngineError | None = None
    silent: bool = False
    name: str = "scripted"
    local: bool = True
    patience: float = 5.0
    sample_rate: int = 24_000
    said: list[str] = field(default_factory=list)

    def ready(self) -> Readiness:
        return Ready("follows a script")

    async def warm(self) -> None:
        return None

    async def voices(self) -> list[Voice]:
        return [Voice("tone", "Tone")]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        number = len(self.said)
        self.said.append(text)
        await asyncio.sleep(self.delay)
        if self.fails_at is not None and number >= self.fails_at:
            if self.error is not None:
                raise self.error
            await asyncio.Event().wait()
        if self.silent:
            return
        times = np.arange(round(self.seconds * self.sample_rate)) / self.sample_rate
        tone = (self.level * np.sin(2 * np.pi * hertz(number) * times)).astype(np.float32)
        step = round(CHUNK_SECONDS * self.sample_rate)
        for start in range(0, len(tone), step):
            yield Sound(tone[start : start + step], self.sample_rate)
            await asyncio.sleep(CHUNK_SECONDS / self.speed)

    async def close(self) -> None:
        return None
