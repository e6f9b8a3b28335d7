"""What a voice is: speakable text in, sound out, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from voicebot.events import Samples
from voicebot.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine offers; `languages` are ISO 639-1, empty when it speaks any."""

    id: str
    name: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: `language` is ISO 639-1; `voice` an id or None for the engine's best in that language.

    `rate` is relative: 1.0 is the voice's own pace.
    """

    language: str = "en"
    voice: str | None = None
    rate: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A piece of speech: mono float32 in [-1, 1] at `sample_rate` Hz."""

    samples: Samples
    sample_rate: int


class TextToSpeech(Protocol):
    """A voice engine. Constructing one does no work."""

    name: str
    local: bool
    patience: float
    """Seconds without a sample after which it counts as hung."""
    sample_rate: int
    """The rate of its sound in Hz, as far as it is known before the first sentence."""

    def ready(self) -> Readiness: ...

    async def warm(self) -> None:
        """Load what must be loaded, so that the first sentence comes at once; raises EngineError."""
        ...

    async def voices(self) -> list[Voice]:
        """The voices it offers here; raises EngineError."""
        ...

    def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """Speak one sentence of speakable text; closing the iterator stops the work. Raises EngineError."""
        ...

    async def close(self) -> None: ...
