"""How far indexing is, told a few times a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from voicebot.rag.indexing.pace import Pace
from voicebot.rag.passages import Progress

TOLD_EVERY = 0.1
"""Seconds between two reports, at least: small files are read by the hundred."""


class Reporter:
    """`done` and `total` count files or passages; the time left goes by the amount of work that is left."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._told = 0.0
        self._pace = Pace()
        self._left = 0.0
        self.progress = Progress(0, 0)

    def begin(self, done: int, total: int, left: float, embedding: bool = False) -> None:
        """So many are done, and so many there are; `left` is the work on the rest."""
        if embedding != self.progress.embedding:
            self._pace = Pace()
        self._left = left
        self._set(Progress(done, total, "", self._pace.seconds_for(left), self.progress.paused, embedding))

    def at(self, path: str) -> None:
        """The file that is read now."""
        self._set(replace(self.progress, path=path), now=False)

    def did(self, count: int, amount: float, seconds: float) -> None:
        """So many more are done, in so many seconds of work."""
        self._pace.did(amount, seconds)
        self._left = max(0.0, self._left - amount)
        done = min(self.progress.done + count, self.progress.total)
        left = self._pace.seconds_for(self._left)
        self._set(replace(self.progress, done=done, seconds_left=left), now=done == self.progress.total)

    def pause(self, paused: bool) -> None:
        self._set(replace(self.progress, paused=paused))

    def end(self) -> None:
        """Everything is done."""
        self._left = 0.0
        self._set(replace(self.progress, done=self.progress.total, path="", seconds_left=None, embedding=False))

    def _set(self, progress: Progress, now: bool = True) -> None:
        changed, self.progress = progress != self.progress, progress
        if changed and (now or time.monotonic() - self._told >= TOLD_EVERY):
            self._told = time.monotonic()
            self._tell(progress)
