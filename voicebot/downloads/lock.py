"""The lock of one model, which lets one process at a time fetch or remove it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import filelock


def lock_of(home: Path) -> filelock.BaseFileLock:
    """Of the model in the folder `home`; beside it, and never deleted, for a deleted lock lets two in."""
    import filelock

    return filelock.FileLock(home.with_name(f".{home.name}.lock"))


def take(lock: filelock.BaseFileLock) -> bool:
    """One system call that does not wait; in the loop's own thread, which must also release it."""
    import filelock

    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        return False
    return True
