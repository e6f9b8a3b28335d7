"""Text of documents as the screen draws it: plain, with the words that were looked for and the quote marked in it.

What stands in a document is data. All of it is escaped, so nothing in it is a tag, a picture or a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

Span = tuple[int, int]
"""Indices in a text, from and to."""

EXCERPT = 320
"""Characters of a passage that are shown of what a search found: four lines of a wide window."""
BEFORE = 80
"""Characters of them before the first word that was looked for."""
WORD = re.compile(r"\w+")


def html(text: str, spans: Sequence[Span], mark: str) -> str:
    """`text` as one paragraph of safe HTML, with each of `spans` (in order, apart) in an element such as "b"."""
    drawn, at = [], 0
    name = mark.partition(" ")[0]
    for start, end in spans:
        drawn += [_plain(text[at:start]), f"<{mark}>{_plain(text[start:end])}</{name}>"]
        at = end
    return "".join([*drawn, _plain(text[at:])])


def quoted(text: str, quote: str) -> Span | None:
    """Where `quote` stands in `text`, word for word but for white space; None when it does not."""
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found is not None else None


def matches(text: str, wanted: Iterable[str], terms: Callable[[str], Sequence[str]]) -> list[Span]:
    """The words of `text` with an index term among `wanted`; `terms` are those of one word."""
    looked_for = set(wanted)
    return [found.span() for found in WORD.finditer(text) if looked_for.intersection(terms(found[0]))]


def excerpt(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """A line around the first of `spans`, on one line, and those spans that stand in it."""
    text = re.sub(r"\s", " ", text)
    first = spans[0][0] if spans else 0
    start = 0 if first <= BEFORE else text.find(" ", first - BEFORE, first) + 1 or first
    end = min(len(text), start + EXCERPT)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    inside = [(begin + shift, stop + shift) for begin, stop in spans if begin >= start and stop <= end]
    return before + text[start:end] + after, inside


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
