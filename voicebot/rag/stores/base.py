"""What a vector store is: it keeps the vectors of passages, and finds the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.passages import Hit, Tags, Where
from voicebot.readiness import Readiness

Vectors = NDArray[np.float32]


class VectorStore(Protocol):
    """Constructing one does no work. Its methods block, and are called one at a time, in a worker thread.

    What `add` and `remove` did is durable when they return; both may be repeated. Raises StorageError, and EngineError
    where a service is asked.
    """

    name: str
    local: bool

    def ready(self) -> Readiness: ...

    def open(self, dimensions: int) -> None:
        """Open what is there, or begin anew; what is unreadable is put aside, never deleted."""
        ...

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        """Keep vectors of length 1, float32 (len(ids), dimensions); one that is there already is replaced."""
        ...

    def remove(self, ids: Sequence[int]) -> None:
        """Forget vectors; those that are not there are left out."""
        ...

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        """The nearest that `where` allows, by their cosine, best first; `vector` is float32 (dimensions,)."""
        ...

    def ids(self) -> set[int]:
        """Of everything that is kept: for comparing with the library."""
        ...

    def close(self) -> None: ...
