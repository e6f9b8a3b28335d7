"""Lines from standard input, whatever it is: a terminal, a pipe, a file, or nothing at all."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import Callable

LONGEST_LINE = 100_000


class Keyboard:
    """Gives each line to `on_line`, and None at the end, on the event loop.

    The reading thread is a daemon that uses the bare file descriptor: it holds no lock of Python's and cannot hold up
    the program's exit.
    """

    def __init__(self, on_line: Callable[[str | None], None]) -> None:
        self._on_line = on_line
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, name="keyboard", daemon=True).start()

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        text = ""
        while data := self._chunk():
            text += decoder.decode(data)
            *lines, text = text.split("\n")
            for line in lines:
                self._tell(line.rstrip("\r"))
            if len(text) > LONGEST_LINE:
                self._tell(text)
                text = ""
        if text:
            self._tell(text)
        self._tell(None)

    def _chunk(self) -> bytes:
        try:
            return os.read(0, 4096)
        except OSError:  # closed, or none was given
            return b""

    def _tell(self, line: str | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._on_line, line)
        except RuntimeError:  # the loop has ended
            return
