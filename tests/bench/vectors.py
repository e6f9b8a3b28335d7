"""The vectors that stores are measured with: of real passages where they were made, otherwise generated.

`python -m tests.bench.rag_vectors` makes the real ones, in the folder that VOICEBOT_BENCH_CACHE names or in
~/.cache/voicebot-bench: `passages.jsonl`, one passage a line in an order drawn once, and their vectors in blocks
beside it. All are float32 of length 1 and of 384 dimensions.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSIONS = 384
BLOCK = 2_000
"""Passages in a file of vectors: what is lost when the making is killed."""
TOPICS = 1_000
SPREAD = 0.04
"""Of generated vectors around their topic, in each dimension: the cosine of two about one thing is near 0.6."""
SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Vectors to be kept and vectors to look for, float32 (n, 384) each; `made` says how they came to be."""

    vectors: Vectors
    questions: Vectors
    made: str


def cache() -> Path:
    return Path(os.environ.get("VOICEBOT_BENCH_CACHE") or Path.home() / ".cache" / "voicebot-bench")


def corpus(count: int, questions: int) -> Corpus:
    """Real vectors as far as there are enough, then those with perturbed ones among them, or else generated ones."""
    real, asked = real_vectors(count), real_questions(questions)
    if asked is not None and len(real) >= min(count, SAMPLE * 5):
        if len(real) == count:
            return Corpus(real, asked, "of real passages")
        return Corpus(perturbed(real, count), asked, f"of {len(real):,} real passages, the others perturbed")
    every = generated(count + questions)
    return Corpus(every[:count], every[count:], "generated")


def passages(count: int | None = None) -> Iterator[dict[str, Any]]:
    """What was read: text, title, path, headings, page, position, language of each, in the order of their vectors."""
    with (cache() / "passages.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, count))


def block(number: int) -> Path:
    return cache() / f"vectors-{number:05}.npy"


def questions_file() -> Path:
    return cache() / "questions.npy"


def real_vectors(count: int) -> Vectors:
    """The first of them, as many as there are."""
    blocks = []
    while len(blocks) * BLOCK < count and block(len(blocks)).exists():
        blocks.append(np.load(block(len(blocks))))
    if not blocks:
        return np.empty((0, DIMENSIONS), np.float32)
    return unit(np.concatenate(blocks)[:count].astype(np.float32))


def real_questions(count: int) -> Vectors | None:
    if not questions_file().exists():
        return None
    return unit(np.load(questions_file())[:count].astype(np.float32))


def generated(count: int, seed: int = 1) -> Vectors:
    """Topics anywhere on the sphere, and vectors around them."""
    draw = np.random.default_rng(seed)
    topics = unit(draw.standard_normal((TOPICS, DIMENSIONS), np.float32))
    vectors = np.empty((count, DIMENSIONS), np.float32)
    for rows in np.array_split(vectors, max(1, count // 50_000)):
        rows[:] = draw.standard_normal(rows.shape, np.float32) * SPREAD + topics[draw.integers(0, TOPICS, len(rows))]
    return unit(vectors)


def perturbed(real: Vectors, count: int, seed: int = 1) -> Vectors:
    """The real ones, then more of their kind: each is moved as far as its like are apart, in directions of the data.

    The step is a part of the way between two others, so that it keeps to the directions in which passages differ;
    its length makes the cosine with where it began the median of real passages with their nearest.
    """
    draw = np.random.default_rng(seed)
    vectors = np.empty((count, DIMENSIONS), np.float32)
    vectors[: len(real)] = real
    cosine = _nearest(real, draw)
    for rows in np.array_split(vectors[len(real) :], max(1, count // 50_000)):
        start, one, other = real[draw.integers(0, len(real), (3, len(rows)))]
        step = one - other
        step -= np.sum(step * start, axis=1, keepdims=True) * start
        rows[:] = cosine * start + np.sqrt(1 - cosine**2) * unit(step)
    return unit(vectors)


def _nearest(real: Vectors, draw: np.random.Generator) -> float:
    """The median cosine of a passage with the nearest other one; what is there twice is left out."""
    cosines = real[draw.integers(0, len(real), SAMPLE)] @ real.T
    cosines[cosines > 0.999] = -1.0
    return float(np.median(cosines.max(axis=1)))


def unit(vectors: Vectors) -> Vectors:
    """Of length 1, in place; what has no length stays."""
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors
