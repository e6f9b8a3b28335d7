"""The core in a thread of its own: commands go in, events come out, and neither side ever waits for the other."""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from voicebot.events import NO_TURN, Event
from voicebot.turn import describe

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

log = logging.getLogger(__name__)
T = TypeVar("T")

CLOSING = 10.0
"""Seconds that the core may take to end: its own steps are limited, and this is the sum of what is likely."""
FINISHING = 1.0
"""Seconds that commands under way at the end may take: a setting that is being written is written."""
QUEUED = 4096
"""Events that may wait for the window; beyond that data is dropped, never a signal."""

Emit = Callable[[Event], None]
Command = Callable[["Assistant"], Awaitable[T] | T]


class Core:
    """Runs what `make` builds. `emit` gets every event, on the core's thread: it must be quick and safe there.

    Everything else here is called from the window's thread, and returns at once but for `close`. What was asked for
    before `start` waits for it; after `close` nothing is done any more. When `make` fails, a `Failed` event says why,
    and so does one for each command; what needs no assistant is still carried out.
    """

    def __init__(self, make: Callable[[], Awaitable[Assistant]], emit: Emit) -> None:
        self._make = make
        self._emit = emit
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)
        self._assistant: asyncio.Future[Assistant] = self._loop.create_future()
        self._end = asyncio.Event()
        self._living: asyncio.Task[None] | None = None
        self._jobs: set[asyncio.Task[None]] = set()
        self._commands: set[asyncio.Task[None]] = set()
        self._silent = False

    def start(self) -> None:
        self._thread.start()

    def do(self, command: Command[Any], stage: str = "command") -> None:
        """Have a command carried out; when it fails, a `Failed` event of that stage says so."""
        self._hand_over(lambda: self._done(command), stage)

    def ask(self, command: Command[T], answer: Callable[[T], None], stage: str = "command") -> None:
        """Have a command carried out and `answer` called with its result, on the core's thread."""

        async def answered() -> None:
            answer(await self._done(command))

        self._hand_over(answered, stage)

    def work(self, job: Callable[[], T], answer: Callable[[T], None] | None = None) -> None:
        """Have a job that blocks and needs no assistant done on a thread, and `answer` called on the core's."""

        async def worked() -> None:
            result = await asyncio.to_thread(job)
            if answer is not None:
                answer(result)

        self._hand_over(worked, "command")

    def run(self, job: Callable[[], Awaitable[None]]) -> Callable[[], None]:
        """Have a long job done on the loop that needs no assistant; calling the result, or `close`, cancels it."""
        begun: list[asyncio.Task[None]] = []

        def begin() -> None:
            task = self._loop.create_task(self._told(job, "command"))
            begun.append(task)
            self._jobs.add(task)
            task.add_done_callback(self._jobs.discard)

        self._call(begin)
        return lambda: self._call(lambda: [task.cancel() for task in begun])

    def close(self) -> bool:
        """End the core; False when it did not end in time (its processes end with this one)."""
        if self._thread.is_alive():
            self._call(self._finish)
            self._thread.join(CLOSING)
        elif not self._loop.is_closed():  # it never ran
            self._loop.close()
        self._silent = True
        return not self._thread.is_alive()

    # -- on the core's thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        with (
            suppress(asyncio.CancelledError),  # it was ended while it began
            asyncio.Runner(loop_factory=lambda: self._loop) as runner,  # leaves no task and no thread
        ):
            runner.run(self._live())

    def _finish(self) -> None:
        self._end.set()
        for job in self._jobs:
            job.cancel()
        if self._living is not None and not self._assistant.done():
            self._living.cancel()

    async def _live(self) -> None:
        self._living = asyncio.current_task()
        try:
            assistant = await self._make()
            events = assistant.bus.subscribe(Event, capacity=QUEUED, lossy=True)
            forwarding = asyncio.create_task(self._forward(events))
            async with assistant:
                self._assistant.set_result(assistant)
                await self._end.wait()
                await self._finish_commands()
            await asyncio.wait([forwarding], timeout=1.0)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is told and the log has it
            self._tell(error, "assistant")
            if not self._assistant.done():
                self._assistant.set_exception(error)
                self._assistant.exception()  # it is known: nobody has to ask for it
            await self._end.wait()
            await self._finish_commands()

    async def _finish_commands(self) -> None:
        if self._commands:
            await asyncio.wait(tuple(self._commands), timeout=FINISHING)

    async def _forward(self, events: Any) -> None:
        async for event in events:
            self._give(event)

    async def _done(self, command: Command[T]) -> T:
        result = command(await asyncio.shield(self._assistant))
        return await result if inspect.isawaitable(result) else result

    async def _told(self, work: Callable[[], Awaitable[None]], stage: str) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - as above
            self._tell(error, stage)

    def _tell(self, error: BaseException, stage: str) -> None:
        self._give(describe(NO_TURN, stage, error))

    def _give(self, event: Event) -> None:
        if not self._silent:  # the window is gone, and the core could not be ended
            self._emit(event)

    def _hand_over(self, work: Callable[[], Awaitable[None]], stage: str) -> None:
        def begin() -> None:
            task = self._loop.create_task(self._told(work, stage))
            self._commands.add(task)
            task.add_done_callback(self._commands.discard)

        self._call(begin)

    def _call(self, begin: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(begin)
        except RuntimeError:
            log.info("the core has ended: %r is not done", begin)
