"""Exports on disk, each under a name that was free, whole or not at all. All block, and raise StorageError."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import tzinfo
from itertools import count
from pathlib import Path

from voicebot.errors import StorageError
from voicebot.export.json_object import as_json
from voicebot.export.markdown import as_markdown, wording_in
from voicebot.export.moments import moment
from voicebot.history import Summary, TurnOnPath

LONGEST_NAME = 120
"""Bytes of a title in a name: file systems allow 255, and the date and a number come on top."""


def to_file(
    parent: Path,
    summary: Summary,
    turns: Sequence[TurnOnPath],
    suffix: str,
    language: str = "en",
    zone: tzinfo | None = None,
) -> Path:
    """A new file in `parent`, named after the date and the title: Markdown for ".md", JSON for ".json"."""
    text = as_json(summary, turns, zone) if suffix == ".json" else as_markdown(summary, turns, language, zone)
    with _made(parent, _name(summary, language, zone), suffix, lambda part: part.touch(exist_ok=False)) as (part, file):
        part.write_text(text, "utf-8", newline="\n")
        return part.rename(file)


def to_folder(
    parent: Path, summary: Summary, turns: Sequence[TurnOnPath], language: str = "en", zone: tzinfo | None = None
) -> Path:
    """A new folder in `parent`: conversation.md, conversation.json, and recordings/ as they are.

    A recording that is gone is left out.
    """
    with _made(parent, _name(summary, language, zone), "", Path.mkdir) as (part, folder):
        recordings = _copy_recordings(turns, part)
        markdown = as_markdown(summary, turns, language, zone, recordings)
        (part / "conversation.md").write_text(markdown, "utf-8", newline="\n")
        (part / "conversation.json").write_text(as_json(summary, turns, zone, recordings), "utf-8", newline="\n")
        return part.rename(folder)


def safe_name(title: str) -> str:
    """A title as part of a file's name on Windows, macOS and Linux; letters of every script stay."""
    composed = unicodedata.normalize("NFC", title)
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in composed)
    words = " ".join(re.sub(r'[<>:"/\\|?*]', " ", plain).split())
    return words.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .")


def _name(summary: Summary, language: str, zone: tzinfo | None) -> str:
    return f"{moment(summary.started, zone):%Y-%m-%d} {safe_name(summary.title) or wording_in(language).untitled}"


@contextmanager
def _made(parent: Path, name: str, suffix: str, make: Callable[[Path], None]) -> Iterator[tuple[Path, Path]]:
    """Where to write, and the free name it takes in the end; what was written is removed when anything fails."""
    part = None
    try:
        part, free = _claimed(parent, name, suffix, make)
        yield part, free
    except BaseException as error:
        if part is not None:
            _remove(part)
        if isinstance(error, OSError):
            why = error.strerror or type(error).__name__
            raise StorageError(
                "the conversation could not be exported", why=why, fix="choose another folder, or free space"
            ) from None
        raise


def _claimed(parent: Path, name: str, suffix: str, make: Callable[[Path], None]) -> tuple[Path, Path]:
    """Whoever makes the part of a name has the name, also among several programs."""
    parent.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        free = parent / ((name if number == 1 else f"{name} ({number})") + suffix)
        part = free.with_name(free.name + ".part")
        try:
            make(part)
        except FileExistsError:
            continue
        if not os.path.lexists(free):
            return part, free
        _remove(part)
    raise AssertionError("numbers do not end")


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
        return
    with suppress(OSError):
        part.unlink()


def _copy_recordings(turns: Sequence[TurnOnPath], folder: Path) -> dict[Path, str]:
    """Copy each recording once; where each lies, below `folder`."""
    copies: dict[Path, str] = {}
    for recording in dict.fromkeys(turn.recording for turn in turns if turn.recording is not None):
        name = f"recordings/{recording.name}"
        if name in copies.values():
            name = f"recordings/{len(copies)}-{recording.name}"
        if recording.is_file():
            (folder / "recordings").mkdir(exist_ok=True)
            shutil.copyfile(recording, folder / name)
            copies[recording] = name
    return copies
