"""Whether a transcript is only what the assistant just said, heard again through the microphone.

The last line of defence, behind the echo canceller or half-duplex. It compares words: a transcript is an echo when
nearly all of it stands, in the same order and without anything between, in what was spoken while it was recorded. A
short answer never is, nor a question that quotes some words, nor what holds words of the person's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from voicebot.languages import HANGUL
from voicebot.speakable import speakable

LEAST = {"words": 4, "syllables": 6}
"""A shorter transcript may be the person's own though the answer held it: "yes", "the second one", "네", "알겠어요"."""
LEAST_WHOLE = {"words": 2, "syllables": 4}
"""But not when it is the whole of a sentence that was spoken."""
LEAST_QUESTION = {"words": 8, "syllables": 16}
"""A question mark after words that were spoken without one: so many words nobody repeats in order to ask."""
TOLERATED = {"words": 0.2, "syllables": 0.15}
"""The share of a transcript that may differ: recognisers get about one word in ten of clean speech wrong, and an echo
is not clean. Two differences in four words ("is the order cancelled") are somebody else's sentence."""
SIMILAR = 0.5
"""Words that share so much of their letters may be one word, misheard."""
REVERBERATION = 0.5
"""Seconds after a sentence's last sample in which it is still in the room, or in the microphone's buffers."""
REMEMBERED = 32
"""Sentences: more than the longest utterance (30 s) can hold."""


def is_echo(transcript: str, spoken: str, language: str) -> bool:
    """Whether `transcript` is a part of `spoken`, the text of what was said aloud while it was recorded.

    `language` is the transcript's, ISO 639-1. Korean is compared by syllables, without its spaces, which recognisers
    set as they like; other languages by words.
    """
    kind = "syllables" if language == "ko" or HANGUL.search(transcript) else "words"
    heard, said = _units(transcript, kind, language), _units(spoken, kind, language)
    asks = transcript.rstrip().endswith("?") and "?" not in spoken
    if len(heard) < (LEAST_QUESTION if asks else LEAST)[kind]:
        return not asks and len(heard) >= LEAST_WHOLE[kind] and heard in _sentences(spoken, kind, language)
    return _difference(heard, said) <= TOLERATED[kind] * len(heard)


@dataclass(slots=True)
class _Sounded:
    text: str
    began: float
    ended: float | None = None


class Spoken:
    """The sentences that were spoken lately, with their times on one clock, in seconds."""

    def __init__(self) -> None:
        self._sentences: deque[_Sounded] = deque(maxlen=REMEMBERED)

    def begin(self, text: str, at: float) -> None:
        """A sentence begins to sound; the one before it has ended."""
        self.end(at)
        self._sentences.append(_Sounded(text, at))

    def end(self, at: float) -> None:
        """Nothing sounds any more."""
        if self._sentences and self._sentences[-1].ended is None:
            self._sentences[-1].ended = at

    def during(self, began: float, ended: float) -> str:
        """What could be heard between two moments: however late the recogniser is, an utterance holds nothing else."""
        return " ".join(
            sentence.text
            for sentence in self._sentences
            if sentence.began < ended and (sentence.ended is None or began < sentence.ended + REVERBERATION)
        )

    def is_echo(self, transcript: str, language: str, began: float, ended: float) -> bool:
        """Whether an utterance that was recorded between two moments only holds what was spoken."""
        spoken = self.during(began, ended)
        return bool(spoken) and is_echo(transcript, spoken, language)


def _units(text: str, kind: str, language: str) -> list[str]:
    """Words, or syllables: without case, punctuation and accents' different spellings; numbers as they are read out."""
    read = unicodedata.normalize("NFKC", speakable(text, language)).casefold().replace("’", "'")
    words = [word.replace("'", "") for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", read)]
    return words if kind == "words" else list("".join(words))


def _sentences(text: str, kind: str, language: str) -> list[list[str]]:
    return [_units(sentence, kind, language) for sentence in re.split(r"(?<=[.!?。！？…])\s+", text)]


def _difference(heard: Sequence[str], said: Sequence[str]) -> float:
    """How many units of `heard` must be changed, left out or put in to make it a part of `said` (Sellers 1980)."""
    costs: list[float] = [0.0] * (len(said) + 1)
    for row, unit in enumerate(heard, start=1):
        diagonal, costs[0] = costs[0], float(row)
        for column, other in enumerate(said, start=1):
            change = diagonal + _cost(unit, other)
            diagonal = costs[column]
            costs[column] = min(change, diagonal + 1.0, costs[column - 1] + 1.0)
    return min(costs)


@lru_cache(maxsize=4096)
def _cost(one: str, other: str) -> float:
    """0.0 for the same unit, 1.0 for another one; between, for one that was misheard."""
    if one == other:
        return 0.0
    matcher = SequenceMatcher(None, unicodedata.normalize("NFD", one), unicodedata.normalize("NFD", other), False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.ratio() < SIMILAR:
        return 1.0
    return 1.0 - matcher.ratio()
