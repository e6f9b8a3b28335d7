"""How far a download or a check is, how fast it goes, and how long it will take."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from voicebot.catalogue import Model

WINDOW = 5.0
"""The seconds over which the speed is taken."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` bytes, safe on the disk or (in a check) read, of `total`: of all the model's files."""

    model: str
    done: int
    total: int
    bytes_per_second: float = 0.0
    seconds_left: float | None = None
    waiting: str = ""
    """What it waits for, in a few words; empty while bytes flow."""


Report = Callable[[Progress], None]
"""Called on the event loop, a few times a second."""


class Meter:
    """Turns counts of bytes into reports."""

    def __init__(self, model: Model, report: Report) -> None:
        self.total = model.size
        """Bytes of all its files; roughly, until a hub was asked."""
        self._model = model
        self._report = report
        self._samples: deque[tuple[float, int]] = deque()
        self._received = 0
        self.finished = 0
        """Bytes of the files that are complete."""

    def tell(self, done: int, waiting: str = "", received: int = 0) -> None:
        """`done` bytes of the file in hand, of which `received` came since the last time."""
        speed = self._speed(received)
        done += self.finished
        total = max(self.total, done)
        left = (total - done) / speed if speed > 0 else None
        self._report(Progress(self._model.name, done, total, speed, left, waiting))

    def _speed(self, received: int) -> float:
        now = asyncio.get_running_loop().time()
        self._received += received
        self._samples.append((now, self._received))
        while self._samples[0][0] < now - WINDOW:
            self._samples.popleft()
        since, before = self._samples[0]
        return (self._received - before) / (now - since) if now > since else 0.0
