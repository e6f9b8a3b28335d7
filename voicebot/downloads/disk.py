"""Work on the disk that does not block the event loop, and its failures in plain words."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

from voicebot.downloads.progress import Meter
from voicebot.errors import StorageError

P = ParamSpec("P")
T = TypeVar("T")

HASH_BLOCK = 8 << 20
TOLD_EVERY = 0.1
"""Seconds between two reports of a check: a fast disk would give hundreds a second."""


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in a thread. A cancellation takes effect when it is over: nobody else touches its file."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    failure = task.exception()
    if cancelled is not None:
        raise cancelled
    if failure is not None:
        raise failure
    return task.result()


async def digest(path: Path, hasher: hashlib._Hash, meter: Meter | None = None) -> str:
    """What `hasher` makes of the file; can be cancelled between blocks."""
    loop = asyncio.get_running_loop()
    done, reported, told = 0, 0, 0.0
    with await in_thread(path.open, "rb") as source:
        while block := await in_thread(_hash_block, source, hasher):
            done += block
            if meter is not None and loop.time() - told >= TOLD_EVERY:
                meter.tell(done, received=done - reported)
                reported, told = done, loop.time()
    if meter is not None:
        meter.tell(done, received=done - reported)
        meter.finished += done
    return hasher.hexdigest()


def free_space(folder: Path) -> int:
    """Bytes free on the disk that holds `folder`."""
    return shutil.disk_usage(folder).free


@contextlib.contextmanager
def storage_errors(name: str) -> Iterator[None]:
    """Turn what the disk says into StorageError, about the model called `name`."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "the disk is full" if full else f"{error.filename or 'the disk'}: {error.strerror or error}"
        fix = "Free some space and try again; what has arrived is kept" if full else "Look at the folder's permissions"
        raise StorageError(f"{name} cannot be stored", why=why, fix=fix) from error


def _hash_block(source: BinaryIO, hasher: hashlib._Hash) -> int:
    block = source.read(HASH_BLOCK)
    hasher.update(block)
    return len(block)
