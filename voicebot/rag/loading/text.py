"""Plain text: .txt, .log, .rst. Paragraphs are apart by a blank line; a form feed is one too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from voicebot.rag.loading.encodings import NoText, decoded
from voicebot.rag.loading.failing import left_out, unreadable
from voicebot.rag.loading.limits import CHARACTERS
from voicebot.rag.loading.opening import content
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_UNDERLINE = re.compile(r"([=\-~^\"'`#*+:.<>_])\1{2,}[ \t]*")


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    text, notes = text_of(path)
    outline = Outline()
    read = _underlined if path.suffix.lower() == ".rst" else _paragraphs
    title = read(text, outline, alive)
    return Loaded(title_of(path, title), outline.sections(), notes=notes + outline.notes())


def text_of(path: Path, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """A file's text within the limit of characters, and notes on what of it is lost. Raises Unreadable."""
    try:
        text, wrong = decoded(content(path), declared)
    except NoText:
        raise unreadable(path, "it is no text, though its name says so", "Remove it from the folder") from None
    return text[:CHARACTERS], tuple(_notes(text, wrong))


def _notes(text: str, wrong: int) -> Iterator[str]:
    if wrong:
        yield left_out(f"{wrong} characters in it could not be made out")
    if len(text) > CHARACTERS:
        yield left_out(f"only its first {CHARACTERS} characters are read")


def _paragraphs(text: str, outline: Outline, alive: Callable[[], None]) -> str | None:
    for paragraph in _BLANK.split(text):
        alive()
        outline.paragraph(paragraph)
    return None


def _underlined(text: str, outline: Outline, alive: Callable[[], None]) -> str | None:
    """reStructuredText: a heading is a line that is underlined; the marks' order of coming is their level."""
    marks: list[str] = []
    title = None
    for paragraph in _BLANK.split(text):
        alive()
        lines = paragraph.strip("\n").split("\n")
        over = 1 if len(lines) > 2 and _UNDERLINE.fullmatch(lines[0]) and _UNDERLINE.fullmatch(lines[2]) else 0
        if len(lines) > over + 1 and _UNDERLINE.fullmatch(lines[over + 1]) and lines[over].strip():
            mark = lines[over + 1][0] + str(over)
            marks += [] if mark in marks else [mark]
            title = title or lines[over].strip()
            outline.heading(marks.index(mark) + 1, lines[over])
            lines = lines[over + 2 :]
        outline.paragraph("\n".join(lines))
    return title
