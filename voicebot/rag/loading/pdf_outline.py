"""A PDF's bookmarks as headings: each is looked for among the lines of the page that it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from voicebot.rag.loading.limits import HEADINGS

MOST = 20_000
"""Bookmarks that are read: some files have them in a ring."""

_NUMBER = re.compile(
    r"^(?:chapter|part|appendix|제)?\s{0,3}(?:[A-Z]|\d{1,4})?(?:\.\d{1,4}){0,6}\s?[장절편부]?[.:)]?\s", re.IGNORECASE
)


class Bookmark(NamedTuple):
    """`level` from 0, the `page` it leads to from 0."""

    page: int
    level: int
    title: str


def bookmarks_of(document: Any) -> list[Bookmark]:
    """Those that lead to a page, in the order of the pages."""
    found = []
    for bookmark in islice(document.get_toc(max_depth=HEADINGS), MOST):
        destination = bookmark.get_dest()
        page = destination.get_index() if destination is not None else None
        if page is not None and (title := bookmark.get_title().strip()):
            found.append(Bookmark(page, bookmark.level, title))
    return sorted(found, key=lambda bookmark: bookmark.page)


class Bookmarks:
    """Asked for one page after another, knows under which headings its lines stand."""

    def __init__(self, bookmarks: Sequence[Bookmark]) -> None:
        self._waiting = list(reversed(bookmarks))
        self._headings: list[Bookmark] = []

    def divided(self, page: int, lines: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """The page's lines in stretches, each with its headings, outermost first."""
        start = 0
        normal = [_normal(line) for line in lines]
        while self._waiting and self._waiting[-1].page <= page:
            bookmark = self._waiting.pop()
            place = _place(_normal(bookmark.title), normal, start)
            if place > start:
                yield self._titles(), lines[start:place]
                start = place
            self._headings = [above for above in self._headings if above.level < bookmark.level]
            self._headings.append(bookmark)
        if start < len(lines):
            yield self._titles(), lines[start:]

    def _titles(self) -> tuple[str, ...]:
        return tuple(heading.title for heading in self._headings)


def _place(title: str, lines: Sequence[str], start: int) -> int:
    """The line that is this heading, or `start` where none is."""
    if not title:
        return start
    return next((place for place in range(start, len(lines)) if lines[place] == title), start)


def _normal(line: str) -> str:
    return "".join(_NUMBER.sub("", line).casefold().split())
