"""What runs in the reader's child in tests: it hangs, dies, takes all memory, as a library may at a file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from voicebot.rag.loading.reading import Reading
from voicebot.rag.passages import Loaded, Piece


class Trouble:
    """Does what the file says; reads files without a word of trouble as always."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._reading = Reading(alive)

    def read(self, path: str) -> Iterator[Loaded | tuple[Piece, ...]]:
        match Path(path).read_text("utf-8"):
            case "hang":
                Path(path).with_suffix(".pid").write_text(str(os.getpid()))
                while True:
                    time.sleep(1)
            case "die":
                os.abort()
            case "endless":
                while True:
                    self._alive()
                    time.sleep(0.001)
            case "raise":
                raise ZeroDivisionError
        yield from self._reading.read(path)


class Small(Reading):
    """With little memory."""

    def __init__(self, alive: Callable[[], None]) -> None:
        super().__init__(alive, memory=200 << 20)
