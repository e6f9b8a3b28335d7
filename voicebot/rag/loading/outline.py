"""Collects what a reader comes upon, headings and paragraphs in their order, into sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voicebot.rag.loading.encodings import plain
from voicebot.rag.loading.failing import left_out
from voicebot.rag.loading.limits import CHARACTERS, HEADING, HEADINGS, PARAGRAPH
from voicebot.rag.loading.rows import readable_rows
from voicebot.rag.passages import Section

CODE_INDENT = "    "


class Outline:
    """Takes a document from its beginning to its end. `full` is true once the limit of characters is reached."""

    def __init__(self, room: int = CHARACTERS) -> None:
        self._headings: list[tuple[int, str]] = []
        self._paragraphs: list[str] = []
        self._sections: list[Section] = []
        self._page: int | None = None
        self._bare = False  # a heading has come, and nothing under it yet
        self._room = room

    @property
    def full(self) -> bool:
        return self._room <= 0

    @property
    def room(self) -> int:
        """Characters that may still come."""
        return self._room

    def page(self, number: int) -> None:
        """What comes now stands on this page, from 1, and under no heading yet."""
        self._close()
        self._headings = []
        self._page = number

    def heading(self, level: int, text: str) -> None:
        """A heading, of level 1 or deeper; it ends those of its own level and below."""
        text = " ".join(plain(text).split())
        if not text:
            return
        if len(text) > HEADING:
            self.paragraph(text)
            return
        level = max(1, min(level, HEADINGS))
        self._bare = self._bare and self._headings[-1][0] >= level  # the one below says what it is about
        self._close()
        self._headings = [(depth, title) for depth, title in self._headings if depth < level]
        self._headings.append((level, text))
        self._bare = True

    def paragraph(self, text: str) -> None:
        """A paragraph, its lines as they are."""
        text = plain(text).rstrip()
        if "\n" in text:
            text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
        if not text.strip() or self.full:
            return
        for start in range(0, min(len(text), self._room), PARAGRAPH):
            self._paragraphs.append(text[start : min(start + PARAGRAPH, self._room)])
        self._room -= len(text)
        self._bare = False

    def code(self, text: str) -> None:
        """A block of code, indented as plain text has it, by which it is known as one."""
        lines = plain(text).expandtabs(4).strip("\n").split("\n")
        self.paragraph("\n".join(CODE_INDENT + line if line.strip() else "" for line in lines))

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        """A table, a paragraph for each row (see `readable_rows`)."""
        for row in readable_rows(rows):
            if self.full:
                return
            self.paragraph(row)

    def sections(self) -> tuple[Section, ...]:
        """Everything that has come; a heading with nothing under it is a section of its own words."""
        self._close()
        return tuple(self._sections)

    def notes(self) -> tuple[str, ...]:
        """What is to be said of the whole: whether its end is missing."""
        return (left_out("it is longer than what is read of one document"),) if self.full else ()

    def _close(self) -> None:
        headings = tuple(title for _, title in self._headings)
        if self._bare and not self._paragraphs and headings:
            self._paragraphs.append(headings[-1])
        if self._paragraphs:
            self._sections.append(Section("\n\n".join(self._paragraphs), headings, self._page))
        self._paragraphs = []
        self._bare = False
