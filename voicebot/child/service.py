"""What runs inside a child process: one object, whose methods are called over the standard streams.

`python -m voicebot.child MODULE:CLASS` builds one `CLASS(alive)` when the first call comes, and answers calls one at
a time in its main thread. A method that is a generator is answered piece by piece. A method that takes long calls
`alive()` now and then, from the thread it was called in: a sign of life for the caller, and the place where the
method is left (by `Cancelled`) when nobody waits for it any more. `voicebot.child.process` is the other side.

A message is a header (the call's number, a `Kind`, the length of the rest) and a pickle. What a library prints goes
to standard error, and never between two messages.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Generator
from enum import IntEnum
from importlib import import_module
from queue import SimpleQueue
from struct import Struct
from typing import Any, BinaryIO

from voicebot.errors import EngineError, VoicebotError

log = logging.getLogger(__name__)

HEADER = Struct("<IBI")
SIGN_INTERVAL = 0.05
"""Seconds between two signs of life, at least: a method may call `alive` as often as it likes."""


class Kind(IntEnum):
    """What a message is. `CALL` and `STOP` go to the child, the others come from it; the last three end a call."""

    CALL = 0
    STOP = 1
    ALIVE = 2
    PIECE = 3
    RESULT = 4
    END = 5
    ERROR = 6


class Cancelled(BaseException):
    """Nobody waits for the running method any more. Like asyncio's, no `except Exception` takes it for a failure."""


def packed(call: int, kind: Kind, content: Any = None) -> bytes:
    """A whole message; raises what pickle raises."""
    body = pickle.dumps(content, protocol=5)
    return HEADER.pack(call, kind, len(body)) + body


class Service:
    """Answers calls in the main thread, while another thread listens for the next one and for stops."""

    def __init__(self, target: str, source: BinaryIO, sink: BinaryIO) -> None:
        self._module, _, self._class = target.partition(":")
        self._source = source
        self._sink = sink
        self._requests: SimpleQueue[tuple[int, bytes]] = SimpleQueue()
        self._subject: Any = None
        self._call = 0
        self._stopped = 0
        self._signed = 0.0

    def run(self) -> None:
        """Answer calls until the parent is gone."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            self._call, request = self._requests.get()
            try:
                self._answer(*pickle.loads(request))
            except Cancelled:
                self._tell(Kind.END)
            except VoicebotError as error:
                self._tell(Kind.ERROR, error)
            except Exception as error:
                log.exception("%s failed", self._class)
                why = f"{type(error).__name__}: {error}"
                self._tell(Kind.ERROR, EngineError(f"{self._class} failed", why=why, fix="The log says more"))

    def alive(self) -> None:
        """Give a sign of life; raises `Cancelled` when nobody waits any more."""
        if self._call <= self._stopped:
            raise Cancelled
        now = time.monotonic()
        if now - self._signed >= SIGN_INTERVAL:
            self._signed = now
            self._tell(Kind.ALIVE)

    def _answer(self, method: str, args: tuple[Any, ...]) -> None:
        self.alive()
        if self._subject is None:
            self._subject = getattr(import_module(self._module), self._class)(self.alive)
        result = getattr(self._subject, method)(*args)
        if not isinstance(result, Generator):
            self._tell(Kind.RESULT, result)
            return
        with contextlib.closing(result):
            for piece in result:
                self._tell(Kind.PIECE, piece)
                self.alive()
        self._tell(Kind.END)

    def _tell(self, kind: Kind, content: Any = None) -> None:
        self._sink.write(packed(self._call, kind, content))
        self._sink.flush()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while header := self._source.read(HEADER.size):
                call, kind, length = HEADER.unpack(header)
                body = self._source.read(length)
                if kind == Kind.STOP:
                    self._stopped = call  # calls come one after another: it is the last, and all before it are over
                else:
                    self._requests.put((call, body))
        os._exit(0)


def main(target: str) -> None:
    """Serve calls on the standard streams until the parent closes them, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    faulthandler.enable()
    _die_with_parent()
    with contextlib.suppress(BrokenPipeError):
        Service(target, source, sink).run()


def _die_with_parent() -> None:
    """The end of standard input tells of the parent's death, but not to a library that never lets Python run."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)

