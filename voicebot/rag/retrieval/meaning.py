"""Searching by meaning: the passages whose vectors are nearest to the question's."""

from __future__ import annotations

import asyncio

from voicebot.rag.retrieval.inquiry import Search, Tools


async def meaning(state: Search, tools: Tools) -> Search:
    """Nothing where there is no embedding model or no store; raises EngineError and StorageError."""
    if tools.embedding is None or tools.store is None:
        return state
    vector = await tools.embedding.question(state.question)
    hits = await asyncio.to_thread(tools.store.search, vector, state.inquiry.candidates, state.where)
    return state.with_hits("meaning", hits)
