"""Which vectors there are, in memory: an id and the number of its tags each, and those that a search may find."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Where

Ids = NDArray[np.int64]
Numbers = NDArray[np.int32]

SPARSE = 64
"""Ids up to so many times their count are marked in a bitmap: 8 bytes for each, what a set of them takes as well."""


@dataclass(slots=True)
class Rows:
    """Ascending `ids`, and beside each the number of its tags."""

    ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    tags: Numbers = field(default_factory=lambda: np.empty(0, np.int32))

    def change(self, gone: Ids, ids: Ids, tags: Numbers) -> None:
        """Take out `gone`, then put in `ids`, none of which is there then; both are ascending."""
        places = np.searchsorted(self.ids, gone)
        there = places < len(self.ids)
        there[there] = self.ids[places[there]] == gone[there]
        if there.any():
            self.ids = np.delete(self.ids, places[there])
            self.tags = np.delete(self.tags, places[there])
        before = np.searchsorted(self.ids, ids)
        self.ids = np.insert(self.ids, before, ids)
        self.tags = np.insert(self.tags, before, tags)

    def tagged(self, numbers: Numbers) -> Ids:
        """The ids whose tags have one of these numbers."""
        if not len(self.tags) or not len(numbers):
            return self.ids[:0]
        allowed = np.zeros(max(self.tags.max(), numbers.max()) + 1, np.bool_)
        allowed[numbers] = True
        return self.ids[allowed[self.tags]]


class Selection:
    """The ids that `where` allows, ascending."""

    def __init__(self, where: Where, ids: Ids) -> None:
        self.where = where
        self.ids = ids

    @cached_property
    def selector(self) -> Any:
        """What tells FAISS inside its loops whether it may look at a vector: a faiss.IDSelector."""
        return _selector(self.ids)


def _selector(ids: Ids) -> Any:
    import faiss

    if ids[0] < 0 or ids[-1] > SPARSE * len(ids):
        return faiss.IDSelectorBatch(ids)
    allowed = np.zeros(int(ids[-1]) + 1, np.bool_)
    allowed[ids] = True
    return faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
