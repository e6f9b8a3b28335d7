"""A recogniser that follows a script, with exact delays and faults: for tests, demonstrations and benchmarks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.readiness import Readiness, Ready
from voicebot.stt.base import Alive, Heard, Nothing, Progress


@dataclass(frozen=True, slots=True)
class Line:
    """What to hear in one utterance: `text` (None: nothing) after `delay` seconds; or a fault."""

    text: str | None = "I would like to cancel my order."
    language: str = "en"
    delay: float = 0.1
    error: EngineError | None = None
    hangs: bool = False


@dataclass(slots=True)
class ScriptedSpeechToText:
    """Answers with `lines` in turn, the last one for ever."""

    lines: Sequence[Line] = field(default_factory=lambda: (Line(),))
    name: str = "scripted"
    local: bool = True
    patience: float = 5.0
    heard: int = 0

    def ready(self) -> Readiness:
        return Ready("follows a script")

    async def warm(self, progress: Progress) -> None:
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        line = self.lines[min(self.heard, len(self.lines) - 1)]
        self.heard += 1
        await asyncio.sleep(line.delay)
        if line.hangs:
            await asyncio.Event().wait()
        if line.error is not None:
            raise line.error
        return Nothing("no speech heard") if line.text is None else Heard(line.text, line.language)

    async def close(self) -> None:
        return None
