"""The rows of a table as text that makes sense by itself: "Name: Kim; Age: 31", each with the names of its columns.

So a row that is found says what its numbers are, wherever the table is cut, and can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

LONGEST_NAME = 60
"""Characters of a column's name; longer ones are text in a table that only lays out a page."""


def readable_rows(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Each row as one line, empty ones left out. The first gives the names, if it is one of names."""
    filled = (cells for row in rows if any(cells := [" ".join(cell.split()) for cell in row]))
    names = next(filled, None)
    if names is None:
        return
    first = next(filled, None)
    if first is None or not _are_names(names):
        yield _joined(names)
        names = []
    for cells in chain([first] if first is not None else [], filled):
        yield _named(names, cells)


def _are_names(cells: Sequence[str]) -> bool:
    """Whether a row names columns: two at least, words, each its own."""
    names = [cell for cell in cells if cell]
    words = all(len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) for name in names)
    return len(names) > 1 and words and len(set(names)) == len(names)


def _named(names: Sequence[str], cells: Sequence[str]) -> str:
    if not names:
        return _joined(cells)
    padded = (*names, *("" for _ in cells[len(names) :]))
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(padded, cells, strict=False) if cell)


def _joined(cells: Sequence[str]) -> str:
    return " | ".join(filter(None, cells))
