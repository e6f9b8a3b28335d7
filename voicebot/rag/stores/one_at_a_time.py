"""A vector store that several threads may ask: they take turns."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors, VectorStore
from voicebot.readiness import Readiness


class OneAtATime:
    """`store` to everybody else; while a batch is added, a search waits for that batch."""

    def __init__(self, store: VectorStore) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._dimensions: int | None = None
        """Of what is open."""
        self.name = store.name
        self.local = store.local

    def ready(self) -> Readiness:
        return self._store.ready()

    def open(self, dimensions: int) -> None:
        """Once, whoever needs it first: opening reads every vector."""
        with self._turn:
            if self._dimensions != dimensions:
                self._store.open(dimensions)
                self._dimensions = dimensions

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        with self._turn:
            self._store.add(ids, vectors, tags)

    def remove(self, ids: Sequence[int]) -> None:
        with self._turn:
            self._store.remove(ids)

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        with self._turn:
            return self._store.search(vector, count, where)

    def ids(self) -> set[int]:
        with self._turn:
            return self._store.ids()

    def close(self) -> None:
        with self._turn:
            self._dimensions = None
            self._store.close()
