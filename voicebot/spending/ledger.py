"""What was used, on disk: a row for each kind of thing that a request used, in SQLite.

Blocks: one thread at a time. Several programs may write to the same file.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from voicebot.events import TurnId, Used
from voicebot.history.database import keep_aside

log = logging.getLogger(__name__)

BUSY_SECONDS = 2.0
"""How long another program that writes is waited for: a person is listening."""
LEAST = 1e-9
"""US dollars that are nothing: sums of fractions are not exact."""

VERSION = 1
SCHEMA = (
    """CREATE TABLE IF NOT EXISTS use (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, month TEXT NOT NULL, turn INTEGER, request TEXT NOT NULL,
    service TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL, amount REAL NOT NULL, usd REAL,
    estimate INTEGER NOT NULL, wasted INTEGER NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS use_of_month ON use (month, usd)",
    "CREATE INDEX IF NOT EXISTS use_of_request ON use (request)",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A request as it is written down: when, in seconds since 1970, in which month ("2026-11"), and what it used."""

    request: str
    at: float
    month: str
    turn: TurnId | None
    uses: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What a month used of one kind of one model; `usd` and `wasted` in US dollars, as far as a price is known."""

    service: str
    model: str
    kind: str
    amount: float
    usd: float
    wasted: float
    estimate: bool
    priced: bool


def month_at(seconds: float) -> str:
    """The month of a time in seconds since 1970, in UTC, as services bill: "2026-11"."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m")


class Ledger:
    """An open file, or with None memory; `before` is what months cost that is written down elsewhere, in US dollars.

    The methods raise sqlite3.Error.
    """

    def __init__(self, file: Path | None, before: Mapping[str, float] = MappingProxyType({})) -> None:
        self._before = before
        self._database = sqlite3.connect(file or ":memory:", timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.Error:
            self._database.close()
            raise

    def admit(self, entry: Entry, cap: float) -> float | None:
        """Write down what a request will use, unless the month's sum would pass `cap` (0: none): then that sum.

        Reading and writing are one step: no other program can come between.
        """
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            if cap:
                spent = self.spent(entry.month)
                if spent > cap - LEAST or spent + sum(use.usd or 0.0 for use in entry.uses) > cap + LEAST:
                    return spent
            self._insert(entry)
        return None

    def settle(self, entry: Entry) -> None:
        """What a request used, in place of what was written down of it before."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("DELETE FROM use WHERE request = ?", (entry.request,))
            self._insert(entry)

    def waste(self, request: str) -> None:
        """A request was made in vain."""
        with self._database:
            self._database.execute("UPDATE use SET wasted = 1 WHERE request = ?", (request,))

    def spent(self, month: str) -> float:
        """The month's sum in US dollars."""
        row = self._database.execute("SELECT total(usd) FROM use WHERE month = ?", (month,)).fetchone()
        return float(row[0]) + self._before.get(month, 0.0)

    def lines(self, month: str) -> list[Line]:
        """The month, dearest first."""
        rows: Sequence[tuple[str, str, str, float, float, float, int, int]] = self._database.execute(
            """SELECT service, model, kind, total(amount), total(usd), total(iif(wasted, usd, 0)), max(estimate),
            count(usd) = count(*) FROM use WHERE month = ?
            GROUP BY service, model, kind ORDER BY total(usd) DESC, service, model, kind""",
            (month,),
        ).fetchall()
        return [Line(*row[:6], bool(row[6]), bool(row[7])) for row in rows]

    def close(self) -> None:
        self._database.close()

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        if self._database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")
        if self._database.execute("PRAGMA user_version").fetchone()[0] > VERSION:
            raise sqlite3.OperationalError("it was written by a newer Voicebot; use that one, or move the file away")
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA:
                self._database.execute(statement)

    def _insert(self, entry: Entry) -> None:
        self._database.executemany(
            "INSERT INTO use (at, month, turn, request, service, model, kind, amount, usd, estimate, wasted)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (entry.at, entry.month, entry.turn, entry.request, use.service, use.model, use.kind, use.amount,
                 use.usd, use.estimate, use.wasted)
                for use in entry.uses
            ],
        )  # fmt: skip


def open_ledger(file: Path, now: float) -> tuple[Ledger, Path | None]:
    """The ledger in a file. One that is no ledger is put aside, and a new one begun: where the old one is now.

    Raises sqlite3.OperationalError and OSError when the file is busy, or the disk refuses it.
    """
    from filelock import FileLock

    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(file.name + ".lock"), timeout=BUSY_SECONDS):  # two programs may start at once
        try:
            return Ledger(file), None
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            kept = keep_aside(file, now)
            log.warning("what paid engines used could not be read; it was kept as %s", kept)
            return Ledger(file), kept
