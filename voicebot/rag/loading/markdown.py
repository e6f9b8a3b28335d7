"""Markdown: headings, tables as rows, code blocks whole, front matter's title and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from voicebot.rag.loading.dates import seconds
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.text import text_of
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

LONGEST = 2000
"""Characters of a line that may be a heading, or the rule under a table's names."""

_FRONT = re.compile(r"---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>title|date|created)[ \t]*:[ \t]*(?P<value>.+)$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_RULE_OF_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?<!\\)\|")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)")


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    text, notes = text_of(path)
    fields = {}
    if front := _FRONT.match(text):
        fields = {found["name"]: found["value"].strip(" \t\"'") for found in _FIELD.finditer(front["matter"])}
        text = text[front.end() :]
    outline = Outline()
    reading = _Reading(outline)
    for line in without_comments(text).split("\n"):
        alive()
        reading.take(line)
    reading.flush()
    title = title_of(path, fields.get("title") or reading.title)
    created = seconds(fields.get("date") or fields.get("created") or "")
    return Loaded(title, outline.sections(), created, notes + outline.notes())


class _Reading:
    """Takes line after line, and knows what block it is in."""

    def __init__(self, outline: Outline) -> None:
        self.title: str | None = None
        self._outline = outline
        self._lines: list[str] = []
        self._fence = ""

    def take(self, line: str) -> None:
        if self._fence:
            self._lines.append(line)
            if line.strip().startswith(self._fence) and not line.strip().strip(self._fence[0]):
                self._end_code()
        elif fence := _FENCE.match(line):
            self.flush()
            self._fence, self._lines = fence["fence"], [line]
        elif len(line) <= LONGEST and (heading := _HEADING.fullmatch(line)):
            self.flush()
            self._heading(len(heading["marks"]), heading["text"] or "")
        elif (underline := _UNDERLINE.fullmatch(line)) and len(self._lines) == 1 and "|" not in self._lines[0]:
            text = self._lines.pop()
            self._heading(1 if underline["mark"][0] == "=" else 2, text)
        elif line.strip():
            self._lines.append(line)
        else:
            self.flush()

    def flush(self) -> None:
        """What has come is a block."""
        lines, self._lines = self._lines, []
        if self._fence:
            self._lines = lines
            self._end_code()
        elif len(lines) > 1 and "|" in lines[0] and len(lines[1]) <= LONGEST and _RULE_OF_TABLE.fullmatch(lines[1]):
            self._outline.rows(_cells(lines))
        elif lines:
            self._outline.paragraph(readable("\n".join(lines)))

    def _heading(self, level: int, text: str) -> None:
        text = readable(text).strip(" \t*_`")
        if level == 1 and self.title is None:
            self.title = text
        self._outline.heading(level, text)

    def _end_code(self) -> None:
        lines, self._lines, self._fence = self._lines, [], ""
        inside = lines[1:-1] if len(lines) > 1 and _FENCE.match(lines[-1]) else lines[1:]
        self._outline.code("\n".join(inside))


def readable(text: str) -> str:
    """Without the addresses of links and pictures, which nobody wants read aloud."""
    return _LINK.sub(r"\g<text>", _IMAGE.sub(r"\g<alt>", text))


def without_comments(text: str) -> str:
    """Without what stands between <!-- and -->, which is not shown."""
    kept = []
    start = 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[start:begin])
        start = end + len("-->")
    return "".join([*kept, text[start:]])


def _cells(lines: list[str]) -> Iterator[list[str]]:
    for number, line in enumerate(lines):
        if number != 1:
            cells = _CELL.split(line.strip().removeprefix("|").removesuffix("|"))
            yield [readable(cell.replace("\\|", "|")) for cell in cells]
