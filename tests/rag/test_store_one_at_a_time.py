"""A store that several rooms open, fill and ask: it is opened once, and does one thing at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tests.rag.shelf import Vector
from voicebot.rag.passages import Hit, Where
from voicebot.rag.stores.base import Vectors
from voicebot.rag.stores.one_at_a_time import OneAtATime


class Counting(Vector):
    """Notes how often it was opened, and how many were in it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []
        self.inside = 0
        self.most = 0
        self._count = threading.Lock()

    def open(self, dimensions: int) -> None:
        self.opened.append(dimensions)

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        with self._count:
            self.inside += 1
            self.most = max(self.most, self.inside)
        time.sleep(0.002)
        with self._count:
            self.inside -= 1
        return []


def test_it_is_opened_once_until_it_is_closed() -> None:
    store = Counting()
    turns = OneAtATime(store)
    turns.open(384)
    turns.open(384)
    assert store.opened == [384]
    turns.close()
    turns.open(384)
    assert store.opened == [384, 384]


def test_who_asks_at_the_same_time_takes_turns() -> None:
    store = Counting()
    turns = OneAtATime(store)
    ask: Callable[[int], list[Hit]] = lambda _: turns.search(np.ones(1, np.float32), 1, Where())  # noqa: E731
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(40)))
    assert store.most == 1
