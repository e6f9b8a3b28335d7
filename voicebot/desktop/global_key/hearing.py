"""The thread on which a global key is heard, and the way to end it."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable

from voicebot.desktop.global_key.base import Reports

log = logging.getLogger(__name__)

STOP_LIMIT = 2.0
"""Seconds that `end()` waits for the thread; it answers in milliseconds unless the X server or the bus hangs."""


Hear = Callable[[Reports, socket.socket], None]


class Hearing:
    """One thread at a time, named `name`. It waits on a socket beside its other source; the socket closing ends it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: threading.Thread | None = None
        self._open: socket.socket | None = None
        self._reports: Reports | None = None

    def begin(self, reports: Reports, hear: Hear) -> None:
        """End what is heard now, and run `hear(reports, stopped)`: it returns once `stopped` becomes readable."""
        self.end()
        self._reports = reports
        self._open, stopped = socket.socketpair()
        self._thread = threading.Thread(target=_run, args=(reports, hear, stopped), name=self._name, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End it, and wait for that (not on the thread itself)."""
        thread, self._thread = self._thread, None
        if self._reports is not None:
            self._reports.over = True
        if self._open is not None:
            self._open.close()
            self._open = None
        if thread is not None and thread is not threading.current_thread():
            thread.join(STOP_LIMIT)
            if thread.is_alive():
                log.warning("%s did not end within %s s", self._name, STOP_LIMIT)


def _run(reports: Reports, hear: Hear, stopped: socket.socket) -> None:
    try:
        with stopped:
            hear(reports, stopped)
    finally:
        reports.let_go()
