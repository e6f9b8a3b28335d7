"""Rows and index as they are in memory, brought up to date with the database before every search."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Where
from voicebot.rag.stores import faiss_snapshot
from voicebot.rag.stores.faiss_database import Database
from voicebot.rag.stores.faiss_growing import Built, Growing, Place
from voicebot.rag.stores.faiss_index import Found, flat
from voicebot.rag.stores.faiss_rows import Ids, Selection

Vectors = NDArray[np.float32]

EVERYTHING = Where()
FEW = 1_000
"""One in so many vectors or fewer are compared one by one: that is then quicker than to pick them out in the index.
Measured in docs/decisions/0008."""
WORTH_WRITING = 20
"""When all is closed, the index is written again if one in so many vectors was changed."""


class Live:
    """What the open database holds, ready to be searched; raises sqlite3.Error and OSError."""

    def __init__(self, database: Database, place: Place) -> None:
        self._database = database
        self._place = place
        self._growing = Growing(place)
        self._selection: Selection | None = None
        self._unwritten = 0
        database.changed()
        database.tidy()
        with database.moment() as revision:
            self.rows, self._revision = database.rows(), revision
        kept = faiss_snapshot.read(place.index, place.growth, database.identity)
        self._take(kept or (flat(place.dimensions, place.growth), 0))
        self.catch_up()

    def look_around(self) -> None:
        """Take over what other programs wrote, and an index that was built."""
        if self._database.changed() or self._growing.done:
            self.catch_up()

    def catch_up(self) -> None:
        """Bring rows and index to what the database holds now."""
        if self._growing.done and (built := self._growing.take()):
            self._take(built)
        with self._database.moment() as revision:
            if self._revision < self._database.pruned:
                self.rows = self._database.rows()
                self._forget(self._index.strangers(self.rows.ids))
            for changes in self._database.changes(self._revision):
                self._forget(changes.gone)
                self._index.add(changes.ids, changes.vectors)
                self.rows.change(changes.gone, changes.ids, changes.tags)
                self._unwritten += len(changes.ids)
            self._revision = revision
        self._selection = None
        if self._index.due:
            self._growing.start()

    def settle(self) -> None:
        """Wait until the index has the shape that it is to have."""
        while self._growing.busy:
            if built := self._growing.take(wait=True):
                self._take(built)
            self.catch_up()

    def nearest(self, vector: Vectors, count: int, where: Where) -> Found:
        if where == EVERYTHING:
            return self._index.search(vector, count)
        if self._selection is None or self._selection.where != where:
            # kept, for a conversation asks with the same filter again and again
            self._selection = Selection(where, self.rows.tagged(self._database.numbers(where)))
        allowed, every = self._selection.ids, len(self.rows.ids)
        if len(allowed) == every:
            return self._index.search(vector, count)
        if len(allowed) <= max(count, every // FEW):
            return self._nearest_of(allowed, vector, count)
        return self._index.search(vector, count, self._selection.selector, len(allowed) / every)

    def close(self) -> None:
        self._growing.stop()
        if self._index.lists and self._unwritten > len(self.rows.ids) // WORTH_WRITING:
            file = self._place.index
            # Timeout is an OSError; without an index on disk the next opening takes longer, and that is all
            with suppress(sqlite3.Error, OSError), faiss_snapshot.writing(file):
                faiss_snapshot.write(file, self._index, self._database.identity, self._revision)

    def _nearest_of(self, ids: Ids, vector: Vectors, count: int) -> Found:
        ids, vectors = self._database.vectors(ids)
        cosines = vectors @ vector
        best = np.argsort(-cosines, kind="stable")[:count]
        return ids[best], cosines[best]

    def _take(self, built: Built) -> None:
        """Search in another index from now on, without what is no longer there."""
        self._index, revision = built
        self._revision = min(self._revision, revision)
        self._unwritten = 0
        self._forget(self._index.strangers(self.rows.ids))

    def _forget(self, ids: Ids) -> None:
        """What was removed is to leave the disk too: then the index is written again when all is closed."""
        if self._index.remove(ids):
            self._unwritten = len(self.rows.ids) + 1
