"""Korean numbers: Sino-Korean, native, digits and mixtures ("3만 5천"), read without spaces, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_ZEROS = ("영", "공", "제로", "빵")
_SMALL_SCALES = {"천": 1000, "백": 100, "십": 10}
_LARGE_SCALES = {"조": 10**12, "억": 10**8, "만": 10**4}

_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip

_NUMERAL = r"(?:\d+(?:\.\d+)?|\.\d+|[일이삼사오육륙칠팔구])"
_BELOW_10000 = "".join(f"(?:{_NUMERAL}?{scale})?" for scale in _SMALL_SCALES) + f"{_NUMERAL}?"
_BEFORE_SCALES = r"(?=[\d.일이삼사오육륙칠팔구십백천만억조])(?!\.(?!\d))"
_SINO = _BEFORE_SCALES + "".join(f"(?:{_BELOW_10000}{scale})?" for scale in _LARGE_SCALES) + _BELOW_10000
_TENS = "|".join(_NATIVE_TENS)
_ONES = "|".join(_NATIVE_ONES)
_NATIVE = f"(?:{_NUMERAL}?천)?(?:{_NUMERAL}?백)?(?:(?:{_TENS})(?:{_ONES})?|(?:{_ONES}))"


def _cardinal(sino: str) -> str:
    return rf"(?:{_NATIVE}|(?:{sino}|{'|'.join(_ZEROS)})(?:[점쩜][영공일이삼사오육륙칠팔구\d]+)?)"


_NUMBER = re.compile(f"{_cardinal(_SINO)}(?:분의{_cardinal(_SINO)})?")

_AT_LEAST_ONE = f"(?:{_NUMERAL}?천(?:{_NUMERAL}?백)?(?:{_NUMERAL}?십)?|{_NUMERAL}?백(?:{_NUMERAL}?십)?|{_NUMERAL}?십)"
COUNT = _cardinal(
    rf"(?:(?:[\d.일이삼사오육륙칠팔구십백천]{{0,8}}[조억만]){{1,3}}{_BELOW_10000}|{_AT_LEAST_ONE}{_NUMERAL}?|{_NUMERAL})"
)
"""A whole or decimal number without spaces, as a regular expression without groups, for larger ones to hold.

It is shorter than the full grammar, and quicker to compile: what stands before 만, 억 and 조 is left to `value`. It
never matches nothing: with the unit 일, a repetition of it would try every way to part "일일일일".
"""

PATTERN = f"{COUNT}(?:분의{COUNT})?"
"""The same with fractions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that was read, and the place of the first character after it."""

    value: Fraction
    end: int


def readings(text: str, start: int) -> Iterator[Reading]:
    """Every number that starts at `start` of a text without spaces, the longest first."""
    longest = _NUMBER.match(text, start)
    for end in range(longest.end() if longest else start, start, -1):
        within_digits = _is_digit(text[end - 1]) and _is_digit(text[end : end + 1])
        if not within_digits and _NUMBER.fullmatch(text, start, end):
            number = value(text[start:end])
            if number is not None:
                yield Reading(number, end)


def value(text: str) -> Fraction | None:
    """What a number without spaces is worth; None when it is not one."""
    if not text or not _NUMBER.fullmatch(text):
        return None
    bottom, parted, top = text.partition("분의")
    if parted:
        below, above = value(bottom), value(top)
        return above / below if above is not None and below else None
    whole, _, decimals = text.replace("쩜", "점").partition("점")
    places = "".join(character if character.isdigit() else str(_DIGITS.get(character, 0)) for character in decimals)
    return _whole(whole) + (Fraction(int(places), 10 ** len(places)) if places else 0)


def say(number: int) -> str:
    """A whole number in Sino-Korean, spaced by ten thousands: 35500 → "삼만 오천오백"."""
    if number < 0:
        return "마이너스 " + say(-number)
    if number == 0:
        return "영"
    groups: list[str] = []
    for scale, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        group = number // scale % 10**4
        if group:
            groups.append(("" if (group, name) == (1, "만") else _say_below_10000(group)) + name)
    return " ".join(groups)


def say_digits(digits: str) -> str:
    """ "05" → "영오", as decimals are said."""
    return "".join(_SINO_NAMES[int(digit)] for digit in digits)


def say_native(number: int) -> str:
    """A count below a hundred before a counter: 1 → "한", 20 → "스무", 23 → "스물세"."""
    if number == 20:
        return "스무"
    tens, ones = number - number % 10, number % 10
    return _NATIVE_TEN_NAMES.get(tens, "") + _NATIVE_ONE_NAMES.get(ones, "")


def last_syllable(text: str) -> str:
    """The syllable in which the digits at the end of `text` are read: "10" → "십", "3.5" → "오"."""
    digits = re.search(r"[\d,]*\.?\d+$", text)
    if digits is None:
        return ""
    number = digits.group().replace(",", "")
    if "." in number:
        return _SINO_NAMES[int(number[-1])]
    return say(int(number) % 10**16)[-1] if int(number) % 10**16 else "영" if int(number) == 0 else "경"


def _is_digit(character: str) -> bool:
    return character.isdigit() or character == "."


def _whole(text: str) -> Fraction:
    native = re.fullmatch(f"({_NUMERAL}?천)?({_NUMERAL}?백)?({_TENS})?({_ONES})?", text)
    if native and (native[3] or native[4]):
        hundreds = _below_10000((native[1] or "") + (native[2] or ""))
        return hundreds + _NATIVE_TENS.get(native[3], 0) + _NATIVE_ONES.get(native[4], 0)
    if text in _ZEROS:
        return Fraction(0)
    total, rest = Fraction(0), text
    for name, scale in _LARGE_SCALES.items():
        head, found, tail = rest.partition(name)
        if found:
            total, rest = total + (_below_10000(head) or 1) * scale, tail
    return total + _below_10000(rest)


def _below_10000(text: str) -> Fraction:
    total, rest = Fraction(0), text
    for name, scale in _SMALL_SCALES.items():
        head, found, tail = rest.partition(name)
        if found:
            total, rest = total + (_numeral(head) if head else 1) * scale, tail
    return total + (_numeral(rest) if rest else 0)


def _numeral(text: str) -> Fraction:
    return Fraction(_DIGITS[text]) if text in _DIGITS else Fraction(text)


def _say_below_10000(number: int) -> str:
    said = ""
    for name, scale in (("천", 1000), ("백", 100), ("십", 10), ("", 1)):
        digit = number // scale % 10
        if digit:
            said += ("" if digit == 1 and name else _SINO_NAMES[digit]) + name
    return said


_SINO_NAMES = "영일이삼사오육칠팔구"
_NATIVE_ONES_IN_ORDER = "한 두 세 네 다섯 여섯 일곱 여덟 아홉"
_NATIVE_ONE_NAMES = dict(enumerate(_NATIVE_ONES_IN_ORDER.split(), start=1))
_NATIVE_TEN_NAMES = {value: name for name, value in _NATIVE_TENS.items() if name != "스무"}
