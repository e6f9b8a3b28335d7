"""Passages as they are quoted and shown, and which of them a search may find."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from voicebot.rag.passages import Passage, Where

_READ = """SELECT headings, passage.id, document, name, position, text, title, path, page, language, modified
FROM passage JOIN body ON body.id = passage.id JOIN document ON document.id = passage.document
JOIN collection ON collection.id = passage.collection """
_LISTED = "(SELECT value FROM json_each(?))"


def passages(database: sqlite3.Connection, ids: Sequence[int]) -> list[Passage]:
    """In this order; those that are gone are left out."""
    rows = database.execute(f"{_READ} WHERE passage.id IN {_LISTED}", (json.dumps(list(map(int, ids))),))
    found = {passage.id: passage for passage in map(_passage, rows)}
    return [found[passage] for passage in ids if passage in found]


def page_of(database: sqlite3.Connection, passage: Passage) -> list[Passage]:
    """Its whole page in order, or where there are no pages all that stands under its headings around it."""
    rows = database.execute(f"{_READ} WHERE document = ? ORDER BY position", (passage.document,))
    everything = [_passage(row) for row in rows]
    if passage.page is not None:
        return [other for other in everything if other.page == passage.page]
    here = next((at for at, other in enumerate(everything) if other.id == passage.id), None)
    if here is None:
        return []
    first = last = here
    while first > 0 and everything[first - 1].headings == passage.headings:
        first -= 1
    while last + 1 < len(everything) and everything[last + 1].headings == passage.headings:
        last += 1
    return everything[first : last + 1]


def condition(where: Where) -> tuple[str, list[Any]]:
    """What `where` asks of the table `passage`, as SQL that begins with AND (or is empty), and its values."""
    parts: list[str] = []
    values: list[Any] = []
    if where.collections:
        parts.append(f"passage.collection IN (SELECT id FROM collection WHERE name IN {_LISTED})")
        values.append(json.dumps(where.collections))
    for column, wanted in (("document", where.documents), ("language", where.languages), ("kind", where.kinds)):
        if wanted:
            parts.append(f"passage.{column} IN {_LISTED}")
            values.append(json.dumps(wanted))
    for sign, bound in ((">=", where.since), ("<=", where.until)):
        if bound is not None:
            parts.append(f"passage.modified {sign} ?")
            values.append(bound)
    return "".join(f" AND {part}" for part in parts), values


def matching(database: sqlite3.Connection, where: Where) -> list[int]:
    """The ids of all that `where` allows, in order."""
    allowed, values = condition(where)
    return [passage for (passage,) in database.execute(f"SELECT id FROM passage WHERE 1{allowed} ORDER BY id", values)]


def _passage(row: Sequence[Any]) -> Passage:
    headings, passage, document, collection, position, text, title, path, *rest = row
    return Passage(passage, document, collection, position, text, title, path, tuple(json.loads(headings)), *rest)
