"""The history's file and the one thread that touches it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import TypeVar

from voicebot.errors import StorageError
from voicebot.history.schema import migrate

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_SECONDS = 5.0

Work = Callable[[sqlite3.Connection], T]


class Database:
    """SQLite in WAL mode behind one thread. `file` None keeps all in memory. Raises StorageError.

    `run`, `write` and `read` are for the event loop; `open`, `write_now` and `read_now` for the thread itself.
    """

    def __init__(self, file: Path | None, now: Callable[[], float]) -> None:
        self._file = file
        self._now = now
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._connection: sqlite3.Connection | None = None
        self.kept_aside: Path | None = None
        """Where a history that could not be read was put, when a new one was begun instead."""

    async def run(self, job: Callable[[], T]) -> T:
        """Run `job` on the thread, after all that was asked of it before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)

    async def write(self, work: Work[T]) -> T:
        return await self.run(lambda: self.write_now(work))

    async def read(self, work: Work[T]) -> T:
        return await self.run(lambda: self.read_now(work))

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await self.run(connection.close)
        self._thread.shutdown()

    # -- on the thread -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        try:
            self._connection = self._connection or self._connect()
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                "the history cannot be opened", why=str(error), fix="check the disk and its rights"
            ) from None

    def write_now(self, work: Work[T]) -> T:
        """One transaction that nobody else writes in: all of it is done, or nothing."""
        return self._transact(work, "BEGIN IMMEDIATE", "written", "free some space on the disk")

    def read_now(self, work: Work[T]) -> T:
        """One moment of the history, whatever others write meanwhile."""
        return self._transact(work, "BEGIN", "read", "check the disk and its rights")

    def _transact(self, work: Work[T], begin: str, done: str, fix: str) -> T:
        if self._connection is None:
            raise StorageError("the history is not open")
        try:
            with self._connection:
                self._connection.execute(begin)
                return work(self._connection)
        except sqlite3.Error as error:
            raise StorageError(f"the history could not be {done}", why=str(error), fix=fix) from None

    def _connect(self) -> sqlite3.Connection:
        if self._file is None:
            return _connect(":memory:")
        from filelock import FileLock

        self._file.parent.mkdir(parents=True, exist_ok=True)
        lock = self._file.with_name(self._file.name + ".lock")
        with FileLock(lock, timeout=BUSY_SECONDS):  # two programs may start at once, also on a broken history
            try:
                return _connect(self._file)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.kept_aside = keep_aside(self._file, self._now())
                log.warning("the history could not be read; it was kept as %s", self.kept_aside)
                return _connect(self._file)


def keep_aside(file: Path, now: float) -> Path:
    """Move a broken database away, with its log, under a name that is free."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
    names = (f"{file.name}.broken-{stamp}-{number}" for number in count(1))
    kept = next(path for path in map(file.with_name, names) if not path.exists())
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            file.with_name(file.name + suffix).replace(kept.with_name(kept.name + suffix))
    return kept


def _connect(file: Path | str) -> sqlite3.Connection:
    """Open, check and migrate; raises sqlite3.DatabaseError when the file is no history that can be read."""
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what a person deleted is not to be found in the file
        with closing(connection.execute("PRAGMA quick_check(1)")) as cursor:
            if cursor.fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("quick_check failed")
        migrate(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
