"""A conversation as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from voicebot.export.moments import moment
from voicebot.history import Summary, TurnOnPath


@dataclass(frozen=True, slots=True)
class Wording:
    you: str
    assistant: str
    untitled: str
    not_heard: str
    written: str
    recording: str
    no_words: str
    failed: str


WORDINGS = {
    "en": Wording(
        "You", "Voicebot", "Conversation", "Not heard", "Written in full", "Recording", "no words", "Failed"
    ),
    "ko": Wording("나", "Voicebot", "대화", "듣지 못한 부분", "쓴 글 전체", "녹음", "말 없음", "실패"),
}  # fmt: skip


def as_markdown(
    summary: Summary,
    turns: Sequence[TurnOnPath],
    language: str = "en",
    zone: tzinfo | None = None,
    recordings: Mapping[Path, str] | None = None,
) -> str:
    """Title, date, and who said what, each as a quotation, so that no Markdown in it reaches beyond it.

    `language` is that of the few words around it: "en" or "ko". `recordings` says where their copies lie.
    """
    wording = wording_in(language)
    title = re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", summary.title) or wording.untitled
    parts = [f"# {title}", f"{moment(summary.started, zone):%Y-%m-%d %H:%M}"]
    for turn in turns:
        parts += _question(turn, wording, zone, (recordings or {}).get(turn.recording) if turn.recording else None)
        parts += _answer(turn, wording)
    return "\n\n".join(parts) + "\n"


def wording_in(language: str) -> Wording:
    """English where a language is not known."""
    return WORDINGS.get(language, WORDINGS["en"])


def _question(turn: TurnOnPath, wording: Wording, zone: tzinfo | None, recording: str | None) -> Iterator[str]:
    if turn.question or recording or turn.recording:
        yield f"**{wording.you}**, {moment(turn.started, zone):%H:%M}" + (
            f" ([{wording.recording}](<{recording}>))" if recording else ""
        )
        yield _quoted(turn.question) if turn.question else f"*({wording.no_words})*"
    if turn.failure:
        yield f"*{wording.failed}:*"
        yield _quoted(turn.failure)


def _answer(turn: TurnOnPath, wording: Wording) -> Iterator[str]:
    if not turn.heard and not turn.written:
        return
    yield f"**{wording.assistant}**"
    if turn.heard:
        yield _quoted(turn.heard)
    label, rest = _unheard(turn, wording)
    if rest:
        yield f"*{label}:*"
        yield _quoted(rest)
    if turn.citations:
        yield "\n".join(f"{cited.number}. {_one_line(f'{cited.title} {cited.place}')}" for cited in turn.citations)


def _unheard(turn: TurnOnPath, wording: Wording) -> tuple[str, str]:
    """What was written and not heard; all of it where what was heard is not how it begins."""
    written = turn.written.strip()
    if written.startswith(turn.heard):
        return wording.not_heard, written[len(turn.heard) :].strip()
    return wording.written, written


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _one_line(text: str) -> str:
    return " ".join(text.split())
