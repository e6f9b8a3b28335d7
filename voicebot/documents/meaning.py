"""Searching by meaning: an embedding model and the store of its vectors, opened together, or neither."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

from voicebot.documents.making import Making
from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.retrieval.meaning import unrelated
from voicebot.rag.stores.base import VectorStore
from voicebot.rag.stores.one_at_a_time import OneAtATime
from voicebot.readiness import demand


@dataclass(frozen=True, slots=True)
class Meaning:
    """Both are ready to be asked."""

    embedding: EmbeddingModel
    store: VectorStore
    unrelated: Mapping[str, float]
    """The cosine that the model gives to texts which have nothing in common, by their language."""

    async def close(self) -> None:
        async with AsyncExitStack() as both:
            both.push_async_callback(self.embedding.close)
            both.push_async_callback(asyncio.to_thread, self.store.close)


async def opened(making: Making) -> Meaning | None:
    """What the settings want, or None where they want none and where none is there; raises VoicebotError."""
    embedding = await asyncio.to_thread(making.embedding)
    if embedding is None:
        return None
    async with AsyncExitStack() as unless_both:
        unless_both.push_async_callback(embedding.close)
        demand(embedding.name, await asyncio.to_thread(embedding.ready))
        await embedding.warm()
        store = OneAtATime(making.store(embedding.name))
        demand(store.name, await asyncio.to_thread(store.ready))
        dimensions = len(await embedding.question("dimensions"))
        await asyncio.to_thread(store.open, dimensions)
        unless_both.push_async_callback(asyncio.to_thread, store.close)
        apart = await unrelated(embedding)
        unless_both.pop_all()
    return Meaning(embedding, store, apart)
