"""The smallest parts that a text is put together from: sentences, short paragraphs, rows, blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from voicebot.sentences.ends import Verdict, joined_sentence_ends, sentence_ends
from voicebot.sentences.words import STARTERS

LOOK_BACK = 64
SHORT = 300
"""Characters of a paragraph that is not worth cutting."""

_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_CODE = re.compile(r" {4}|\t")
_STOP = re.compile(r"[.!?…。！？｡][\"'”’»)」』】〉》\]}*_`~]*(?P<gap>\s*)(?=(?P<next>\S))")
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"\n")


class Unit(NamedTuple):
    """A stretch of a text, `end` not in it; `block_end` is the end of the paragraph that it begins, or 0."""

    start: int
    end: int
    block_end: int = 0


def units(text: str, usual: int, most: int) -> Iterator[Unit]:
    """All of the text but white space; none is longer than `most` characters, and few are longer than `usual`.

    A line that ends with a colon stays with what it introduces.
    """
    lead: Unit | None = None
    for start, end in _blocks(text):
        whole = end - start <= SHORT or (end - start <= most and _is_code(text, start))
        if lead is not None and whole and end - lead.start <= usual:
            start, lead = lead.start, None
        if lead is not None:
            yield lead
            lead = None
        if whole and text[end - 1] in ":：" and end - start <= SHORT:
            lead = Unit(start, end, end)
        elif whole:
            yield Unit(start, end, end)
        else:
            yield from _parts(text, start, end, usual, most)
    if lead is not None:
        yield lead


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs; the paragraphs of a block of code are one, from the beginning of its first line."""
    code: tuple[int, int] | None = None
    for start, end in _between(text, _BLANK, 0, len(text)):
        if _is_code(text, start):
            code = (code[0] if code is not None else _line(text, start), end)
            continue
        if code is not None:
            yield code
            code = None
        yield start, end
    if code is not None:
        yield code


def _is_code(text: str, start: int) -> bool:
    """Whether it is indented, as the readers give code."""
    return _CODE.match(text, _line(text, start)) is not None


def _line(text: str, place: int) -> int:
    """Where the line begins in which `place` is."""
    return text.rfind("\n", 0, place) + 1


def _parts(text: str, start: int, end: int, usual: int, most: int) -> Iterator[Unit]:
    """A long paragraph: its sentences, and of one that is too long its lines, its words, or stretches of it."""
    block_end = end
    cut = _LINE if _is_code(text, start) else None
    for first, last in _between(text, cut, start, end) if cut else _sentences(text, start, end):
        for begin, stop in _no_longer(text, first, last, usual, most):
            yield Unit(begin, stop, block_end)
            block_end = 0


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _STOP.finditer(text, start, end):
        place = stop.start("gap")
        if _ends(text, place, stop):
            yield first, place
            first = stop.start("next")
    if first < end:
        yield first, end


def _ends(text: str, place: int, stop: re.Match[str]) -> bool:
    tail = text[max(0, place - LOOK_BACK) : place]
    if not stop["gap"]:
        return joined_sentence_ends(tail, stop["next"])
    line = tail[tail.rfind("\n") + 1 :]
    verdict = sentence_ends(tail, stop["next"], line)
    if verdict is Verdict.IF_STARTER:
        return _SPACE.split(text[stop.start("next") : stop.start("next") + 14], maxsplit=1)[0] in STARTERS
    return verdict is Verdict.YES


def _no_longer(text: str, start: int, end: int, usual: int, most: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most `most` characters, cut at the end of a line or a word where there is one."""
    while end - start > most:
        place = _last(_LINE, text, start, start + usual) or _last(_SPACE, text, start, start + usual)
        if place is None:
            yield start, start + usual
            start += usual
        else:
            yield start, place[0]
            start = place[1]
    if start < end:
        yield start, end


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last place to cut in the second half, with the white space that is left out around it."""
    found = None
    for match in pattern.finditer(text, start + (end - start) // 2, end):
        found = match
    if found is None:
        return None
    before, after = found.span()
    while text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    return before, after


def _between(text: str, gap: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between gaps, without white space at their ends; empty ones are left out."""
    first = start
    for match in gap.finditer(text, start, end):
        yield from _stripped(text, first, match.start())
        first = match.end()
    yield from _stripped(text, first, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield start, end
