"""The core in a thread of its own: commands go in, events come out, and neither side ever waits for the other."""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from voicebot.assistant import Assistant
from voicebot.errors import VoicebotError
from voicebot.events import NO_TURN, Event
from voicebot.turn import describe

log = logging.getLogger(__name__)
T = TypeVar("T")

CLOSING = 10.0
"""Seconds that the core may take to end: its own steps are limited, and this is the sum of what is likely."""
QUEUED = 4096
"""Events that may wait for the window; beyond that data is dropped, never a signal."""

Emit = Callable[[Event], None]
Command = Callable[[Assistant], Awaitable[T] | T]


class Core:
    """Runs what `make` builds. `emit` gets every event, on the core's thread: it must be quick and safe there.

    Everything else here is called from the window's thread.
    """

    def __init__(self, make: Callable[[], Awaitable[Assistant]], emit: Emit) -> None:
        self._make = make
        self._emit = emit
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)
        self._assistant: asyncio.Future[Assistant] = self._loop.create_future()
        self._end = asyncio.Event()

    def start(self) -> None:
        self._thread.start()

    def do(self, command: Command[Any]) -> None:
        """Have a command carried out; when it fails, a `Failed` event says so."""
        self._hand_over(self._carry_out(command))

    def ask(self, command: Command[T], answer: Callable[[T], None]) -> None:
        """Have a command carried out and `answer` called with its result, on the core's thread."""

        async def answered() -> None:
            result = await self._done(command)
            answer(result)

        self._hand_over(self._told(answered()))

    def close(self) -> bool:
        """End the core; False when it did not end in time (its processes end with this one)."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(CLOSING)
        return not self._thread.is_alive()

    # -- on the core's thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._live())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _live(self) -> None:
        try:
            assistant = await self._make()
            events = assistant.bus.subscribe(Event, capacity=QUEUED, lossy=True)
            forwarding = asyncio.create_task(self._forward(events))
            async with assistant:
                self._assistant.set_result(assistant)
                await self._end.wait()
            await asyncio.wait([forwarding], timeout=1.0)
            forwarding.cancel()
        except VoicebotError as error:
            self._tell(error)
            await self._end.wait()
        finally:
            self._assistant.cancel()

    async def _forward(self, events: Any) -> None:
        async for event in events:
            self._emit(event)

    async def _carry_out(self, command: Command[Any]) -> None:
        await self._told(self._done(command))

    async def _done(self, command: Command[T]) -> T:
        result = command(await asyncio.shield(self._assistant))
        return await result if inspect.isawaitable(result) else result

    async def _told(self, work: Awaitable[Any]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is told and the log has it
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        self._emit(describe(NO_TURN, "command", error))

    def _hand_over(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        except RuntimeError:  # the loop is closed: the program is ending
            work.close()
            return
        future.add_done_callback(_log_failure)


def _log_failure(future: Future[None]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        log.error("a command ended badly", exc_info=error)
