"""Collections, and the files and folders that a person put into them."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from voicebot.errors import UsageError
from voicebot.rag.passages import Collection

Source = tuple[str, Path]


def collections(database: sqlite3.Connection) -> list[Collection]:
    """By name."""
    sources: dict[str, list[str]] = {}
    for name, path in sources_with_names(database):
        sources.setdefault(name, []).append(str(path))
    rows = database.execute(
        """SELECT name, count(document.id),
        (SELECT count(*) FROM passage WHERE passage.collection = collection.id),
        total(state = 'waiting'), total(state = 'failed')
        FROM collection LEFT JOIN document ON document.collection = collection.id
        GROUP BY collection.id ORDER BY name"""
    )
    return [
        Collection(name, tuple(sources.get(name, ())), documents, passages, int(waiting), int(failed))
        for name, documents, passages, waiting, failed in rows
    ]


def sources_with_names(database: sqlite3.Connection, away: bool = False) -> list[Source]:
    """As (collection, path), in the order in which they were added; with `away` only those that are not there."""
    found = database.execute(
        "SELECT name, path FROM source JOIN collection ON collection.id = source.collection"
        " WHERE away >= ? ORDER BY source.id",
        (int(away),),
    )
    return [(name, Path(path)) for name, path in found]


def add_source(database: sqlite3.Connection, name: str, path: Path) -> None:
    """Make the collection when it is not there. What failed below a source that is added again is read again."""
    database.execute("INSERT OR IGNORE INTO collection (name) VALUES (?)", (name,))
    home = _collection(database, name)
    database.execute("INSERT OR IGNORE INTO source (collection, path) VALUES (?, ?)", (home, str(path)))
    failed = database.execute(
        "SELECT id, path FROM document WHERE collection = ? AND state = 'failed'", (home,)
    ).fetchall()
    again = [document for document, file in failed if is_below(file, str(path))]
    database.execute(
        "UPDATE document SET state = 'waiting' WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(again),)
    )


def remove_source(database: sqlite3.Connection, name: str, path: Path) -> None:
    """With its documents, but for those that another source of the collection holds too."""
    home = _collection(database, name)
    removed = database.execute("DELETE FROM source WHERE collection = ? AND path = ?", (home, str(path)))
    if removed.rowcount == 0:
        raise UsageError(f"{path} is not in {name}", fix="name a file or folder that was added to it")
    left = [other for (other,) in database.execute("SELECT path FROM source WHERE collection = ?", (home,))]
    rows = database.execute("SELECT id, path FROM document WHERE collection = ?", (home,)).fetchall()
    forget(database, [row for row, file in rows if not any(is_below(file, other) for other in left)])


def remove_collection(database: sqlite3.Connection, name: str) -> None:
    home = _collection(database, name)
    forget(database, [row for (row,) in database.execute("SELECT id FROM document WHERE collection = ?", (home,))])
    database.execute("DELETE FROM collection WHERE id = ?", (home,))


def rename_collection(database: sqlite3.Connection, name: str, new: str) -> None:
    """Its passages go to the vector stores again, which filter by its name."""
    home = _collection(database, name)
    try:
        database.execute("UPDATE collection SET name = ? WHERE id = ?", (new, home))
    except sqlite3.IntegrityError:
        raise UsageError(f"there is a collection {new} already", fix="choose another name") from None
    database.execute(
        "INSERT OR IGNORE INTO again SELECT space.id, passage.id FROM space"
        " JOIN passage ON passage.collection = ? AND passage.id <= space.upto",
        (home,),
    )


def note_scan(
    database: sqlite3.Connection, name: str, there: Sequence[Path], away: Sequence[Path], at: float
) -> list[Path]:
    """All of these sources were looked through; those that are away now and were not before."""
    found = _find(database, name)
    news = [path for path in away if _away(database, found, path) == 0]
    for path in there:
        database.execute(
            "UPDATE source SET away = 0, scanned = ? WHERE collection IS ? AND path = ?", (at, found, str(path))
        )
    for path in away:
        database.execute(
            "UPDATE source SET away = 1, scanned = ? WHERE collection IS ? AND path = ?", (at, found, str(path))
        )
    return news


def forget(database: sqlite3.Connection, documents: Iterable[int]) -> None:
    """Their passages go with them, and are put down for removal from the vector stores."""
    listed = json.dumps(list(documents))
    database.execute("DELETE FROM document WHERE id IN (SELECT value FROM json_each(?))", (listed,))


def is_below(file: str, source: str) -> bool:
    """Whether a source is this file, or a folder that it stands in."""
    return file == source or file.startswith(source.rstrip(os.sep) + os.sep)


def _find(database: sqlite3.Connection, name: str) -> int | None:
    row = database.execute("SELECT id FROM collection WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _collection(database: sqlite3.Connection, name: str) -> int:
    found = _find(database, name)
    if found is None:
        raise UsageError(f"there is no collection {name}", fix="name one that there is")
    return found


def _away(database: sqlite3.Connection, collection: int | None, path: Path) -> int | None:
    row = database.execute(
        "SELECT away FROM source WHERE collection IS ? AND path = ?", (collection, str(path))
    ).fetchone()
    return row[0] if row else None
