"""Excel: .xlsx and .xlsm, with openpyxl. A sheet is a heading, a row a paragraph with the names of its columns.

Cells give what was computed when the file was saved, never a formula; macros and links to other files are not touched.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from voicebot.rag.loading.archives import check_office
from voicebot.rag.loading.dates import of
from voicebot.rag.loading.failing import damage, library
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

EMPTY_ROWS = 1000
"""Rows without a value after which a sheet is over: some programs write all of Excel's million."""
COLUMNS = 200
"""That are read of a row: Excel has 16,384, and nobody has a name for so many."""


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    check_office(path)
    with library(path):
        import openpyxl
    outline = Outline()
    with damage(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that only look different without it
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                _take(sheet, outline, alive)
            about = book.properties
        finally:
            book.close()
    return Loaded(title_of(path, about.title), outline.sections(), of(about.created), outline.notes())


def _take(sheet: Any, outline: Outline, alive: Callable[[], None]) -> None:
    rows = _rows(sheet, alive)
    first = next(filter(any, rows), None)
    if first is not None:
        outline.heading(1, sheet.title)
        outline.rows(chain([first], rows))


def _rows(sheet: Any, alive: Callable[[], None]) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # they are what the file says, and may be wrong
    empty = 0
    for row in sheet.iter_rows(values_only=True):
        alive()
        cells = [_text(value) for value in row[:COLUMNS]]
        empty = 0 if any(cells) else empty + 1
        if empty > EMPTY_ROWS:
            return
        yield cells


def _text(value: object) -> str:
    """A cell as a person would say it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.10g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return str(value)
    return str(value)
