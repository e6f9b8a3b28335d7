"""How surely a passage is about a question: by the words that both have, and by their meaning where a model tells it.

Of words, what counts is how much they tell: the weight of a term is its inverse document frequency, as in BM25. One
term in common may be chance, and two are less likely so. Meaning is the cosine of two vectors.

The constants were found with the questions in tests/rag/questions.toml, of which there are 80: enough to tell a good
scale from a bad one, and no more. docs/documents.md says how many answers lie above `RELEVANT`, and how much else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

RELEVANT = 0.26
"""From here on a passage is taken to be about the question; below it, it is not to be handed on."""

MOST_TELLING = 4.5
"""The most a term weighs: one that stands in one of 90 passages tells what to look for as well as a rarer one."""
UNHEARD = 1.5
"""How many times as much a term weighs that no passage has: it is likely what the documents are not about."""
FEWEST = 200
"""Passages that a library is taken to have at least: how rare a word is, a small one does not tell."""
CHANCE = 0.5
"""That a term which both have is there by chance."""

UNRELATED = 0.2
"""A cosine below this says that two texts have nothing to do with each other, and one of `ALIKE` that they say the
same, where vectors are made by all-MiniLM-L6-v2 and others that were trained like it."""
ALIKE = 0.7


def relevance(
    question: Sequence[str],
    passage: Collection[str],
    frequencies: Mapping[str, int],
    passages: int,
    cosine: float | None = None,
    unrelated: float = 0.0,
) -> float:
    """From 0 to 1; `RELEVANT` parts what answers from what does not.

    `question` are the terms of a question (`words.query_terms`) and `passage` those of a passage with its title and its
    headings (`words.terms`); `frequencies` say in how many of all `passages` each term of the question stands. `cosine`
    is that of their vectors, None where nothing tells it; `unrelated` is the one that its model usually gives to texts
    which have nothing in common (0.03 for all-MiniLM-L6-v2, but some 0.7 for the E5 models).
    """
    by_words = shared(question, passage, frequencies, passages)
    if cosine is None:
        return by_words
    return (by_words + near((cosine - unrelated) / (1.0 - unrelated))) / 2


def shared(question: Sequence[str], passage: Collection[str], frequencies: Mapping[str, int], passages: int) -> float:
    """The share of what a question's terms tell that a passage has, less what may be chance."""
    weights = {term: weight(frequencies.get(term, 0), passages) for term in question}
    had = [term for term in weights if term in passage]
    if not had:
        return 0.0
    return sum(weights[term] for term in had) / sum(weights.values()) * (1.0 - CHANCE ** len(had))


def weight(frequency: int, passages: int) -> float:
    """How much a term tells that stands in `frequency` of all `passages`."""
    among = max(FEWEST, passages)
    telling = min(MOST_TELLING, math.log1p((among - frequency + 0.5) / (frequency + 0.5)))
    return telling if frequency else UNHEARD * telling


def near(cosine: float) -> float:
    """From 0 for texts that have nothing to do with each other to 1 for those that say the same."""
    return min(1.0, max(0.0, (cosine - UNRELATED) / (ALIKE - UNRELATED)))
