"""The tables of the library, and what brings an older one forward."""

from __future__ import annotations

import sqlite3
from itertools import chain

from voicebot.errors import StorageError

TABLES = (
    "CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # `away` is 1 while the source is not there, an unplugged disk say; `scanned` is NULL until all of it was seen once.
    """CREATE TABLE source (
    id INTEGER PRIMARY KEY, collection INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE, path TEXT NOT NULL,
    away INTEGER NOT NULL DEFAULT 0, scanned REAL, UNIQUE (collection, path))""",
    # AUTOINCREMENT: an id that was given is never given again, for a vector store may still know it.
    """CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE,
    path TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    hash TEXT NOT NULL, splitter INTEGER NOT NULL, created REAL, pages INTEGER, indexed REAL,
    why TEXT NOT NULL DEFAULT '', fix TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '[]',
    UNIQUE (collection, path))""",
    "CREATE INDEX document_of_hash ON document (hash)",
    # Slim, for it is looked into for every match of a search; the text stands apart.
    """CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    collection INTEGER NOT NULL, position INTEGER NOT NULL, page INTEGER, headings TEXT NOT NULL,
    language TEXT NOT NULL, kind TEXT NOT NULL, modified REAL NOT NULL)""",
    "CREATE INDEX passage_of_document ON passage (document, position)",
    "CREATE INDEX passage_of_collection ON passage (collection)",
    "CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
)

TERMS = "CREATE TABLE terms (id INTEGER PRIMARY KEY, terms TEXT NOT NULL, length INTEGER NOT NULL)"
"""What a passage is found by; kept, because the index wants to hear again what it is to forget."""

LEAP = 1 << 32
"""Of the epoch: more than any number of passages."""

INDEX = (
    TERMS,
    # The terms were made elsewhere: they are only cut at the spaces between them.
    """CREATE VIRTUAL TABLE words USING fts5 (
    terms, content = 'terms', content_rowid = 'id', tokenize = "ascii tokenchars '_'")""",
    # `worded`: the passages up to it have their terms, or were written with them. `epoch` grows with each that loses
    # its terms, and by a leap when one gets others: see `voicebot.rag.library.postings`.
    """CREATE TABLE tally (
    passages INTEGER NOT NULL, terms INTEGER NOT NULL, version INTEGER, worded INTEGER NOT NULL, epoch INTEGER NOT NULL
    )""",
    "INSERT INTO tally VALUES (0, 0, NULL, 0, random() >> 16)",  # far from that of a library that was before it
)

KEPT_IN_STEP = (
    "CREATE INDEX terms_length ON terms (id, length)",  # much slimmer than the table
    """CREATE TRIGGER terms_added AFTER INSERT ON terms BEGIN
    INSERT INTO words (rowid, terms) VALUES (new.id, new.terms);
    UPDATE tally SET passages = passages + 1, terms = terms + new.length;
    END""",
    """CREATE TRIGGER terms_removed AFTER DELETE ON terms BEGIN
    INSERT INTO words (words, rowid, terms) VALUES ('delete', old.id, old.terms);
    UPDATE tally SET passages = passages - 1, terms = terms - old.length, epoch = epoch + 1;
    END""",
)

OUTBOX = (
    # A space is an embedding model and a store. It has the passages up to `upto`, without those of `again`.
    "CREATE TABLE space (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, upto INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE again (space INTEGER, passage INTEGER, PRIMARY KEY (space, passage)) WITHOUT ROWID",
    "CREATE TABLE gone (space INTEGER, passage INTEGER, PRIMARY KEY (space, passage)) WITHOUT ROWID",
    """CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
    DELETE FROM body WHERE id = old.id;
    DELETE FROM terms WHERE id = old.id;
    DELETE FROM again WHERE space IN (SELECT id FROM space) AND passage = old.id;
    INSERT OR IGNORE INTO gone SELECT id, old.id FROM space;
    END""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = ((*TABLES, *INDEX, *KEPT_IN_STEP, *OUTBOX),)
"""What brings a library from one version to the next."""


def migrate(database: sqlite3.Connection, words_version: int) -> None:
    """Bring a library up to date in one transaction, and empty an index of terms that are made otherwise by now.

    Raises sqlite3.Error, and StorageError for a library of a newer program; then nothing has changed.
    """
    with database:
        database.execute("BEGIN IMMEDIATE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StorageError(
                "the library of your documents cannot be opened",
                why="it was written by a newer Voicebot",
                fix="use that one, or move the file away",
            )
        for statement in chain.from_iterable(MIGRATIONS[version:]):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        if database.execute("SELECT version FROM tally").fetchone() != (words_version,):
            _empty_index(database, words_version)


def _empty_index(database: sqlite3.Connection, words_version: int) -> None:
    """The passages get their terms again a few at a time: see `Library.reword`."""
    database.execute("DROP TABLE terms")  # with its triggers, which need not run for every row
    database.execute("INSERT INTO words (words) VALUES ('delete-all')")
    for statement in (TERMS, *KEPT_IN_STEP):
        database.execute(statement)
    database.execute(
        f"UPDATE tally SET passages = 0, terms = 0, worded = 0, version = ?, epoch = epoch + {LEAP}", (words_version,)
    )
