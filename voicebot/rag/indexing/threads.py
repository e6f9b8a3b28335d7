"""Blocking work that can be broken off."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class BrokenOff(BaseException):
    """The work is not wanted any more. Like a cancellation, no `except Exception` takes it for a failure."""


async def in_thread(work: Callable[[Callable[[], None]], T]) -> T:
    """Run `work(check)` in a thread; it calls `check` now and then, which raises when the caller was cancelled.

    The cancellation takes effect when the work has ended: nobody else touches what it works on.
    """
    stop = threading.Event()

    def check() -> None:
        if stop.is_set():
            raise BrokenOff

    return await in_whole(asyncio.to_thread(work, check), stop.set)


async def call(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run short blocking work in a thread, to its end."""
    return await in_whole(asyncio.to_thread(work, *args, **kwargs))


async def in_whole(work: Awaitable[T], cancelled: Callable[[], None] = lambda: None) -> T:
    """Wait for work that must come to its end: a cancellation, which `cancelled` hears of, takes effect after it."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        cancelled()
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError:
                continue
        if not task.cancelled():
            task.exception()  # whatever it was, nobody waits for it
        raise
