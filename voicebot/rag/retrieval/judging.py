"""How surely what was found is about the question."""

from __future__ import annotations

from collections.abc import Sequence

from voicebot.rag.quoting import share_answered
from voicebot.rag.retrieval.inquiry import Holdings, Search

RELEVANT = 0.3


def relevance(state: Search, library: Holdings) -> Sequence[float]:
    """Of each passage found, from 0 to 1: the share of the question's words that it has."""
    return [share_answered(one.passage.text, state.question) for one in state.found]
