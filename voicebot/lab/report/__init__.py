"""A run to take away: as one HTML file that needs nothing else, as CSV, or as JSON; alone or beside an earlier run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from voicebot.errors import StorageError, UsageError
from voicebot.lab.report.data import as_csv, as_json
from voicebot.lab.report.page import as_html
from voicebot.lab.runs import Run

__all__ = ["FORMATS", "Format", "as_csv", "as_html", "as_json", "write"]

Format = Literal["html", "csv", "json"]
PROGRAMS = {"csv": as_csv, "json": as_json}
FORMATS: tuple[Format, ...] = ("html", "csv", "json")


def write(runs: Sequence[Run], target: Path, form: Format = "html", language: str = "en") -> Path:
    """Write a report of the first run, compared with the others, and return where it lies.

    `target` is a file, which is overwritten, or a folder, in which the file is named after the run. `language` ("en" or
    "ko") is that of an HTML page's own words. Raises StorageError, and UsageError for runs that are not of one kind.
    """
    if not runs or len({run.plan.kind for run in runs}) != 1:
        raise UsageError("only runs of one kind can be compared")
    text = as_html(runs[0], runs[1:], language) if form == "html" else PROGRAMS[form](runs)
    file = target / f"{runs[0].id}.{form}" if target.is_dir() else target
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise StorageError(f"{file} cannot be written", os.strerror(error.errno) if error.errno else "") from None
    return file
