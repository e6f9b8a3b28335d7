"""Stems of English words, as SQLite's full-text index makes them: M. F. Porter, "An algorithm for suffix stripping",
Program 14 (3), 1980.

SQLite has no function that gives a stem, but a table that tells the terms of an index. So words are put into an index
in memory, and read back.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection

MOST_KNOWN = 100_000
"""Words whose stems are remembered, some 20 MB; a library of Debian's documentation has as many."""

_SCHEMA = """
    CREATE VIRTUAL TABLE words USING fts5 (word, content = '', tokenize = 'porter ascii');
    CREATE VIRTUAL TABLE stems USING fts5vocab (words, instance);
"""


class _Porter:
    """Constructing it does no work; used from many threads."""

    def __init__(self) -> None:
        self._database: sqlite3.Connection | None = None
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def stems(self, words: Collection[str]) -> dict[str, str]:
        with self._lock:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            if unknown := [word for word in words if word not in self._known]:
                self._known.update(self._ask(unknown))
            return {word: self._known[word] for word in words}

    def _ask(self, words: list[str]) -> dict[str, str]:
        if self._database is None:
            self._database = sqlite3.connect(":memory:", check_same_thread=False)
            self._database.executescript(_SCHEMA)
        with self._database as database:
            database.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
            found = database.execute("SELECT doc, term FROM stems").fetchall()
            database.execute("INSERT INTO words (words) VALUES ('delete-all')")
        return {words[row]: stem for row, stem in found}


_porter = _Porter()


def stems(words: Collection[str]) -> dict[str, str]:
    """The stem of each; `words` are of the letters a to z."""
    return _porter.stems(words)
