"""Which files stand below the sources of a collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Check = Callable[[], None]
Accepts = Callable[[Path], bool]

SKIPPED = frozenset({"node_modules", "__pycache__", "$RECYCLE.BIN", "System Volume Information"})
"""Folders of programs, not of people; and every name that begins with a dot, or with ~$ (an office program's lock)."""
HIDDEN = 0x2
"""FILE_ATTRIBUTE_HIDDEN of Windows."""


@dataclass(slots=True)
class Scan:
    """`files` by path, as (size in bytes, mtime_ns): 40 MB for 100,000, with the jobs that they become."""

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    there: list[Path] = field(default_factory=list)
    away: list[Path] = field(default_factory=list)
    """Sources that are gone as a whole: an unplugged disk, a share that is not connected."""
    unread: list[str] = field(default_factory=list)
    """Folders that could not be looked into."""


def scan(sources: Sequence[Path], accepts: Accepts, check: Check) -> Scan:
    """Look through all of them; `check` is called for each entry, and may raise.

    Symbolic links below a source are not followed: they may lead in circles, and to files that nobody chose.
    """
    found = Scan()
    for source in sources:
        _scan_source(source, found, accepts, check)
    return found


def is_skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name in SKIPPED


def _scan_source(source: Path, found: Scan, accepts: Accepts, check: Check) -> None:
    try:
        status = source.stat()
        is_folder = source.is_dir()
        if is_folder:
            os.scandir(source).close()
    except OSError as error:
        removed = isinstance(error, FileNotFoundError) and accepts(source) and source.parent.is_dir()
        (found.there if removed else found.away).append(source)
        return
    found.there.append(source)
    if is_folder:
        _scan_folder(str(source), found, accepts, check)
    elif accepts(source):
        found.files[str(source)] = (status.st_size, status.st_mtime_ns)


def _scan_folder(folder: str, found: Scan, accepts: Accepts, check: Check) -> None:
    folders = [folder]
    while folders:
        below: list[str] = []
        for entry in sorted(_entries(folders.pop(), found), key=lambda entry: entry.name):
            check()
            try:
                if is_skipped(entry.name) or entry.is_symlink() or not _is_utf8(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.path)
                elif entry.is_file(follow_symlinks=False) and accepts(Path(entry.name)):
                    status = entry.stat(follow_symlinks=False)
                    if not getattr(status, "st_file_attributes", 0) & HIDDEN:
                        found.files[entry.path] = (status.st_size, status.st_mtime_ns)
            except OSError:
                continue  # it is gone already
        folders += reversed(below)


def _entries(folder: str, found: Scan) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except FileNotFoundError:
        return
    except OSError:
        found.unread.append(folder)


def _is_utf8(name: str) -> bool:
    """Whether it can be written down: SQLite takes no bytes that are no letters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
