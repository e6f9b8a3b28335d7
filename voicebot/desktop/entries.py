"""What stands in a conversation on the screen: an entry for each thing said, changed by events. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from voicebot.desktop.markdown import Block, blocks
from voicebot.desktop.marks import SPOKEN, UNHEARD, end_of, marked, plain
from voicebot.events import (
    FREE,
    Citation,
    Cost,
    Event,
    Failed,
    NoSpeech,
    Partial,
    ReplyDelta,
    ReplyEnded,
    Sentence,
    SentenceSpoken,
    SentenceStarted,
    Sourced,
    Spoken,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
    TurnId,
    Utterance,
)
from voicebot.turn import STAGES

if TYPE_CHECKING:
    from voicebot.history import TurnOnPath

NOBODY = -1


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Status(StrEnum):
    """How far an entry is. The first three are the person's, the rest the assistant's, but for FAILED."""

    HEARING = "hearing"
    RECOGNISING = "recognising"
    NOTHING = "nothing"
    SAID = "said"
    THINKING = "thinking"
    WRITING = "writing"
    SPEAKING = "speaking"
    DONE = "done"
    CUT = "cut"
    FAILED = "failed"


BUSY = (Status.HEARING, Status.RECOGNISING, Status.THINKING, Status.WRITING, Status.SPEAKING)


@dataclass(slots=True)
class Entry:
    """One bubble. `text` is as it was written, `heard` what of it was heard (None: all, or not known yet).

    `sources` are the passages that it may rest on, `cited` the numbers of those it does (None: not known yet).
    """

    turn: TurnId
    role: Role
    status: Status
    text: str = ""
    heard: str | None = None
    what: str = ""
    why: str = ""
    fix: str = ""
    spoken: int = NOBODY
    sentences: dict[int, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    cost: Cost = FREE
    engine: str = ""
    recorded: bool = False
    typed: bool = False
    version: int = 0
    versions: tuple[TurnId, ...] = ()
    started: float = 0.0
    sources: tuple[Citation, ...] = ()
    cited: tuple[int, ...] | None = None

    def blocks(self) -> list[Block]:
        """An answer as the window draws it, with what is being spoken and what was never heard marked in it."""
        numbers = frozenset(source.number for source in self.sources)
        return blocks(self._marked(), numbers) if self.role is Role.ASSISTANT else []

    def _marked(self) -> str:
        text = plain(self.text)
        if self.status is Status.SPEAKING and self.spoken in self.sentences:
            sentence = plain(self.sentences[self.spoken]).strip()
            start = self._place(text, sentence)
            return text if start < 0 else marked(text, start, start + len(sentence), SPOKEN)
        if self.status is Status.CUT and self.heard is not None:
            heard_to = end_of(text, plain(self.heard))
            return text if heard_to is None else marked(text, heard_to, len(text), UNHEARD)
        return text

    def _place(self, text: str, sentence: str) -> int:
        """Where the spoken sentence stands: all before it joined are what stands before it, unless some were lost."""
        before = sum(len(plain(text)) for number, text in self.sentences.items() if number < self.spoken)
        place = text.find(sentence, before)
        return text.find(sentence) if place < 0 else place

    @property
    def latency(self) -> float | None:
        """Seconds from the end of speech (or of typing) to the first sound, when both were."""
        return self.timings.get("speech_end_to_first_audio")

    @property
    def stages(self) -> list[tuple[str, float]]:
        """Each with its seconds, in the order in which they came: what was begun early comes before the end."""
        return [(stage, seconds) for stage, seconds in self.timings.items() if stage in STAGES]


def of_turn(turn: TurnOnPath) -> Iterator[Entry]:
    """The entries of a turn that is in the history; none where nothing was said, unless it has other versions."""
    empty = not turn.question and not turn.written and turn.outcome in ("no speech", "interrupted")
    if empty and len(turn.versions) < 2:
        return
    common: dict[str, Any] = {"turn": turn.turn, "started": turn.started, "recorded": turn.recording is not None}
    common |= {"version": turn.version, "versions": turn.versions}
    if turn.question or turn.recording is not None or empty:
        status = Status.NOTHING if turn.outcome == "no speech" else Status.SAID
        said = Entry(role=Role.USER, status=status, text=turn.question, **common)
        yield replace(said, typed=turn.recording is None, engine=turn.engines.get("stt", ""))
    if turn.written or turn.outcome == "failed":
        cut = turn.interrupted or turn.outcome is None
        status = Status.FAILED if turn.outcome == "failed" else Status.CUT if cut else Status.DONE
        answer = Entry(role=Role.ASSISTANT, status=status, text=turn.written, **common)
        yield replace(
            answer,
            heard=turn.heard if cut else None,
            what=turn.failure or "",
            timings=turn.timings,
            cost=turn.cost,
            engine=turn.engines.get("llm", ""),
            sources=turn.citations,
        )


def changed(entry: Entry, event: Event) -> bool:
    """Let `event` change the entry of its turn; False when it says nothing about it."""
    return _user(entry, event) if entry.role is Role.USER else _assistant(entry, event)


def _user(entry: Entry, event: Event) -> bool:
    match event:
        case StateChanged(state=State.TRANSCRIBING) if entry.status is Status.HEARING:
            entry.status = Status.RECOGNISING
        case Partial() if entry.status in BUSY:
            entry.text = event.text
        case Utterance():
            entry.recorded = event.recording is not None
        case Transcript():
            entry.text, entry.status, entry.engine = event.text, Status.SAID, event.engine
        case NoSpeech():
            entry.status, entry.what = Status.NOTHING, event.reason
        case Failed() if entry.status in BUSY:
            entry.status = Status.SAID if entry.text else Status.FAILED
        case _:
            return False
    return True


def _assistant(entry: Entry, event: Event) -> bool:
    match event:
        case ReplyDelta():
            entry.text += event.text
            entry.status = Status.WRITING if entry.status is Status.THINKING else entry.status
        case Sourced():
            entry.sources = event.citations
        case ReplyEnded():
            entry.text = event.text
            _cite(entry, event.citations)
        case Sentence():
            entry.sentences[event.index] = event.text
            return False
        case SentenceStarted() if entry.status in BUSY:
            entry.spoken, entry.status = event.index, Status.SPEAKING
        case SentenceSpoken():
            entry.spoken = NOBODY if entry.spoken == event.index else entry.spoken
        case Spoken():
            entry.heard = None if event.complete else event.heard
        case Failed():
            entry.status = Status.FAILED
            entry.what, entry.why, entry.fix = event.what, event.why, event.fix
        case TurnEnded():
            _end(entry, event)
        case _:
            return False
    return True


def _cite(entry: Entry, citations: tuple[Citation, ...]) -> None:
    known = {source.number for source in entry.sources}
    entry.sources += tuple(one for one in citations if one.number not in known)
    entry.cited = tuple(one.number for one in citations)


def _end(entry: Entry, event: TurnEnded) -> None:
    entry.timings, entry.cost, entry.spoken = event.timings, event.cost, NOBODY
    entry.sentences.clear()
    if entry.status is not Status.FAILED:
        entry.status = Status.DONE if event.outcome == "answered" else Status.CUT
        entry.heard = "" if entry.status is Status.CUT and entry.heard is None else entry.heard
