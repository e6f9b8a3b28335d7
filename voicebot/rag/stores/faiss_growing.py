"""The index grows in a thread of its own: the old one is searched until the new one is ready, is on disk, and is whole.

Programs that share the vectors build one after the other, and who comes second takes what the first one built.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicebot.rag.stores import faiss_snapshot
from voicebot.rag.stores.faiss_database import Database
from voicebot.rag.stores.faiss_index import Growth, Index, in_lists
from voicebot.rag.stores.faiss_rows import Ids

log = logging.getLogger(__name__)

TURN_SECONDS = 0.5
"""How often it is asked whether another program has done building."""
NEARLY = 2_000
"""Changes that the store catches up with itself when it takes the new index: some 20 ms."""

Built = tuple[Index, int]
"""An index, and the revision up to which it knows the vectors."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the vectors and their index are."""

    database: Path
    index: Path
    dimensions: int
    growth: Growth


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
        """Waits for a round of k-means at most: a few seconds with a million vectors."""
        self._stop.set()
        self._thread.shutdown(cancel_futures=True)

    # -- in its thread -----------------------------------------------------------------------------------------------

    def _build(self) -> Built | None:
        from filelock import Timeout

        while not self._stop.is_set():
            try:
                with faiss_snapshot.writing(self._place.index):
                    return self._found_or_built()
            except Timeout:
                self._stop.wait(TURN_SECONDS)
            except (sqlite3.Error, OSError, RuntimeError, MemoryError) as error:
                self._failed = True
                log.warning("the index of the vectors could not be built: %s", error)
                return None
        return None

    def _found_or_built(self) -> Built | None:
        place = self._place
        with closing(Database(place.database, place.dimensions)) as database:
            found = faiss_snapshot.read(place.index, place.growth, database.identity)
            if found is not None and found[0].changed + database.behind(found[1]) < found[0].built:
                return found
            index = self._empty(database)
            revision = None if index is None else self._fill(index, database)
            if index is None or revision is None:
                return None
            faiss_snapshot.write(place.index, index, database.identity, revision)
            # what was read has no room to spare in its lists, and is known to be readable
            return faiss_snapshot.read(place.index, place.growth, database.identity)

    def _empty(self, database: Database) -> Index | None:
        ids, growth = database.rows().ids, self._place.growth
        wanted = growth.sample * growth.lists(len(ids))
        drawn: Ids = np.random.default_rng(1).choice(ids, min(wanted, len(ids)), replace=False)
        _, sample = database.vectors(np.sort(drawn))
        return in_lists(sample, len(ids), growth, self._stop.is_set)

    def _fill(self, index: Index, database: Database) -> int | None:
        """Add all vectors, then what was changed meanwhile, until hardly anything was: the revision it has come to."""
        since, added = 0, NEARLY + 1
        while added > NEARLY:
            added = 0
            with database.moment() as revision:
                for changes in database.changes(since):
                    if self._stop.is_set():
                        return None
                    if since:
                        index.remove(changes.gone)
                    index.add(changes.ids, changes.vectors)
                    added += len(changes.gone)
            since = revision
        index.changed = 0
        return since
