"""What the core says in a turn, in few words, and what a history keeps of one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from voicebot.events import (
    Event,
    Failed,
    Interrupted,
    NoSpeech,
    Partial,
    ReplyDelta,
    ReplyEnded,
    Sentence,
    SentencesEnded,
    SentenceSpoken,
    SentenceStarted,
    Spoken,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
    Utterance,
)
from voicebot.history import TurnOnPath
from voicebot.sentences import split

QUESTION, ANSWER = "What is it?", "It is a **clock**, of course. It tells the time of the day."
RECORDING = Path("recordings/20240101-120000-123456789-7.flac")


def asked(turn: int, text: str = QUESTION) -> list[Event]:
    return [StateChanged(turn, State.THINKING), Transcript(turn, text, "en", "typed")]


def spoken(turn: int, text: str = QUESTION, recording: Path | None = RECORDING) -> list[Event]:
    return [
        StateChanged(turn, State.LISTENING),
        Partial(turn, text[:4]),
        Utterance(turn, np.zeros(1, np.float32), 16_000, 1.0, recording),
        StateChanged(turn, State.TRANSCRIBING),
        Transcript(turn, text, "en", "sphinx"),
        StateChanged(turn, State.THINKING),
    ]


def written(turn: int, text: str = ANSWER) -> list[Event]:
    pieces = split(text)
    deltas: list[Event] = [ReplyDelta(turn, word) for word in text.split(" ")[:1]]
    deltas += [ReplyDelta(turn, f" {word}") for word in text.split(" ")[1:]]
    sentences: list[Event] = [Sentence(turn, n, piece, piece, "en") for n, piece in enumerate(pieces)]
    return [*deltas, *sentences, ReplyEnded(turn, text), SentencesEnded(turn, len(pieces))]


def said(turn: int, text: str = ANSWER) -> list[Event]:
    events: list[Event] = [StateChanged(turn, State.SPEAKING)]
    for number, _ in enumerate(split(text)):
        events += [SentenceStarted(turn, number, 0.0), SentenceSpoken(turn, number)]
    return events


def answered(turn: int, text: str = ANSWER) -> list[Event]:
    return [Spoken(turn, text, True), *ended(turn, "answered")]


def stopped(turn: int, heard: str | None = None) -> list[Event]:
    told: list[Event] = [Interrupted(turn, "stop")]
    return [*told, *([Spoken(turn, heard, False)] if heard is not None else []), *ended(turn, "interrupted")]


def failed(turn: int, stage: str = "llm") -> list[Event]:
    return [Failed(turn, stage, "it broke", "no reason", "mend it"), *ended(turn, "failed")]


def nothing(turn: int) -> list[Event]:
    return [NoSpeech(turn, "no speech heard"), *ended(turn, "no speech")]


def ended(turn: int, outcome: str) -> list[Event]:
    return [StateChanged(turn, State.IDLE), TurnEnded(turn, outcome, {"first_token": 0.2, "total": 1.0})]


KEPT = TurnOnPath(
    turn=1,
    started=1_700_000_000.0,
    question=QUESTION,
    question_language="en",
    heard=ANSWER,
    written=ANSWER,
    answer_language="en",
    interrupted=False,
    recording=None,
    outcome="answered",
    failure=None,
    engines={"stt": "typed", "llm": "scripted"},
    timings={"total": 1.0},
    citations=(),
    version=0,
    versions=(1,),
)


def kept(turn: int = 1, **changes: object) -> TurnOnPath:
    return replace(KEPT, turn=turn, **{"versions": (turn,), **changes})  # type: ignore[arg-type]
