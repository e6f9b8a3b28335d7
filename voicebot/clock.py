"""The clock is the event loop's own: `loop.time()` and `asyncio.sleep`. A `VirtualLoop` makes it virtual.

On a `VirtualLoop` nobody waits: when nothing is ready to run, time jumps to the next timer. A whole conversation of
minutes runs in milliseconds and is bit-for-bit reproducible. Work handed to a thread (`run_in_executor`) holds time
still until it is back, so a database write takes no virtual time and cannot race a timer.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

T = TypeVar("T")


class _JumpingSelector(selectors.DefaultSelector):
    """A selector that moves the loop's time on instead of waiting."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout is None or timeout > 0:
            if ready:
                return ready
            if self.loop.outside:
                return super().select(None)
            if timeout is None:
                raise RuntimeError("nothing is left to happen on the virtual clock: every task waits for another")
            self.loop.jump(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is virtual, in seconds from 0.0."""

    def __init__(self) -> None:
        self._now = 0.0
        self.outside = 0
        selector = _JumpingSelector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self._now

    def jump(self, seconds: float) -> None:
        """Move time on by `seconds`."""
        self._now += seconds

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        future = super().run_in_executor(executor, func, *args)
        self.outside += 1
        future.add_done_callback(self._returned)
        return future

    async def shutdown_default_executor(self, *limit: float) -> None:
        self.outside += 1  # a thread waits for the others and then calls in
        try:
            await super().shutdown_default_executor(*limit)
        finally:
            self.outside -= 1

    def _returned(self, _: asyncio.Future[Any]) -> None:
        self.outside -= 1


def run_virtually(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end on a virtual clock and return its result."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
