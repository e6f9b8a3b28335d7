"""Indexes in a process of its own until all is done, and tells of every step. For a test that ends it before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import faiss  # noqa: F401 — once, in the process that the children are forked from

from tests.rag.papers import SPLITTER, PlainReader, is_text, opened
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.embedding.scripted import ScriptedEmbeddings
from voicebot.rag.indexing import Indexer, vectors
from voicebot.rag.passages import Loaded, Piece
from voicebot.rag.stores.faiss import FaissStore

DIMENSIONS = 16
SPACE = f"scripted:hashed-words-{DIMENSIONS} faiss"


def run(home: Path, parent: Connection) -> None:
    """The library and the vectors are in `home`; sends "step" before each file and each batch, and "settled"."""
    asyncio.run(_run(home, parent))


async def _run(home: Path, parent: Connection) -> None:
    vectors.BATCH = 4  # many steps of embedding, as of reading
    store = FaissStore(home / "vectors")
    indexer = Indexer(
        opened(home),
        _Reader(parent),
        embedding=_Embeddings(parent),
        store=store,
        watch=False,
        accepts=is_text,
        splitter=SPLITTER,
    )
    parent.send("step")
    indexer.start()
    await indexer.settled()
    await indexer.close()
    store.close()
    parent.send("settled")


class _Reader(PlainReader):
    def __init__(self, parent: Connection) -> None:
        super().__init__()
        self._parent = parent

    async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
        self._parent.send("step")
        return await super().read(path)


class _Embeddings(ScriptedEmbeddings):
    def __init__(self, parent: Connection) -> None:
        super().__init__(DIMENSIONS)
        self._parent = parent

    async def passages(self, texts: Sequence[str]) -> Vectors:
        self._parent.send("step")
        return await super().passages(texts)
