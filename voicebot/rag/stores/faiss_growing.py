"""A larger index is built in a thread of its own, from the database: the old one is searched until it is ready."""

from __future__ import annotations

import ctypes
import logging
import sqlite3
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicebot.rag.stores.faiss_database import Database
from voicebot.rag.stores.faiss_index import SAMPLE, Growth, Index, empty
from voicebot.rag.stores.faiss_rows import Ids

log = logging.getLogger(__name__)

NEARLY = 1_000
"""Changes that the store catches up with itself when it takes the new index: some 20 ms."""

Built = tuple[Index, int]
"""An index, and the revision of the database that it holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the vectors are, and how their index grows."""

    file: Path
    dimensions: int
    growth: Growth


def give_back() -> None:
    """Have the C library give freed memory back to the system, where it can (glibc's malloc_trim, malloc_trim(3)).

    At 100,000 vectors 47 of 174 MiB are left by what built the index, and would stay; it takes some milliseconds.
    """
    with suppress(OSError, AttributeError):  # another system's library has no such thing
        ctypes.CDLL(None).malloc_trim(0)


class Growing:
    """At most one index is built at a time; `take` gives it once."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._stop = threading.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vectors")
        self._building: Future[Built | None] | None = None
        self._failed = False

    @property
    def busy(self) -> bool:
        """Whether something is being built, or was and was not taken yet."""
        return self._building is not None

    @property
    def done(self) -> bool:
        """Whether there is something to take."""
        return self._building is not None and self._building.done()

    def start(self) -> None:
        """Unless it is building already, or failed before: a larger index would fail too."""
        if self._building is None and not self._failed:
            self._building = self._thread.submit(self._build)

    def take(self, wait: bool = False) -> Built | None:
        """What was built since the last call; with `wait`, what is being built."""
        if self._building is None or not (wait or self._building.done()):
            return None
        building, self._building = self._building, None
        return building.result()

    def stop(self) -> None:
        """Waits until the centres of the codes are computed, or 5,000 vectors are added: a second at most."""
        self._stop.set()
        self._thread.shutdown(cancel_futures=True)

    # -- in its thread -----------------------------------------------------------------------------------------------

    def _build(self) -> Built | None:
        try:
            with closing(Database(self._place.file, self._place.dimensions)) as database:
                index = self._begun(database)
                revision = self._fill(index, database)
        except (sqlite3.Error, RuntimeError, MemoryError) as error:
            self._failed = True
            log.warning("searching by meaning stays slow, for the index could not be built: %s", error)
            return None
        return None if revision is None else (index, revision)

    def _begun(self, database: Database) -> Index:
        place = self._place
        ids = database.ids()
        if len(ids) <= place.growth.flat:
            return empty(place.dimensions, place.growth)
        drawn: Ids = np.random.default_rng(1).choice(ids, min(SAMPLE, len(ids)), replace=False)
        _, sample = database.vectors(drawn)
        return empty(place.dimensions, place.growth, sample, len(ids))

    def _fill(self, index: Index, database: Database) -> int | None:
        """Add all vectors, then what was changed meanwhile, until hardly anything was: the revision it has come to."""
        since, added = 0, NEARLY + 1
        while added > NEARLY:
            added = 0
            with database.moment() as revision:
                for changes in database.changes(since):
                    if self._stop.is_set():
                        return None
                    index.change(changes.gone, changes.ids, changes.tags, changes.vectors)
                    added += len(changes.gone)
            since = revision
        return since
