"""A library of passages in memory, and engines that find in it: for the tests of retrieval."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voicebot.errors import VoicebotError
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.passages import Document, Hit, Passage, Tags, Where
from voicebot.rag.stores.filters import allows
from voicebot.readiness import Readiness, Ready


def passage(id_: int, text: str, **fields: object) -> Passage:
    """A passage of document 1, at the position of its id."""
    made = Passage(id_, 1, "work", id_, text, "handbook.pdf", "/a/handbook.pdf", (), 1)
    return replace(made, **fields)  # type: ignore[arg-type]


@dataclass
class Shelf:
    """Finds passages by how many of the terms stand in them; `error` is raised instead, where there is one."""

    kept: Sequence[Passage]
    titles: Sequence[tuple[int, str]] = ()
    error: Exception | None = None
    asked: list[tuple[tuple[str, ...], Where]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def search(self, terms: Sequence[str], count: int, where: Where) -> list[Hit]:
        self.asked.append((tuple(terms), where))
        self.threads.add(threading.current_thread().name)
        if self.error is not None:
            raise self.error
        scores = {one: sum(term in one.text.lower() for term in terms) for one in self.kept if _is_within(one, where)}
        best = sorted((one for one in scores if scores[one]), key=lambda one: (-scores[one], one.id))
        return [Hit(one.id, float(scores[one])) for one in best[:count]]

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        there = {one.id: one for one in self.kept}
        return [there[id_] for id_ in ids if id_ in there]

    def documents(self, collection: str) -> list[Document]:
        return [Document(id_, collection, f"/a/{title}", title, "indexed") for id_, title in self.titles]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: sum(term in one.text.lower() for one in self.kept) for term in terms}

    def count(self) -> int:
        return len(self.kept)


def words(text: str) -> list[str]:
    return [word.strip("?.,()") for word in text.lower().split()]


@dataclass
class Fixed:
    """An embedding model and a vector store in one, which find `hits` whatever is asked."""

    hits: Sequence[Hit] = ()
    error: VoicebotError | None = None
    never: bool = False
    asked: list[str] = field(default_factory=list)
    name: str = "fixed"
    local: bool = True
    languages: tuple[str, ...] = ()

    def ready(self) -> Readiness:
        return Ready()

    async def warm(self) -> None: ...

    async def passages(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    async def question(self, text: str) -> Vectors:
        self.asked.append(text)
        if self.never:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return np.ones(1, np.float32)

    async def close(self) -> None: ...


@dataclass
class Vector:
    """A store that finds `hits`."""

    hits: Sequence[Hit] = ()
    name: str = "vector"
    local: bool = True

    def ready(self) -> Readiness:
        return Ready()

    def open(self, dimensions: int) -> None: ...

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        return list(self.hits[:count])

    def ids(self) -> set[int]:
        return {hit.passage for hit in self.hits}

    def close(self) -> None: ...


@dataclass
class Judge:
    """A reranker that scores texts by what `scores_of` says of them; all else scores 0."""

    scores_of: dict[str, float]
    error: VoicebotError | None = None
    name: str = "judge"
    local: bool = True
    languages: tuple[str, ...] = ()

    def ready(self) -> Readiness:
        return Ready()

    async def warm(self) -> None: ...

    async def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if self.error is not None:
            raise self.error
        return [self.scores_of.get(text, 0.0) for text in texts]

    async def close(self) -> None: ...


def _is_within(one: Passage, where: Where) -> bool:
    fields = {
        "collection": one.collection,
        "document": one.document,
        "language": one.language,
        "kind": one.kind,
        "modified": one.modified,
    }
    return allows(where, fields)
