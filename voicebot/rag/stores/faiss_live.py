"""The index in memory, brought up to date with the database before every search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Where
from voicebot.rag.stores.faiss_database import Database
from voicebot.rag.stores.faiss_growing import Built, Growing, Place, give_back
from voicebot.rag.stores.faiss_index import Found, Index, empty
from voicebot.rag.stores.faiss_rows import Ids, Selection

Vectors = NDArray[np.float32]

EVERYTHING = Where()


class Live:
    """What the open database holds, ready to be searched; raises sqlite3.Error."""

    _index: Index
    _revision: int

    def __init__(self, database: Database, place: Place) -> None:
        self._database = database
        self._place = place
        self._growing = Growing(place)
        database.changed()
        database.tidy()
        self._begin()
        self.catch_up()

    @property
    def ids(self) -> Ids:
        """Of everything that is there, ascending."""
        return self._index.rows.sorted

    def look_around(self) -> None:
        """Take over what other programs wrote, and an index that was built."""
        if self._database.changed() or self._growing.done:
            self.catch_up()

    def catch_up(self) -> None:
        """Bring the index to what the database holds now."""
        if self._growing.done and (built := self._growing.take()):
            self._use(built)
        with self._database.moment() as revision:
            if self._revision < self._database.pruned:
                self._begin()
            for changes in self._database.changes(self._revision):
                self._index.change(changes.gone, changes.ids, changes.tags, changes.vectors)
            self._revision = revision
        self._selected: tuple[Where, Selection | None] | None = None
        if self._index.due:
            self._growing.start()

    def settle(self) -> None:
        """Wait until the index has the shape that it is to have."""
        while self._growing.busy:
            if built := self._growing.take(wait=True):
                self._use(built)
            self.catch_up()

    def nearest(self, vector: Vectors, count: int, where: Where) -> Found:
        if self._selected is None or self._selected[0] != where:
            # kept, for a conversation asks with the same filter again and again
            self._selected = where, self._selection(where)
        selection = self._selected[1]
        if selection is not None and selection.count == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._index.search(vector, count, selection)

    def close(self) -> None:
        self._growing.stop()

    def _selection(self, where: Where) -> Selection | None:
        """None where a search may find whatever it comes upon."""
        rows = self._index.rows
        selection = rows.all() if where == EVERYTHING else rows.tagged(self._database.numbers(where))
        return None if selection.count == len(rows.ids) else selection

    def _use(self, built: Built) -> None:
        """Search another index, and give back what the one before and the building took."""
        self._index, self._revision = built
        give_back()

    def _begin(self) -> None:
        self._index, self._revision = empty(self._place.dimensions, self._place.growth), 0
