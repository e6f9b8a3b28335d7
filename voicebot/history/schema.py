"""The tables of the history, and what brings an older one forward."""

from __future__ import annotations

import sqlite3
from itertools import chain

VERSION_1 = (
    """CREATE TABLE conversation (
    id INTEGER PRIMARY KEY, started REAL NOT NULL, title TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0, deleted REAL)""",
    """CREATE TABLE turn (
    id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversation, started REAL NOT NULL,
    recording TEXT, outcome TEXT, failure TEXT, engines TEXT NOT NULL DEFAULT '{}',
    timings TEXT NOT NULL DEFAULT '{}')""",
    """CREATE TABLE message (
    id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversation,
    turn INTEGER NOT NULL REFERENCES turn, parent INTEGER REFERENCES message, role TEXT NOT NULL,
    text TEXT NOT NULL, written TEXT, language TEXT NOT NULL DEFAULT '', interrupted INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL, citations TEXT NOT NULL DEFAULT '[]')""",
    "CREATE INDEX message_of_turn ON message (turn, role)",
    "CREATE INDEX message_of_conversation ON message (conversation, id)",
)

TREE_OF_TURNS = (
    # The turns are the tree, not the messages: a turn that failed before it had any words has its place too.
    "CREATE INDEX turn_of_conversation ON turn (conversation)",
    "ALTER TABLE turn ADD COLUMN parent INTEGER REFERENCES turn",
    """UPDATE turn SET parent = (
    SELECT max(id) FROM turn AS earlier WHERE earlier.conversation = turn.conversation AND earlier.id < turn.id)""",
    "CREATE INDEX turn_of_parent ON turn (parent, conversation)",
    "ALTER TABLE message DROP COLUMN parent",
    # `head` is the last turn of the path that is shown. It refers to no table: the two would refer to each other.
    "ALTER TABLE conversation ADD COLUMN head INTEGER",
    "ALTER TABLE conversation ADD COLUMN changed REAL NOT NULL DEFAULT 0",
    # The highest numbers that were purged: none is given again, for another program may still know it.
    "CREATE TABLE purged (conversation INTEGER NOT NULL, turn INTEGER NOT NULL)",
    "INSERT INTO purged SELECT coalesce(max(id), 0), 0 FROM conversation",
    "DELETE FROM conversation WHERE id NOT IN (SELECT conversation FROM turn)",
    """UPDATE conversation SET head = (SELECT max(id) FROM turn WHERE conversation = conversation.id), changed = max(
    (SELECT max(started) FROM turn WHERE conversation = conversation.id),
    coalesce((SELECT max(created) FROM message WHERE conversation = conversation.id), 0))""",
)

SEARCH = (
    # What the screen shows of a message: of an answer all that was written, heard or not.
    "ALTER TABLE message ADD COLUMN shown TEXT AS (coalesce(nullif(written, ''), text)) VIRTUAL",
    # Trigrams find a part of a word: Korean glues its particles to its nouns.
    """CREATE VIRTUAL TABLE message_search USING fts5 (
    shown, content = 'message', content_rowid = 'id', tokenize = 'trigram')""",
    "INSERT INTO message_search (message_search) VALUES ('rebuild')",
    """CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
    INSERT INTO message_search (rowid, shown) VALUES (new.id, new.shown);
    END""",
    """CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
    INSERT INTO message_search (message_search, rowid, shown) VALUES ('delete', old.id, old.shown);
    END""",
    """CREATE TRIGGER message_changed AFTER UPDATE OF text, written ON message WHEN old.shown IS NOT new.shown BEGIN
    INSERT INTO message_search (message_search, rowid, shown) VALUES ('delete', old.id, old.shown);
    INSERT INTO message_search (rowid, shown) VALUES (new.id, new.shown);
    END""",
)

USES = ("ALTER TABLE turn ADD COLUMN uses TEXT NOT NULL DEFAULT '[]'",)
"""What the turn used of paid engines."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (VERSION_1, (*TREE_OF_TURNS, *SEARCH), USES)
"""What brings a history from one version to the next."""


def migrate(database: sqlite3.Connection) -> None:
    """Bring a history up to date in one transaction; raises sqlite3.Error, and then nothing has changed."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise sqlite3.OperationalError("it was written by a newer Voicebot; use that one, or move the file away")
        for statement in chain.from_iterable(MIGRATIONS[version:]):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
