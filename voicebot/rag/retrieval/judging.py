"""How surely what was found is about the question: see `voicebot.rag.relevance`."""

from __future__ import annotations

from collections.abc import Sequence

from voicebot.rag.passages import Passage
from voicebot.rag.relevance import relevance
from voicebot.rag.retrieval.inquiry import Holdings, Search
from voicebot.rag.words import query_terms, terms


def judged(state: Search, library: Holdings, unrelated: float) -> Sequence[float]:
    """Of each passage found, from 0 to 1, by its words and, where its cosine is known, by its meaning.

    `unrelated` is the cosine that the embedding model gives to texts which have nothing in common.
    """
    asked = query_terms(state.question)
    frequencies, passages = library.frequencies(asked), library.count()
    cosines = {hit.passage: hit.score for hit in state.lists.get("meaning", ())}
    return [
        relevance(asked, _held(one.passage), frequencies, passages, cosines.get(one.passage.id), unrelated)
        for one in state.found
    ]


def _held(passage: Passage) -> set[str]:
    """The terms that a passage is indexed by."""
    return set(terms(" ".join((passage.title, *passage.headings, passage.text))))
