"""The one thread on which the sound system is called. A call that hangs holds up neither the program nor its end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from voicebot.errors import DeviceError

T = TypeVar("T")

CALL_LIMIT = 10.0
"""Seconds after which a call into the sound system counts as hung. libpulse waits up to 30 s for a server that has
stopped, several times over, and nothing can interrupt it."""


class CardThread:
    """Runs one call after another, in the order they were asked for. It ends by itself with the process."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._closed = False
        threading.Thread(target=self._run, name="portaudio", daemon=True).start()

    async def call(self, work: Callable[[], T], undo: Callable[[T], object] | None = None) -> T:
        """Run `work` on this thread; raises DeviceError when it hangs, and whatever `work` raises.

        When nobody waits for its result any more, `undo` takes it back on this thread; with an `undo`, work that has
        not begun by then is not begun at all.
        """
        if self._closed:
            raise DeviceError("the sound card is closed")
        waiting: Future[T] = Future()
        self._jobs.put(partial(_carry_out, work, waiting))
        try:
            async with asyncio.timeout(CALL_LIMIT):
                return await asyncio.shield(asyncio.wrap_future(waiting))
        except TimeoutError:
            self._abandon(waiting, undo)
            raise DeviceError(
                "the sound system does not answer", why=f"nothing came for {CALL_LIMIT:g} s", fix="restart it"
            ) from None
        except asyncio.CancelledError:
            self._abandon(waiting, undo)
            raise

    def close(self) -> None:
        """Take no more calls; those that were asked for are still made, and taken back where nobody waits."""
        self._closed = True
        self._jobs.put(lambda: None)

    def _abandon(self, waiting: Future[T], undo: Callable[[T], object] | None) -> None:
        if undo is not None:
            waiting.cancel()
            waiting.add_done_callback(partial(self._take_back, undo))

    def _take_back(self, undo: Callable[[T], object], done: Future[T]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._jobs.put(partial(undo, done.result()))

    def _run(self) -> None:
        while not (self._closed and self._jobs.empty()):
            with suppress(Exception):  # nobody waits for it
                self._jobs.get()()


def _carry_out(work: Callable[[], T], waiting: Future[T]) -> None:
    if not waiting.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
        waiting.set_exception(error)
    else:
        waiting.set_result(result)
