"""The documents of a collection: what is known of them, and how they change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voicebot.rag.passages import Document, State


@dataclass(frozen=True, slots=True)
class Known:
    """What tells whether a file must be read again: `hash` of its content, `splitter` the version that read it."""

    id: int
    size: int
    mtime_ns: int
    hash: str
    splitter: int
    state: State


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was before it was read; `size` in bytes, `mtime_ns` in nanoseconds since the epoch."""

    size: int
    mtime_ns: int
    hash: str = ""
    splitter: int = 0

    @property
    def modified(self) -> float:
        """In seconds since the epoch."""
        return self.mtime_ns / 1e9


def documents(database: sqlite3.Connection, collection: str) -> list[Document]:
    """By path; of an empty name those of all collections."""
    rows = database.execute(
        """SELECT notes, document.id, name, path, title, state,
        (SELECT count(*) FROM passage WHERE passage.document = document.id), pages, size, mtime_ns / 1e9, indexed,
        why, fix FROM document JOIN collection ON collection.id = document.collection
        WHERE ?1 IN ('', name) ORDER BY name, path""",
        (collection,),
    )
    return [_document(*row) for row in rows]


def _document(notes: str, *fields: Any) -> Document:
    return replace(Document(*fields), notes=tuple(json.loads(notes)))


def known(database: sqlite3.Connection, collection: str) -> dict[str, Known]:
    """By path."""
    rows = database.execute(
        """SELECT path, document.id, size, mtime_ns, hash, splitter, state
        FROM document JOIN collection ON collection.id = document.collection WHERE name = ?""",
        (collection,),
    )
    return {path: Known(*rest) for path, *rest in rows}


def waiting(database: sqlite3.Connection) -> tuple[int, int]:
    """How many documents wait to be read, and how many there are."""
    row = database.execute("SELECT total(state = 'waiting'), count(*) FROM document").fetchone()
    return int(row[0]), row[1]


def expect(database: sqlite3.Connection, collection: str, files: Iterable[tuple[str, int, int]]) -> None:
    """Files that will be read, as (path, size, mtime_ns): those that are new wait in the list of documents."""
    database.executemany(
        """INSERT OR IGNORE INTO document (collection, path, title, state, size, mtime_ns, hash, splitter)
        SELECT id, ?, ?, 'waiting', ?, ?, '', 0 FROM collection WHERE name = ?""",
        ((path, Path(path).stem, size, mtime_ns, collection) for path, size, mtime_ns in files),
    )


def put_failed(
    database: sqlite3.Connection, collection: str, path: str, stamp: Stamp, why: str, fix: str, now: float
) -> None:
    """It cannot be read; what was read of it before is gone."""
    document = row_of(database, collection, path, stamp)
    if document is None:
        return
    database.execute("DELETE FROM passage WHERE document = ?", (document,))
    database.execute(
        """UPDATE document SET state = 'failed', size = ?, mtime_ns = ?, hash = ?, splitter = ?, pages = NULL,
        indexed = ?, why = ?, fix = ?, notes = '[]' WHERE id = ?""",
        (stamp.size, stamp.mtime_ns, stamp.hash, stamp.splitter, now, why, fix, document),
    )


def row_of(database: sqlite3.Connection, collection: str, path: str, stamp: Stamp) -> int | None:
    """The document of a path, which begins to wait if it is new; None when the collection is gone."""
    expect(database, collection, [(path, stamp.size, stamp.mtime_ns)])
    found = database.execute(
        "SELECT document.id FROM document JOIN collection ON collection.id = document.collection"
        " WHERE name = ? AND path = ?",
        (collection, path),
    ).fetchone()
    return found[0] if found else None


def touched(database: sqlite3.Connection, document: int, size: int, mtime_ns: int) -> None:
    """Its date changed, and its content did not."""
    database.execute("UPDATE document SET size = ?, mtime_ns = ? WHERE id = ?", (size, mtime_ns, document))


def same_content(database: sqlite3.Connection, stamp: Stamp, suffix: str) -> int | None:
    """A document that was read from the same content by the same reader, in whichever collection."""
    rows = database.execute(
        "SELECT id, path FROM document WHERE hash = ? AND splitter = ? AND size = ? AND state = 'indexed'",
        (stamp.hash, stamp.splitter, stamp.size),
    )
    return next((row for row, path in rows if Path(path).suffix.lower() == suffix.lower()), None)
