"""The library's passages into a vector store, and out of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from voicebot.errors import (
    EngineError,
    EngineTimedOut,
    EngineUnavailable,
    RateLimited,
    Unauthorised,
    Unreachable,
)
from voicebot.rag.embedding.base import EmbeddingModel, Vectors
from voicebot.rag.indexing.threads import call
from voicebot.rag.library import Library, Waiting
from voicebot.rag.stores.base import VectorStore
from voicebot.readiness import Ready

log = logging.getLogger(__name__)

BATCH = 32
"""Passages that are embedded at once: a second or two on a laptop's processor, after which a conversation has its
turn again. sentence-transformers takes as many by default."""
REMOVED_AT_ONCE = 1_000
PASSING = (EngineTimedOut, EngineUnavailable, RateLimited, Unauthorised, Unreachable)
"""Failures that are not a passage's fault: it is tried again later."""


class Filling:
    """Fills one store from one library."""

    def __init__(self, library: Library, embedding: EmbeddingModel, store: VectorStore) -> None:
        self.uses = (embedding, store)
        self._library = library
        self._embedding = embedding
        self._store = store
        self._open = False
        self.space = f"{embedding.name} {store.name}"

    def ready(self) -> bool:
        return isinstance(self._embedding.ready(), Ready) and isinstance(self._store.ready(), Ready)

    async def open(self) -> None:
        """Load the model, open the store, and compare it with the library. Raises VoicebotError."""
        if self._open:
            return
        await self._embedding.warm()
        dimensions = len(await self._embedding.question("passage"))
        await call(self._store.open, dimensions)
        present = await call(self._store.ids)
        await call(self._library.compare, self.space, present)
        self._open = True

    async def counts(self) -> tuple[int, int]:
        """How many passages the store has, and how many it waits for."""
        return await call(self._library.counts, self.space)

    async def remove_some(self) -> bool:
        """Passages that are gone; whether there were any."""
        ids = await call(self._library.to_remove, self.space, REMOVED_AT_ONCE)
        if ids:
            await call(self._store.remove, ids)
            await call(self._library.removed, self.space, ids)
        return bool(ids)

    async def add_some(self) -> int:
        """A batch of what waits: how many it was. Raises VoicebotError."""
        waiting = await call(self._library.pending, self.space, BATCH)
        if not waiting:
            return 0
        try:
            await self._add(waiting, await self._embedding.passages([one.text for one in waiting]))
        except EngineError as error:
            if isinstance(error, PASSING):
                raise
            await self._add_singly(waiting)
        await call(self._library.stored, self.space, [one.id for one in waiting])
        return len(waiting)

    async def _add(self, waiting: Sequence[Waiting], vectors: Vectors) -> None:
        ids, tags = [one.id for one in waiting], [one.tags for one in waiting]
        await call(self._store.add, ids, vectors, tags)

    async def _add_singly(self, waiting: Sequence[Waiting]) -> None:
        """One of them is refused: it is found by its words alone. When all are, the fault is not theirs."""
        refused = 0
        for one in waiting:
            try:
                await self._add([one], await self._embedding.passages([one.text]))
            except EngineError as error:
                refused += 1
                if isinstance(error, PASSING) or refused == len(waiting):
                    raise
                log.info("passage %d has no vector: %s", one.id, error)


