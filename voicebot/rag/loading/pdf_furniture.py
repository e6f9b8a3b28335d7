"""What stands on a PDF's pages without being its text: running titles, page numbers, the table of contents.

A table of contents names everything and says nothing; it would be found for every question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

RUNNING = 0.5
"""The share of pages on which a first or last line stands, its numbers aside, for it to be a running title."""
RUNNING_FROM = 4
"""Pages from which on there may be one."""
CONTENTS = 0.6
"""The share of a page's lines that lead by dots to a number, for it to be a table of contents."""
CONTENTS_FROM = 10
"""Pages from which on a document has one: a price list of one page has such lines as well."""

LINE_END = 200
"""Characters at the end of a line that are looked at."""

_LEADER = re.compile(r"(?:[ \t]?[.·…‥]){4,}[ \t]*")
_CONTENT = re.compile(r"(?:[ \t]?[.·…‥]){4,}[ \t]*[\divxlc]+$", re.IGNORECASE)
_NUMBER = re.compile(r"[\W\d_]+|(?<!\w)[ivxlc]+(?!\w)", re.IGNORECASE)


def without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of each page that are its text; a page may have none."""
    running = [_running(pages, place) for place in (0, -1)]
    return [_text(lines, running, len(pages)) for lines in pages]


def _text(lines: Sequence[str], running: Sequence[frozenset[str]], pages: int) -> list[str]:
    kept = list(lines)
    for place, titles in zip((0, -1), running, strict=True):
        if len(kept) > 1 and _words(kept[place]) in titles:
            del kept[place]
    contents = sum(_CONTENT.search(line[-LINE_END:]) is not None for line in kept)
    if pages >= CONTENTS_FROM and contents > CONTENTS * len(kept):
        return []
    return [_LEADER.sub(" … ", line) for line in kept]


def _running(pages: Sequence[Sequence[str]], place: int) -> frozenset[str]:
    counted = Counter(_words(lines[place]) for lines in pages if lines)
    least = max(RUNNING_FROM, RUNNING * len(pages))
    return frozenset({"", *(words for words, count in counted.items() if count >= least)})


def _words(line: str) -> str:
    """A line without its numbers, Arabic and Roman."""
    return _NUMBER.sub("", line)
