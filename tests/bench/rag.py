"""Vector stores on the same vectors: this program's, Chroma, and LangChain's FAISS, each in a process of its own.

Chroma is embedded and has its defaults, with the cosine; LangChain's FAISS is what `FAISS.from_embeddings` makes. Both
are looked for in the Python that CHROMA_PYTHON or LANGCHAIN_PYTHON names, or in this one. What is added is counted
until it is on the disk and the index is built; libraries are imported before the clock starts; memory is what the
process has gained. RAG_SIZES="10000,100000" measures some sizes only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench import rag_pause
from tests.bench.__main__ import CannotRun
from tests.bench.rag_engine import COUNT, RARE
from tests.bench.vectors import Corpus, Vectors, corpus

SIZES = {10_000: "10k", 100_000: "100k", 1_000_000: "1m"}
PAUSE_AT = 100_000
QUESTIONS = 1_000
PATIENCE = 600.0
"""Seconds for filling or searching one store."""
LIBRARIES = {"voicebot": "faiss", "chroma": "chromadb", "langchain": "langchain_community, faiss"}
ROOT = Path(__file__).parents[2]

Truth = NDArray[np.int64]


def measure() -> dict[str, float]:
    wanted = [int(size) for size in os.environ.get("RAG_SIZES", "").split(",") if size] or list(SIZES)
    engines = {name: python for name in LIBRARIES if (python := _python(name))}
    if "voicebot" not in engines:
        raise CannotRun("faiss-cpu not installed")
    figures: dict[str, float] = {}
    for size in wanted:
        vectors = corpus(size, QUESTIONS)
        print(f"rag.{SIZES[size]}: {size:,} vectors {vectors.made}; load {os.getloadavg()[0]:.1f}", flush=True)
        figures |= _size(f"rag.{SIZES[size]}", vectors, engines)
    if PAUSE_AT in wanted:
        try:
            figures |= rag_pause.measure()
        except CannotRun as reason:
            print(f"rag.pause_ms_p50: not measured: {reason}")
    shown = ("query_ms_p50", "chroma_query_ms_p50", "langchain_query_ms_p50")
    return figures | {f"rag.{name}": figures[at] for name in shown if (at := f"rag.100k.{name}") in figures}


def _size(name: str, vectors: Corpus, engines: Mapping[str, str]) -> dict[str, float]:
    every = np.arange(len(vectors.vectors))
    truths = {"query": _nearest(vectors, every), "filtered_query": _nearest(vectors, every[::RARE])}
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        vectors.vectors.tofile(source / "vectors.f32")
        vectors.questions.tofile(source / "questions.f32")
        for engine, python in engines.items():
            mark = "" if engine == "voicebot" else f"{engine}_"
            found = _engine(engine, python, source, f"{name}.{mark}query_ms_p50")
            for what, truth in truths.items() if found else ():
                found[f"{what}_recall"] = _recall(found.pop(f"{what}_found"), truth)
            figures |= {f"{name}.{mark}{what}": value for what, value in found.items()}
    return figures


def _engine(engine: str, python: str, source: Path, name: str) -> dict[str, Any]:
    """Fill it and search it; empty where it does not get ready, and then says why."""
    folder = source / engine
    folder.mkdir()
    found: dict[str, Any] = {}
    for what in ("fill", "search"):
        command = [python, "-P", str(Path(__file__).with_name("rag_engine.py")), engine, what, str(folder), str(source)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, _paths(engine)))}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            print(f"{name}: not measured: to {what} it takes more than {PATIENCE / 60:.0f} minutes")
            return {}
        if done.returncode != 0:
            print(f"{name}: not measured: {done.stderr.strip().splitlines()[-1]}")
            return {}
        found |= json.loads(done.stdout.splitlines()[-1])
        if what == "fill":
            found["disk_mib"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
    return found


def _paths(engine: str) -> tuple[str, ...]:
    """Where modules are found besides the Python's own; ours is in this tree, also where it is not installed."""
    return (str(ROOT) if engine == "voicebot" else "", os.environ.get("PYTHONPATH", ""))


def _python(engine: str) -> str | None:
    """The Python that has an engine."""
    variable = f"{engine.upper()}_PYTHON"
    python = sys.executable if engine == "voicebot" else os.environ.get(variable, sys.executable)
    if subprocess.run([python, "-c", f"import {LIBRARIES[engine]}"], capture_output=True).returncode == 0:
        return python
    if engine != "voicebot":
        print(f"rag.{engine}: not measured: {LIBRARIES[engine]} not installed ({variable} names a Python)")
    return None


def _nearest(vectors: Corpus, among: Truth) -> Truth:
    """By exact search: int64 (questions, 10)."""
    best = np.empty((len(vectors.questions), 0), np.int64)
    for part in np.array_split(among, max(1, len(among) // 50_000)):
        both = np.concatenate([best, np.broadcast_to(part, (len(best), len(part)))], axis=1)
        cosines = np.concatenate([_cosines(vectors, best), vectors.questions @ vectors.vectors[part].T], axis=1)
        order = np.argpartition(-cosines, COUNT, axis=1)[:, :COUNT]
        best = np.take_along_axis(both, order, axis=1)
    return best


def _cosines(vectors: Corpus, ids: Truth) -> Vectors:
    cosines: Vectors = np.einsum("qd,qnd->qn", vectors.questions, vectors.vectors[ids])
    return cosines


def _recall(found: Sequence[Sequence[int]], truth: Truth) -> float:
    """The part of the ten nearest that was found."""
    return float(
        np.mean([len(set(ids) & set(nearest.tolist())) / COUNT for ids, nearest in zip(found, truth, strict=True)])
    )
