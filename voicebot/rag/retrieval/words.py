"""Searching by words: BM25 over the library's index."""

from __future__ import annotations

import asyncio

from voicebot.rag.passages import Hit
from voicebot.rag.retrieval.inquiry import Search, Tools
from voicebot.rag.words import query_terms


async def words(state: Search, tools: Tools) -> Search:
    """The passages that have the question's words; raises StorageError."""
    return state.with_hits("words", await asyncio.to_thread(_searched, state, tools))


def _searched(state: Search, tools: Tools) -> list[Hit]:
    wanted = (tools.terms or query_terms)(state.question)
    return tools.library.search(wanted, state.inquiry.candidates, state.where) if wanted else []
