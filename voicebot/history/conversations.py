"""The conversations as a list: named, pinned, searched, deleted and brought back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.errors import StorageError
from voicebot.history.search import Ranges, conversations_with, cut, excerpt_of, words_of
from voicebot.history.turns import whole

TITLE = 60
"""Characters of the first question that make a title."""

LONGEST = 2_000
"""Characters of a message that are read for a title or an excerpt with no match in it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in the list; times are seconds since 1970.

    `title` is the one that the person gave, otherwise the first question; "" while there are no words. `excerpt` is
    what was said last, or what a query found, and `matches` are the ranges in it that the query's words take.
    `turns` counts every version.
    """

    id: int
    title: str
    started: float
    changed: float
    pinned: bool
    excerpt: str
    turns: int
    matches: Ranges = ()


def summaries(database: sqlite3.Connection, query: str, limit: int) -> list[Summary]:
    """Pinned first, then the one that changed last; those in which only noise was heard are left out."""
    words = words_of(query)
    found = conversations_with(database, words) if words else None
    rows = _listed(database, found, limit)
    texts = _texts(database, (found[row[0]] for row in rows)) if found else {}
    return [_summary(row, words, texts.get((found or {}).get(row[0]))) for row in rows]


def summary(database: sqlite3.Connection, conversation: int) -> Summary:
    """One that is on the list."""
    rows = _listed(database, [conversation], 1)
    if not rows:
        raise _gone()
    return _summary(rows[0], (), None)


def rename(database: sqlite3.Connection, conversation: int, title: str) -> None:
    """Give it a title; an empty one takes it back."""
    plain = " ".join(whole(title).replace("\0", " ").split())
    _change(database, "UPDATE conversation SET title = ? WHERE id = ?", plain, conversation)


def pin(database: sqlite3.Connection, conversation: int, pinned: bool) -> None:
    _change(database, "UPDATE conversation SET pinned = ? WHERE id = ?", int(pinned), conversation)


def mark_deleted(database: sqlite3.Connection, conversation: int, at: float | None) -> None:
    """Take it from the list, or with None put it back."""
    _change(database, "UPDATE conversation SET deleted = ? WHERE id = ?", at, conversation)


def check_is_there(database: sqlite3.Connection, conversation: int) -> None:
    """Raises StorageError for a conversation that was deleted, or never was."""
    if not database.execute("SELECT 1 FROM conversation WHERE id = ? AND deleted IS NULL", (conversation,)).fetchone():
        raise _gone()


def purge(database: sqlite3.Connection, before: float) -> list[Path]:
    """Remove what was deleted before that time, for good; the recordings that no turn uses any more."""
    found = database.execute("SELECT id FROM conversation WHERE deleted <= ?", (before,)).fetchall()
    if not found:
        return []
    old = json.dumps([conversation for (conversation,) in found])
    recordings = database.execute(
        f"SELECT DISTINCT recording FROM turn WHERE recording IS NOT NULL AND conversation IN {_OLD} AND recording"
        f" NOT IN (SELECT recording FROM turn WHERE recording IS NOT NULL AND conversation NOT IN {_OLD})",
        (old, old),
    ).fetchall()
    database.execute(
        "UPDATE purged SET conversation = max(conversation, (SELECT max(id) FROM conversation)),"
        " turn = max(turn, coalesce((SELECT max(id) FROM turn), 0))"
    )
    database.execute(f"DELETE FROM message WHERE conversation IN {_OLD}", (old,))
    database.execute(f"DELETE FROM turn WHERE conversation IN {_OLD}", (old,))
    database.execute(f"DELETE FROM conversation WHERE id IN {_OLD}", (old,))
    # The index only marks words as deleted until it is merged.
    database.execute("INSERT INTO message_search (message_search) VALUES ('optimize')")
    return [Path(recording) for (recording,) in recordings]


_OLD = "(SELECT value FROM json_each(?))"

_FIRST = (
    f"(SELECT substr(shown, 1, {LONGEST}) FROM message"
    " WHERE conversation = conversation.id AND %s trim(shown) != '' ORDER BY message.id LIMIT 1)"
)
_LAST = (
    f"(SELECT substr(shown, 1, {LONGEST}) FROM message"
    " WHERE conversation = conversation.id AND trim(shown) != '' ORDER BY message.id DESC LIMIT 1)"
)


def _listed(database: sqlite3.Connection, only: Iterable[int] | None, limit: int) -> list[Sequence[Any]]:
    return database.execute(
        f"""SELECT id, title, started, changed, pinned,
        (SELECT count(*) FROM turn WHERE conversation = conversation.id),
        coalesce({_FIRST % "role = 'user' AND"}, {_FIRST % ""}, ''), coalesce({_LAST}, '')
        FROM conversation WHERE deleted IS NULL AND EXISTS (
            SELECT 1 FROM turn WHERE conversation = conversation.id AND outcome IS NOT 'no speech')
        {"" if only is None else "AND id IN (SELECT value FROM json_each(:only))"}
        ORDER BY pinned DESC, changed DESC, id DESC LIMIT :limit""",
        {"only": json.dumps(list(only or ())), "limit": limit},
    ).fetchall()


def _texts(database: sqlite3.Connection, messages: Iterable[int | None]) -> Mapping[int | None, str]:
    listed = json.dumps([message for message in messages if message is not None])
    found = database.execute("SELECT id, shown FROM message WHERE id IN (SELECT value FROM json_each(?))", (listed,))
    return dict(found.fetchall())


def _summary(row: Sequence[Any], words: Sequence[str], match: str | None) -> Summary:
    conversation, title, started, changed, pinned, turns, first, last = row
    excerpt, matches = excerpt_of(last) if match is None else excerpt_of(match, words)
    title = title or cut(" ".join(first.split()), TITLE)
    return Summary(conversation, title, started, changed, bool(pinned), excerpt, turns, matches)


def _change(database: sqlite3.Connection, statement: str, value: str | float | None, conversation: int) -> None:
    if database.execute(statement, (value, conversation)).rowcount == 0:
        raise _gone()


def _gone() -> StorageError:
    return StorageError("that conversation is not in the history", fix="choose another one")
