"""Passages that follow one another in a document, made one again: they were cut apart only to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicebot.rag.passages import Found, Passage
from voicebot.rag.retrieval.inquiry import Search, Tools

BETWEEN = "\n\n"
"""Passages end where sentences do, so that no sentence runs over this."""


async def merge(state: Search, tools: Tools) -> Search:
    """Neighbours joined in the place of the best of them, never over a page or a heading: the place stays true."""
    merged: list[Found] = []
    left = list(state.found)
    while left:
        best = left.pop(0)
        run = _run_around(best, left)
        left = [one for one in left if one not in run]
        merged.append(_joined(best, sorted((best, *run), key=lambda one: one.passage.position)))
    return replace(state, found=tuple(merged))


def _run_around(best: Found, others: Sequence[Found]) -> list[Found]:
    """Of the others, those that stand in one unbroken run with the best."""
    beside = {one.passage.position: one for one in others if _share_a_place(best.passage, one.passage)}
    run: list[Found] = []
    for direction in (-1, 1):
        position = best.passage.position + direction
        while position in beside:
            run.append(beside[position])
            position += direction
    return run


def _share_a_place(one: Passage, other: Passage) -> bool:
    """A foreign passage has no document: none is beside it."""
    return one.document > 0 and (one.document, one.page, one.headings) == (other.document, other.page, other.headings)


def _joined(best: Found, run: Sequence[Found]) -> Found:
    if len(run) == 1:
        return best
    text = BETWEEN.join(one.passage.text for one in run)
    return replace(
        best,
        passage=replace(best.passage, text=text, position=run[0].passage.position),
        relevance=max(one.relevance for one in run),
        by=tuple(dict.fromkeys(name for one in (best, *run) for name in one.by)),
    )
