"""PDF, page by page, with PDFium, the reader in Chrome (pypdfium2).

Chosen over pypdf, on eight manuals of 17 to 612 pages: 3 to 17 times the pages per second (91 to 964 against 28 to 98),
half the memory (20 to 27 MiB against 39 to 54), the spaces of justified Korean lines, which pypdf loses, and ligatures
as letters. It is native code, which is why files are read in a child process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from voicebot.errors import Unreadable
from voicebot.rag.loading.dates import pdf_seconds
from voicebot.rag.loading.failing import ANEW, DAMAGED, LOCKED, UNLOCK, damage, left_out, library, unreadable
from voicebot.rag.loading.limits import PAGES
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.pdf_furniture import without_furniture
from voicebot.rag.loading.pdf_lines import lines_of, paragraphs
from voicebot.rag.loading.pdf_outline import Bookmark, Bookmarks, bookmarks_of
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

WRONG_PASSWORD = 4
"""FPDF_ERR_PASSWORD in fpdfview.h."""
NAMED = 5
"""Damaged pages that are named one by one."""
HOPELESS = 100
"""Damaged pages one after another from which on no more come: some files claim two billion."""


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    with library(path):
        import pypdfium2
    with damage(path), _opened(path, pypdfium2) as document:
        reading = _Reading(document, pypdfium2.PdfiumError, alive)
        pages = reading.pages()
        if not any(pages):
            raise _nothing(path, reading)
        outline = Outline()
        _take(without_furniture(pages), bookmarks_of(document), outline, alive)
        title = title_of(path, document.get_metadata_value("Title"))
        created = pdf_seconds(document.get_metadata_value("CreationDate"))
        return Loaded(title, outline.sections(), created, tuple(_notes(reading, pages, outline)))


def _opened(path: Path, pypdfium2: Any) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == WRONG_PASSWORD:
            raise unreadable(path, LOCKED, UNLOCK) from None
        raise unreadable(path, DAMAGED, ANEW) from None


class _Reading:
    """The lines of each page; `damaged` are the numbers of those that fail, from 1."""

    def __init__(self, document: Any, failure: type[Exception], alive: Callable[[], None]) -> None:
        self._document = document
        self._failure = failure
        self._alive = alive
        self.count = len(document)
        self.damaged: list[int] = []

    def pages(self) -> list[list[str]]:
        pages: list[list[str]] = []
        for index in range(min(self.count, PAGES)):
            self._alive()
            try:
                pages.append(lines_of(self._text(index)))
            except self._failure:
                self.damaged.append(index + 1)
                pages.append([])
                if self.damaged[-HOPELESS:] == list(range(index + 2 - HOPELESS, index + 2)):
                    break
        return pages

    def _text(self, index: int) -> str:
        page = self._document[index]
        try:
            text_page = page.get_textpage()
            try:
                text: str = text_page.get_text_range()
                return text
            finally:
                text_page.close()
        finally:
            page.close()


def _take(
    pages: Sequence[Sequence[str]], found: Sequence[Bookmark], outline: Outline, alive: Callable[[], None]
) -> None:
    bookmarks = Bookmarks(found)
    for index, lines in enumerate(pages):
        alive()
        outline.page(index + 1)
        for headings, stretch in bookmarks.divided(index, lines):
            for level, heading in enumerate(headings, 1):
                outline.heading(level, heading)
            for paragraph in paragraphs(stretch):
                outline.paragraph(paragraph)


def _nothing(path: Path, reading: _Reading) -> Unreadable:
    if reading.damaged:
        return unreadable(path, DAMAGED, ANEW)
    return unreadable(
        path, "there is no text in it, only pictures of pages", "Have its text recognised (OCR), and add that file"
    )


def _notes(reading: _Reading, pages: Sequence[Sequence[str]], outline: Outline) -> Iterator[str]:
    for number in reading.damaged[:NAMED]:
        yield left_out(f"page {number} was left out, because it is damaged")
    if len(reading.damaged) > NAMED:
        yield left_out(f"{len(reading.damaged)} pages were left out, because they are damaged")
    empty = sum(not lines for lines in pages) - len(reading.damaged)
    if empty:
        yield left_out(f"{empty} of its pages have no text, and may be pictures")
    if reading.count > PAGES:
        yield left_out(f"only its first {PAGES} pages are read")
    yield from outline.notes()
