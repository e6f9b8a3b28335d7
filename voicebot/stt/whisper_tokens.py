"""What Whisper's tokens say: segments with their times, and words, and how much it doubts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PRECISION = 0.02
"""Seconds from one timestamp token to the next (Radford et al. 2022, 2.3)."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A stretch of text; times in seconds from the window's beginning."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the space before it and the marks behind it, and the tokens that spell it."""

    text: str
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A segment with Whisper's own doubt about it; times in seconds."""

    start: float
    end: float
    text: str
    no_speech: float
    logprob: float
    compression: float


@dataclass(frozen=True, slots=True)
class Found:
    language: str
    segments: tuple[Doubted, ...]


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is recognised of an utterance so far, behind its fixed words, with Whisper's doubt about it."""

    language: str
    words: tuple[Word, ...]
    no_speech: float
    logprob: float
    compression: float
    ended: bool
    """Whether it came to an end by itself."""


def timed(tokenizer: Any, tokens: Sequence[int]) -> tuple[Timed, ...] | None:
    """The segments of decoded tokens; None unless each has both its times, as when the last one breaks off.

    `tokenizer` is one of `whisper.tokenizer.Tokenizer`; `tokens` are those between the start and the end of text.
    """
    found: list[Timed] = []
    start: float | None = None
    text: list[int] = []
    for token in tokens:
        if token < tokenizer.timestamp_begin:
            text.append(token)
            continue
        at = (token - tokenizer.timestamp_begin) * PRECISION
        if text and start is not None:
            found.append(Timed(start, at, tokenizer.decode(text)))
            text, start = [], None
        else:
            start = at
    return tuple(found) if start is None and not text else None


def words(tokenizer: Any, tokens: Sequence[int]) -> tuple[Word, ...]:
    """The words of tokens without times: what stands between spaces, or single letters where none are written."""
    found: list[Word] = []
    plain = [token for token in tokens if token < tokenizer.eot]
    for text, spelt in zip(*tokenizer.split_to_word_tokens(plain), strict=True):
        if found and _is_mark(text):
            before = found.pop()
            text, spelt = before.text + text, [*before.tokens, *spelt]
        found.append(Word(text, tuple(spelt)))
    return tuple(found)


def _is_mark(text: str) -> bool:
    return not text[:1].isspace() and all(unicodedata.category(letter)[0] in "PZ" for letter in text)
