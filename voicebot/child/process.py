"""The owner's side of a child process: start it, call it, stream from it, kill it.

`Child("package.module:Class", "what a person calls it")` starts a process when the first call comes, which builds one
`Class(alive)` and answers calls of its methods (`voicebot.child.service` is that side). The process stays warm between
calls. A call that is cancelled tells the child to stop, and the process is killed if it has not after `grace` seconds;
the next call starts a new one. A child whose parent is gone ends at once, whatever it is doing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from subprocess import PIPE
from typing import Any, cast

from voicebot.child.service import HEADER, Kind, packed
from voicebot.errors import EngineError, EngineTimedOut
from voicebot.frozen import is_frozen, program

log = logging.getLogger(__name__)

GRACE = 0.5
"""Seconds a cancelled call may take to stop before its process is killed, unless its owner allows more."""

BACKLOG = 8
"""Answers kept for a caller that is slower than the child; then the child waits."""

LONGEST_LINE = 8192
"""Bytes of a line in the log; a longer one is cut into pieces."""

Answer = tuple[Kind, bytes]
_GONE: Answer = (Kind.STOP, b"")


def _unheard() -> None:
    """For callers that do not listen to signs of life."""


class Child:
    """The parent's side. Everything runs on one event loop; calls wait for one another."""

    def __init__(self, target: str, name: str, grace: float = GRACE) -> None:
        self.target = target
        self.name = name
        self.grace = grace
        self._calling = asyncio.Lock()
        self._process: _Process | None = None

    @property
    def pid(self) -> int | None:
        """The process that is running now, if there is one."""
        return self._process.pid if self._process is not None else None

    async def call(self, method: str, *args: Any, patience: float, alive: Callable[[], None] = _unheard) -> Any:
        """The method's result, or the last piece of one that is a generator. As `stream` otherwise."""
        result = None
        async with contextlib.aclosing(self.stream(method, *args, patience=patience, alive=alive)) as pieces:
            async for piece in pieces:
                result = piece
        return result

    async def stream(
        self, method: str, *args: Any, patience: float, alive: Callable[[], None] = _unheard
    ) -> AsyncGenerator[Any, None]:
        """What the method yields (or its one result), as it comes; `alive` is called at every sign of life.

        Arguments and answers are pickled. Raises the method's own error if it is one of `voicebot.errors`, EngineError
        for any other and for a process that died, EngineTimedOut (the process is killed) after `patience` seconds
        without a sign of life.
        """
        async with self._calling:
            process = await self._free_process()
            process.ask(method, args)
            try:
                kind = Kind.ALIVE
                while kind in (Kind.ALIVE, Kind.PIECE):
                    kind, body = await self._answer(process, patience)
                    alive()
                    if kind == Kind.ERROR:
                        raise pickle.loads(body)
                    if kind in (Kind.PIECE, Kind.RESULT):
                        yield pickle.loads(body)
            finally:
                process.leave()

    async def kill(self) -> None:
        """End the process now, and return when nothing is left of it. A call that is running fails."""
        process = self._process
        if process is not None:
            await process.end()
            if self._process is process:
                self._process = None

    async def _free_process(self) -> _Process:
        while True:
            process = self._process = self._process or _Process(self.target, self.name, self.grace)
            if await process.free():
                return process
            await self.kill()
            if process.failure is not None:
                why = process.failure.strerror or ""
                raise EngineError(f"{self.name} could not start", why=why) from process.failure

    async def _answer(self, process: _Process, patience: float) -> Answer:
        try:
            async with asyncio.timeout(patience):
                answer = await process.answer()
        except TimeoutError:
            await self.kill()
            raise EngineTimedOut(
                f"{self.name} gave no sign of life for {patience:g} seconds",
                fix="It starts afresh when it is used again; try again, or choose another engine",
            ) from None
        if answer is _GONE:
            wanted = process.ending
            await self.kill()
            if wanted:
                raise EngineError(f"{self.name} was stopped")
            raise EngineError(f"{self.name} stopped unexpectedly", why=process.fate, fix="The log says more")
        return answer


