"""Every fact that passes between rooms: a frozen dataclass each, carrying the turn it belongs to.

Data waits its turn in a queue and is dropped with its turn. A signal overtakes data and is never dropped. Times are
seconds on the event loop's clock. Turn 0 is no turn: facts about the program itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
else:
    Samples = "NDArray[np.float32]"  # a name only, so that the window can be drawn before numpy is loaded

TurnId = int
NO_TURN: TurnId = 0


class State(StrEnum):
    """What the assistant is doing."""

    IDLE = "idle"
    LISTENING = "listening"
    TRANSCRIBING = "transcribing"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Microphone(StrEnum):
    """`ARMED` is open for pre-roll only: in memory, never stored, never recognised."""

    CLOSED = "closed"
    ARMED = "armed"
    LISTENING = "listening"


@dataclass(frozen=True, slots=True)
class Event:
    turn: TurnId


# -- signals: they overtake data -------------------------------------------------------------------------------------


class Signal(Event):
    """Overtakes data; never dropped with its turn."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class StateChanged(Signal):
    state: State


@dataclass(frozen=True, slots=True)
class Interrupted(Signal):
    """The turn was cancelled: `reason` is "stop", "barge-in" or "new question"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed(Signal):
    """A stage failed; `stage` is "microphone", "stt", "llm", "documents", "tts", "speaker" or "history"."""

    stage: str
    what: str
    why: str = ""
    fix: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class NoSpeech(Signal):
    """Something was heard, and it was not speech."""

    reason: str


@dataclass(frozen=True, slots=True)
class Used:
    """What a paid service was asked for: `amount` of `kind` ("output tokens", "seconds"; see `voicebot.spending`).

    `usd` is None where no price is known. `wasted` was begun before the person had finished, and thrown away.
    """

    service: str
    model: str
    kind: str
    amount: float
    usd: float | None
    estimate: bool = False
    wasted: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What a turn cost, as far as it is known; nothing when no paid service was asked."""

    uses: tuple[Used, ...] = ()

    @property
    def usd(self) -> float:
        return sum(use.usd or 0.0 for use in self.uses)

    @property
    def wasted(self) -> float:
        """The US dollars of it that were spent in vain."""
        return sum(use.usd or 0.0 for use in self.uses if use.wasted)

    @property
    def estimate(self) -> bool:
        """Some of it is not known exactly."""
        return any(use.estimate or use.usd is None for use in self.uses)


FREE = Cost()


@dataclass(frozen=True, slots=True)
class TurnEnded(Signal):
    """Nothing of this turn is left; `outcome` is "answered", "no speech", "interrupted" or "failed".

    `timings` are the seconds of its stages (see `voicebot.turn.STAGES`); `wasted` counts the replies that were begun
    before the person had finished, and thrown away; `cost` is what paid services were asked for.
    """

    outcome: str
    timings: Mapping[str, float] = field(default_factory=dict)
    wasted: int = 0
    cost: Cost = FREE


@dataclass(frozen=True, slots=True)
class Spoken(Signal):
    """What was heard of the reply, as it was written; cut where the sound was cut when not `complete`."""

    heard: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Notice(Signal):
    """Something a person should know, that did not stop the turn."""

    what: str
    why: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class MicrophoneChanged(Signal):
    microphone: Microphone
    muted: bool = False


@dataclass(frozen=True, slots=True)
class AnswerHeld(Signal):
    """Somebody speaks while the assistant does: its answer pauses (`held`), or goes on from where it stopped."""

    held: bool


@dataclass(frozen=True, slots=True)
class AttentionChanged(Signal):
    """Hands-free, whether speech is answered: `awake` until a time on the loop's clock (None: for ever), or asleep.

    `phrase` is what wakes it, empty when nothing does.
    """

    awake: bool
    until: float | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class DeviceLost(Signal):
    """A microphone or speaker stopped working; it is tried again until it is back."""

    device: str
    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFound(Signal):
    device: str


@dataclass(frozen=True, slots=True)
class MicrophoneSilent(Signal):
    """For a second the open microphone gave nothing but exact zeros, as one that is muted does, and no real room.

    Sent once; again only after sound came in between.
    """


@dataclass(frozen=True, slots=True)
class Preparing(Signal):
    """An engine is being made ready in the background; `done` goes from 0.0 to 1.0, None when it cannot be known."""

    stage: str
    engine: str
    done: float | None = None


# -- data: hearing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Level(Event):
    """How loud the microphone is, in dBFS (RMS of a block)."""

    dbfs: float


@dataclass(frozen=True, slots=True)
class SpeechStarted(Event):
    at: float


@dataclass(frozen=True, slots=True)
class SpeechEnded(Event):
    """The person stopped speaking at `at`: the true end, before the silence that proved it."""

    at: float


@dataclass(frozen=True, slots=True, eq=False)
class Utterance(Event):
    """One stretch of speech: mono float32 in [-1, 1] at `sample_rate` Hz; `recording` is on disk, or None when off."""

    samples: Samples
    sample_rate: int
    ended_at: float
    recording: Path | None = None

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Partial(Event):
    """What has been recognised so far; a later one replaces it."""

    text: str


@dataclass(frozen=True, slots=True)
class Transcript(Event):
    """What the person said, or typed (`engine` is then "typed"); `language` is ISO 639-1."""

    text: str
    language: str
    engine: str
    seconds: float = 0.0


# -- data: answering -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReplyDelta(Event):
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands; `place` is a page or heading in words, `page` its number, counted from 1.

    `passage` is its id in the library, 0 when it is not known; `quote` stands on the page word for word.
    """

    number: int
    title: str
    place: str
    path: str
    quote: str
    page: int | None = None
    passage: int = 0


@dataclass(frozen=True, slots=True)
class Sourced(Signal):
    """What the reply will be based on, before its first word; `ReplyEnded` has those that it cites."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Indexing(Signal):
    """How far documents are read: see `voicebot.rag.passages.Progress`; `done` equals `total` at the end."""

    done: int
    total: int
    path: str = ""
    seconds_left: float | None = None
    paused: bool = False
    embedding: bool = False


@dataclass(frozen=True, slots=True)
class ReplyEnded(Event):
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence(Event):
    """A piece of the reply: `text` as written, `speakable` as it will be said (empty when there is nothing to say)."""

    index: int
    text: str
    speakable: str
    language: str


@dataclass(frozen=True, slots=True)
class SentencesEnded(Event):
    count: int


# -- data: speaking --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SentenceStarted(Event):
    """The first sample of the sentence reached the speaker."""

    index: int
    at: float


@dataclass(frozen=True, slots=True)
class SentenceSpoken(Event):
    index: int


@dataclass(frozen=True, slots=True)
class Underrun(Event):
    """The speaker ran dry in the middle of speech; more is buffered from now on."""

    count: int


@dataclass(frozen=True, slots=True)
class Alarm(Event):
    """A timer rang; `text` is what is to be said."""

    text: str
    language: str
