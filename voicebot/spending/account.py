"""The meter of the program: lets paid requests through up to the month's cap, and keeps account of them on disk.

A request is written down before it is sent, with what it is expected to use, and again when more is known. So a crash
loses nothing, and no two programs pass the cap together. A ledger that cannot be read or written stops no
conversation: what is used is counted in memory then, and that is said once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from voicebot.errors import ModelError, StorageError, VoicebotError
from voicebot.spending.ledger import Ledger, Line, month_at, open_ledger
from voicebot.spending.meter import Amounts
from voicebot.spending.prices import PriceList
from voicebot.spending.request import AccountedRequest

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Month:
    """What a month ("2026-11") cost in US dollars, and of what; `cap` is what it may cost, 0 for no cap."""

    month: str
    lines: tuple[Line, ...]
    cap: float = 0.0

    @property
    def usd(self) -> float:
        return sum(line.usd for line in self.lines)

    @property
    def wasted(self) -> float:
        """Of it, what was begun before the person had finished, and thrown away."""
        return sum(line.wasted for line in self.lines)

    @property
    def estimate(self) -> bool:
        """Some of it is not known exactly."""
        return any(line.estimate or not line.priced for line in self.lines)


class Account:
    """A `Meter` over the ledger in `file`. `cap` gives the US dollars that a month may cost, 0 for no cap.

    Making one does no work: the file is opened, on a thread of its own, when the first request comes. `tell` is
    called once, on the event loop, when something is wrong with the file.
    """

    def __init__(
        self,
        file: Path,
        cap: Callable[[], float],
        load: Callable[[], PriceList] = PriceList.load,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.cap = cap
        self.now = now
        self.tell: Callable[[VoicebotError], None] = lambda _: None
        self.trouble: StorageError | None = None
        """What is wrong with the file, once that is known."""
        self._file = file
        self._load = load
        self._ledger: Ledger | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = False

    def request(self, service: str, model: str, expected: Amounts) -> AccountedRequest:
        """See `Meter.request`."""
        return AccountedRequest(self, service, model, expected)

    def month(self, name: str = "") -> Month:
        """What a month cost, this one unless told. Blocks: not for the event loop. No file is made by looking."""
        name = name or month_at(self.now())
        return Month(name, self._thread.submit(self._lines, name).result(), self.cap())

    @cached_property
    def prices(self) -> PriceList:
        """The price list; empty when it cannot be read. Reads a small file the first time."""
        try:
            return self._load()
        except ModelError as error:
            log.error("%s; what is used is counted without prices", error)
            return PriceList()

    async def ready(self) -> None:
        """The price list is there, and troubles are told on this loop from now on."""
        self._loop = asyncio.get_running_loop()
        self._tell_once()
        if "prices" not in vars(self):
            await asyncio.to_thread(lambda: self.prices)

    def submit(self, work: Callable[[Ledger], T]) -> Future[T]:
        """Have `work` done with the ledger, on its thread, after all that was asked for before."""
        return self._thread.submit(self._do, work)

    def close(self) -> None:
        """Wait until all is written, and let go of the file; the next request opens it again. Blocks."""
        self._thread.submit(self._close).result()

    def _tell_once(self) -> None:
        if self.trouble is not None and not self._told:
            self._told = True
            self.tell(self.trouble)

    # -- on the ledger's thread --------------------------------------------------------------------------------------

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, thread_name_prefix="spending")

    def _lines(self, month: str) -> tuple[Line, ...]:
        if self._ledger is None and not self._file.exists():
            return ()
        return self._do(lambda ledger: tuple(ledger.lines(month)))

    def _do(self, work: Callable[[Ledger], T]) -> T:
        try:
            return work(self._opened())
        except sqlite3.Error as error:
            return work(self._in_memory(str(error)))

    def _opened(self) -> Ledger:
        if self._ledger is None:
            try:
                self._ledger, kept = open_ledger(self._file, self.now())
            except (sqlite3.Error, OSError) as error:
                return self._in_memory(str(error))
            if kept is not None:
                why = f"the file was broken, and is kept as {kept.name}"
                self._complain(StorageError("What paid engines cost is counted anew", why))
        return self._ledger

    def _in_memory(self, why: str) -> Ledger:
        """A ledger in memory instead of one that fails, which begins with the month's sum where that can be read."""
        before, month = 0.0, month_at(self.now())
        if self._ledger is not None:
            with contextlib.suppress(sqlite3.Error):
                before = self._ledger.spent(month)
            self._ledger.close()
        self._ledger = Ledger(None, {month: before})
        what = "What paid engines cost is counted only until Voicebot ends"
        self._complain(StorageError(what, why, f"Check the disk, and who may write {self._file}"))
        return self._ledger

    def _complain(self, trouble: StorageError) -> None:
        log.warning("%s", trouble)
        self.trouble = self.trouble or trouble
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._tell_once)

    def _close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
        self._ledger = None
