"""Vectors for the tests of stores: the same for an id and a version at every call, and no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Tags, Where

Vectors = NDArray[np.float32]

DIMENSIONS = 32


def vector(id: int, version: int = 0) -> Vectors:
    drawn = np.random.default_rng((id, version)).standard_normal(DIMENSIONS).astype(np.float32)
    return drawn / np.float32(np.linalg.norm(drawn))


def vectors(ids: Iterable[int], version: int = 0) -> Vectors:
    return np.stack([vector(id, version) for id in ids])


def tags(id: int) -> Tags:
    """Every other in Korean, one in ten a PDF, ten to a document, a day apart."""
    return Tags(
        collection=("handbook", "letters", "notes")[id % 3],
        document=id // 10,
        language="ko" if id % 2 else "en",
        kind="pdf" if id % 10 == 0 else "html",
        modified=86_400.0 * (id // 10),
    )


def allows(where: Where, tags: Tags) -> bool:
    """What `where` means, written down a second time."""
    lists: Sequence[tuple[Sequence[object], object]] = (
        (where.collections, tags.collection),
        (where.documents, tags.document),
        (where.languages, tags.language),
        (where.kinds, tags.kind),
    )
    return (
        all(not wanted or has in wanted for wanted, has in lists)
        and (where.since is None or tags.modified >= where.since)
        and (where.until is None or tags.modified <= where.until)
    )
