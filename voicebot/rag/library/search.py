"""Search by words: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over FTS5's index.

FTS5's own `bm25` takes 1.6 µs for each passage that has one of the terms. Here a passage first gets what the formula
gives for terms that stand in it once, from what `postings` remembers; only the best `CANDIDATES` are then scored by how
often the terms stand in them. Measured on 100,761 passages of Debian's documentation with 200 questions of 4 to 8
terms, 100 candidates, in milliseconds of processor time (two busy cores): 2.2 p50 and 2.8 p95; 3.5 and 6.5 while
nothing is remembered; FTS5 27 and 77. Of the ten best by the formula over all passages 0.98 were among the ten best
here, and 0.995 with 150 candidates. On generated text (Zipf, 120,000 words) 2.7 and 3.3, FTS5 46 and 71. A filter
takes no longer, but for its first use: 25 ms where it keeps everything.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from voicebot.rag.library.postings import Ids, Postings
from voicebot.rag.passages import Hit, Where

SATURATION = 1.2
LENGTH_NORM = 0.75
"""k1 and b of the formula, as FTS5 and Lucene have them."""
CANDIDATES = 150
BLOCK = 64
MOST_TERMS = 32
"""Of a question; the rarest are taken."""
EVERYWHERE = Where()


def search(
    database: sqlite3.Connection, postings: Postings, terms: Sequence[str], count: int, where: Where
) -> list[Hit]:
    """The best `count` that `where` allows."""
    if count < 1:
        return []
    postings.look(database)
    found = {term: ids for term in dict.fromkeys(terms) if len(ids := postings.of(database, term))}
    rarest = sorted(found, key=lambda term: len(found[term]))[:MOST_TERMS]
    if not rarest:
        return []
    weights = {term: _weight(len(found[term]), postings.passages) for term in rarest}
    rough = _once(found, weights, postings.lengths(database), postings.average)
    if where != EVERYWHERE:
        rough = _only(rough, postings.allowed(database, where))
    scored = _terms_of(database, _best(rough, max(count, CANDIDATES)))
    hits = [Hit(passage, _score(listed, weights, postings.average)) for passage, listed in scored]
    return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: (-hit.score, hit.passage))[:count]


def warm(database: sqlite3.Connection, postings: Postings) -> None:
    """Read what every search needs."""
    postings.look(database)
    postings.lengths(database)


def frequencies(database: sqlite3.Connection, postings: Postings, terms: Sequence[str]) -> dict[str, int]:
    """In how many passages each term stands."""
    postings.look(database)
    return {term: len(postings.of(database, term)) for term in dict.fromkeys(terms)}


def count(database: sqlite3.Connection) -> int:
    """How many passages can be found by their words."""
    return int(database.execute("SELECT passages FROM tally").fetchone()[0])


def _weight(frequency: int, passages: int) -> float:
    """As Lucene has it: above 0 for a term that stands everywhere, unlike FTS5's."""
    return math.log1p(max(0.0, passages - frequency + 0.5) / (frequency + 0.5))


def _once(
    found: Mapping[str, Ids], weights: Mapping[str, float], lengths: NDArray[np.int32], average: float
) -> NDArray[np.float32]:
    """By the passages' ids, the score as if every term that stands in one stood there once."""
    rough = np.zeros(len(lengths), np.float32)
    for term, weight in weights.items():
        rough[found[term]] += weight
    rough *= _NORMED[np.minimum(lengths * (_STEPS / (8 * average)), _STEPS).astype(np.int32)]
    return rough


_STEPS = 1_024
_NORMED = (
    (SATURATION + 1)
    / (1 + SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * np.linspace(0, 8, _STEPS + 1)))
).astype(np.float32)  # fmt: skip
"""What one occurrence is worth in a passage of up to eight times the average length."""


def _only(rough: NDArray[np.float32], allowed: Ids) -> NDArray[np.float32]:
    kept = np.zeros_like(rough)
    kept[allowed] = rough[allowed]
    return kept


def _best(rough: NDArray[np.float32], most: int) -> list[int]:
    """The ids of the highest. NumPy's own partition takes up to 15 ms for it, this 0.2."""
    blocks = rough[: len(rough) // BLOCK * BLOCK].reshape(-1, BLOCK).max(axis=1)
    floor = np.sort(blocks)[-most] if len(blocks) > most else 0  # so many are as high, at least
    candidates = np.flatnonzero(rough >= floor if floor > 0 else rough)
    best: list[int] = candidates[np.argsort(rough[candidates])[-most:]].tolist()
    return best


def _terms_of(database: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    return database.execute(
        "SELECT id, terms FROM terms WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    ).fetchall()


def _score(listed: str, weights: Mapping[str, float], average: float) -> float:
    norm = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * (listed.count(" ") + 1) / average)
    apart = f" {listed.replace(' ', '  ')} "  # so that each has spaces of its own
    score = 0.0
    for term, weight in weights.items():
        times = apart.count(f" {term} ")
        score += weight * times * (SATURATION + 1) / (times + norm)
    return score
