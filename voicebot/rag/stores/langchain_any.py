"""A LangChain store of which nothing is known but LangChain's own interface.

What such a store's scores mean differs, and so does what it filters by, and none lists what it keeps. So each vector
lies in its passage's metadata too, in half precision (2 bytes a number): cosines are computed from it here. More is
fetched than is asked for and filtered here, and the numbers of the passages are written down in a file.
"""

from __future__ import annotations

import base64
import inspect
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voicebot.errors import EngineError, StorageError, UsageError
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors
from voicebot.rag.stores.filters import allows, metadata
from voicebot.rag.stores.langchain_vectors import QUESTION, Making, handed_over, other_dimensions, texts_of

EMBEDDINGS = ("embedding", "embedding_function", "embeddings")
"""What LangChain's classes call the argument for their embedding model."""
BATCH = 100
MORE = 4
"""By how much more is fetched each time until enough of it may be shown."""
MOST = 10_000
"""The most that is fetched to be filtered."""


class AnyStore:
    """A store of the class and the options of `making`, with a `Ledger` beside it."""

    def __init__(self, making: Making) -> None:
        self._space = making.space
        self._embeddings = handed_over()
        self._store = making.kind(**{_argument(making.kind): self._embeddings}, **making.options)
        self._ledger = Ledger(making.folder, making.dimensions)

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        from langchain_core.documents import Document

        for first in range(0, len(ids), BATCH):
            part = slice(first, first + BATCH)
            self.remove(ids[part])  # some stores keep the old one as well
            texts = texts_of(ids[part], vectors[part], self._embeddings)
            documents = [
                Document(id=text, page_content=text, metadata=self._fields(each, vector))
                for text, each, vector in zip(texts, tags[part], vectors[part], strict=True)
            ]
            self._ledger.add(ids[part])  # before: what is written down and not there is removed in vain
            self._store.add_documents(documents, ids=texts)

    def remove(self, ids: Sequence[int]) -> None:
        known = self._ledger.known(ids)  # some stores refuse to remove what they do not have
        if known and self._store.delete([str(each) for each in known]) is False:
            raise EngineError("the LangChain store did not remove passages", fix="Choose another store")
        self._ledger.remove(known)

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        self._embeddings.known = {QUESTION: vector.tolist()}
        wanted = min(count, MOST)
        while True:
            found = self._store.similarity_search(QUESTION, k=wanted)
            hits = list(self._hits(found, vector, where))
            if len(hits) >= count or len(found) < wanted or wanted == MOST:
                return sorted(hits, key=lambda hit: -hit.score)[:count]
            wanted = min(wanted * MORE, MOST)

    def ids(self) -> set[int]:
        return self._ledger.all()

    def close(self) -> None:
        self._ledger.close()
        close = getattr(self._store, "close", None)
        if callable(close):
            close()

    def _hits(self, found: Sequence[Any], vector: Vectors, where: Where) -> Iterator[Hit]:
        for document in found:
            fields = document.metadata
            if fields.get("space") == self._space and allows(where, fields):
                yield Hit(int(document.page_content), float(_unpacked(fields["vector"]) @ vector))

    def _fields(self, tags: Tags, vector: Vectors) -> dict[str, Any]:
        return {**metadata(tags), "space": self._space, "vector": _packed(vector)}


class Ledger:
    """The numbers of the passages in a store, in a SQLite file in `folder`, or in memory without one."""

    def __init__(self, folder: Path | None, dimensions: int) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        file = ":memory:" if folder is None else str(folder / "langchain.db")
        try:
            self._connection = sqlite3.connect(file, check_same_thread=False)
            self._run("CREATE TABLE IF NOT EXISTS passages (id INTEGER PRIMARY KEY)")
            self._run("CREATE TABLE IF NOT EXISTS store (dimensions INTEGER NOT NULL)")
            (theirs,) = self._connection.execute("SELECT max(dimensions) FROM store").fetchone()
        except sqlite3.Error as error:
            raise StorageError("the list of passages cannot be opened", str(error), "check the disk") from None
        if theirs is None:
            self._run("INSERT INTO store VALUES (?)", dimensions)
        elif theirs != dimensions:
            self._connection.close()
            raise other_dimensions(theirs, dimensions)

    def add(self, ids: Sequence[int]) -> None:
        with self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO passages VALUES (?)", ((each,) for each in ids))

    def remove(self, ids: Sequence[int]) -> None:
        with self._connection:
            self._connection.executemany("DELETE FROM passages WHERE id = ?", ((each,) for each in ids))

    def known(self, ids: Sequence[int]) -> list[int]:
        """Those of `ids` that are there."""
        find = "SELECT 1 FROM passages WHERE id = ?"
        return [each for each in ids if self._connection.execute(find, (each,)).fetchone() is not None]

    def all(self) -> set[int]:
        return {id_ for (id_,) in self._connection.execute("SELECT id FROM passages")}

    def close(self) -> None:
        self._connection.close()

    def _run(self, statement: str, *values: object) -> None:
        with self._connection:
            self._connection.execute(statement, values)


def _argument(kind: Any) -> str:
    takes = inspect.signature(kind.__init__).parameters
    found = next((name for name in EMBEDDINGS if name in takes), None)
    if found is None:
        raise UsageError(f"{kind.__name__} takes no embedding model", fix="Choose another store")
    return found


def _packed(vector: Vectors) -> str:
    return base64.b64encode(vector.astype("<f2").tobytes()).decode()


def _unpacked(text: str) -> Vectors:
    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32)
