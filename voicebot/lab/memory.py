"""How much memory the program takes, with all the processes that it started."""

from __future__ import annotations

import threading
import time
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

EVERY, LOOK_AGAIN = 0.02, 0.5
"""Seconds between two looks at the memory, and at which processes there are, which takes far longer."""


def resident() -> int | None:
    """Bytes that this process and those below it have in memory (RSS, so that what they share counts in each).

    None where psutil, of the extra `lab`, is not installed.
    """
    return _sum(_processes()) if find_spec("psutil") is not None else None


class PeakMemory:
    """`with PeakMemory() as memory:` looks again and again in a thread of its own; `peak` is the highest, in bytes."""

    def __init__(self) -> None:
        self.peak = resident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> PeakMemory:
        if self.peak is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        if self.peak is not None:
            self.peak = max(self.peak, resident() or 0)

    def _look(self) -> None:
        looked, processes = 0.0, []
        while not self._over.wait(EVERY):
            if time.monotonic() - looked > LOOK_AGAIN:
                looked, processes = time.monotonic(), _processes()
            self.peak = max(self.peak or 0, _sum(processes))


def _processes() -> list[psutil.Process]:
    import psutil

    me = psutil.Process()
    return [me, *me.children(recursive=True)]


def _sum(processes: list[psutil.Process]) -> int:
    import psutil

    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.Error:  # it has ended
            continue
    return total
