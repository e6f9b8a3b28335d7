"""The log: a bounded file that no key ever reaches, written by a thread of its own so that logging never waits.

What goes wrong unseen (in a thread, a task, a finaliser, or at the very top) is logged with its traceback, and the
person gets one line.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any

from voicebot.errors import VoicebotError
from voicebot.redaction import conceal, redact
from voicebot.resources import Home

if TYPE_CHECKING:
    import asyncio

__all__ = ["Logs", "conceal", "redact", "set_up"]

log = logging.getLogger(__name__)

FILES = 3
FILE_BYTES = 1_000_000
LONGEST = 16_000
"""Characters of one record; what is longer is cut."""
TAIL = 500
"""Characters that go with the cut: half a key may stand there, and half a key is not recognised."""
QUEUED = 2_000
"""Records that wait for the disk; further ones are dropped, and counted."""
PATIENCE = 2.0
"""Seconds that closing waits for the disk."""

Tell = Callable[[str], None]


def set_up(home: Home, verbose: bool = False, tell: Tell | None = None) -> Logs:
    """Log to `home.log_file` from now on, everything when `verbose`, which also shows it on standard error.

    `tell` gets one line for the person when something goes wrong unseen, on whatever thread that happens (None: on
    standard error). A log that cannot be written is such a line; the program goes on without one.
    """
    return Logs(home, verbose, tell or _on_standard_error)


class Logs:
    """The log of this program, until it is closed; `file` is None when nothing can be written."""

    def __init__(self, home: Home, verbose: bool, tell: Tell) -> None:
        self._tell = tell
        self._told: set[str] = set()
        self._queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        self._entrance = _Entrance(self._queue)
        self._handlers = self._open(home, verbose)
        self.file = home.log_file if any(isinstance(handler, _File) for handler in self._handlers) else None
        self._listener = _Listener(self._queue, *self._handlers)
        self._listener.start()
        root = logging.getLogger()
        self._level_before = root.level
        root.setLevel(logging.DEBUG if verbose else logging.INFO)
        root.addHandler(self._entrance)
        self._closed = False
        self._hook()

    @property
    def dropped(self) -> int:
        """How many records found no room, because the disk was too slow for them."""
        return self._entrance.dropped

    def close(self) -> None:
        """Write what is queued, and leave logging and the hooks as they were. May be called again."""
        if self._closed:
            return
        self._closed = True
        self._unhook()
        root = logging.getLogger()
        root.removeHandler(self._entrance)
        root.setLevel(self._level_before)
        if self._listener.finish():
            for handler in self._handlers:
                with contextlib.suppress(OSError):  # a full disk: what is left unwritten has nowhere to go
                    handler.close()

    def handle_loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For `loop.set_exception_handler`: what a task, a callback or a transport leaves uncaught."""
        error = context.get("exception")
        rest = "".join(f", {key}: {value!r}" for key, value in context.items() if key not in ("message", "exception"))
        log.error("%s%s", context["message"], rest, exc_info=error)
        if error is not None:
            self._tell_once(error)

    def _open(self, home: Home, verbose: bool) -> list[logging.Handler]:
        handlers: list[logging.Handler] = []
        try:
            home.log.mkdir(parents=True, exist_ok=True)
            handlers.append(_File(home.log_file, self._tell))
        except OSError as error:
            self._tell(f"Nothing is logged: {home.log_file} cannot be written ({error.strerror or error})")
        if verbose and sys.stderr is not None:
            handlers.append(logging.StreamHandler(sys.stderr))
        for handler in handlers:
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return handlers

    def _hook(self) -> None:
        self._hooks_before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._ended, self._thread_ended, self._ignored
        logging.captureWarnings(True)
        atexit.register(self.close)

    def _unhook(self) -> None:
        if sys.excepthook == self._ended:
            sys.excepthook = self._hooks_before[0]
        if threading.excepthook == self._thread_ended:
            threading.excepthook = self._hooks_before[1]
        if sys.unraisablehook == self._ignored:
            sys.unraisablehook = self._hooks_before[2]
        logging.captureWarnings(False)
        atexit.unregister(self.close)

    def _ended(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Nothing caught it: the program ends."""
        if isinstance(error, KeyboardInterrupt):
            log.info("interrupted from the keyboard")
            return
        log.critical("the program ended", exc_info=(kind, error, trace))
        self._tell_once(error)

    def _thread_ended(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or isinstance(args.exc_value, SystemExit):
            return
        name = args.thread.name if args.thread is not None else "?"
        log.error("thread %s ended", name, exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
        self._tell_once(args.exc_value)

    def _ignored(self, args: sys.UnraisableHookArgs) -> None:
        """Raised where nothing can catch it, such as a finaliser. The object is not kept: that would revive it."""
        if args.exc_value is None:
            return
        what = getattr(args.object, "__qualname__", type(args.object).__name__)
        message = args.err_msg or "Exception ignored in"
        log.error("%s: %s", message, what, exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
        self._tell_once(args.exc_value)

    def _tell_once(self, error: BaseException) -> None:
        """One line for the person, and not the same one again and again."""
        line = redact(self._line(error))
        if line not in self._told and len(self._told) < 100:
            self._told.add(line)
            self._tell(line)

    def _line(self, error: BaseException) -> str:
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        if isinstance(error, VoicebotError):
            return str(error)
        name = " ".join(" ".join(traceback.format_exception_only(error)).split())
        more = f". The log says more: {self.file}" if self.file else ""
        return f"Something went wrong in the program itself ({name[:200]}){more}"


class _Entrance(QueueHandler):
    """Formats and redacts where the record is made, for what it refers to may change; queues it and never waits.

    The queue is the one that may be entered again from a finaliser in the middle of itself.
    """

    def __init__(self, queue: SimpleQueue[logging.LogRecord]) -> None:
        super().__init__(queue)
        self._records = queue
        self._unreported = 0
        self.dropped = 0

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record = super().prepare(record)
        record.msg = record.message = _presentable(record.message)
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        if self._records.qsize() >= QUEUED:
            self.dropped += 1
            self._unreported += 1
            return
        if self._unreported:
            lost, self._unreported = self._unreported, 0
            self._records.put(_record(logging.WARNING, f"{lost} records were dropped: the disk was too slow for them"))
        self._records.put(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A message that does not fit its arguments is said to be one, instead of a traceback on the terminal."""
        error = redact(str(sys.exc_info()[1]))
        where = f"{record.pathname}:{record.lineno}"
        self.enqueue(_record(logging.WARNING, f"a message cannot be formatted ({error}), at {where}"))


class _Listener(QueueListener):
    def finish(self) -> bool:
        """Wait until everything is written; False when the disk does not answer."""
        thread = self._thread
        self.enqueue_sentinel()
        if thread is not None:
            thread.join(PATIENCE)
        return thread is None or not thread.is_alive()


class _File(RotatingFileHandler):
    """At most `FILES` files of `FILE_BYTES`. A disk that fills up costs one line to the person, and nothing else."""

    def __init__(self, file: Path, tell: Tell) -> None:
        room = 6 * LONGEST  # a character takes at most six bytes as it is written here
        super().__init__(file, "a", FILE_BYTES - room, FILES - 1, encoding="utf-8", errors="backslashreplace")
        self._tell = tell
        self._failed = False

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError:  # Windows, where another Voicebot has the file open: it cannot be renamed, but emptied
            Path(self.baseFilename).write_bytes(b"")
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:
        if not self._failed:
            self._failed = True
            self._tell(f"The log cannot be written: {self.baseFilename} ({sys.exc_info()[1]})")


def _presentable(text: str) -> str:
    if len(text) <= LONGEST:
        return redact(text)
    kept = redact(text[:LONGEST])[:-TAIL]
    return f"{kept} … ({len(text)} characters in all)"


def _record(level: int, message: str) -> logging.LogRecord:
    return logging.LogRecord(__name__, level, __file__, 0, message, None, None)


def _on_standard_error(line: str) -> None:
    if sys.stderr is not None:  # a windowed program on Windows has none
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
