"""Amounts with their units, read from speech: "five miles", "five foot eleven", "한 시간 반", "화씨 100도"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from voicebot.llm.skills import english_numbers, korean_numbers
from voicebot.llm.skills.measures import ENGLISH, KOREAN, KOREAN_PREFIXES, Unit

_LONGEST_NAME = max(len(name.split()) for name in ENGLISH)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as it was said, part by part: (5, foot), (11, inch)."""

    parts: tuple[tuple[Fraction, Unit], ...]

    @property
    def unit(self) -> Unit:
        return self.parts[0][1]

    @property
    def amount(self) -> Fraction:
        """All of it in the first part's unit."""
        first, unit = self.parts[0]
        return first + sum((amount * other.factor / unit.factor for amount, other in self.parts[1:]), Fraction(0))


def read_english(words: list[str]) -> list[Quantity]:
    """Every quantity that all the words together can mean, the likeliest first; none when they are not one."""
    negative = words[:1] in (["minus"], ["negative"], ["-"])
    at, parts = int(negative), list[tuple[Fraction, list[Unit]]]()
    below_zero = list(words[-2:]) == ["below", "zero"]
    words = words[:-2] if below_zero else words
    while at < len(words):
        if parts and words[at] == "and":
            at += 1
        part = _english_part(words, at, parts)
        if part is None:
            return []
        amount, units, end = part
        if amount is None and end < len(words):
            return []
        amount, at = Fraction(1) if amount is None else amount, end
        parts.append((-amount if (negative or below_zero) and not parts else amount, units))
    return _meanings(parts)


def english_unit(words: list[str], start: int) -> tuple[list[Unit], int] | None:
    """The units that the longest name at `start` can mean, and the place after it."""
    for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
        units = ENGLISH.get(" ".join(words[start:end]))
        if units:
            return units, end
    return None


def read_korean(text: str) -> list[Quantity]:
    """Every quantity that a text without spaces can mean, the likeliest first; none when it is not one."""
    if text in _WHOLE_KOREAN:
        amount, name = _WHOLE_KOREAN[text]
        return _meanings([(Fraction(amount), KOREAN["", name])])
    match = _KOREAN_QUANTITY.fullmatch(text)
    if match is None:
        return []
    prefix, sign, parts = match["prefix"] or "", -1 if match["sign"] else 1, list[tuple[Fraction, list[Unit]]]()
    for number, name in _KOREAN_PART.findall(match["parts"]):
        value, units = korean_numbers.value(number), KOREAN.get((prefix, name), [])
        if value is None or not units:
            return []
        parts.append((value * sign, units))
    if match["half"] and parts:
        parts[-1] = (parts[-1][0] + Fraction(1, 2) * sign, parts[-1][1])
    return _meanings(parts)


def _english_part(
    words: list[str], start: int, before: list[tuple[Fraction, list[Unit]]]
) -> tuple[Fraction | None, list[Unit], int] | None:
    """One amount with its unit, None for a bare unit; after feet a bare number is inches, after metres centimetres."""
    amount, at = _english_amount(words, start)
    if amount is None and before:
        return None
    named = english_unit(words, at)
    if named is None:
        follower = _FOLLOWERS.get(before[-1][1][0].singular) if before and amount is not None else None
        return (amount, [ENGLISH[follower][0]], at) if follower and amount is not None else None
    units, at = named
    tail = english_numbers.read(["one", *words[at:]])
    if words[at : at + 1] == ["and"] and tail and tail.value.denominator > 1 and tail.end > 1:
        return (amount or 1) + tail.value - 1, units, at + tail.end - 1
    return amount, units, at


_FOLLOWERS = {
    "foot": "inch",
    "metre": "centimetre",
    "hour": "minute",
    "pound": "ounce",
    "stone": "pound",
    "minute": "second",
}


def _english_amount(words: list[str], start: int) -> tuple[Fraction | None, int]:
    """ "five", "half a", "a quarter of a", "a couple of", "an"; None before a bare unit."""
    if tuple(words[start : start + 2]) == ("a", "couple"):
        return Fraction(2), start + 2 + (words[start + 2 : start + 3] == ["of"])
    if start >= len(words):
        return None, start
    reading = english_numbers.read(words, start, homophones=start + 1 < len(words))
    if reading is None:
        return (Fraction(1), start + 1) if words[start] in ("a", "an", "each", "every") else (None, start)
    at = reading.end
    if reading.value < 1 and words[at : at + 1] == ["of"]:
        at += 1
    if reading.value < 1 and words[at : at + 1] in (["a"], ["an"]):
        at += 1
    return reading.value, at


def _meanings(parts: list[tuple[Fraction, list[Unit]]]) -> list[Quantity]:
    """The parts with units of one dimension each."""
    if not parts:
        return []
    quantities = []
    for unit in parts[0][1]:
        rest = [
            (amount, other)
            for amount, units in parts[1:]
            for other in units
            if other.dimension == unit.dimension and other.factor < unit.factor
        ]
        if len(rest) == len(parts) - 1:
            quantities.append(Quantity(((parts[0][0], unit), *rest)))
    return quantities


KOREAN_NAME = "(?:" + "|".join(sorted({re.escape(n) for _, n in KOREAN if n}, key=len, reverse=True)) + ")"
"""Any Korean unit's name, as a regular expression."""
KOREAN_PREFIX = f"(?:{'|'.join(KOREAN_PREFIXES)})"

KOREAN_SOURCE = (
    f"(?:(?:{KOREAN_PREFIX})?(?:영하|마이너스|-)?(?:{korean_numbers.PATTERN}{KOREAN_NAME}){{1,4}}?(?:하고)?반?"
    "|하루|이틀|사흘|나흘|열흘|보름|반시간|반나절|일주일|한달|한해)"
)
"""Anything that `read_korean` may read, without groups; as little as will do: 이 is a particle in "5평이제곱미터로"."""

_KOREAN_PART = re.compile(f"({korean_numbers.PATTERN})({KOREAN_NAME})")
_KOREAN_QUANTITY = re.compile(
    f"(?P<prefix>{KOREAN_PREFIX})?(?P<sign>영하|마이너스|-)?"
    f"(?P<parts>(?:{korean_numbers.PATTERN}{KOREAN_NAME}){{1,4}})(?:하고)?(?P<half>반)?"
)
_WHOLE_KOREAN: dict[str, tuple[str, str]] = {
    "하루": ("1", "일"), "이틀": ("2", "일"), "사흘": ("3", "일"), "나흘": ("4", "일"), "열흘": ("10", "일"),
    "보름": ("15", "일"), "반시간": ("1/2", "시간"), "반나절": ("6", "시간"), "일주일": ("1", "주일"),
    "한달": ("1", "달"), "한해": ("1", "년"),
}  # fmt: skip
