"""One vector store in a process of its own: `python -P tests/bench/rag_engine.py ENGINE fill|search FOLDER INPUT`.

ENGINE is voicebot, chroma or langchain; INPUT is a folder with `vectors.f32` and `questions.f32`, float32 of 384
dimensions one after the other. It prints one JSON object. Nothing of Voicebot is imported for the peers, so that they
can live in an environment of their own; each is called as its documentation says, with its defaults. One vector in a
hundred is of a PDF.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = list[int]

DIMENSIONS = 384
TOGETHER = 500
"""Vectors that are added at once."""
COUNT = 10
RARE = 100
"""One in so many is what the filter keeps."""
WARM = 20


class Engine(Protocol):
    """`filtered` keeps one in a hundred."""

    libraries: tuple[str, ...]

    def open(self, folder: Path) -> None: ...

    def add(self, ids: Ids, vectors: Vectors) -> None: ...

    def settle(self) -> None:
        """When this returns, it is searched as fast as it will be."""
        ...

    def finish(self) -> None:
        """When this returns, all is on the disk."""
        ...

    def search(self, vector: Vectors, filtered: bool) -> Ids: ...


class Voicebot:
    libraries = ("faiss", "voicebot.rag.stores.faiss")

    def open(self, folder: Path) -> None:
        from voicebot.rag.passages import Where
        from voicebot.rag.stores.faiss import FaissStore

        self.all, self.rare = Where(), Where(kinds=("pdf",))
        self.store = FaissStore(folder)
        self.store.open(DIMENSIONS)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        from voicebot.rag.passages import Tags

        tags = [Tags("bench", id // 20, "en", "html" if id % RARE else "pdf", 0.0) for id in ids]
        self.store.add(ids, vectors, tags)

    def settle(self) -> None:
        self.store.settle()

    def finish(self) -> None:
        self.store.close()

    def search(self, vector: Vectors, filtered: bool) -> Ids:
        return [hit.passage for hit in self.store.search(vector, COUNT, self.rare if filtered else self.all)]


class Chroma:
    libraries = ("chromadb",)

    def open(self, folder: Path) -> None:
        import chromadb

        client = chromadb.PersistentClient(folder, chromadb.Settings(anonymized_telemetry=False))
        cosine: Any = {"hnsw": {"space": "cosine"}}
        self.kept = client.get_or_create_collection("bench", embedding_function=None, configuration=cosine)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        metadatas: Any = [{"document": id // 20, "kind": "html" if id % RARE else "pdf"} for id in ids]
        self.kept.add(ids=list(map(str, ids)), embeddings=vectors, metadatas=metadatas)

    def settle(self) -> None:
        """It has nothing to do in the background."""

    def finish(self) -> None:
        """What was added is durable already."""

    def search(self, vector: Vectors, filtered: bool) -> Ids:
        where: Any = {"kind": "pdf"} if filtered else None
        found = self.kept.query(query_embeddings=[vector], n_results=COUNT, where=where, include=["distances"])
        return list(map(int, found["ids"][0]))


class LangChain:
    libraries = ("faiss", "langchain_community.vectorstores.faiss")

    def open(self, folder: Path) -> None:
        import faiss
        from langchain_community.docstore.in_memory import InMemoryDocstore
        from langchain_community.vectorstores.faiss import FAISS

        self.folder = folder

        def nothing(text: str) -> list[float]:
            return []

        if (folder / "index.faiss").exists():
            self.kept = FAISS.load_local(str(folder), nothing, allow_dangerous_deserialization=True)
        else:
            self.kept = FAISS(nothing, faiss.IndexFlatL2(DIMENSIONS), InMemoryDocstore(), {})

    def add(self, ids: Ids, vectors: Vectors) -> None:
        metadatas = [{"document": id // 20, "kind": "html" if id % RARE else "pdf"} for id in ids]
        self.kept.add_embeddings([("", vector) for vector in vectors], metadatas, list(map(str, ids)))

    def settle(self) -> None:
        """It has nothing to do in the background."""

    def finish(self) -> None:
        self.kept.save_local(str(self.folder))

    def search(self, vector: Vectors, filtered: bool) -> Ids:
        rare = {"kind": "pdf"} if filtered else None
        found = self.kept.similarity_search_with_score_by_vector(vector, COUNT, filter=rare)
        return [int(document.id) for document, _ in found]


ENGINES: dict[str, Callable[[], Engine]] = {"voicebot": Voicebot, "chroma": Chroma, "langchain": LangChain}


def fill(engine: Engine, folder: Path, source: Path) -> dict[str, Any]:
    """How fast vectors are taken, until all are on the disk, and what it needs of memory then."""
    before = mib()
    engine.open(folder)
    seconds, count = 0.0, 0
    for vectors in _parts(source / "vectors.f32"):
        ids = list(range(count, count + len(vectors)))
        count += len(vectors)
        began = time.perf_counter()
        engine.add(ids, vectors)
        seconds += time.perf_counter() - began
    began = time.perf_counter()
    engine.settle()
    engine.finish()
    seconds += time.perf_counter() - began
    return {"ingest_per_second": count / seconds, "ingest_mib": mib() - before}


def search(engine: Engine, folder: Path, source: Path) -> dict[str, Any]:
    """How fast the nearest are found, which they are, how soon the first, and what it needs of memory."""
    questions = np.fromfile(source / "questions.f32", np.float32).reshape(-1, DIMENSIONS)
    before, began = mib(), time.perf_counter()
    engine.open(folder)
    engine.search(questions[0], False)
    startup = time.perf_counter() - began
    engine.settle()
    answers: dict[str, Any] = {"startup_seconds": startup, "settled_seconds": time.perf_counter() - began}
    for name, filtered in (("query", False), ("filtered_query", True)):
        for question in questions[:WARM]:
            engine.search(question, filtered)
        seconds, found = [], []
        for question in questions:
            began = time.perf_counter()
            ids = engine.search(question, filtered)
            seconds.append(time.perf_counter() - began)
            found.append(ids)
        answers[f"{name}_ms_p50"], answers[f"{name}_ms_p95"] = (1000 * np.quantile(seconds, [0.5, 0.95])).tolist()
        answers[f"{name}_found"] = found
    return answers | {"memory_mib": mib() - before}


def mib() -> float:
    """What this process has in memory, without what was freed and is kept for later."""
    ctypes.CDLL(None).malloc_trim(0)
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def _parts(file: Path) -> Iterator[Vectors]:
    with file.open("rb") as content:
        while len(part := np.fromfile(content, np.float32, TOGETHER * DIMENSIONS)):
            yield part.reshape(-1, DIMENSIONS)


def main(name: str, what: str, folder: str, source: str) -> None:
    engine = ENGINES[name]()
    for library in engine.libraries:
        import_module(library)
    measure = {"fill": fill, "search": search}[what]
    print(json.dumps(measure(engine, Path(folder), Path(source))), flush=True)
    os._exit(0)  # what a library does when it ends is not measured


if __name__ == "__main__":
    main(*sys.argv[1:])
