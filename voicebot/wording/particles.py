"""Korean particles, whose form depends on the sound that the word before them ends with.

Hangul shows it. Digits end as they are read in Sino-Korean. Latin words are read as Korean spells them (the rules for
foreign words of the National Institute of Korean Language): short vowels before ㄱ, ㅂ, ㅅ keep a final consonant.
"""

from __future__ import annotations

import re

FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3
FINALS = 28
"""Final consonants of a syllable, none of them among these, in Unicode's order."""
RIEUL = 8
"""ㄹ among them."""

NONE, OTHER, L = "", "consonant", "ㄹ"

DIGITS = {"0": OTHER, "1": L, "2": NONE, "3": OTHER, "4": NONE, "5": NONE, "6": OTHER, "7": L, "8": L, "9": NONE}
LETTERS = {"l": L, "r": L, "m": OTHER, "n": OTHER}
"""Read alone, 엘, 알, 엠 and 엔 end with a consonant, the other letters with a vowel."""
WORD_ENDS = (
    (re.compile(r"(l|le)$"), L),
    (re.compile(r"(m|n|ng|me|ne)$"), OTHER),
    (re.compile(r"(^|[^aeiou])[aeiou][bckpt]$|ck$|ook$|ou[pt]$"), OTHER),
)
LATIN = re.compile(r"[A-Za-z]+$")
CLOSING = " \t\n'\"`.,:;!?…)]}>*/\\’”»」』%"
"""Not read out, so they do not count."""


def with_particle(word: str, forms: str) -> str:
    """`word` with the right one of two forms, the first after a consonant: "이/가", "을/를", "은/는", "으로/로".

    After ㄹ, "로" is right. Where nobody can tell how the word ends, both are written: "이(가)".
    """
    consonantal, _, vocalic = forms.partition("/")
    end = final_sound(word)
    if end is None:
        return f"{word}({consonantal[0]}){vocalic}" if consonantal == "으로" else f"{word}{consonantal}({vocalic})"
    if end == L and consonantal.startswith("으"):
        end = NONE
    return word + (consonantal if end else vocalic)


def final_sound(word: str) -> str | None:
    """What the word ends with: `NONE` (a vowel), `L`, `OTHER`, or None where that cannot be told."""
    bare = word.rstrip(CLOSING)
    last = bare[-1:]
    if last in DIGITS:
        return DIGITS[last]
    if last and FIRST_SYLLABLE <= ord(last) <= LAST_SYLLABLE:
        final = (ord(last) - FIRST_SYLLABLE) % FINALS
        return NONE if final == 0 else L if final == RIEUL else OTHER
    latin = LATIN.search(bare)
    return _of_latin(latin[0]) if latin is not None else None


def _of_latin(word: str) -> str:
    if word.isupper() or not re.search(r"[aeiouy]", word.lower()) or len(word) == 1:
        return LETTERS.get(word[-1].lower(), NONE)
    return next((sound for end, sound in WORD_ENDS if end.search(word.lower())), NONE)
