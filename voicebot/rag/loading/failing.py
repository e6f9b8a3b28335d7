"""What is said of a document that cannot be read, and of what was left out of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicebot.errors import Unreadable

ANEW = "Open it in the program that made it, and save it anew"
DAMAGED = "it is damaged, or not what its name says"
LOCKED = "it is protected by a password"
UNLOCK = "Save a copy without the password, and add that"
DIVIDE = "Divide it into smaller files"
SUSPECT = "Delete it unless you know who made it"
INSTALL = "pip install 'voicebot[documents]'"


def unreadable(path: Path, why: str, fix: str) -> Unreadable:
    """The error for a document; the name alone tells a person which one it is."""
    return Unreadable(f"{path.name} cannot be read", why, fix)


def left_out(message: str) -> str:
    """A note of `Loaded`: one plain sentence without its full stop."""
    return message


@contextmanager
def library(path: Path) -> Iterator[None]:
    """Around the import of a library of the extra; raises Unreadable that names the extra."""
    try:
        yield
    except ImportError:
        raise unreadable(path, "its library is not installed", INSTALL) from None


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Around a library's work on a file from anywhere: what it raises says that the file is damaged.

    Libraries raise KeyError, ValueError, struct.error, zlib.error and their own, each with words for programmers.
    """
    try:
        yield
    except (Unreadable, MemoryError, FileNotFoundError):
        raise
    except RecursionError:
        raise unreadable(path, "it is nested too deep", ANEW) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not the library's
        raise unreadable(path, DAMAGED, ANEW) from error
