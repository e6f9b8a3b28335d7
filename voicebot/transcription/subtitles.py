"""Segments of a transcript as subtitles that can be read: short lines, two at most, on the screen for a few seconds.

The measures are those of Netflix's timed text guides: at most two lines, of 42 characters, or of 16 where the script is
Korean, Chinese or Japanese, Latin letters, spaces and marks counting as half
(https://partnerhelp.netflixstudios.com/hc/en-us/articles/215758617, .../216001127); from 5/6 of a second to 7 seconds.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicebot.languages import HANGUL
from voicebot.stt.base import Segment

LINE, WIDE_LINE = 42.0, 16.0
LINES = 2
SHORTEST, LONGEST = 5 / 6, 7.0
FRAME = 0.04
"""Seconds that are seen at all, at 25 pictures a second."""
WIDE_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
SENTENCE_MARKS = (".", "!", "?", "…", "。", "！", "？")
CLAUSE_MARKS = (",", ";", ":", "，", "、", "；", "：", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Subtitle:
    """Times in seconds; `lines` are one or two."""

    start: float
    end: float
    lines: tuple[str, ...]


def subtitles(segments: Sequence[Segment]) -> list[Subtitle]:
    """The segments cut at ends of sentences, clauses and words, in order, never one over another."""
    parts = [part for segment in segments for part in _joined([*_cut(_cleaned(segment))])]
    shown: list[Subtitle] = []
    end = 0.0
    for part, after in zip(parts, [*(one.start for one in parts[1:]), math.inf], strict=False):
        start = max(part.start, end)
        end = min(max(part.end, start + SHORTEST), start + LONGEST)
        if start + FRAME < after < end:
            end = after
        shown.append(Subtitle(round(start, 3), round(end, 3), tuple(_lines(part.text.split()))))
    return shown


def _cleaned(segment: Segment) -> Segment:
    """With one space between words, and no word that is longer than a line."""
    words = [part for word in segment.text.split() for part in _parts(word)]
    return Segment(segment.start, segment.end, " ".join(words))


def _parts(word: str) -> Iterator[str]:
    """A word whole, or, where a script writes no spaces, in parts that fit into a line."""
    limit, part = _limit(word), ""
    for character in word:
        if _width(part + character, limit) > limit:
            yield part
            part = ""
        part += character
    yield part


def _cut(segment: Segment) -> Iterator[Segment]:
    """The parts of a segment, each short enough; the time is shared out by the number of characters."""
    words = segment.text.split()
    if not words:
        return
    duration = segment.end - segment.start
    if len(words) == 1 or (_fits(words) and duration <= LONGEST):
        yield segment
        return
    place = _best_place(words)
    first, second = " ".join(words[:place]), " ".join(words[place:])
    middle = segment.start + duration * len(first) / (len(first) + len(second))
    yield from _cut(Segment(segment.start, middle, first))
    yield from _cut(Segment(middle, segment.end, second))


def _best_place(words: Sequence[str]) -> int:
    """Before which word to cut: near the middle, rather behind a sentence than behind a clause, than anywhere."""
    total = sum(map(len, words))
    cost: dict[int, float] = {}
    done = 0
    for place, word in enumerate(words[:-1], 1):
        done += len(word)
        bonus = 0.4 if word.endswith(SENTENCE_MARKS) else 0.2 if word.endswith(CLAUSE_MARKS) else 0.0
        cost[place] = abs(done / total - 0.5) - bonus
    return min(cost, key=lambda place: cost[place])


def _joined(parts: Sequence[Segment]) -> Iterator[Segment]:
    """Parts that would be gone before they are read are shown with the one before."""
    held: Segment | None = None
    for part in parts:
        if held is not None and min(part.end - part.start, held.end - held.start) < SHORTEST:
            both = Segment(held.start, part.end, f"{held.text} {part.text}")
            if _fits(both.text.split()) and both.end - both.start <= LONGEST:
                held = both
                continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _fits(words: Sequence[str]) -> bool:
    text = " ".join(words)
    return _width(text, limit := _limit(text)) <= limit or _break(words) is not None


def _lines(words: Sequence[str]) -> Iterator[str]:
    text = " ".join(words)
    place = None if _width(text, limit := _limit(text)) <= limit else _break(words)
    if place is None:
        yield text
    else:
        yield " ".join(words[:place])
        yield " ".join(words[place:])


def _break(words: Sequence[str]) -> int | None:
    """Before which word the second line begins: lines alike in length, rather behind a mark. None: they do not fit."""
    limit = _limit(" ".join(words))
    best: tuple[float, int] | None = None
    for place in range(1, len(words)):
        first, second = (_width(" ".join(part), limit) for part in (words[:place], words[place:]))
        if max(first, second) <= limit:
            bonus = limit / 4 if words[place - 1].endswith((*SENTENCE_MARKS, *CLAUSE_MARKS)) else 0.0
            best = min(best or (float("inf"), 0), (abs(first - second) - bonus, place))
    return None if best is None else best[1]


def _limit(text: str) -> float:
    return WIDE_LINE if any(map(_is_wide, text)) else LINE


def _width(text: str, limit: float) -> float:
    return sum(1.0 if limit == LINE or _is_wide(character) else 0.5 for character in text)


def _is_wide(character: str) -> bool:
    if character < "\u1100":
        return False
    return bool(HANGUL.match(character)) or unicodedata.name(character, "").startswith(WIDE_SCRIPTS)
