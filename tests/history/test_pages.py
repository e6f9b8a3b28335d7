"""A conversation of 10,000 messages, a page at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.history.talk import opened, talk

TURNS = 5_000


async def long_conversation(file: Path) -> None:
    """Written at once: the turns one after another would take the test's time."""
    history = await opened(file)
    await history.close()
    database = sqlite3.connect(file)
    with database:
        database.execute("INSERT INTO conversation (id, started, changed, head) VALUES (1, 0, 0, ?)", (TURNS,))
        database.executemany(
            "INSERT INTO turn (id, conversation, parent, started) VALUES (?, 1, ?, ?)",
            ((turn, turn - 1 or None, float(turn)) for turn in range(1, TURNS + 1)),
        )
        database.executemany(
            "INSERT INTO message (conversation, turn, role, text, written, created) VALUES (1, ?, ?, ?, ?, 0)",
            (
                message
                for turn in range(1, TURNS + 1)
                for message in (
                    (turn, "user", f"질문 {turn}", None),
                    (turn, "assistant", f"answer {turn}", f"answer {turn}"),
                )
            ),
        )
    database.close()


async def test_pages_of_a_long_conversation_make_the_whole_of_it(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    await long_conversation(file)
    history = await opened(file)
    pages = [await history.path(1)]
    while page := await history.path(1, before=pages[-1][0].turn):
        pages.append(page)
    assert [len(page) for page in pages] == [100] * (TURNS // 100)
    turns = [turn for page in reversed(pages) for turn in page]
    assert [(turn.turn, turn.question, turn.heard) for turn in turns] == [
        (turn, f"질문 {turn}", f"answer {turn}") for turn in range(1, TURNS + 1)
    ]
    assert turns == await history.path(1, limit=-1)
    assert [said.text for said in await history.messages(3, until=2_500)] == [
        "answer 2499", "질문 2500", "answer 2500"
    ]  # fmt: skip
    await history.close()


async def test_a_page_reads_no_table_from_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor sorts more than itself: the plan of each of its statements uses an index, whatever the number of turns."""
    file = tmp_path / "history.db"
    await long_conversation(file)
    statements: list[str] = []
    connect = sqlite3.connect

    def listening(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)  # type: ignore[arg-type]
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", listening)
    history = await opened(file)
    statements.clear()
    await history.path(1, before=2_500)
    read = [statement for statement in statements if "SELECT" in statement]
    await history.close()
    database = connect(file)
    plans = [row[3] for one in read for row in database.execute(f"EXPLAIN QUERY PLAN {one}")]
    database.close()
    assert len(read) == 5
    assert not [step for step in plans if step.startswith("SCAN") and step.split()[1] not in ("json_each", "path")]


async def test_the_first_page_of_a_short_conversation_is_all_of_it() -> None:
    history = await opened(None)
    await talk(history, 1, "one", "1")
    await talk(history, 2, "two", "2")
    assert [turn.turn for turn in await history.path(1)] == [1, 2]
    assert [turn.turn for turn in await history.path(1, limit=1)] == [2]
    assert [turn.turn for turn in await history.path(1, before=2)] == [1]
    assert await history.path(1, before=1) == []
    assert await history.path(1, before=77) == []
    assert await history.path(77) == []
    await history.close()
