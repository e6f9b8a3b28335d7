"""FAISS with SQLite: vectors in a folder, found in a fraction of a millisecond, with nothing to be set up.

SQLite holds the vectors, and nothing else is on the disk: there is no index that could be torn or out of date. FAISS's
index is made of them in memory, and is brought up to date before every search, also with what other programs wrote.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicebot.errors import StorageError
from voicebot.history.database import keep_aside
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.faiss_database import BUSY_SECONDS, Database
from voicebot.rag.stores.faiss_growing import Place
from voicebot.rag.stores.faiss_index import Growth
from voicebot.rag.stores.faiss_live import EVERYTHING, Live
from voicebot.readiness import NotReady, Readiness, Ready

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

GROWTH = Growth()
ADDS = "searching your documents by meaning, on this computer"


class FaissStore:
    """The vectors in `folder`. Several programs may have it open; each sees what the others wrote when it searches.

    Ids are from 0, and vectors are kept in float16.
    """

    name = "faiss"
    local = True

    def __init__(self, folder: Path, growth: Growth = GROWTH, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._growth = growth
        self._now = now
        self._database: Database | None = None
        self.kept_aside: Path | None = None
        """Where vectors that could not be read were put, when this store began anew: all are to be added again."""

    @property
    def file(self) -> Path:
        return self._folder / "vectors.db"

    def ready(self) -> Readiness:
        if find_spec("faiss") is None:
            return NotReady("its library is not installed", "pip install 'voicebot[documents]'", ADDS)
        return Ready()

    def open(self, dimensions: int) -> None:
        from filelock import FileLock, Timeout

        self._place = Place(self.file, dimensions, self._growth)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "open.lock", timeout=BUSY_SECONDS):  # two programs may start at once
                self._open()
        except Timeout:
            raise _failed("opened", "another program is opening them", "try again in a moment") from None
        except (sqlite3.Error, OSError) as error:
            raise _failed("opened", str(error), "check the disk and its rights") from None

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        self._demand_dimensions(vectors)
        with self._working("written", "free some space on the disk") as (database, live):
            database.put(ids, vectors, tags)
            live.catch_up()

    def remove(self, ids: Sequence[int]) -> None:
        with self._working("written", "free some space on the disk") as (database, live):
            database.remove(ids)
            live.catch_up()

    def search(self, vector: Vectors, count: int, where: Where = EVERYTHING) -> list[Hit]:
        self._demand_dimensions(vector)
        with self._working("read", "check the disk and its rights") as (_, live):
            live.look_around()
            ids, cosines = live.nearest(np.asarray(vector, np.float32), count, where)
        return [Hit(id, cosine) for id, cosine in zip(ids.tolist(), cosines.tolist(), strict=True)]

    def ids(self) -> set[int]:
        with self._working("read", "check the disk and its rights") as (_, live):
            live.look_around()
            return set(live.ids.tolist())

    def settle(self) -> None:
        """Wait until the index has the shape that it is to have: searching needs no such thing, measuring does."""
        with self._working("read", "check the disk and its rights") as (_, live):
            live.settle()

    def close(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            with closing(database):
                self._live.close()

    def _demand_dimensions(self, vectors: Vectors) -> None:
        if self._database is not None and vectors.shape[-1] != self._place.dimensions:
            why = f"the store has {self._place.dimensions} dimensions, these have {vectors.shape[-1]}"
            raise StorageError("the vectors do not fit", why, "Index the documents anew")

    # -- the file ----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        try:
            self._begin()
        except sqlite3.DatabaseError as error:
            if not _broken(error):
                raise
            self._put_aside(error)
            self._begin()

    def _begin(self) -> None:
        database = Database(self.file, self._place.dimensions)
        try:
            self._live = Live(database, self._place)
        except BaseException:
            database.close()
            raise
        self._database = database

    def _put_aside(self, error: sqlite3.DatabaseError) -> None:
        self.kept_aside = keep_aside(self.file, self._now())
        log.warning("the vectors could not be read (%s); they were kept as %s", error, self.kept_aside)

    @contextmanager
    def _working(self, done: str, fix: str) -> Iterator[tuple[Database, Live]]:
        if self._database is None:
            raise StorageError("the vectors are not open")
        try:
            yield self._database, self._live
        except sqlite3.DatabaseError as error:
            if not _broken(error):
                raise _failed(done, str(error), fix) from None
            self.close()
            self._put_aside(error)
            self.open(self._place.dimensions)
            raise _failed(done, str(error), "start Voicebot again: they are made anew") from None


def _broken(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault: what is wrong with the disk, or with a statement, has a class of its own."""
    return type(error) is sqlite3.DatabaseError


def _failed(done: str, why: str, fix: str) -> StorageError:
    return StorageError(f"the vectors could not be {done}", why=why, fix=fix)
