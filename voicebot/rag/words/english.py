"""Latin words, numbers, and names from programs: `os.path.join`, `--no-cache`, `camelCase`, `780MB`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EVERYWHERE = """
    a an and are as at be been being but by for from had has have if in into is it its of on or that the their them then
    there these they this those to was were will with
"""
_ASKING = """
    about after again all also always am another any anybody anyone anything around away back because before both came
    can cannot come comes coming could did do does doing done else even ever every everybody everyone everything explain
    find get gets getting give gives giving go goes going gone got he her here hers him his how i just keep keeps kind
    know let like look looking lot lots made make makes making many may maybe me might mine more most much must my
    myself need needs never no nor not now off ok okay one only other our ours out own please put puts quite rather
    really said same say says see seem seems shall she should so some somebody someone something somewhere still stuff
    such sure take takes taken taking tell tells than thing things think though through too try trying up us use used
    uses using very want wants way ways we went what whatever when where whether which while who whom whose why without
    wo would yet you your yours
"""
EVERYWHERE = frozenset(_EVERYWHERE.split())
"""Words that stand in nearly every passage, so that finding them says nothing; the index does without."""
ASKING = EVERYWHERE | frozenset(_ASKING.split())
"""And words of a spoken question that ask, bind or stand for something, and say nothing about what is asked for."""
SHORTEST_STEMMED = 3
LONGEST_NAME = 40
"""Characters: what is longer, an address say, is found by its parts alone."""

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_BINDING = re.compile(r"[^A-Za-z0-9]+")
_BESIDE_A_LETTER = re.compile(r"(?<!\d)[^A-Za-z0-9]+|[^A-Za-z0-9]+(?!\d)")
_CONTRACTION = re.compile(r"(?:(?<=\bcan)['’]t|n['’]t|['’](?:s|d|m|re|ve|ll))$", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def of_passage(word: str) -> Iterator[str]:
    return _without(EVERYWHERE, word)


def of_question(word: str) -> Iterator[str]:
    return _without(ASKING, word)


def is_stemmed(word: str) -> bool:
    """Whether a stem is to be taken of it: not of what has figures, and not of other scripts."""
    return len(word) >= SHORTEST_STEMMED and word.isascii() and word.isalpha()


def _without(words: frozenset[str], word: str) -> Iterator[str]:
    """A name whole and in parts; a part that is one of `words` is left out.

    Whole it is without what binds its parts, so that "e-mail" is "email" too, but for figures: "3.11" is "3_11".
    """
    word = _CONTRACTION.sub("", word)
    if word.isalpha() and word[1:].islower():
        parts = [word.lower()]
    else:
        word = _THOUSANDS.sub("", word).strip("_")
        parts = [part.lower() for piece in _BINDING.split(word) for part in _CAMEL.findall(piece)]
        if len(parts) > 1 and len(word) <= LONGEST_NAME:
            yield _BINDING.sub("_", _BESIDE_A_LETTER.sub("", word)).lower()
    yield from (part for part in parts if part not in words)
