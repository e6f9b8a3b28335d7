"""One program at a time keeps a library in step with its files; the others wait for their turn."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from voicebot.errors import StorageError

if TYPE_CHECKING:
    import filelock


class IndexingLock:
    """Beside the library's file, and never deleted: a deleted lock lets two in. All in the loop's own thread."""

    def __init__(self, library: Path) -> None:
        self._file = library.with_name(library.name + ".indexing.lock")
        self._lock: filelock.BaseFileLock | None = None

    def take(self) -> bool:
        """One system call that does not wait. Raises StorageError."""
        import filelock

        if self._lock is not None and self._lock.is_locked:
            return True
        self._lock = self._lock or filelock.FileLock(self._file)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except filelock.Timeout:
            return False
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            fix = "free some space on the disk" if full else "check the disk and its rights"
            why = error.strerror or type(error).__name__
            raise StorageError("the library of your documents could not be written", why=why, fix=fix) from None
        return True

    def release(self) -> None:
        if self._lock is not None and self._lock.is_locked:
            self._lock.release()
