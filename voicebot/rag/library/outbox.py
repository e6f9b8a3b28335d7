"""What a vector store is still to be told: passages to keep, and passages to forget.

A *space* is an embedding model and a store, by name. Passages go out in the order of their ids, which only grow, so
that one number says how far a space has come. All of it may be done twice: whatever a program did and had no time
to write down is done again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

from voicebot.rag.passages import Tags

_PENDING = """FROM passage JOIN body ON body.id = passage.id JOIN collection ON collection.id = passage.collection
WHERE passage.id {} ORDER BY passage.id LIMIT ?"""
_FIELDS = "SELECT passage.id, headings, text, name, document, language, kind, modified "


class Waiting(NamedTuple):
    """A passage whose vector is missing; `text` is what the vector is made of, its headings first."""

    id: int
    text: str
    tags: Tags


def pending(database: sqlite3.Connection, space: str, count: int) -> list[Waiting]:
    """The next ones, by id; those that were given out are given out again until they are `stored`."""
    number, upto = _space(database, space)
    again = _PENDING.format("IN (SELECT passage FROM again WHERE space = ?)")
    rows = database.execute(_FIELDS + again, (number, count)).fetchall()
    if not rows:
        rows = database.execute(_FIELDS + _PENDING.format("> ?"), (upto, count)).fetchall()
    return [
        Waiting(passage, "\n".join((*json.loads(headings)[-1:], text)), Tags(*tags))
        for passage, headings, text, *tags in rows
    ]


def stored(database: sqlite3.Connection, space: str, ids: Sequence[int]) -> None:
    """The store has these, which are what `pending` gave last."""
    number, _ = _space(database, space)
    database.execute(
        "DELETE FROM again WHERE space = ? AND passage IN (SELECT value FROM json_each(?))", (number, json.dumps(ids))
    )
    database.execute("UPDATE space SET upto = max(upto, ?) WHERE id = ?", (max(ids, default=0), number))


def to_remove(database: sqlite3.Connection, space: str, count: int) -> list[int]:
    """Passages that are gone, and are to go from the store."""
    number, _ = _space(database, space)
    rows = database.execute("SELECT passage FROM gone WHERE space = ? LIMIT ?", (number, count))
    return [passage for (passage,) in rows]


def removed(database: sqlite3.Connection, space: str, ids: Sequence[int]) -> None:
    number, _ = _space(database, space)
    database.execute(
        "DELETE FROM gone WHERE space = ? AND passage IN (SELECT value FROM json_each(?))", (number, json.dumps(ids))
    )


def counts(database: sqlite3.Connection, space: str) -> tuple[int, int]:
    """How many passages the store has, and how many it waits for."""
    row = database.execute("SELECT id, upto FROM space WHERE name = ?", (space,)).fetchone()
    number, upto = row or (0, 0)
    (below,) = database.execute("SELECT count(*) FROM passage WHERE id <= ?", (upto,)).fetchone()
    (above,) = database.execute("SELECT count(*) FROM passage WHERE id > ?", (upto,)).fetchone()
    (again,) = database.execute("SELECT count(*) FROM again WHERE space = ?", (number,)).fetchone()
    return below - again, above + again


def compare(database: sqlite3.Connection, space: str, present: Collection[int]) -> None:
    """Put down what sets the store, which has the passages `present`, apart from the library.

    A store that this library never filled is another library's, whose ids mean nothing here: all of it goes.
    """
    known = database.execute("SELECT id FROM space WHERE name = ?", (space,)).fetchone()
    number, upto = _space(database, space)
    mine = {passage for (passage,) in database.execute("SELECT id FROM passage")} if known else set()
    extra = ((number, passage) for passage in present if passage not in mine)
    missing = ((number, passage) for passage in mine if passage <= upto and passage not in present)
    database.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?)", extra)
    database.executemany("INSERT OR IGNORE INTO again VALUES (?, ?)", missing)


def _space(database: sqlite3.Connection, name: str) -> tuple[int, int]:
    """Its number, and how far it has come; one that is new is begun."""
    database.execute("INSERT OR IGNORE INTO space (name) VALUES (?)", (name,))
    row: tuple[int, int] = database.execute("SELECT id, upto FROM space WHERE name = ?", (name,)).fetchone()
    return row
