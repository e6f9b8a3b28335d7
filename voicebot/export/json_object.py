"""A conversation as JSON.

The JSON is one object. Its names stay; new ones may come.

    format      "voicebot.conversation"
    version     1
    title       text, "" when the conversation has none
    started     when it began, changed: when something was said last; ISO 8601 with the zone's offset
    turns       a list, oldest first, of
        started             ISO 8601
        question            what was said or typed, "" when there were no words; question_language: ISO 639-1
        heard               what was heard of the answer, written: all of it; answer_language: ISO 639-1
        interrupted         whether the answer was cut
        recording           the file of what was said, below the JSON's own folder; null when none lies there
        outcome             "answered", "no speech", "interrupted", "failed", or null when it never ended
        failure             one line, or null
        engines             stage → engine, stages: "stt", "llm"
        timings             stage → seconds
        citations           a list of {number, title, place, path, quote, page, passage}
        version, versions   which of how many: questions asked again in the same place; the first is 1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

import msgspec

from voicebot.events import Citation
from voicebot.export.moments import moment
from voicebot.history import Summary, TurnOnPath


def as_json(
    summary: Summary,
    turns: Sequence[TurnOnPath],
    zone: tzinfo | None = None,
    recordings: Mapping[Path, str] | None = None,
) -> str:
    """One object, as this module's first lines describe it."""
    exported = ExportedConversation(
        "voicebot.conversation",
        1,
        summary.title,
        _iso(summary.started, zone),
        _iso(summary.changed, zone),
        tuple(_exported(turn, zone, recordings or {}) for turn in turns),
    )
    return msgspec.json.format(msgspec.json.encode(exported), indent=2).decode() + "\n"


@dataclass(frozen=True, slots=True)
class ExportedTurn:
    started: str
    question: str
    question_language: str
    heard: str
    written: str
    answer_language: str
    interrupted: bool
    recording: str | None
    outcome: str | None
    failure: str | None
    engines: Mapping[str, str]
    timings: Mapping[str, float]
    citations: tuple[Citation, ...]
    version: int
    versions: int


@dataclass(frozen=True, slots=True)
class ExportedConversation:
    format: str
    version: int
    title: str
    started: str
    changed: str
    turns: tuple[ExportedTurn, ...]


def _exported(turn: TurnOnPath, zone: tzinfo | None, recordings: Mapping[Path, str]) -> ExportedTurn:
    return ExportedTurn(
        started=_iso(turn.started, zone),
        question=turn.question,
        question_language=turn.question_language,
        heard=turn.heard,
        written=turn.written,
        answer_language=turn.answer_language,
        interrupted=turn.interrupted,
        recording=recordings.get(turn.recording) if turn.recording else None,
        outcome=turn.outcome,
        failure=turn.failure,
        engines=turn.engines,
        timings=turn.timings,
        citations=turn.citations,
        version=turn.version + 1,
        versions=len(turn.versions),
    )


def _iso(seconds: float, zone: tzinfo | None) -> str:
    return moment(seconds, zone).isoformat(timespec="seconds")
