"""The child's half of `voicebot.rag.loading.reader`: reads one file after another, within limits of memory and time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from voicebot.errors import Unreadable
from voicebot.rag.loading import read
from voicebot.rag.loading.failing import DIVIDE, unreadable
from voicebot.rag.loading.limits import MEMORY, MIB, SECONDS
from voicebot.rag.passages import Loaded, Piece
from voicebot.rag.splitting import pieces

NICENESS = 10
"""How far this process stands back behind others: a conversation goes on meanwhile."""
BATCH = 100
"""Passages in one message, some 100 kB: the other side takes a message apart on its event loop."""


class Reading:
    """Reads and splits. `alive` is called all the while, and may raise to leave the call."""

    def __init__(
        self,
        alive: Callable[[], None],
        seconds: float = SECONDS,
        memory: int = MEMORY,
        niceness: int = NICENESS,
    ) -> None:
        self._alive = alive
        self._seconds = seconds
        self._memory = memory
        limit_memory(memory)
        if sys.platform != "win32":
            os.nice(niceness)

    def read(self, path: str) -> Iterator[Loaded | tuple[Piece, ...] | Unreadable]:
        """The document without its sections, then its passages, some at a time. Raises Unreadable.

        It gives Unreadable as an answer when the memory was full: this process is then to be replaced.
        """
        file = Path(path)
        deadline = time.monotonic() + self._seconds

        def alive() -> None:
            self._alive()
            if time.monotonic() > deadline:
                raise unreadable(file, f"reading it takes longer than {self._seconds:g} seconds", DIVIDE)

        try:
            loaded = read(file, alive)
            yield replace(loaded, sections=())
            found = pieces(loaded)
            while batch := tuple(islice(found, BATCH)):
                alive()
                yield batch
        except MemoryError:
            yield unreadable(file, f"reading it takes more than {self._memory // MIB} MB of memory", DIVIDE)


def limit_memory(size: int) -> None:
    """What this process may take, in bytes of address space; Windows has no such limit, and macOS ignores it."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = size if most == resource.RLIM_INFINITY else min(size, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    except (ValueError, OSError):
        return
