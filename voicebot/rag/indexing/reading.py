"""One file after another into the library."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from voicebot.errors import StorageError, Unreadable
from voicebot.rag.indexing.surveying import Job, digest
from voicebot.rag.indexing.threads import call, in_thread
from voicebot.rag.library import Library
from voicebot.rag.passages import Loaded, Piece

log = logging.getLogger(__name__)


class Reads(Protocol):
    """What reads a file and cuts it into passages: `voicebot.rag.loading.reader.Reader`."""

    async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
        """Raises Unreadable; may be cancelled."""
        ...

    async def close(self) -> None: ...


async def read(library: Library, reader: Reads, job: Job, splitter: int) -> None:
    """Bring the library up to date with one file; it is not read when its content is known. Raises StorageError."""
    try:
        content = await in_thread(lambda check: digest(job.path, job.size, job.mtime_ns, check))
    except FileNotFoundError:
        return  # the next look at its folder finds that too
    except OSError as error:
        why = error.strerror or type(error).__name__
        await _fail(library, job, "", splitter, _unreadable(job, why, "check who may read the file"))
        return
    known = job.known
    if known is not None and (known.hash, known.splitter) == (content, splitter):
        await call(library.touched, known.id, job.size, job.mtime_ns)
    elif not await in_thread(_copied(library, job, content, splitter)):
        await _read_anew(library, reader, job, content, splitter)


async def _read_anew(library: Library, reader: Reads, job: Job, content: str, splitter: int) -> None:
    try:
        loaded, pieces = await reader.read(Path(job.path))
        await in_thread(
            lambda check: library.put(
                job.collection, job.path, job.size, job.mtime_ns, content, loaded, pieces, splitter, check
            )
        )
    except Unreadable as error:
        await _fail(library, job, content, splitter, error)
    except StorageError:
        raise
    except Exception:
        log.exception("%s was left out", job.path)
        failure = _unreadable(job, "something went wrong in the program itself", "the log says more")
        await _fail(library, job, content, splitter, failure)


def _copied(library: Library, job: Job, content: str, splitter: int) -> Callable[[Callable[[], None]], bool]:
    return lambda check: library.put_copy(
        job.collection, job.path, job.size, job.mtime_ns, content, splitter, check
    )


def _unreadable(job: Job, why: str, fix: str) -> Unreadable:
    return Unreadable(f"{Path(job.path).name} cannot be read", why, fix)


async def _fail(library: Library, job: Job, content: str, splitter: int, error: Unreadable) -> None:
    why = error.why or error.what
    await call(
        library.put_failed, job.collection, job.path, job.size, job.mtime_ns, content, why, error.fix, splitter
    )
