"""An embedding model without a model: texts that share words point the same way. For tests, demonstrations, benchmarks.

Each word is hashed to a place and a sign, as in feature hashing (Weinberger et al., arXiv:0902.2206): the same text
gives the same vector on every machine, and texts without a word in common are nearly at right angles. Of a Korean word
its pairs of syllables count as well, so that particles do not hide it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np

from voicebot.languages import HANGUL
from voicebot.rag.embedding.base import Vectors
from voicebot.readiness import Readiness, Ready

WORD = re.compile(r"\w+")


class ScriptedEmbeddings:
    """An `EmbeddingModel` of hashed words. `asked` are the questions it was asked, `embedded` counts passages."""

    local = True
    languages: tuple[str, ...] = ()

    def __init__(self, dimensions: int = 64) -> None:
        self.name = f"scripted:hashed-words-{dimensions}"
        self.dimensions = dimensions
        self.asked: list[str] = []
        self.embedded = 0

    def ready(self) -> Readiness:
        return Ready(f"hashed words in {self.dimensions} dimensions")

    async def warm(self) -> None:
        """Nothing is to be loaded."""

    async def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return np.stack([hashed(text, self.dimensions) for text in texts]) if texts else self._none

    async def question(self, text: str) -> Vectors:
        self.asked.append(text)
        return hashed(text, self.dimensions)

    async def close(self) -> None:
        """Nothing is held."""

    @property
    def _none(self) -> Vectors:
        return np.zeros((0, self.dimensions), np.float32)


def hashed(text: str, dimensions: int) -> Vectors:
    """float32 (dimensions,), of length 1; a text without a word points everywhere alike."""
    vector = np.zeros(dimensions, np.float32)
    for term in _terms(text.lower()):
        number = int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")
        vector[(number >> 1) % dimensions] += 1.0 if number & 1 else -1.0
    length = float(np.linalg.norm(vector))
    if not length:
        return np.full(dimensions, 1 / np.sqrt(dimensions), np.float32)
    normed: Vectors = vector / np.float32(length)
    return normed


def _terms(text: str) -> Iterator[str]:
    for word in WORD.findall(text):
        yield word
        if HANGUL.search(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
