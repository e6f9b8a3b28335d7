"""Word: .docx, with python-docx. Headings by the styles Heading 1 to 9 and Title, tables as rows.

The text is taken from the XML, for python-docx leaves out what stands in content controls and in changes that are
being followed; what was deleted in these is left out, and so are headers and footers, which stand on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voicebot.rag.loading.archives import check_office
from voicebot.rag.loading.dates import of
from voicebot.rag.loading.failing import damage, library
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|제목) ?(?P<level>[1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|목차) ?(?:\d|heading)", re.IGNORECASE)
_GROUPS = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SKIPPED = frozenset({_FALLBACK, *(_W + name for name in ("del", "moveFrom"))})
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    check_office(path)
    with library(path):
        import docx
    with damage(path):
        document = docx.Document(str(path))
        reading = _Reading(document, Outline(), alive)
        reading.take_all(document.element.body)
        about = document.core_properties
        title = title_of(path, about.title or reading.title)
        return Loaded(title, reading.outline.sections(), of(about.created), reading.outline.notes())


class _Reading:
    def __init__(self, document: Any, outline: Outline, alive: Callable[[], None]) -> None:
        self.title: str | None = None
        self.outline = outline
        self._alive = alive
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def take_all(self, body: Any) -> None:
        for block in _blocks(body):
            self._alive()
            if self.outline.full:
                return
            if block.tag == _W + "tbl":
                self.outline.rows(_rows(block))
            else:
                self._take(block)

    def _take(self, paragraph: Any) -> None:
        text = _text(paragraph)
        style = self._style(paragraph)
        if _CONTENTS.match(style):
            return
        if style.lower() in ("title", "제목") and self.title is None:
            self.title = text
        elif (heading := _HEADING.match(style)) is not None:
            self.outline.heading(int(heading["level"]), text)
            return
        self.outline.paragraph(text)

    def _style(self, paragraph: Any) -> str:
        identifier = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(identifier.get(_W + "val"), "") if identifier is not None else ""


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, those in content controls too."""
    waiting = list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag in (_W + "p", _W + "tbl"):
            yield element
        elif element.tag in _GROUPS:
            waiting.extend(reversed(element))


def _rows(table: Any) -> Iterator[list[str]]:
    for row in table.iterchildren(_W + "tr"):
        cells = (cell for cell in row.iter(_W + "tc") if _table_of(cell) is table)
        yield ["\n".join(map(_text, cell.iter(_W + "p"))) for cell in cells]


def _table_of(cell: Any) -> Any:
    return next(cell.iterancestors(_W + "tbl"), None)


def _text(paragraph: Any) -> str:
    """The text of a paragraph as it would be with all changes accepted."""
    texts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == _W + "t":
            texts.append(element.text or "")
        elif element.tag in _BREAKS:
            texts.append(_BREAKS[element.tag])
        elif element.tag not in _SKIPPED and element.tag != _W + "pPr":
            waiting.extend(reversed(element))
    return "".join(texts)
