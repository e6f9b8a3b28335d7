"""What there is to do for a collection: its files as they are, against what the library knows of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from voicebot.rag.indexing.pace import cost
from voicebot.rag.indexing.scanning import Accepts, Check, Scan, scan
from voicebot.rag.library import Known, Library
from voicebot.rag.library.sources import is_below

BLOCK = 1 << 20
LARGEST_HASHED = 1 << 29
"""Bytes. A larger file goes by its size and date: reading it through would take seconds."""
EXPECTED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is new, or whose size or date changed; `known` is what the library has of it."""

    collection: str
    path: str
    size: int
    mtime_ns: int
    known: Known | None


@dataclass(frozen=True, slots=True)
class Survey:
    """`work` is the jobs' cost; `there` are the sources that are, `away` those that were there the last time."""

    jobs: list[Job]
    work: int
    there: list[Path]
    away: list[Path]


def survey(
    library: Library, collection: str, sources: Sequence[Path], accepts: Accepts, splitter: int, check: Check
) -> Survey:
    """Look through a collection's sources; files that moved are noted, and files that are gone are forgotten.

    Blocks. May be broken off by `check` anywhere and done again. Raises StorageError.
    """
    found = scan(sources, accepts, check)
    known = library.known(collection)
    jobs = {job.path: job for job in _jobs(collection, found, known, splitter)}
    gone = {path: document for path, document in known.items() if _is_gone(path, found)}
    for path, document in _moved(jobs, gone, splitter, check):
        job = jobs.pop(path)
        library.moved(document.id, path, job.size, job.mtime_ns)
    library.forget(document.id for document in gone.values())
    expected = ((job.path, job.size, job.mtime_ns) for job in jobs.values() if job.known is None)
    while some := list(islice(expected, EXPECTED_AT_ONCE)):
        check()
        library.expect(collection, some)
    away = library.note_scan(collection, found.there, found.away)
    work = sum(cost(job.size) for job in jobs.values())
    return Survey(list(jobs.values()), work, found.there, away)


def digest(path: str, size: int, mtime_ns: int, check: Check) -> str:
    """Of a file's content: BLAKE2b of 160 bits in hex. Raises OSError."""
    if size > LARGEST_HASHED:
        return f"{size}:{mtime_ns}"
    hasher = hashlib.blake2b(digest_size=20)
    with Path(path).open("rb") as source:
        while block := source.read(BLOCK):
            check()
            hasher.update(block)
    return hasher.hexdigest()


def _jobs(collection: str, found: Scan, known: dict[str, Known], splitter: int) -> Iterator[Job]:
    for path, (size, mtime_ns) in found.files.items():
        had = known.get(path)
        if had is not None and had.state == "waiting":
            had = None
        if had is None or (had.size, had.mtime_ns, had.splitter) != (size, mtime_ns, splitter):
            yield Job(collection, path, size, mtime_ns, had)


def _is_gone(path: str, found: Scan) -> bool:
    kept = [*map(str, found.away), *found.unread]
    return path not in found.files and not any(is_below(path, folder) for folder in kept)


def _moved(
    jobs: dict[str, Job], gone: dict[str, Known], splitter: int, check: Check
) -> Iterator[tuple[str, Known]]:
    """New files that have the content of one that is gone; that one is taken out of `gone`."""
    candidates: dict[tuple[int, str], list[str]] = defaultdict(list)
    for path, document in gone.items():
        if document.state == "indexed" and document.splitter == splitter:
            candidates[document.size, Path(path).suffix.lower()].append(path)
    for job in [job for job in jobs.values() if job.known is None]:
        alike = candidates.get((job.size, Path(job.path).suffix.lower()))
        if not alike:
            continue
        try:
            content = digest(job.path, job.size, job.mtime_ns, check)
        except OSError:
            continue  # it will be said when it is read
        same = next((path for path in alike if gone[path].hash == content), None)
        if same is not None:
            alike.remove(same)
            yield job.path, gone.pop(same)
