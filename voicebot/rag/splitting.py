"""A document cut into passages: never across a page or a heading, and between sentences wherever that can be.

A passage has about 200 words, as in the benchmarks of retrieval (100 in DPR, Karpukhin et al. 2020; 256 tokens are the
input of all-MiniLM and 512 of the E5 models, and what is longer is not seen by them): small enough to be read aloud and
to be about one thing, large enough to answer by itself. There is no overlap; neighbours are put together when found.

A passage is a stretch of its section's text, letter for letter. What of a section is white space between two passages
is in neither; everything else is in exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicebot.languages import HANGUL, language_of
from voicebot.rag.passages import Loaded, Piece
from voicebot.rag.splitting_units import Unit, units

VERSION = 1
"""Raised whenever files would be read or cut otherwise than before, so that all are read again."""

USUAL = 900
"""Characters that a passage is filled up to: some 200 words of Korean with its spaces, 150 of English."""
WORDS = 200
"""And words, which comes first in tables and code."""
MOST = 1_400
"""The most characters, which only what should stay whole takes: a code block, a row, a long sentence."""
FULL = 500
"""Characters from which on a passage ends with its paragraph, if the next one does not fit whole."""
SCANTY = 200
"""A last passage below this goes to the one before it, if it fits there."""
KOREAN = 0.05
"""The share of Hangul from which a passage is Korean: an English text may name a thing in Korean."""


def split(loaded: Loaded) -> tuple[Piece, ...]:
    """The passages of a document, in their order."""
    return tuple(pieces(loaded))


def pieces(loaded: Loaded) -> Iterator[Piece]:
    """The same, one by one."""
    position = 0
    for section in loaded.sections:
        for start, end in stretches(section.text):
            text = section.text[start:end]
            yield Piece(text, position, section.headings, section.page, _language(text))
            position += 1


def stretches(text: str) -> list[tuple[int, int]]:
    """Where the passages of a section's text begin and end."""
    filling = _Filling(text)
    for unit in units(text, USUAL, MOST):
        filling.take(unit)
    return filling.finish()


class _Filling:
    """Fills one passage after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done: list[tuple[int, int]] = []
        self._start = self._end = 0
        self._words = 0

    def take(self, unit: Unit) -> None:
        words = len(self._text[unit.start : unit.end].split())
        if self._end > self._start and not self._fits(unit, words):
            self._flush()
        if self._end == self._start:
            self._start = unit.start
        self._end = unit.end
        self._words += words

    def finish(self) -> list[tuple[int, int]]:
        self._flush()
        if len(self._done) > 1:
            (start, _), (last, end) = self._done[-2:]
            if end - last < SCANTY and end - start <= MOST:
                self._done[-2:] = [(start, end)]
        return self._done

    def _fits(self, unit: Unit, words: int) -> bool:
        if unit.block_end and self._end - self._start >= FULL:
            return unit.block_end - self._start <= USUAL and self._words + words <= WORDS
        return unit.end - self._start <= USUAL and self._words + words <= WORDS

    def _flush(self) -> None:
        if self._end > self._start:
            self._done.append((self._start, self._end))
        self._start = self._end = self._words = 0


def _language(text: str) -> str:
    is_korean = len(HANGUL.findall(text)) > KOREAN * len(text)
    return language_of(text, ("en", "ko") if is_korean else ("en",))
