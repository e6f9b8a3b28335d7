"""When background work may go on: not while it is paused, and not while somebody speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")

YieldTo = Callable[[], Awaitable[None]]


class Gait:
    """Runs pieces of work one after another. `yield_to` is waited for before each of them."""

    def __init__(self, yield_to: YieldTo | None) -> None:
        self._yield_to = yield_to
        self._going = asyncio.Event()
        self._going.set()
        self._work: asyncio.Future[Any] | None = None

    @property
    def paused(self) -> bool:
        return not self._going.is_set()

    def pause(self) -> None:
        """At once: the piece of work that runs is broken off, and done again after `resume`."""
        self._going.clear()
        if self._work is not None:
            self._work.cancel()

    def resume(self) -> None:
        self._going.set()

    async def step(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do a piece of work, which can be broken off anywhere and done again."""
        while True:
            await self._going.wait()
            if self._yield_to is not None:
                await self._yield_to()
                if self.paused:
                    continue
            self._work = task = asyncio.ensure_future(work())
            try:
                return await task
            except asyncio.CancelledError:
                current = asyncio.current_task()
                if not self.paused or (current is not None and current.cancelling()):
                    raise
            finally:
                self._work = None
