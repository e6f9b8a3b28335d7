"""Before a file is read: whether it is one, is there, may be read, and is not too large."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicebot.errors import Unreadable
from voicebot.rag.loading.failing import ANEW, DAMAGED, DIVIDE, unreadable
from voicebot.rag.loading.limits import FILE_BYTES, MIB


def check(path: Path) -> int:
    """The size of an ordinary file in bytes; raises Unreadable for anything else, without opening it."""
    with reachable(path):
        state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise unreadable(path, "it is no ordinary file", "Add the documents themselves")
    if state.st_size == 0:
        raise unreadable(path, "it is empty", "Check whether it was saved, or remove it")
    if state.st_size > FILE_BYTES:
        raise unreadable(
            path,
            f"it has {state.st_size // MIB} MB, and {FILE_BYTES // MIB} MB are the most that is read",
            DIVIDE,
        )
    return state.st_size


def content(path: Path) -> bytes:
    """All of a file, or what is there of it by now, within the limit that `check` sets."""
    with reachable(path), path.open("rb") as file:
        return file.read(min(FILE_BYTES, os.fstat(file.fileno()).st_size))  # so much is set aside at once


@contextmanager
def reachable(path: Path) -> Iterator[None]:
    """Around what touches the disk; raises Unreadable for what the system refuses."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise unreadable(path, "it is not there any more", "Put it back, or remove it from the collection") from None
    except PermissionError:
        raise unreadable(path, "you have no right to read it", "Change its permissions, or remove it") from None
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> Unreadable:
    if error.errno == errno.ELOOP:
        return unreadable(path, "it is a link that leads back to itself", "Remove the link")
    if error.errno == errno.EINVAL:  # a place before the beginning of the file, which a damaged zip leads to
        return unreadable(path, DAMAGED, ANEW)
    return unreadable(path, error.strerror or "the disk failed", "Check the disk")
