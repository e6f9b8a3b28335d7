"""What was read of one file, written down: passages that did not change stay, and keep their ids."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicebot.history.turns import whole
from voicebot.rag.library.documents import Stamp, row_of
from voicebot.rag.library.index import Terms, indexed_as, reword
from voicebot.rag.passages import Loaded, Piece, Section


@dataclass(frozen=True, slots=True)
class Worded:
    """A piece with the terms it is found by."""

    piece: Piece
    terms: str
    length: int


def prepare(title: str, pieces: Sequence[Piece], terms: Terms, check: Callable[[], None]) -> list[Worded]:
    """Takes long for a long file, and touches nothing; `check` is called before each piece, and may raise."""
    worded = []
    for piece in pieces:
        check()
        piece = replace(piece, text=whole(piece.text), headings=tuple(map(whole, piece.headings)))
        worded.append(Worded(piece, *indexed_as(title, piece.headings, piece.text, terms)))
    return worded


def put(
    database: sqlite3.Connection,
    collection: str,
    path: str,
    stamp: Stamp,
    loaded: Loaded,
    pieces: Sequence[Worded],
    now: float,
) -> int:
    """The document's id; 0 when the collection is gone."""
    document = row_of(database, collection, path, stamp)
    if document is None:
        return 0
    parts: list[Section | Piece] = [*loaded.sections, *(worded.piece for worded in pieces)]
    pages = [part.page for part in parts if part.page is not None]
    (home,) = database.execute("SELECT collection FROM document WHERE id = ?", (document,)).fetchone()
    database.execute(
        """UPDATE document SET title = ?, state = 'indexed', size = ?, mtime_ns = ?, hash = ?, splitter = ?,
        created = ?, pages = ?, indexed = ?, why = '', fix = '', notes = ? WHERE id = ?""",
        (whole(loaded.title), stamp.size, stamp.mtime_ns, stamp.hash, stamp.splitter, loaded.created,
         max(pages, default=None), now, json.dumps(loaded.notes), document),
    )  # fmt: skip
    kept = _kept(database, document)
    for worded in pieces:
        same = kept.get(_key(worded.piece))
        if same:
            _move(database, same.pop(0), worded)
        else:
            _add(database, document, home, Path(path).suffix, stamp, worded)
    left = [(passage,) for same in kept.values() for passage in same]
    database.executemany("DELETE FROM passage WHERE id = ?", left)
    return document


def loaded_before(database: sqlite3.Connection, document: int) -> tuple[Loaded, list[Piece]]:
    """What was read of a document, to be written down for another file of the same content."""
    title, created, pages, notes = database.execute(
        "SELECT title, created, pages, notes FROM document WHERE id = ?", (document,)
    ).fetchone()
    rows = database.execute(
        "SELECT text, position, headings, page, language FROM passage JOIN body USING (id)"
        " WHERE document = ? ORDER BY position",
        (document,),
    )
    pieces = [Piece(text, position, tuple(json.loads(over)), *rest) for text, position, over, *rest in rows]
    sections = (Section("", page=pages),) if pages else ()
    return Loaded(title, sections, created, tuple(json.loads(notes))), pieces


def moved(database: sqlite3.Connection, document: int, path: str, size: int, mtime_ns: int, terms: Terms) -> None:
    """The same content under another name; a title that was the file's name is its new one."""
    old, title = database.execute("SELECT path, title FROM document WHERE id = ?", (document,)).fetchone()
    new = Path(path).stem if title == Path(old).stem else title
    # A file of that name that waits to be read, or was read before, has given way to this one.
    database.execute(
        "DELETE FROM document WHERE id != ?1 AND path = ?2"
        " AND collection = (SELECT collection FROM document WHERE id = ?1)",
        (document, path),
    )
    database.execute(
        "UPDATE document SET path = ?, title = ?, size = ?, mtime_ns = ? WHERE id = ?",
        (path, new, size, mtime_ns, document),
    )
    if new == title:
        return
    rows = database.execute(
        "SELECT id, headings, text FROM passage JOIN body USING (id) WHERE document = ?", (document,)
    ).fetchall()
    for passage, headings, text in rows:
        reword(database, passage, *indexed_as(new, json.loads(headings), text, terms))


def _kept(database: sqlite3.Connection, document: int) -> dict[Hashable, list[int]]:
    kept: dict[Hashable, list[int]] = defaultdict(list)
    rows = database.execute(
        "SELECT id, text, headings, page, language FROM passage JOIN body USING (id)"
        " WHERE document = ? ORDER BY position",
        (document,),
    )
    for passage, text, headings, page, language in rows:
        kept[text, tuple(json.loads(headings)), page, language].append(passage)
    return kept


def _key(piece: Piece) -> Hashable:
    return piece.text, piece.headings, piece.page, piece.language


def _move(database: sqlite3.Connection, passage: int, worded: Worded) -> None:
    database.execute(
        "UPDATE passage SET position = ?2 WHERE id = ?1 AND position != ?2", (passage, worded.piece.position)
    )
    reword(database, passage, worded.terms, worded.length)


def _add(
    database: sqlite3.Connection, document: int, collection: int, suffix: str, stamp: Stamp, worded: Worded
) -> None:
    piece = worded.piece
    passage = database.execute(
        "INSERT INTO passage (document, collection, position, page, headings, language, kind, modified)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (document, collection, piece.position, piece.page, json.dumps(piece.headings, ensure_ascii=False),
         piece.language, suffix.lower().removeprefix("."), stamp.modified),
    ).lastrowid  # fmt: skip
    database.execute("INSERT INTO body (id, text) VALUES (?, ?)", (passage, piece.text))
    database.execute(
        "INSERT INTO terms (id, terms, length) VALUES (?, ?, ?)", (passage, worded.terms, worded.length)
    )
