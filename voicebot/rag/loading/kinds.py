"""Which files are documents, and which module reads each kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

KINDS: Mapping[str, str] = {
    "txt": "text",
    "text": "text",
    "log": "text",
    "rst": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
    "pptx": "pptx",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "csv": "csv",
    "tsv": "csv",
    "epub": "epub",
}
"""The ending of a file, small and without the dot, and the module in this room whose `load` reads it."""


def kind_of(path: Path) -> str:
    """The ending, small and without the dot."""
    return path.suffix.lower().removeprefix(".")


def is_document(path: Path) -> bool:
    """By the name alone: a kind that is read, and neither hidden nor what an office program leaves beside a file."""
    return kind_of(path) in KINDS and not path.name.startswith((".", "~$"))
