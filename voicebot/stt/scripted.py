"""A recogniser that follows a script, with exact delays and faults: for tests, demonstrations and benchmarks.

While somebody speaks it tells the first words of what it is going to hear, as many as fit into the sound so far.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.readiness import Readiness, Ready
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress

WORDS_PER_SECOND = 3.0
"""How fast the words of a partial come: people say two to three a second."""


@dataclass(frozen=True, slots=True)
class Line:
    """What to hear in one utterance: `text` (None: nothing) after `delay` seconds; or a fault.

    A partial of it comes after `partial_delay` seconds, or has a fault of its own.
    """

    text: str | None = "I would like to cancel my order."
    language: str = "en"
    delay: float = 0.1
    error: EngineError | None = None
    hangs: bool = False
    partial_delay: float = 0.05
    partial_error: Exception | None = None
    partial_hangs: bool = False


@dataclass(slots=True)
class ScriptedSpeechToText:
    """Answers with `lines` in turn, the last one for ever."""

    lines: Sequence[Line] = field(default_factory=lambda: (Line(),))
    name: str = "scripted"
    local: bool = True
    patience: float = 5.0
    partials: bool = True
    heard: int = 0
    """Utterances that it was asked to transcribe."""
    glimpsed: int = 0
    """Partials that it was asked for."""

    def ready(self) -> Readiness:
        return Ready("follows a script")

    async def warm(self, progress: Progress) -> None:
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        line = self._line
        self.heard += 1
        await asyncio.sleep(line.delay)
        if line.hangs:
            await asyncio.Event().wait()
        if line.error is not None:
            raise line.error
        return Nothing("no speech heard") if line.text is None else Heard(line.text, line.language)

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        line = self._line
        self.glimpsed += 1
        await asyncio.sleep(line.partial_delay)
        if line.partial_hangs:
            await asyncio.Event().wait()
        if line.partial_error is not None:
            raise line.partial_error
        words = (line.text or "").split()
        return " ".join(words[: int(len(samples) / SAMPLE_RATE * WORDS_PER_SECOND)])

    async def close(self) -> None:
        return None

    @property
    def _line(self) -> Line:
        return self.lines[min(self.heard, len(self.lines) - 1)]
