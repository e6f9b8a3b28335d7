"""What a recogniser is: one utterance of sound in, its words out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from voicebot.events import Samples
from voicebot.readiness import Readiness

SAMPLE_RATE = 16_000

Alive = Callable[[], None]
Progress = Callable[[float | None], None]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the transcript; times in seconds from the utterance's first sample."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Words. `language` is ISO 639-1: the one recognised, or the one asked for where the engine cannot tell."""

    text: str
    language: str
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """No words; `reason` in a few words for a person, such as "no speech heard"."""

    reason: str


class SpeechToText(Protocol):
    """A recogniser. Constructing one does no work: `warm` does, and `transcribe` warms when it must."""

    name: str
    """As the user names it, with its model: "sphinx", "whisper:base"."""
    local: bool
    """Nothing leaves the machine."""
    patience: float
    """Seconds without a sign of life after which it counts as hung."""

    def ready(self) -> Readiness:
        """Whether it can run here and now; quick, with no network."""
        ...

    async def warm(self, progress: Progress) -> None:
        """Load what must be loaded; `progress` gets 0.0 to 1.0, or None while it cannot be known.

        Raises EngineError.
        """
        ...

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        """Recognise one utterance: mono float32 at 16 kHz, 0.1 to 30 s.

        `languages` is the person's shortlist, likeliest first. `alive` is called at every sign of progress.
        Cancelling the call stops the work. Raises EngineError.
        """
        ...

    async def close(self) -> None:
        """Free everything; the engine may be warmed again."""
        ...


@runtime_checkable
class PartialSpeechToText(SpeechToText, Protocol):
    """A recogniser that can also tell words while they are being spoken."""

    partials: bool
    """Whether it does."""

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        """The words of an utterance as far as it has come; empty while there are none, or it cannot tell any.

        `samples` begin with those of the call before, unless it is the `first` for this utterance. Nothing is loaded
        for it: until the engine is warm it tells nothing. Cancelling the call stops the work soon, and leaves the
        engine warm. Raises EngineError.
        """
        ...
