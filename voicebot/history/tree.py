"""The turns of a conversation as a tree: what was edited or asked again is a branch, and one path of it is shown.

A turn's parent is the turn that it follows. Turns with one parent are versions of each other. The path that is shown
ends with the conversation's `head`. A turn's row is always above its parent's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.errors import StorageError
from voicebot.events import FREE, Citation, Cost, TurnId, Used
from voicebot.history.numbers import TurnNumbers
from voicebot.history.turns import Said

PATH = """WITH RECURSIVE path (id, parent) AS (
    SELECT id, parent FROM turn WHERE id = ?
    UNION ALL SELECT turn.id, turn.parent FROM path JOIN turn ON turn.id = path.parent AND turn.id < path.id
    LIMIT ?) """
ALL = -1


@dataclass(frozen=True, slots=True)
class TurnOnPath:
    """A turn as the screen shows it.

    `question` is "" when the turn ended before it had words, or was an announcement. Of the answer, `heard` is what
    was heard, and `written` all that the model wrote. `started` is in seconds since 1970. `outcome` is None while the
    turn goes on (or when the program died in it). `versions` are the turns in its place, oldest first; `version` is
    its own index among them.
    """

    turn: TurnId
    started: float
    question: str
    question_language: str
    heard: str
    written: str
    answer_language: str
    interrupted: bool
    recording: Path | None
    outcome: str | None
    failure: str | None
    engines: Mapping[str, str]
    timings: Mapping[str, float]
    citations: tuple[Citation, ...]
    version: int
    versions: tuple[TurnId, ...]
    cost: Cost = FREE


def add_turn(
    database: sqlite3.Connection, conversation: int | None, instead_of: int | None, recording: Path | None, now: float
) -> tuple[int, int]:
    """A turn after the head, or in the place of the turn `instead_of`; it is the new head.

    Returns the conversation and the row of the turn. A conversation that is not there, or no more, is begun.
    """
    found = database.execute(
        "SELECT id, head FROM conversation WHERE id = ? AND deleted IS NULL", (conversation,)
    ).fetchone()
    if found is None:
        home, parent = _next_number(database, "conversation"), None
        database.execute("INSERT INTO conversation (id, started) VALUES (?, ?)", (home, now))
    else:
        home, parent = found
        if instead_of is not None:
            (parent,) = database.execute("SELECT parent FROM turn WHERE id = ?", (instead_of,)).fetchone()
    row = _next_number(database, "turn")
    database.execute(
        "INSERT INTO turn (id, conversation, parent, started, recording) VALUES (?, ?, ?, ?, ?)",
        (row, home, parent, now, str(recording) if recording else None),
    )
    database.execute("UPDATE conversation SET head = ?, changed = ? WHERE id = ?", (row, now, home))
    return home, row


def last_turn(database: sqlite3.Connection) -> int:
    """The highest row that a turn ever had; 0 when there was none."""
    return _next_number(database, "turn") - 1


def conversation_of(database: sqlite3.Connection, row: int) -> int:
    found = database.execute("SELECT conversation FROM turn WHERE id = ?", (row,)).fetchone()
    if found is None:
        raise StorageError("that turn is not in the history", fix="choose another one")
    return int(found[0])


def show_version(database: sqlite3.Connection, row: int) -> None:
    """The path that is shown leads through this turn, to the newest one below it."""
    conversation = conversation_of(database, row)
    database.execute(
        "WITH RECURSIVE below (id) AS ("
        " SELECT ? UNION ALL SELECT turn.id FROM below JOIN turn ON turn.parent = below.id)"
        " UPDATE conversation SET head = (SELECT max(id) FROM below) WHERE id = ?",
        (row, conversation),
    )


def head_of(database: sqlite3.Connection, conversation: int | None) -> int | None:
    found = database.execute("SELECT head FROM conversation WHERE id = ?", (conversation,)).fetchone()
    return found[0] if found else None


def said_until(database: sqlite3.Connection, row: int | None, limit: int, numbers: TurnNumbers) -> list[Said]:
    """The last messages on the path that ends with a turn, oldest first; those with no words are left out."""
    found = database.execute(
        f"{PATH} SELECT turn, role, text, language, interrupted FROM path CROSS JOIN message ON message.turn = path.id"
        " WHERE text != '' ORDER BY turn DESC, message.id DESC LIMIT ?",
        (row, ALL, limit),
    ).fetchall()
    return [
        Said(numbers.turn(turn), role, text, language, bool(cut)) for turn, role, text, language, cut in reversed(found)
    ]


def path(
    database: sqlite3.Connection, conversation: int, before: int | None, limit: int, numbers: TurnNumbers
) -> list[TurnOnPath]:
    """The last turns on the path that is shown, or the last before the row of one of them; oldest first."""
    if before is None:
        last = head_of(database, conversation)
    else:
        found = database.execute(
            "SELECT parent FROM turn WHERE id = ? AND conversation = ?", (before, conversation)
        ).fetchone()
        last = found[0] if found else None
    rows = [row for (row,) in database.execute(f"{PATH} SELECT id FROM path", (last, limit))]
    return _turns(database, sorted(rows), numbers)


def _next_number(database: sqlite3.Connection, table: str) -> int:
    """A number that no row of the table has or had."""
    (number,) = database.execute(
        f"SELECT 1 + max({table}, coalesce((SELECT max(id) FROM {table}), 0)) FROM purged"
    ).fetchone()
    return int(number)


def _turns(database: sqlite3.Connection, rows: Sequence[int], numbers: TurnNumbers) -> list[TurnOnPath]:
    listed = json.dumps(rows)
    messages = _messages(database, listed)
    versions = _versions(database, listed)
    turns = database.execute(
        "SELECT id, started, recording, outcome, failure, engines, timings, uses FROM turn"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed,),
    )
    return [_turn(row, rest, messages, versions[row], numbers) for row, *rest in turns.fetchall()]


def _messages(database: sqlite3.Connection, rows: str) -> dict[tuple[int, str], tuple[Any, ...]]:
    found = database.execute(
        "SELECT turn, role, text, coalesce(written, ''), language, interrupted, citations FROM message"
        " WHERE turn IN (SELECT value FROM json_each(?))",
        (rows,),
    )
    return {(turn, role): tuple(rest) for turn, role, *rest in found}


def _versions(database: sqlite3.Connection, rows: str) -> dict[int, list[int]]:
    """Of each turn the rows of those with the same parent."""
    found = database.execute(
        "SELECT mine.id, other.id FROM turn AS mine JOIN turn AS other"
        " ON other.parent IS mine.parent AND other.conversation = mine.conversation"
        " WHERE mine.id IN (SELECT value FROM json_each(?)) ORDER BY mine.id, other.id",
        (rows,),
    )
    versions: dict[int, list[int]] = {}
    for mine, other in found:
        versions.setdefault(mine, []).append(other)
    return versions


NOTHING = ("", "", "", 0, "[]")


def _turn(
    row: int,
    kept: Sequence[Any],
    messages: Mapping[tuple[int, str], tuple[Any, ...]],
    versions: Sequence[int],
    numbers: TurnNumbers,
) -> TurnOnPath:
    started, recording, outcome, failure, engines, timings, uses = kept
    question, _, question_language, _, _ = messages.get((row, "user"), NOTHING)
    heard, written, answer_language, interrupted, citations = messages.get((row, "assistant"), NOTHING)
    return TurnOnPath(
        turn=numbers.turn(row),
        started=started,
        question=question,
        question_language=question_language,
        heard=heard,
        written=written,
        answer_language=answer_language,
        interrupted=bool(interrupted),
        recording=Path(recording) if recording else None,
        outcome=outcome,
        failure=failure,
        engines=json.loads(engines),
        timings=json.loads(timings),
        citations=tuple(Citation(*one) for one in json.loads(citations)),
        version=versions.index(row),
        versions=tuple(numbers.turn(version) for version in versions),
        cost=Cost(tuple(Used(*one) for one in json.loads(uses))),
    )
