"""Searching by meaning: the passages whose vectors are nearest to the question's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import combinations

from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.retrieval.inquiry import Search, Tools, knows

STRANGERS = {
    "en": (
        "The cat sleeps on the warm roof.",
        "Interest rates were raised by a quarter of a point.",
        "Boil the noodles for seven minutes.",
        "A triangle has three sides.",
    ),
    "ko": (
        "고양이가 따뜻한 지붕 위에서 잔다.",
        "기준 금리가 사분의 일 포인트 올랐다.",
        "면을 칠 분 동안 삶으세요.",
        "삼각형은 변이 세 개다.",
    ),
}
"""What has nothing to do with one another. A model of English alone finds all that is Korean alike."""


async def meaning(state: Search, tools: Tools) -> Search:
    """Nothing where there is no embedding model or no store, or a model that does not know the language.

    Raises EngineError and StorageError.
    """
    if tools.embedding is None or tools.store is None or not knows(tools.embedding, state):
        return state
    vector = await tools.embedding.question(state.question)
    hits = await asyncio.to_thread(tools.store.search, vector, state.inquiry.candidates, state.where)
    return state.with_hits("meaning", hits)


async def unrelated(embedding: EmbeddingModel) -> dict[str, float]:
    """The cosine that a model gives to texts which have nothing in common, by their language; raises EngineError.

    All as questions: a model that embeds passages in a process of its own need not load it for this.
    """
    return {language: await _unrelated(embedding, texts) for language, texts in STRANGERS.items()}


async def _unrelated(embedding: EmbeddingModel, texts: Sequence[str]) -> float:
    vectors = [await embedding.question(text) for text in texts]
    cosines = [float(one @ other) for one, other in combinations(vectors, 2)]
    return min(max(sum(cosines) / len(cosines), 0.0), 0.95)
