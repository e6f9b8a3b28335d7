"""A history that an older Voicebot wrote is brought forward with all that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.history.talk import current, opened, questions, rows, talk
from voicebot.history.schema import VERSION_1

CONVERSATIONS = ((1, 10.0, "", 0, None), (2, 20.0, "", 0, None), (3, 30.0, "이름", 1, None), (4, 40.0, "", 0, None))
"""The second never had a turn."""

TURNS = (
    (1, 1, 11.0, "/sound/one.flac", "answered", None, '{"stt": "sphinx", "llm": "offline"}', '{"total": 2.5}'),
    (2, 3, 31.0, None, "answered", None, "{}", "{}"),
    (3, 1, 12.0, "/sound/three.flac", "failed", "the recogniser broke", "{}", "{}"),
    (4, 1, 13.0, None, "interrupted", None, "{}", "{}"),
    (5, 4, 41.0, None, None, None, "{}", "{}"),
)
MESSAGES = (
    (1, 1, 1, None, "user", "안녕하세요?", None, "ko", 0, 11.5, "[]"),
    (
        2,
        1,
        1,
        1,
        "assistant",
        "네, 안녕하세요.",
        "네, 안녕하세요.",
        "ko",
        0,
        11.7,
        '[[1, "책", "p. 3", "/a.pdf", "네"]]',
    ),
    (3, 3, 2, None, "user", "Other?", None, "en", 0, 31.5, "[]"),
    (4, 3, 2, 3, "assistant", "", "Never heard.", "en", 1, 31.6, "[]"),
    (5, 1, 4, 2, "user", "Three?", None, "en", 0, 13.5, "[]"),
    (6, 1, 4, 5, "assistant", "Three is", "Three is four.", "en", 1, 13.6, "[]"),
)


def older_history(file: Path) -> None:
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = WAL")
    with database:
        for statement in VERSION_1:
            database.execute(statement)
        database.execute("PRAGMA user_version = 1")
        for table, content in (("conversation", CONVERSATIONS), ("turn", TURNS), ("message", MESSAGES)):
            places = ", ".join("?" * len(content[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", content)
    database.close()


async def test_every_row_of_an_older_history_is_there(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    older_history(file)
    history = await opened(file)
    await history.close()
    assert history.kept_aside is None
    kept = "id, conversation, turn, role, text, written, language, interrupted, created, citations"
    assert rows(file, f"SELECT {kept} FROM message ORDER BY id") == [(*row[:3], *row[4:]) for row in MESSAGES]
    kept = "id, conversation, started, recording, outcome, failure, engines, timings"
    assert rows(file, f"SELECT {kept} FROM turn ORDER BY id") == list(TURNS)
    assert rows(file, "SELECT id, started, title, pinned, deleted FROM conversation ORDER BY id") == [
        row for row in CONVERSATIONS if row[0] != 2
    ]
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


async def test_its_conversations_are_listed_searched_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    older_history(file)
    history = await opened(file)
    listed = await history.conversations()
    assert [(one.id, one.title, one.changed, one.turns) for one in listed] == [
        (3, "이름", 31.6, 1), (4, "", 41.0, 1), (1, "안녕하세요?", 13.6, 3)
    ]  # fmt: skip
    assert [one.id for one in await history.conversations("녕하세")] == [1]
    assert [one.id for one in await history.conversations("four")] == [1]
    path = await history.path(1)
    assert [(turn.turn, turn.question, turn.heard, turn.outcome) for turn in path] == [
        (1, "안녕하세요?", "네, 안녕하세요.", "answered"),
        (3, "", "", "failed"),
        (4, "Three?", "Three is", "interrupted"),
    ]
    assert path[0].citations[0].title == "책"
    await history.close()


async def test_its_conversations_go_on(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    older_history(file)
    history = await opened(file)
    await history.open_conversation(1)
    await talk(history, 6, "Six?", "Yes.")
    await history.fork(4)
    await talk(history, 7, "Seven?", "Yes.")
    assert await questions(history) == ["안녕하세요?", "", "Seven?"]
    assert [turn.versions for turn in await history.path(await current(history))] == [(1,), (3,), (4, 7)]
    await history.close()
