"""The terms that passages are found by, as they go into the full-text index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from voicebot.rag.library.schema import LEAP

Terms = Callable[[str], Sequence[str]]


def indexed_as(title: str, headings: Sequence[str], text: str, terms: Terms) -> tuple[str, int]:
    """The terms of a passage and how many they are: its own, and those of its title and headings once each."""
    own = list(terms(text))
    above = set(terms("\n".join((title, *headings)))).difference(own)
    listed = [*sorted(above), *own]
    return " ".join(listed), len(listed)


def reword(database: sqlite3.Connection, passage: int, terms: str, length: int) -> None:
    """Give a passage its terms, in place of those that it had."""
    had = database.execute("SELECT terms FROM terms WHERE id = ?", (passage,)).fetchone()
    if had == (terms,):
        return
    leap(database)
    database.execute("DELETE FROM terms WHERE id = ?", (passage,))
    database.execute("INSERT INTO terms (id, terms, length) VALUES (?, ?, ?)", (passage, terms, length))


def leap(database: sqlite3.Connection) -> None:
    """What is remembered of the index is not true any more."""
    database.execute(f"UPDATE tally SET epoch = epoch + {LEAP}")


def unworded(database: sqlite3.Connection, count: int) -> list[tuple[int, str, list[str], str]]:
    """The next passages without terms, as (id, title, headings, text)."""
    rows = database.execute(
        """SELECT passage.id, title, headings, text FROM passage JOIN body ON body.id = passage.id
        JOIN document ON document.id = passage.document
        WHERE passage.id > (SELECT worded FROM tally) AND passage.id NOT IN (SELECT id FROM terms)
        ORDER BY passage.id LIMIT ?""",
        (count,),
    )
    return [(passage, title, json.loads(headings), text) for passage, title, headings, text in rows]


def word(database: sqlite3.Connection, worded: Sequence[tuple[int, str, int]], complete: bool) -> None:
    """Give passages, as (id, terms, length), their terms, those that are still there. `complete`: all have theirs."""
    last = worded[-1][0] if worded else 0
    if complete:
        (last,) = database.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
    if worded:
        leap(database)
    for passage, terms, length in worded:
        if database.execute("SELECT 1 FROM passage WHERE id = ?", (passage,)).fetchone():
            reword(database, passage, terms, length)
    database.execute("UPDATE tally SET worded = ?1 WHERE worded < ?1", (last,))
