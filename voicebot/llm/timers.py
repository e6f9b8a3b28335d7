"""The timers, alarms and reminders that run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from voicebot.errors import UsageError
from voicebot.languages import Language

Ring = Callable[[str, str], None]
"""Told what to say when a timer rings, and in which language (ISO 639-1)."""

Kind = Literal["timer", "alarm", "reminder"]

MOST_TIMERS = 50


@dataclass(frozen=True, slots=True)
class Alert:
    """What is to ring. `title` is what to call it ("the pasta timer"), `text` what to say when it rings.

    `seconds` is the length that was asked for, None for a moment on the clock.
    """

    kind: Kind
    name: str
    title: str
    text: str
    language: Language
    seconds: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """One that runs; `due` is on the event loop's clock."""

    number: int
    alert: Alert
    due: float


class Timers:
    """The timers that run, on the running event loop's clock; at most `limit` of them.

    They live as long as the program: nothing is kept on disk. A computer that sleeps holds them up by as long.
    """

    def __init__(self, ring: Ring, limit: int = MOST_TIMERS) -> None:
        self._ring = ring
        self._limit = limit
        self._handles: dict[Timer, asyncio.TimerHandle] = {}
        self._count = 0

    @property
    def pending(self) -> list[Timer]:
        """Those that have not rung, the next one first."""
        return sorted(self._handles, key=lambda timer: timer.due)

    @property
    def full(self) -> bool:
        return len(self._handles) >= self._limit

    def start(self, delay: float, alert: Alert) -> Timer:
        """Let one ring after `delay` seconds on the running loop's clock. Raises UsageError when there are too many."""
        if self.full:
            raise UsageError("No timer was set", why=f"{self._limit} are running", fix="Cancel one first")
        loop = asyncio.get_running_loop()
        self._count += 1
        timer = Timer(self._count, alert, loop.time() + delay)
        self._handles[timer] = loop.call_at(timer.due, self._fire, timer)
        return timer

    def remaining(self, timer: Timer) -> float:
        """Seconds until it rings."""
        return max(timer.due - asyncio.get_running_loop().time(), 0.0)

    def cancel(self, timer: Timer) -> None:
        if handle := self._handles.pop(timer, None):
            handle.cancel()

    def cancel_all(self) -> None:
        for timer in list(self._handles):
            self.cancel(timer)

    def close(self) -> None:
        """Nothing rings any more."""
        self.cancel_all()

    def _fire(self, timer: Timer) -> None:
        del self._handles[timer]
        self._ring(timer.alert.text, timer.alert.language)
