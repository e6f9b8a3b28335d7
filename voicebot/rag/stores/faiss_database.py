"""The vectors and their tags, on disk: SQLite in WAL mode, one transaction for each change.

Every transaction has the next revision, and its entries bear it: what another program changed are the entries above
the last revision that was seen. An entry without tags was removed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Tags, Where
from voicebot.rag.stores.faiss_rows import Ids, Numbers

Vectors = NDArray[np.float32]

BUSY_SECONDS = 10.0
"""How long another program that writes is waited for: nobody is listening while vectors are added."""
CHUNK = 5_000
"""Entries that are read at once: 4 MB of vectors with 384 dimensions."""
VERSION = 1
SCHEMA = (
    "CREATE TABLE state (dimensions INTEGER NOT NULL, revision INTEGER NOT NULL, pruned INTEGER NOT NULL)",
    """CREATE TABLE tags (
    number INTEGER PRIMARY KEY, collection TEXT NOT NULL, document INTEGER NOT NULL, language TEXT NOT NULL,
    kind TEXT NOT NULL, modified REAL NOT NULL, UNIQUE (document, collection, language, kind, modified))""",
    # apart from the vectors, so that reading entries alone does not read those
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, tags INTEGER REFERENCES tags)",
    "CREATE INDEX entry_of_revision ON entry (revision)",
    "CREATE TABLE vector (id INTEGER PRIMARY KEY, value BLOB NOT NULL)",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """`gone` are all ids that were changed, `ids` those of them that are there: both ascending. float32 vectors."""

    gone: Ids
    ids: Ids
    tags: Numbers
    vectors: Vectors


class Database:
    """An open file of float16 vectors; the methods raise sqlite3.Error, and are called by one thread at a time."""

    def __init__(self, file: Path, dimensions: int) -> None:
        """Open or begin it; raises sqlite3.DatabaseError where it is not a file of vectors with these dimensions."""
        self._dimensions = dimensions
        self._connection = sqlite3.connect(file, BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.Error:
            self._connection.close()
            raise
        self._version = -1

    def close(self) -> None:
        self._connection.close()

    def count(self) -> int:
        return int(self._one("SELECT count(*) FROM entry WHERE tags IS NOT NULL"))

    def changed(self) -> bool:
        """Whether another program has written since the last call, or since this one opened it."""
        before, self._version = self._version, int(self._one("PRAGMA data_version"))
        return self._version != before

    # -- writing -----------------------------------------------------------------------------------------------------

    def put(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        """Keep vectors, float32 (len(ids), dimensions), in place of those with the same ids."""
        values = np.ascontiguousarray(vectors, np.float16).reshape(len(ids), self._dimensions)
        with self._transaction() as revision:
            numbers = {one: self._number(one) for one in set(tags)}
            self._connection.executemany(
                "INSERT OR REPLACE INTO vector VALUES (?, ?)",
                zip(ids, (value.tobytes() for value in values), strict=True),
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)",
                ((id, revision, numbers[one]) for id, one in zip(ids, tags, strict=True)),
            )

    def remove(self, ids: Sequence[int]) -> None:
        these = json.dumps(list(ids))
        with self._transaction() as revision:
            self._connection.execute(
                "UPDATE entry SET revision = ?, tags = NULL"
                " WHERE tags IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
                (revision, these),
            )
            self._connection.execute("DELETE FROM vector WHERE id IN (SELECT value FROM json_each(?))", (these,))

    def tidy(self) -> None:
        """Forget what was removed, once it is most of what is there, and tags that nothing bears."""
        if int(self._one("SELECT count(*) FROM entry WHERE tags IS NULL")) <= self.count():
            return
        with self._transaction() as revision:
            self._connection.execute("DELETE FROM entry WHERE tags IS NULL")
            self._connection.execute("DELETE FROM tags WHERE number NOT IN (SELECT tags FROM entry)")
            self._connection.execute("UPDATE state SET pruned = ?", (revision,))

    # -- reading -----------------------------------------------------------------------------------------------------

    @contextmanager
    def moment(self) -> Iterator[int]:
        """What is read within is of one moment, whatever others write meanwhile; gives its revision."""
        with self._connection:
            self._connection.execute("BEGIN")
            yield int(self._one("SELECT revision FROM state"))

    def ids(self) -> Ids:
        """Of all that is there."""
        found = self._connection.execute("SELECT id FROM entry WHERE tags IS NOT NULL").fetchall()
        return np.array(found, np.int64).reshape(-1)

    def changes(self, since: int) -> Iterator[Changes]:
        """What was changed after a revision, in parts; without removals that were forgotten since (see `pruned`)."""
        cursor = self._connection.execute(
            "SELECT entry.id, tags, value FROM entry LEFT JOIN vector USING (id) WHERE revision > ? ORDER BY entry.id",
            (since,),
        )
        while found := cursor.fetchmany(CHUNK):
            yield self._read(found)

    @property
    def pruned(self) -> int:
        """The last revision whose removals were forgotten: who has seen less must read all."""
        return int(self._one("SELECT pruned FROM state"))

    def vectors(self, ids: Ids) -> tuple[Ids, Vectors]:
        """float32 (n, dimensions) of those that are there, with their ids."""
        these = (json.dumps(ids.tolist()),)
        found = self._connection.execute(
            "SELECT id, 0, value FROM vector WHERE id IN (SELECT value FROM json_each(?))", these
        ).fetchall()
        changes = self._read(found)
        return changes.ids, changes.vectors

    def numbers(self, where: Where) -> Numbers:
        """Of the tags that `where` allows."""
        lists = (("collection", where.collections), ("document", where.documents), ("language", where.languages))
        conditions = ["modified >= coalesce(?, modified)", "modified <= coalesce(?, modified)"]
        values: list[object] = [where.since, where.until]
        for column, allowed in (*lists, ("kind", where.kinds)):
            if allowed:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(allowed))
        found = self._connection.execute(f"SELECT number FROM tags WHERE {' AND '.join(conditions)}", values).fetchall()
        return np.array(found, np.int32).reshape(-1)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _read(self, found: Sequence[tuple[int, int | None, bytes | None]]) -> Changes:
        there = [(id, tags, value) for id, tags, value in found if tags is not None and value is not None]
        values = np.frombuffer(b"".join(value for _, _, value in there), np.float16)
        if len(values) != len(there) * self._dimensions:
            raise sqlite3.DatabaseError("its vectors have other dimensions")
        return Changes(
            np.array([id for id, _, _ in found], np.int64),
            np.array([id for id, _, _ in there], np.int64),
            np.array([tags for _, tags, _ in there], np.int32),
            values.reshape(len(there), self._dimensions).astype(np.float32),
        )

    def _number(self, tags: Tags) -> int:
        values = astuple(tags)
        same = "collection = ? AND document = ? AND language = ? AND kind = ? AND modified = ?"
        found = self._connection.execute(f"SELECT number FROM tags WHERE {same}", values).fetchone()
        if found is None:
            found = self._connection.execute(
                "INSERT INTO tags (collection, document, language, kind, modified) VALUES (?, ?, ?, ?, ?)"
                " RETURNING number",
                values,
            ).fetchone()
        return int(found[0])

    @contextmanager
    def _transaction(self) -> Iterator[int]:
        """All of it or nothing; gives its revision."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("UPDATE state SET revision = revision + 1")
            yield int(self._one("SELECT revision FROM state"))

    def _one(self, query: str) -> str | int:
        with closing(self._connection.execute(query)) as cursor:
            found: str | int = cursor.fetchone()[0]
        return found

    def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            version = self._one("PRAGMA user_version")
            if version == 0:
                for statement in SCHEMA:
                    self._connection.execute(statement)
                self._connection.execute("INSERT INTO state VALUES (?, 0, 0)", (self._dimensions,))
            elif version != VERSION:
                raise sqlite3.OperationalError(
                    "it was written by a newer Voicebot; use that one, or move the file away"
                )
        if self._one("SELECT dimensions FROM state") != self._dimensions:
            raise sqlite3.DatabaseError("its vectors have other dimensions")
