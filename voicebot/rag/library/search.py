"""Search by words: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over SQLite's FTS5.

FTS5 takes 1.6 µs to score a passage that has one of the terms and 0.03 µs to pass it by, so a question with common
words in it would take 60 ms at 100,000 passages. What has a rare term, or two of the common ones, is found by FTS5;
the best `CANDIDATES` of them are scored again here, by all the terms.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import combinations

from voicebot.rag.library.passages import between, condition
from voicebot.rag.passages import Hit, Where

SATURATION = 1.2
LENGTH_NORM = 0.75
"""k1 and b of the formula, as FTS5 and Lucene have them."""
BUDGET = 2_500
"""Passages that FTS5 scores for a question, about: 4 ms."""
CANDIDATES = 150
MOST_TERMS = 32
"""Of a question; the rarest are taken."""
CACHED = 4_096
"""Frequencies of terms that are remembered."""
STALE = 0.02
"""The part of the library that may change before frequencies are counted again."""


class Vocabulary:
    """In how many passages a term stands. Counting a common one takes a millisecond, so counts are remembered."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._passages = 0

    def frequencies(self, database: sqlite3.Connection, terms: Sequence[str]) -> dict[str, int]:
        passages, _ = size(database)
        if abs(passages - self._passages) > STALE * self._passages or len(self._counts) > CACHED:
            self._counts.clear()
            self._passages = passages
        for term in terms:
            if term not in self._counts:
                row = database.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
                self._counts[term] = row[0] if row else 0
        return {term: self._counts[term] for term in terms}


def size(database: sqlite3.Connection) -> tuple[int, float]:
    """How many passages can be found by their words, and how many terms they have on average."""
    passages, terms = database.execute("SELECT passages, terms FROM tally").fetchone()
    return passages, terms / max(1, passages)


def search(
    database: sqlite3.Connection, vocabulary: Vocabulary, terms: Sequence[str], count: int, where: Where
) -> list[Hit]:
    """The best `count` that `where` allows."""
    counted = vocabulary.frequencies(database, tuple(dict.fromkeys(terms)))
    present = sorted((term for term in counted if counted[term]), key=lambda term: counted[term])[:MOST_TERMS]
    if not present or count < 1:
        return []
    passages, average = size(database)
    most = max(count, CANDIDATES)
    scored = _candidates(database, expression(present, counted, passages), most, where)
    if len(scored) < count and where != Where():
        scored = _candidates(database, " OR ".join(map(_phrase, present)), most, where)  # what is rare elsewhere may be missing here
    weights = {term: math.log1p((passages - counted[term] + 0.5) / (counted[term] + 0.5)) for term in present}
    hits = [Hit(passage, _score(listed.split(" "), weights, average)) for passage, listed in scored]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:count]


def expression(terms: Sequence[str], counted: Mapping[str, int], passages: int) -> str:
    """What FTS5 is asked: the rare of the terms (rarest first), and the common ones two by two, within `BUDGET`."""
    parts: list[str] = []
    expected = 0.0
    for term in terms:
        if parts and expected + counted[term] > BUDGET:
            break
        parts.append(_phrase(term))
        expected += counted[term]
    for first, second in combinations(terms[len(parts) :], 2):
        both = counted[first] * counted[second] / max(1, passages)
        if expected + both > BUDGET:
            continue
        parts.append(f"({_phrase(first)} AND {_phrase(second)})")
        expected += both
    return " OR ".join(parts)


def _candidates(
    database: sqlite3.Connection, asked: str, count: int, where: Where
) -> list[tuple[int, str]]:
    """The ids and the terms of the passages that FTS5 puts first."""
    allowed, values = condition(where)
    stretch = between(database, where)
    if stretch is not None:
        allowed += " AND words.rowid BETWEEN ? AND ?"
        values += stretch
    join = "JOIN passage ON passage.id = words.rowid" if allowed else ""
    found = database.execute(
        f"SELECT words.rowid FROM words {join} WHERE words MATCH ?{allowed} ORDER BY rank LIMIT ?",
        (asked, *values, count),
    ).fetchall()
    listed = json.dumps([passage for (passage,) in found])
    return database.execute(
        "SELECT id, terms FROM terms WHERE id IN (SELECT value FROM json_each(?))", (listed,)
    ).fetchall()


def _phrase(term: str) -> str:
    """In quotation marks, for OR and NEAR are words of a query too."""
    return '"' + term.replace('"', '""') + '"'


def _score(listed: Sequence[str], weights: Mapping[str, float], average: float) -> float:
    norm = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * len(listed) / average)
    score = 0.0
    for term, weight in weights.items():
        times = listed.count(term)
        score += weight * times * (SATURATION + 1) / (times + norm)
    return score
