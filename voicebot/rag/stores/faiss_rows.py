"""Which vector is at which place of the index, with what tags, and those that a search may find."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]

NOTHING = -1
"""The tags at a place whose vector was removed."""


class Selection:
    """Places that may be looked at: a bool for each, and how many they are."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self.count = int(np.count_nonzero(mask))

    @cached_property
    def selector(self) -> Any:
        """The same for FAISS, which asks inside its loops: a faiss.IDSelector."""
        import faiss

        return faiss.IDSelectorBitmap(np.packbits(self.mask, bitorder="little"))


class Rows:
    """Places are never used twice: what is removed or replaced leaves a gap."""

    def __init__(self) -> None:
        self.ids = np.empty(0, np.int64)
        """By place."""
        self.tags = np.empty(0, np.int32)
        """The number of its tags, by place."""
        self.sorted = np.empty(0, np.int64)
        """The ids that are there, ascending."""
        self._places = np.empty(0, np.int64)

    @property
    def count(self) -> int:
        return len(self.sorted)

    @property
    def gaps(self) -> int:
        return len(self.ids) - len(self.sorted)

    def change(self, gone: Ids, ids: Ids, tags: Numbers) -> None:
        """Take out `gone`, then put `ids` at the next places, none of which is there then; both are ascending."""
        found = np.searchsorted(self.sorted, gone)
        there = found < len(self.sorted)
        there[there] = self.sorted[found[there]] == gone[there]
        if there.any():
            self.tags[self._places[found[there]]] = NOTHING
            self.sorted = np.delete(self.sorted, found[there])
            self._places = np.delete(self._places, found[there])
        before = np.searchsorted(self.sorted, ids)
        self.sorted = np.insert(self.sorted, before, ids)
        self._places = np.insert(self._places, before, np.arange(len(self.ids), len(self.ids) + len(ids)))
        self.ids = np.concatenate([self.ids, ids])
        self.tags = np.concatenate([self.tags, tags])

    def all(self) -> Selection:
        return Selection(self.tags != NOTHING)

    def tagged(self, numbers: Numbers) -> Selection:
        """Those whose tags have one of these numbers."""
        allowed = np.zeros(max(self.tags.max(initial=0), numbers.max(initial=0)) + 2, np.bool_)
        allowed[numbers] = True  # the last is NOTHING's
        return Selection(allowed[self.tags])
