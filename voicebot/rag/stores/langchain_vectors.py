"""What passes between `LangChainStore` and what is behind it: how it is made, and vectors in a model's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from voicebot.errors import StorageError
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors

QUESTION = "?"
"""The text that stands for the vector that is looked for."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a store is made of: its class, its options with their keys, and what the vectors are."""

    kind: Any
    options: dict[str, Any]
    space: str
    dimensions: int
    folder: Path | None = None


class Backend(Protocol):
    """A LangChain store that is open. Raises what it likes."""

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]: ...

    def ids(self) -> set[int]: ...

    def close(self) -> None: ...


def handed_over() -> Any:
    """An `Embeddings` of LangChain's whose vectors are made already: `known` has them by the texts that stand for them.

    So nothing is embedded twice, and no text is needed.
    """
    from langchain_core.embeddings import Embeddings

    class HandedOver(Embeddings):
        def __init__(self) -> None:
            self.known: dict[str, list[float]] = {}

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [self.known[text] for text in texts]

        def embed_query(self, text: str) -> list[float]:
            return self.known[text]

    return HandedOver()


def texts_of(ids: Sequence[int], vectors: Vectors, embeddings: Any) -> list[str]:
    """The numbers of passages as texts, which `embeddings` then knows the vectors of."""
    texts = [str(each) for each in ids]
    embeddings.known = dict(zip(texts, vectors.tolist(), strict=True))
    return texts


def other_dimensions(theirs: object, ours: int) -> StorageError:
    """What to say where vectors are of another length than those that are there."""
    return StorageError(
        "the vectors do not fit", f"the store has {theirs} dimensions, these have {ours}", "Index the documents anew"
    )
