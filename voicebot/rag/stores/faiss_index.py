"""The index: it finds the nearest of a hundred thousand vectors in a quarter of a millisecond.

It has all vectors in float16, and up to `Growth.flat` it looks at every one. Above, it has codes of four bits for every
four dimensions too, and looks at every code, of which a processor compares 32 at once (André, Kermarrec, Le Scouarnec:
"Quicker ADC", 2019; Jégou, Douze, Schmid: "Product quantization for nearest neighbor search", 2011); the best by their
codes are compared by their vectors. Why not lists or graphs: docs/decisions/0008-vector-store.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.stores.faiss_rows import Ids, Numbers, Rows, Selection

Vectors = NDArray[np.float32]
Found = tuple[Ids, Vectors]
"""Ids and their cosines, best first."""

BITS = 4
"""Of a code: the 16 centres of a part fit the register that the search looks them up in."""
PARTS = (4, 3, 5, 2, 7, 1)
"""How many dimensions a part may have, best first: 3 find no more in the same time, and are coded half as fast."""
SAMPLE = 10_000
"""Vectors that the centres are computed from."""


@dataclass(frozen=True, slots=True)
class Growth:
    """When the index changes its shape, and how much of it is compared exactly; measured in docs/decisions/0008."""

    flat: int = 10_000
    """Vectors up to which it has no codes: 0.2 ms."""
    candidates: int = 20
    """For each that is asked for, so many of the best by their codes are compared exactly."""
    renew: int = 8
    """The codes are made anew when there are so many times the vectors that their centres were computed from."""
    rare: float = 1 / 16
    """What keeps less than this part of all is looked for exactly, among what it keeps: that is quicker then."""


@dataclass(slots=True)
class Index:
    """Vectors of length 1 by their ids, with the numbers of their tags.

    One thread at a time. It uses one core: the other one hears and speaks.
    """

    dimensions: int
    growth: Growth
    exact: Any
    """A faiss.IndexScalarQuantizer of float16."""
    refined: Any = None
    """A faiss.IndexRefine of the codes over `exact`; None while there are none."""
    built: int = 0
    """How many vectors there were when the codes were made."""
    rows: Rows = field(default_factory=Rows)

    @property
    def due(self) -> bool:
        """Whether it should be built anew: it wants codes, or most of it is gaps."""
        outgrown = self.rows.count > self.growth.flat and self.rows.count >= self.growth.renew * self.built
        return outgrown or self.rows.gaps > self.rows.count + self.growth.flat

    def change(self, gone: Ids, ids: Ids, tags: Numbers, vectors: Vectors) -> None:
        """Take out `gone`, then put in `ids`, none of which is there then; both are ascending."""
        alone()
        self.rows.change(gone, ids, tags)
        (self.exact if self.refined is None else self.refined).add(vectors)

    def search(self, vector: Vectors, count: int, selection: Selection | None = None) -> Found:
        """The nearest of a selection; None only where no place is a gap."""
        alone()
        found = self._quickly(vector, count, selection) if self.refined else None
        if found is None:
            found = self._exactly(vector, count, selection)
        places, cosines = found
        return self.rows.ids[places], cosines

    def _exactly(self, vector: Vectors, count: int, selection: Selection | None) -> Found:
        import faiss

        parameters = None if selection is None else faiss.SearchParameters(sel=selection.selector)
        cosines, places = self.exact.search(vector[np.newaxis], count, params=parameters)
        there = places[0] >= 0
        return places[0][there], cosines[0][there]

    def _quickly(self, vector: Vectors, count: int, selection: Selection | None) -> Found | None:
        """None where a selection is rare, or rare among the nearest."""
        share = 1.0 if selection is None else selection.count / len(self.rows.ids)
        if share < self.growth.rare:
            return None
        wanted = self.growth.candidates * count
        wide = min(len(self.rows.ids), math.ceil(wanted / share))
        (cosines,), (places,) = self.refined.search(vector[np.newaxis], wide)
        if selection is not None:
            kept = selection.mask[places]
            if np.count_nonzero(kept) < min(selection.count, wanted / 2):
                return None
            cosines, places = cosines[kept], places[kept]
        return places[:count], cosines[:count]


def empty(dimensions: int, growth: Growth, sample: Vectors | None = None, count: int = 0) -> Index:
    """Without codes, or with codes for `count` vectors whose centres are computed from a sample."""
    import faiss

    alone()
    exact = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    if sample is None:
        return Index(dimensions, growth, exact)
    parts = dimensions // next(size for size in PARTS if dimensions % size == 0)
    codes = faiss.IndexPQFastScan(dimensions, parts, BITS, faiss.METRIC_INNER_PRODUCT)
    codes.pq.cp.min_points_per_centroid = 1  # a smaller sample is no reason to write on standard error
    codes.train(sample)
    return Index(dimensions, growth, exact, faiss.IndexRefine(codes, exact), count)


def alone() -> None:
    """Let FAISS use one core in this thread."""
    import faiss

    faiss.omp_set_num_threads(1)
