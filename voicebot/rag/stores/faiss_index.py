"""The index: what finds the nearest of many vectors in a fraction of a millisecond. It can always be made anew.

Up to `Growth.flat` vectors it looks at every one. Above, they lie in lists around centres (Jégou, Douze, Schmid:
"Product quantization for nearest neighbor search", 2011, section 4: the inverted file), and it looks at the lists whose
centres are nearest. Vectors are float16 in both: their cosines are exact to a thousandth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.stores.faiss_rows import Ids

Vectors = NDArray[np.float32]
Found = tuple[Ids, Vectors]
"""Ids and their cosines, best first."""

ROUNDS = 10
"""Of k-means: the centres move no more after seven or eight."""


@dataclass(frozen=True, slots=True)
class Growth:
    """When the index changes its shape, and how much of it a search looks at; measured in docs/decisions/0008."""

    flat: int = 5_000
    """Vectors up to which it looks at every one: 0.1 ms."""
    sample: int = 64
    """Vectors for each list that its centre is computed from; FAISS warns below 39."""
    probes: int = 32
    """Lists that are looked at; more where there are more than 512 of them, or a filter leaves less in each."""

    def lists(self, count: int) -> int:
        """A power of two near twice the root of the count: then a centre and a vector take equal parts of the time."""
        return 1 << max(1, round(math.log2(2 * math.sqrt(count))))


@dataclass(slots=True)
class Index:
    """Vectors by their ids; `built` is how many there were when its lists were made, `changed` how many changed since.

    One thread at a time. It uses one core: two are no faster for one question, and the other one hears and speaks.
    """

    inner: Any
    """A faiss.Index."""
    growth: Growth
    built: int = 0
    changed: int = 0

    @property
    def count(self) -> int:
        return int(self.inner.ntotal)

    @property
    def lists(self) -> int:
        """How many lists it has; 0 while it is flat."""
        return int(getattr(self.inner, "nlist", 0))

    @property
    def due(self) -> bool:
        """Whether it should be built anew: it has outgrown its shape, or as much has changed as it was built from."""
        return self.count > self.growth.flat and self.changed >= self.built

    def ids(self) -> Ids:
        """In no order."""
        import faiss

        if not self.lists:
            found: Ids = faiss.vector_to_array(self.inner.id_map)
            return found
        lists = self.inner.invlists
        sizes = [lists.list_size(number) for number in range(self.lists)]
        parts = [faiss.rev_swig_ptr(lists.get_ids(number), size) for number, size in enumerate(sizes) if size]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def strangers(self, known: Ids) -> Ids:
        """What it holds and is not among `known`."""
        found: Ids = np.setdiff1d(self.ids(), known)
        return found

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Ids that are not there."""
        alone()
        self.inner.add_with_ids(vectors, ids)
        self.changed += len(ids)

    def remove(self, ids: Ids) -> int:
        """How many of them were there."""
        alone()
        removed = int(self.inner.remove_ids(ids)) if len(ids) else 0
        self.changed += removed
        return removed

    def search(self, vector: Vectors, count: int, allowed: Any = None, share: float = 1.0) -> Found:
        """The nearest of those that `allowed` (a faiss.IDSelector) lets through, which is a `share` of all."""
        alone()
        found = self._search(vector, count, allowed, self._probes(share))
        if self.lists and len(found[0]) < min(count, round(share * self.count)):
            return self._search(vector, count, allowed, self.lists)
        return found

    def _search(self, vector: Vectors, count: int, allowed: Any, probes: int) -> Found:
        import faiss

        parameters = None
        if self.lists:
            parameters = faiss.SearchParametersIVF(sel=allowed, nprobe=probes)
        elif allowed is not None:
            parameters = faiss.SearchParameters(sel=allowed)
        cosines, ids = self.inner.search(vector[np.newaxis], count, params=parameters)
        there = ids[0] >= 0
        return ids[0][there], cosines[0][there]

    def _probes(self, share: float) -> int:
        wide = self.growth.probes * max(1.0, math.sqrt(self.lists / 512))
        return min(self.lists, math.ceil(wide / share))


def alone() -> None:
    """Let FAISS use one core in this thread."""
    import faiss

    faiss.omp_set_num_threads(1)


def flat(dimensions: int, growth: Growth) -> Index:
    """An empty one that looks at every vector."""
    import faiss

    codes = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    return Index(faiss.IndexIDMap(codes), growth)


def in_lists(sample: Vectors, count: int, growth: Growth, stopped: Callable[[], bool]) -> Index | None:
    """An empty one with lists for `count` vectors, their centres computed from a sample; None when it was stopped."""
    import faiss

    alone()
    lists, dimensions = growth.lists(count), sample.shape[1]
    centres = faiss.IndexFlatIP(dimensions)
    for _ in _centred(centres, sample, lists):
        if stopped():
            return None
    codes = faiss.ScalarQuantizer.QT_fp16
    inner = faiss.IndexIVFScalarQuantizer(centres, dimensions, lists, codes, faiss.METRIC_INNER_PRODUCT, False)
    inner.train(sample[:1])  # its centres are there already, and float16 has nothing to learn
    return Index(inner, growth, built=count)


def _centred(centres: Any, sample: Vectors, lists: int) -> Iterator[None]:
    """k-means on the sphere, a round at a time, so that it can be stopped between them."""
    import faiss

    rounds = faiss.ClusteringParameters()
    rounds.niter, rounds.spherical, rounds.seed = 1, True, 1
    rounds.min_points_per_centroid = 1  # it would say on standard error what `Growth.sample` sees to
    before: Vectors | None = None
    for _ in range(ROUNDS):
        clustering = faiss.Clustering(sample.shape[1], lists, rounds)
        if before is not None:
            faiss.copy_array_to_vector(before, clustering.centroids)
        centres.reset()
        clustering.train(sample, centres)
        before = faiss.vector_to_array(clustering.centroids)
        yield