class _Process(asyncio.SubprocessProtocol):
    """One run of the process. All that happens, happens in callbacks: no cancellation can leave it half done."""

    def __init__(self, target: str, name: str, grace: float) -> None:
        self._grace = grace
        self.failure: OSError | None = None
        self.ending = False
        self._gone = False
        self._name = name
        self._transport: asyncio.SubprocessTransport | None = None
        self._call = 0
        self._free = asyncio.Event()
        self._free.set()
        self._left = False
        self._reaper: asyncio.TimerHandle | None = None
        self._answers: asyncio.Queue[Answer] = asyncio.Queue()  # bounded: reading pauses at BACKLOG
        self._received = bytearray()
        self._line = bytearray()
        self._over = asyncio.Event()
        self._starting = asyncio.create_task(self._start(target))

    @property
    def pid(self) -> int | None:
        transport = self._transport
        return transport.get_pid() if transport is not None and transport.get_returncode() is None else None

    @property
    def fate(self) -> str:
        """How the process ended, for a person."""
        status = self._transport.get_returncode() if self._transport is not None else None
        if status is not None and status < 0:
            return f"its process was ended by a signal ({signal.strsignal(-status)})"
        return f"its process ended with status {status}"

    async def free(self) -> bool:
        """Wait until it can be asked; False when it never can be again."""
        await asyncio.wait([self._starting])
        await self._free.wait()
        return not (self.ending or self._gone or self.pid is None)

    def ask(self, method: str, args: tuple[Any, ...]) -> None:
        message = packed(self._call + 1, Kind.CALL, (method, args))
        self._call += 1
        self._left = False
        self._free.clear()
        self._write(message)

    async def answer(self) -> Answer:
        """The next message of the call, or `_GONE`."""
        answer = await self._answers.get()
        if self._answers.qsize() < BACKLOG:
            self._pipe(1).resume_reading()
        return answer

    def leave(self) -> None:
        """Nobody wants the rest of the call: tell the child to stop, and kill it if it does not."""
        self._left = True
        while not self._answers.empty():
            self._answers.get_nowait()
        if not self._free.is_set():
            self._write(packed(self._call, Kind.STOP))
            self._pipe(1).resume_reading()
            self._reaper = asyncio.get_running_loop().call_later(self._grace, self._reap)

    async def end(self) -> None:
        """Kill it, and return when it is gone. May be cancelled and called again."""
        await asyncio.wait([self._starting])
        if self._transport is None:
            return
        self.ending = True
        self._kill()
        if await self._over_soon():
            return
        self._transport.close()  # something else holds its pipes open
        if not await self._over_soon():
            log.warning("%s: process %s cannot be killed", self._name, self.pid)

    async def _over_soon(self) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self._over.wait()
        return self._over.is_set()

    async def _start(self, target: str) -> None:
        try:
            await asyncio.get_running_loop().subprocess_exec(
                lambda: self, *command(target), stdin=PIPE, stdout=PIPE, stderr=PIPE, **_apart()
            )
        except OSError as error:
            self.failure = error

    def _pipe(self, number: int) -> Any:
        assert self._transport is not None
        return self._transport.get_pipe_transport(number)

    def _write(self, message: bytes) -> None:
        self._pipe(0).write(message)

    def _kill(self) -> None:
        if self.pid is None or self._transport is None:
            return
        self._pipe(1).resume_reading()  # its end is only seen by reading
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._transport.kill()
            else:
                os.killpg(self.pid, signal.SIGKILL)  # with whatever it has started itself

    def _reap(self) -> None:
        log.info("%s did not stop when told to; its process is killed", self._name)
        self._kill()

    # -- what the event loop tells ------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self._log(data)
            return
        self._received += data
        while len(self._received) >= HEADER.size:
            call, kind, length = HEADER.unpack_from(self._received)
            end = HEADER.size + length
            if len(self._received) < end:
                break
            body = bytes(memoryview(self._received)[HEADER.size : end])
            del self._received[:end]
            self._take(call, Kind(kind), body)
        if self._answers.qsize() >= BACKLOG:
            self._pipe(1).pause_reading()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1:
            self._gone = True
            self._set_free()
            self._answers.put_nowait(_GONE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._log(b"\n")
        self._set_free()
        self._over.set()
        if self._transport is not None:
            self._transport.close()

    def _take(self, call: int, kind: Kind, body: bytes) -> None:
        if kind in (Kind.RESULT, Kind.END, Kind.ERROR):
            self._set_free()
        if not self._left:
            self._answers.put_nowait((kind, body))

    def _set_free(self) -> None:
        self._free.set()
        if self._reaper is not None:
            self._reaper.cancel()
            self._reaper = None

    def _log(self, data: bytes) -> None:
        self._line += data
        while (end := self._line.find(b"\n", 0, LONGEST_LINE)) >= 0 or len(self._line) > LONGEST_LINE:
            line = self._line[: end if end >= 0 else LONGEST_LINE]
            del self._line[: len(line) + (end >= 0)]
            if line.strip():
                log.info("%s: %s", self._name, line.decode(errors="replace").rstrip())


def command(target: str) -> list[str]:
    """The command line of a child, in a frozen program too."""
    if is_frozen():
        return [program(), "--child", target]
    return [sys.executable, "-P", "-m", "voicebot.child", target]  # -P: nothing from the working directory


def _apart() -> dict[str, Any]:
    """Out of reach of the terminal's Ctrl-C, and on Windows without a window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}
