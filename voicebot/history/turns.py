"""What a turn leaves in the history: the rows of the turn itself and of its two messages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from voicebot.events import Citation, TurnId


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it stands: `role` is "user" or "assistant", `text` what was said or heard."""

    turn: TurnId
    role: str
    text: str
    language: str
    interrupted: bool


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as it stands on disk."""

    id: TurnId
    recording: Path | None
    outcome: str | None
    failure: str | None
    engines: Mapping[str, str]
    timings: Mapping[str, float]


def add_question(database: sqlite3.Connection, row: int, text: str, language: str, engine: str, now: float) -> None:
    _note_engine(database, row, "stt", engine)
    _add(database, row, "user", text, None, language, now)


def put_answer(database: sqlite3.Connection, row: int, written: str, engine: str, language: str, now: float) -> None:
    """The answer as far as it is written; one that was there is replaced."""
    _note_engine(database, row, "llm", engine)
    changed = database.execute(
        "UPDATE message SET written = ? WHERE turn = ? AND role = 'assistant'", (whole(written), row)
    )
    if changed.rowcount == 0:
        _add(database, row, "assistant", "", written, language, now)


def put_heard(
    database: sqlite3.Connection,
    row: int,
    text: str,
    written: str,
    complete: bool,
    citations: tuple[Citation, ...],
    now: float,
) -> None:
    listed = json.dumps([astuple(citation) for citation in citations], ensure_ascii=False)
    database.execute(
        "UPDATE message SET text = ?, written = ?, interrupted = ?, citations = ?"
        " WHERE turn = ? AND role = 'assistant'",
        (whole(text), whole(written), int(not complete), listed, row),
    )
    _touch(database, row, now)


def kept_turn(database: sqlite3.Connection, row: int, turn: TurnId) -> KeptTurn | None:
    found = database.execute(
        "SELECT recording, outcome, failure, engines, timings FROM turn WHERE id = ?", (row,)
    ).fetchone()
    if found is None:
        return None
    recording, outcome, failure, engines, timings = found
    path = Path(recording) if recording else None
    return KeptTurn(turn, path, outcome, failure, json.loads(engines), json.loads(timings))


def whole(text: str) -> str:
    """Halves of a letter joined, and what is no letter replaced: SQLite takes neither."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _add(
    database: sqlite3.Connection, row: int, role: str, text: str, written: str | None, language: str, now: float
) -> None:
    database.execute(
        "INSERT INTO message (conversation, turn, role, text, written, language, created)"
        " VALUES ((SELECT conversation FROM turn WHERE id = ?1), ?1, ?2, ?3, ?4, ?5, ?6)",
        (row, role, whole(text), whole(written) if written is not None else None, language, now),
    )
    _touch(database, row, now)


def _touch(database: sqlite3.Connection, row: int, now: float) -> None:
    database.execute(
        "UPDATE conversation SET changed = ? WHERE id = (SELECT conversation FROM turn WHERE id = ?)", (now, row)
    )


def _note_engine(database: sqlite3.Connection, row: int, stage: str, engine: str) -> None:
    database.execute("UPDATE turn SET engines = json_set(engines, ?, ?) WHERE id = ?", (f"$.{stage}", engine, row))
