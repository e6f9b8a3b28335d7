"""The library's file: one connection that writes, and one that a search never waits for."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal, TypeVar

from voicebot.errors import StorageError, VoicebotError
from voicebot.history.database import keep_aside
from voicebot.rag.library.schema import migrate

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Notify = Callable[[VoicebotError], None]

BUSY_SECONDS = 5.0
READ_CACHE_KIB = 16 * 1024
"""Of the file's pages, kept by the connection that searches; twice as much was no quicker at 100,000 passages."""

Sources = list[tuple[str, str]]


class Database:
    """SQLite in WAL mode for worker threads; it is opened when it is first used. Raises StorageError.

    A file that is broken is put aside, and a new one begun with the sources that could be read in the old one:
    `notify` is told.
    """

    def __init__(self, file: Path, words_version: Callable[[], int], notify: Notify) -> None:
        self._file = file
        self._words_version = words_version
        self._notify = notify
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None

    def write(self, work: Work[T]) -> T:
        """One transaction that nobody else writes in: all of it is done, or nothing."""
        with self._write_lock:
            return self._again_if_broken(lambda: _transact(self._open(), work, "BEGIN IMMEDIATE"), "written")

    def read(self, work: Work[T]) -> T:
        """One moment of the library, whatever is written meanwhile."""
        try:
            with self._read_lock:
                if self._reader is not None:
                    return _transact(self._reader, work, "BEGIN")
        except sqlite3.Error as error:
            if not _is_broken(error):
                raise _failed("read", error) from None
        return self._read_anew(work)

    def close(self) -> None:
        with self._write_lock:
            self._close()

    def _read_anew(self, work: Work[T]) -> T:
        """Open what is not open, or is broken; the lock of writing is always taken first."""

        def attempt() -> T:
            self._open()
            with self._read_lock:
                assert self._reader is not None
                return _transact(self._reader, work, "BEGIN")

        with self._write_lock:
            return self._again_if_broken(attempt, "read")

    def _again_if_broken(self, attempt: Callable[[], T], done: Literal["read", "written"]) -> T:
        try:
            try:
                return attempt()
            except sqlite3.DatabaseError as error:
                if not _is_broken(error):
                    raise
                self._mend(error)
                return attempt()
        except (sqlite3.Error, OSError) as error:
            raise _failed(done, error) from None

    def _open(self) -> sqlite3.Connection:
        if self._writer is None:
            from filelock import FileLock, Timeout

            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with FileLock(self._file.with_name(self._file.name + ".lock"), timeout=BUSY_SECONDS):
                    self._writer = _connect(self._file)
                    migrate(self._writer, self._words_version())
                    self._reader = _connect(self._file)
                    self._reader.execute(f"PRAGMA cache_size = -{READ_CACHE_KIB}")
            except Timeout:
                raise sqlite3.OperationalError("database is locked") from None
            except BaseException:
                self._close()
                raise
        return self._writer

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT_VTAB and self._writer is not None:
            with suppress(sqlite3.DatabaseError), self._writer:
                self._writer.execute("INSERT INTO words (words) VALUES ('rebuild')")
                log.warning("the index of the documents' words was broken, and was built anew")
                return
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._close()
        sources = _rescue(self._file)
        kept = keep_aside(self._file, time.time())
        log.warning("the library of documents could not be read; it was kept as %s", kept)
        database = self._open()
        with database:
            for collection, path in sources:
                database.execute("INSERT OR IGNORE INTO collection (name) VALUES (?)", (collection,))
                database.execute(
                    "INSERT INTO source (collection, path) SELECT id, ? FROM collection WHERE name = ?",
                    (path, collection),
                )
        self._notify(_anew(kept.name, bool(sources)))

    def _close(self) -> None:
        with self._read_lock:
            reader, self._reader = self._reader, None
        writer, self._writer = self._writer, None
        for connection in (reader, writer):
            if connection is not None:
                connection.close()


def _transact(connection: sqlite3.Connection, work: Work[T], begin: str) -> T:
    with connection:
        connection.execute(begin)
        return work(connection)


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what a person took away is not to be found in the file
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_broken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.DatabaseError) and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def _rescue(file: Path) -> Sources:
    """What the person added, as far as a broken file still tells it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
        return database.execute(
            "SELECT name, path FROM source JOIN collection ON collection.id = source.collection ORDER BY source.id"
        ).fetchall()
    return []


def _anew(kept: str, rescued: bool) -> StorageError:
    what = "your documents are read anew" if rescued else "your documents must be added again"
    return StorageError(what, why=f"their library was broken, and is kept as {kept}")


def _failed(done: Literal["read", "written"], error: sqlite3.Error | OSError) -> StorageError:
    full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
    fix = "free some space on the disk" if full else "check the disk and its rights"
    why = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return StorageError(f"the library of your documents could not be {done}", why=why, fix=fix)
