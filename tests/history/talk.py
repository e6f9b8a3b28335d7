"""Conversations as the program has them, in few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

from voicebot.history import History, TurnOnPath


def ticking(start: int = 1_000_000) -> Callable[[], float]:
    """A clock on which every look is a second later."""
    seconds = count(start)
    return lambda: float(next(seconds))


async def opened(file: Path | None, now: Callable[[], float] | None = None) -> History:
    history = History(file, now or ticking())
    await history.open()
    return history


async def ask(history: History, turn: int, question: str, recording: Path | None = None) -> None:
    await history.begin(turn, recording)
    await history.question(turn, question, "en", "typed")


async def talk(history: History, turn: int, question: str, answer: str, recording: Path | None = None) -> None:
    """A question and its answer, heard to its end."""
    await ask(history, turn, question, recording)
    await history.answer(turn, answer, "scripted", "en")
    await history.heard(turn, answer, answer, complete=True)
    await history.end(turn, "answered", {"total": 1.5})


async def current(history: History) -> int:
    assert history.current is not None
    return history.current


async def shown(history: History) -> list[TurnOnPath]:
    """The whole path of the conversation that goes on."""
    return await history.path(await current(history), limit=-1)


async def questions(history: History) -> list[str]:
    return [turn.question for turn in await shown(history)]


async def context(history: History) -> list[str]:
    return [said.text for said in await history.messages()]


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(file)
    try:
        return database.execute(statement).fetchall()
    finally:
        database.close()
