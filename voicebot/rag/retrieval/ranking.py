"""What was found, ordered anew by a cross-encoder that reads question and passage together."""

from __future__ import annotations

from dataclasses import replace

from voicebot.rag.retrieval.inquiry import Search, Tools, knows

RERANKED = 20
"""Of the passages found, the best; a small cross-encoder reads so many in a few hundred milliseconds on two cores."""


async def rerank(state: Search, tools: Tools) -> Search:
    """The passages as the cross-encoder orders them; as they were where there is none. Raises EngineError.

    Its score is also their relevance where it is surer than what was known before.
    """
    best, rest = state.found[:RERANKED], state.found[RERANKED:]
    if tools.reranker is None or not best or not knows(tools.reranker, state):
        return state
    scores = await tools.reranker.scores(state.question, [one.passage.text for one in best])
    judged = [
        replace(one, score=score, relevance=max(one.relevance, score)) for one, score in zip(best, scores, strict=True)
    ]
    judged.sort(key=lambda one: -one.score)
    return replace(state, found=(*judged, *rest))
