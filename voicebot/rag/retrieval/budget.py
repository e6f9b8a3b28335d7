"""As many of the passages as there is room for, and none that is not about the question."""

from __future__ import annotations

from dataclasses import replace

from voicebot.rag.passages import Found
from voicebot.rag.quoting import quote, spans
from voicebot.rag.relevance import RELEVANT
from voicebot.rag.retrieval.inquiry import Count, Search, Tools


async def fit(state: Search, tools: Tools) -> Search:
    """The best that are relevant, within the passages and tokens of the inquiry.

    One that does not fit makes way for a shorter one. The very best is cut to the sentences around its answer, to its
    quote at least, rather than left out.
    """
    kept: list[Found] = []
    room = state.inquiry.tokens
    for one in (one for one in state.found if one.relevance >= RELEVANT):
        if not kept:
            one = _cut(one, state.question, room, tools.count)
        size = tools.count(one.passage.text)
        if not kept or (size <= room and len(kept) < state.inquiry.passages):
            kept.append(one)
            room -= size
    return replace(state, found=tuple(kept))


def _cut(found: Found, question: str, room: int, count: Count) -> Found:
    """With the sentences around the one that answers best, as many as there is room for, and that one at least."""
    text = found.passage.text
    if count(text) <= room:
        return found
    best = text.find(quote(text, question))
    sentences = list(spans(text))
    first = last = max((place for place, (start, _) in enumerate(sentences) if start <= best), default=0)
    while True:
        wider = [pair for pair in ((first, last + 1), (first - 1, last)) if pair[0] >= 0 and pair[1] < len(sentences)]
        fitting = [pair for pair in wider if count(text[sentences[pair[0]][0] : sentences[pair[1]][1]]) <= room]
        if not fitting:
            break
        first, last = fitting[0]
    kept = text[sentences[first][0] : sentences[last][1]]
    if count(kept) > room:
        kept = quote(text, question)
    return replace(found, passage=replace(found.passage, text=kept))
