"""Transcriptions on disk, whole or not at all. All block, and raise StorageError."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from voicebot.errors import StorageError
from voicebot.transcription.formats import Format, formatted
from voicebot.transcription.job import Transcription

LONGEST_STEM = 200
"""Bytes of a recording's name in that of its text: file systems allow 255, and an ending and a number come on top."""


def to_file(file: Path, found: Transcription, kind: Format, *, times: bool = False) -> Path:
    """Write a transcription to `file`, in the place of what was there."""
    try:
        with _part(file.parent, formatted(found, kind, times=times)) as part:
            return part.replace(file)
    except OSError as error:
        raise _not_written(file, error) from None


def to_folder(folder: Path, found: Transcription, kind: Format, *, times: bool = False) -> Path:
    """Write a transcription into `folder`, named after its recording, under a name that was free; the file."""
    stem = Path(found.file).stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _part(folder, formatted(found, kind, times=times)) as part:
            return _named(part, folder, stem, kind)
    except OSError as error:
        raise _not_written(folder / f"{stem}.{kind}", error) from None


def _named(part: Path, folder: Path, stem: str, kind: Format) -> Path:
    """Whoever makes a name has it, also among several programs."""
    for number in count(1):
        free = folder / (f"{stem}.{kind}" if number == 1 else f"{stem} ({number}).{kind}")
        try:
            free.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            return part.replace(free)
        except BaseException:
            free.unlink()
            raise
    raise AssertionError("numbers do not end")


@contextmanager
def _part(folder: Path, text: str) -> Iterator[Path]:
    """All of the text in a file of its own, beside the one that it becomes; gone in the end if it became none."""
    part = folder / f".{uuid4().hex}.part"
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        yield part
    finally:
        part.unlink(missing_ok=True)


def _not_written(file: Path, error: OSError) -> StorageError:
    why = os.strerror(error.errno) if error.errno else type(error).__name__
    return StorageError(f"{file} cannot be written", why, "choose another folder, or free space")
