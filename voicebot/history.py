"""What was said, on disk: SQLite in WAL mode, one writer thread, migrations.

A turn is written before the next stage sees it, so that nothing is lost when something fails. Messages form a tree
(`parent`), so that an edited or regenerated one is a branch. The assistant's message holds what was *heard*; `written`
is all that the model wrote.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeVar

from voicebot.errors import StorageError
from voicebot.events import NO_TURN, Citation, TurnId

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_SECONDS = 5.0

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
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
    ),
)
"""What brings a history from one version to the next, each in one transaction."""


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


class History:
    """The history of one conversation at a time. Every method waits for its own write; raises StorageError.

    `file` None keeps all in memory, for people who turned the history off.
    """

    def __init__(self, file: Path | None, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._database: sqlite3.Connection | None = None
        self._conversation = 0
        self._rows: dict[TurnId, int] = {}
        self._last_before = NO_TURN
        self.kept_aside: Path | None = None
        """Where a history that could not be read was put, when a new one was begun instead."""

    async def open(self) -> TurnId:
        """Open or begin the history and a conversation; the highest turn id so far."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._open)

    async def close(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            await asyncio.get_running_loop().run_in_executor(self._writer, database.close)
        self._writer.shutdown()

    async def begin(self, turn: TurnId, recording: Path | None = None) -> None:
        """A turn exists, with its recording if it has one."""
        await self._do(lambda database: self._write_turn(database, turn, recording))

    async def question(self, turn: TurnId, text: str, language: str, engine: str) -> None:
        """What the person said in this turn."""
        await self._do(lambda database: self._write_question(database, turn, text, language, engine))

    async def answer(self, turn: TurnId, written: str, engine: str, language: str) -> None:
        """What the model wrote so far; nothing of it has been heard yet. A later call replaces it."""
        await self._do(lambda database: self._write_answer(database, turn, written, engine, language))

    async def heard(
        self, turn: TurnId, text: str, written: str, *, complete: bool, citations: tuple[Citation, ...] = ()
    ) -> None:
        """What was heard of the answer: its message now holds this and no more; nothing heard means no message."""
        listed = json.dumps([[c.number, c.title, c.place, c.path, c.quote] for c in citations], ensure_ascii=False)
        await self._run(
            "UPDATE message SET text = ?, written = ?, interrupted = ?, citations = ?"
            " WHERE turn = ? AND role = 'assistant'",
            (_whole(text), _whole(written), int(not complete), listed, self._row(turn)),
        )

    async def end(self, turn: TurnId, outcome: str, timings: Mapping[str, float], failure: str | None = None) -> None:
        await self._run(
            "UPDATE turn SET outcome = ?, timings = ?, failure = ? WHERE id = ?",
            (outcome, json.dumps(dict(timings)), failure, self._row(turn)),
        )

    async def messages(self, limit: int = 200) -> list[Said]:
        """The conversation's last messages, oldest first; answers of which nothing was heard are left out."""
        rows = await self._query(
            "SELECT turn, role, text, language, interrupted FROM message WHERE conversation = ? AND text != ''"
            " ORDER BY id DESC LIMIT ?",
            (self._conversation, limit),
        )
        turns = {row: turn for turn, row in self._rows.items()}
        return [Said(turns.get(row[0], row[0]), row[1], row[2], row[3], bool(row[4])) for row in reversed(rows)]

    async def turn(self, turn: TurnId) -> KeptTurn | None:
        rows = await self._query(
            "SELECT recording, outcome, failure, engines, timings FROM turn WHERE id = ?", (self._row(turn),)
        )
        if not rows:
            return None
        recording, outcome, failure, engines, timings = rows[0]
        path = Path(recording) if recording else None
        return KeptTurn(turn, path, outcome, failure, json.loads(engines), json.loads(timings))

    async def forget_recording(self, recording: Path) -> None:
        """A recording was deleted: the turns that used it stay, without it."""
        await self._run("UPDATE turn SET recording = NULL WHERE recording = ?", (str(recording),))

    def _row(self, turn: TurnId) -> int:
        """Its row, or none: another process may have taken the number that this one gave it."""
        return self._rows.get(turn, turn if turn <= self._last_before else 0)

    # -- on the writer's thread --------------------------------------------------------------------------------------

    def _open(self) -> TurnId:
        try:
            self._database = self._database or self._connect()
            with self._database as database:
                cursor = database.execute("INSERT INTO conversation (started) VALUES (?)", (self._now(),))
                self._conversation = cursor.lastrowid or 0
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                "the history cannot be opened", why=str(error), fix="check the disk and its rights"
            ) from None
        (last,) = database.execute("SELECT coalesce(max(id), ?) FROM turn", (NO_TURN,)).fetchone()
        self._last_before = last
        return self._last_before

    def _connect(self) -> sqlite3.Connection:
        if self._file is None:
            return _connect(":memory:")
        from filelock import FileLock

        self._file.parent.mkdir(parents=True, exist_ok=True)
        lock = self._file.with_name(self._file.name + ".lock")
        with FileLock(lock, timeout=BUSY_SECONDS):  # two programs may start at once, also on a broken history
            try:
                return _connect(self._file)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.kept_aside = _keep_aside(self._file, self._now())
                log.warning("the history could not be read; it was kept as %s", self.kept_aside)
                return _connect(self._file)

    def _write_turn(self, database: sqlite3.Connection, turn: TurnId, recording: Path | None) -> None:
        cursor = database.execute(
            "INSERT INTO turn (conversation, started, recording) VALUES (?, ?, ?)",
            (self._conversation, self._now(), str(recording) if recording else None),
        )
        self._rows[turn] = cursor.lastrowid or turn

    def _write_question(
        self, database: sqlite3.Connection, turn: TurnId, text: str, language: str, engine: str
    ) -> None:
        _note_engine(database, self._row(turn), "stt", engine)
        self._add(database, turn, "user", text, None, language)

    def _write_answer(
        self, database: sqlite3.Connection, turn: TurnId, written: str, engine: str, language: str
    ) -> None:
        _note_engine(database, self._row(turn), "llm", engine)
        written = _whole(written)
        changed = database.execute(
            "UPDATE message SET written = ? WHERE turn = ? AND role = 'assistant'", (written, self._row(turn))
        )
        if changed.rowcount == 0:
            self._add(database, turn, "assistant", "", written, language)

    def _add(
        self, database: sqlite3.Connection, turn: TurnId, role: str, text: str, written: str | None, language: str
    ) -> None:
        database.execute(
            "INSERT INTO message (conversation, turn, parent, role, text, written, language, created) VALUES"
            " (?1, ?2, (SELECT max(id) FROM message WHERE conversation = ?1), ?3, ?4, ?5, ?6, ?7)",
            (self._conversation, self._row(turn), role, _whole(text), written, language, self._now()),
        )

    # -- handing over to it ------------------------------------------------------------------------------------------

    async def _run(self, statement: str, values: tuple[Any, ...]) -> None:
        await self._do(lambda database: database.execute(statement, values))

    async def _query(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        return await self._do(lambda database: database.execute(statement, values).fetchall())

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._transact, work)

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._database is None:
            raise StorageError("the history is not open")
        try:
            with self._database:
                return work(self._database)
        except sqlite3.Error as error:
            raise StorageError(
                "the history could not be written", why=str(error), fix="free some space on the disk"
            ) from None


