"""A child process with an owner: for what can hang or cannot be cancelled (a recogniser in C, a system voice).

The child runs `python -m voicebot.child MODULE:CLASS`, builds one `CLASS(alive)` and calls its methods one at a time
as asked. A method that is a generator streams what it yields. When a call is cancelled the child is told, and is killed
if it has not stopped after `GRACE` seconds; the next call starts a new one. A child whose parent is gone ends at once.

Messages are pickles with a length before them, over the child's standard input and output; only the two processes
see them. Whatever a library prints in the child goes to the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import AsyncIterator
from importlib import import_module
from queue import SimpleQueue
from typing import Any, BinaryIO

from voicebot.errors import EngineError, EngineTimedOut, VoicebotError

log = logging.getLogger(__name__)

GRACE = 0.5
"""Seconds a cancelled call may take to stop before its process is killed."""

HEADER = struct.Struct("<I")
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0


class Cancelled(Exception):
    """Raised inside the child, in the method that was running, when its caller went away."""


class Child:
    """The parent's side. Every method runs on one event loop; calls wait for one another."""

    def __init__(self, target: str, name: str) -> None:
        self.target = target
        self.name = name
        self._process: asyncio.subprocess.Process | None = None
        self._calling = asyncio.Lock()
        self._call = 0
        self._unfinished: int | None = None
        self._log_reader: asyncio.Task[None] | None = None
        self._reaper: asyncio.TimerHandle | None = None
        self._length: int | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def call(self, method: str, *args: Any, patience: float) -> Any:
        """The method's result; raises what it raised, or EngineTimedOut after `patience` seconds without a sign."""
        answers = [answer async for answer in self.stream(method, *args, patience=patience)]
        return answers[-1] if answers else None

    async def stream(self, method: str, *args: Any, patience: float) -> AsyncIterator[Any]:
        """What the method yields (or its one result), as it comes; `patience` is the longest wait between two."""
        async with self._calling:
            await self._settle()
            process = await self._running()
            self._call += 1
            call = self._call
            self._unfinished = call
            try:
                await self._send(process, (call, method, args))
                async for value in self._answers(process, call, patience):
                    yield value
            finally:
                if self._unfinished == call:
                    self._abandon(process)

    async def kill(self) -> None:
        """End the process now, and wait until it is gone."""
        process, self._process = self._process, None
        self._unfinished = None
        self._length = None
        if self._reaper is not None:
            self._reaper.cancel()
            self._reaper = None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            process._transport.close()  # type: ignore[attr-defined]
        if self._log_reader is not None:
            await asyncio.wait([self._log_reader])
            self._log_reader = None

    async def _answers(self, process: asyncio.subprocess.Process, call: int, patience: float) -> AsyncIterator[Any]:
        while True:
            try:
                async with asyncio.timeout(patience):
                    number, kind, value = await self._receive(process)
            except TimeoutError:
                await self.kill()
                raise EngineTimedOut(
                    f"{self.name} gave no sign of life for {patience:g} seconds",
                    fix="It was restarted; try again, or choose another engine",
                ) from None
            except (asyncio.IncompleteReadError, ConnectionError):
                await self.kill()
                raise EngineError(
                    f"{self.name} stopped unexpectedly", why="its process ended", fix="The log says more"
                ) from None
            if number != call or kind == "alive":
                continue
            if kind == "yield":
                yield value
                continue
            self._unfinished = None
            if kind == "error":
                raise value
            if kind == "return":
                yield value
            return

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            await self.kill()
            self._process = await asyncio.create_subprocess_exec(
                *command(self.target),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                creationflags=_NO_WINDOW,
            )
            self._log_reader = asyncio.create_task(_keep_log(self._process, self.name))
        return self._process

    async def _send(self, process: asyncio.subprocess.Process, message: Any) -> None:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):
            process.stdin.write(_pack(message))
            await process.stdin.drain()

    async def _receive(self, process: asyncio.subprocess.Process) -> tuple[int, str, Any]:
        assert process.stdout is not None
        if self._length is None:  # kept across a cancellation between length and body
            (self._length,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
        body = await process.stdout.readexactly(self._length)
        self._length = None
        message: tuple[int, str, Any] = pickle.loads(body)
        return message

    def _abandon(self, process: asyncio.subprocess.Process) -> None:
        """Tell the child to stop; kill it if it does not."""
        if process.returncode is not None or process.stdin is None:
            return
        process.stdin.write(_pack((self._unfinished, None, ())))
        self._reaper = asyncio.get_running_loop().call_later(GRACE, self._reap, process)

    def _reap(self, process: asyncio.subprocess.Process) -> None:
        self._reaper = None
        if self._unfinished is not None and process.returncode is None:
            log.warning("%s did not stop when told; killing its process", self.name)
            process.kill()

    async def _settle(self) -> None:
        """Wait for the end of a call that was cancelled, or for its process to be killed."""
        if self._unfinished is None or self._process is None:
            return
        call = self._unfinished
        try:
            while True:
                number, kind, _ = await self._receive(self._process)
                if number == call and kind in ("return", "end", "error"):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.kill()
        self._unfinished = None
        if self._reaper is not None:
            self._reaper.cancel()
            self._reaper = None


def command(target: str) -> list[str]:
    """The command line of a child, in a frozen program too."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", target]
    return [sys.executable, "-m", "voicebot.child", target]


def _pack(message: Any) -> bytes:
    body = pickle.dumps(message, protocol=5)
    return HEADER.pack(len(body)) + body


async def _keep_log(process: asyncio.subprocess.Process, name: str) -> None:
    assert process.stderr is not None
    while not process.stderr.at_eof():
        with contextlib.suppress(ValueError):  # a line longer than the reader's limit
            line = await process.stderr.readline()
            log.info("%s: %s", name, line.decode(errors="replace").rstrip())


# -- the child's side ------------------------------------------------------------------------------------------------


class Service:
    """The child's side: answers calls in the main thread while another thread listens for the next and for cancels."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._calls: SimpleQueue[tuple[int, str, tuple[Any, ...]]] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._current = 0

    def alive(self) -> None:
        """A sign of life, for methods to give during long work; raises Cancelled when nobody waits any more."""
        if self._current in self._cancelled:
            raise Cancelled
        self._tell("alive", None)

    def run(self, target: str) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        module, _, name = target.partition(":")
        subject: Any = None
        while True:
            self._current, method, args = self._calls.get()
            try:
                if subject is None:
                    subject = getattr(import_module(module), name)(self.alive)
                self._answer(getattr(subject, method)(*args))
            except Cancelled:
                self._tell("end", None)
            except VoicebotError as error:
                self._tell("error", error)
            except Exception as error:
                log.exception("%s failed", method)
                why = f"{type(error).__name__}: {error}"
                self._tell("error", EngineError(f"{name} failed", why=why, fix="The log says more"))
            self._cancelled.discard(self._current)

    def _answer(self, result: Any) -> None:
        if not inspect.isgenerator(result):
            self._tell("return", result)
            return
        for value in result:
            if self._current in self._cancelled:
                result.close()
                break
            self._tell("yield", value)
        self._tell("end", None)

    def _tell(self, kind: str, value: Any) -> None:
        self._sink.write(_pack((self._current, kind, value)))
        self._sink.flush()

    def _listen(self) -> None:
        while header := self._source.read(HEADER.size):
            if len(header) < HEADER.size:
                break
            call, method, args = pickle.loads(self._source.read(HEADER.unpack(header)[0]))
            if method is None:
                self._cancelled.add(call)
            else:
                self._calls.put((call, method, args))
        os._exit(0)


def main(target: str) -> None:
    """Serve calls on the standard streams; what anything prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        Service(source, sink).run(target)


if __name__ == "__main__":
    from voicebot.child import main as serve

    serve(sys.argv[1])
