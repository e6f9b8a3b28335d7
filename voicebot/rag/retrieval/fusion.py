"""Several searches made one list, by the ranks that they give: their scores cannot be compared."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voicebot.rag.passages import Found, Hit, Passage
from voicebot.rag.retrieval.inquiry import Search, Tools
from voicebot.rag.retrieval.judging import judged
from voicebot.rag.retrieval.ranking import RERANKED

K = 10
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). They took 60, for many lists as good as one
another. With two, of which one is better, the ranks should tell more: see `WORDS`."""
WORDS = 0.5
"""What the words' list counts beside the meaning's, unless the question names something. On 40 spoken questions with
MiniLM the answer is among the first five for 0.85 with a half and K from 5 to 10; for 0.80 as equals, and for 0.775
with K = 60. Chosen on these same questions, and alike from 0.3 to 0.5."""


async def fuse(state: Search, tools: Tools) -> Search:
    """What the searches found, best first, with its passages and how relevant they are; raises StorageError.

    A passage that is gone from the library is left out, and so is one with the very words of one before it.
    """
    scores = reciprocal_ranks(state.lists, weights(state.question))
    best = sorted(scores, key=lambda id_: (-scores[id_], id_))[: _most(state, tools)]
    return await asyncio.to_thread(_found, state, tools, best, scores)


def weights(question: str) -> Mapping[str, float]:
    """What each list counts by its name, 1 where it is not named here.

    People ask in words of their own, which vectors see through; a name, a number or an option is found by its letters.
    """
    return {} if _NAME.search(question) else {"words": WORDS}


def reciprocal_ranks(lists: Mapping[str, Sequence[Hit]], weights: Mapping[str, float] = {}) -> dict[int, float]:
    """The score of each passage by its id: the sum of weight / (K + rank) over the lists, ranks counted from 1."""
    scores: dict[int, float] = defaultdict(float)
    for name, hits in lists.items():
        for rank, hit in enumerate(hits, start=1):
            scores[hit.passage] += weights.get(name, 1.0) / (K + rank)
    return dict(scores)


_NAME = re.compile(r"\d|\w[_./@]\w|(?<!\S)--?\w|[a-z][A-Z]|(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")
"""`os.path`, `--no-cache`, `camelCase`, "E42", "NASA"."""


def _most(state: Search, tools: Tools) -> int:
    """Twice what is wanted, for some will not be relevant; and what a reranker is to read."""
    return max(2 * state.inquiry.passages, RERANKED if tools.reranker is not None else 0)


def _found(state: Search, tools: Tools, best: Sequence[int], scores: Mapping[int, float]) -> Search:
    ours = {passage.id: passage for passage in tools.library.passages([id_ for id_ in best if id_ > 0])}
    passages = [passage for id_ in best if (passage := ours.get(id_) or state.foreign.get(id_)) is not None]
    by = {name: {hit.passage for hit in hits} for name, hits in state.lists.items()}
    found = tuple(
        Found(passage, scores[passage.id], by=tuple(name for name, ids in by.items() if passage.id in ids))
        for passage in _different(passages)
    )
    return _judged(replace(state, found=found), tools)


def _different(passages: Sequence[Passage]) -> list[Passage]:
    """Without copies: the same file may lie in two folders."""
    different: dict[str, Passage] = {}
    for passage in passages:
        different.setdefault(passage.text, passage)
    return list(different.values())


def _judged(state: Search, tools: Tools) -> Search:
    relevance = (tools.relevance or judged)(state, tools.library, tools.unrelated.get(state.language, 0.0))
    pairs = zip(state.found, relevance, strict=True)
    return replace(state, found=tuple(replace(one, relevance=how) for one, how in pairs))