def _note_engine(database: sqlite3.Connection, turn: TurnId, stage: str, engine: str) -> None:
    database.execute("UPDATE turn SET engines = json_set(engines, ?, ?) WHERE id = ?", (f"$.{stage}", engine, turn))


def _whole(text: str) -> str:
    """Halves of a letter joined, and what is no letter replaced: SQLite takes neither."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _keep_aside(file: Path, now: float) -> Path:
    """Move a broken database away, with its log, under a name that is free."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
    names = (f"{file.name}.broken-{stamp}-{number}" for number in count(1))
    kept = next(path for path in map(file.with_name, names) if not path.exists())
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            file.with_name(file.name + suffix).replace(kept.with_name(kept.name + suffix))
    return kept


def _connect(file: Path | str) -> sqlite3.Connection:
    """Open, check and migrate; raises sqlite3.DatabaseError when the file is no history that can be read."""
    database = sqlite3.connect(file, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA foreign_keys = ON")
        with closing(database.execute("PRAGMA quick_check(1)")) as cursor:
            if cursor.fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("quick_check failed")
        _migrate(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _migrate(database: sqlite3.Connection) -> None:
    with database:
        database.execute("BEGIN IMMEDIATE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise sqlite3.OperationalError("it was written by a newer Voicebot; use that one, or move the file away")
        for statement in chain.from_iterable(MIGRATIONS[version:]):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
