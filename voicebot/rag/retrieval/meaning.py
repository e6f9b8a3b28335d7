"""Searching by meaning: the passages whose vectors are nearest to the question's."""

from __future__ import annotations

import asyncio
from itertools import permutations

from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.retrieval.inquiry import Search, Tools, knows

STRANGERS = (
    "The cat sleeps on the warm roof.",
    "Interest rates were raised by a quarter of a point.",
    "Boil the noodles for seven minutes.",
    "A triangle has three sides.",
)
"""What has nothing to do with one another."""


async def meaning(state: Search, tools: Tools) -> Search:
    """Nothing where there is no embedding model or no store, or a model that does not know the language.

    Raises EngineError and StorageError.
    """
    if tools.embedding is None or tools.store is None or not knows(tools.embedding, state):
        return state
    vector = await tools.embedding.question(state.question)
    hits = await asyncio.to_thread(tools.store.search, vector, state.inquiry.candidates, state.where)
    return state.with_hits("meaning", hits)


async def unrelated(embedding: EmbeddingModel) -> float:
    """The cosine that a model gives to texts which have nothing in common; raises EngineError."""
    passages = await embedding.passages(STRANGERS)
    questions = [await embedding.question(text) for text in STRANGERS]
    cosines = [float(questions[one] @ passages[other]) for one, other in permutations(range(len(STRANGERS)), 2)]
    return min(max(sum(cosines) / len(cosines), 0.0), 0.95)
