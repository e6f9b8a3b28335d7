"""In which passages a term stands, remembered: asking FTS5 takes 0.1 µs for each passage of a common one.

Passages only come with higher ids, so that what is remembered is brought up to date by asking for those above the
last. Passages that are gone may stay in it for a while: whoever uses it looks them up, and finds them no more.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.library.passages import condition
from voicebot.rag.passages import Where

Ids = NDArray[np.int64]
"""In rising order."""

KEPT = 4_000_000
"""Passages that are remembered in all, over all terms and filters: 32 MB. The common terms of 100,000 passages fit."""
STALE = 0.02
"""The part of the library that may be gone before all is asked again."""
FEW = 20_000
"""Passages of a library in which asking costs nothing: there it is asked again whenever one is gone."""
NONE: Ids = np.zeros(0, np.int64)


@dataclass(slots=True)
class _Remembered:
    ids: Ids
    upto: int


class Postings:
    """Used by one thread at a time, each time with `look` first."""

    def __init__(self) -> None:
        self._found: OrderedDict[str | Where, _Remembered] = OrderedDict()
        self._kept = 0
        self._epoch: int | None = None
        self._last = 0
        self._lengths: NDArray[np.int32] = np.zeros(0, np.int32)
        self._measured = 0
        self.passages = 0
        """How many can be found by their words."""
        self.average = 0.0
        """Terms of a passage."""

    def look(self, database: sqlite3.Connection) -> None:
        """Forget what is not true any more."""
        passages, terms, epoch = database.execute("SELECT passages, terms, epoch FROM tally").fetchone()
        (self._last,) = database.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
        self.passages, self.average = passages, terms / max(1, passages)
        if self._epoch is None or abs(epoch - self._epoch) > (STALE * passages if passages > FEW else 0):
            self._found.clear()
            self._kept = 0
            self._lengths, self._measured = np.zeros(0, np.int32), 0
            self._epoch = epoch

    def of(self, database: sqlite3.Connection, term: str) -> Ids:
        """The passages that a term stands in."""
        asked = "SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid > ?"
        return self._remember(database, term, asked, ['"' + term.replace('"', '""') + '"'])

    def allowed(self, database: sqlite3.Connection, where: Where) -> Ids:
        """The passages that a filter allows."""
        allowed, values = condition(where)
        # The plus keeps SQLite from going through all passages by their ids, where an index has the few.
        asked = f"SELECT group_concat(id) FROM (SELECT id FROM passage WHERE 1{allowed} AND +id > ? ORDER BY id)"
        return self._remember(database, where, asked, values)

    def lengths(self, database: sqlite3.Connection) -> NDArray[np.int32]:
        """How many terms a passage has, by its id (up to the highest); 0 where there is none."""
        if self._measured < self._last:
            rows = database.execute(
                "SELECT group_concat(id), group_concat(length) FROM terms WHERE id > ?", (self._measured,)
            ).fetchone()
            lengths = np.zeros(self._last + 1, np.int32)
            lengths[: len(self._lengths)] = self._lengths
            if rows[0] is not None:
                lengths[_numbers(rows[0])] = _numbers(rows[1])
            self._lengths, self._measured = lengths, self._last
        return self._lengths

    def _remember(self, database: sqlite3.Connection, key: str | Where, asked: str, values: Sequence[object]) -> Ids:
        had = self._found.pop(key, None) or _Remembered(NONE, 0)
        if had.upto < self._last:
            (more,) = database.execute(asked, (*values, had.upto)).fetchone()
            if more is not None:
                fresh = _numbers(more)
                had.ids = np.concatenate((had.ids, fresh)) if len(had.ids) else fresh
                self._kept += len(fresh)
            had.upto = self._last
        self._found[key] = had
        while self._kept > KEPT and len(self._found) > 1:
            _, oldest = self._found.popitem(last=False)
            self._kept -= len(oldest.ids)
        return had.ids


def _numbers(listed: str) -> Ids:
    return np.fromstring(listed, np.int64, sep=",")
