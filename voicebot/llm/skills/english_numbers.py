"""English numbers: reading them as people say them, and saying them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that was read, and the place of the first word after it."""

    value: Fraction
    end: int


def read(words: Sequence[str], start: int = 0, homophones: bool = False, joined: bool = True) -> Reading | None:
    """The longest number that starts at `start`: digits or words, decimals, fractions, "two and a half".

    `homophones`: a number must stand here, so "to", "too" and "for" are heard as two and four. `joined`: "and" may
    join hundreds to the rest ("one hundred and five").
    """
    if homophones and start < len(words) and words[start] in _HOMOPHONES:
        whole: Reading | None = Reading(Fraction(_HOMOPHONES[words[start]]), start + 1)
    else:
        whole = _cardinal(words, start, joined)
    if point := _decimals(words, whole, start, homophones):
        return _scaled(words, point)
    fraction = _fraction(words, whole, start)
    if fraction:
        return _scaled(words, fraction)
    if whole is None:
        return None
    return _and_fraction(words, whole) or whole


def read_all(words: Sequence[str]) -> Fraction | None:
    """The number that all the words make together."""
    reading = read(words)
    return reading.value if reading and reading.end == len(words) else None


def read_ordinal(words: Sequence[str], start: int = 0) -> Reading | None:
    """ "twenty first", "21st", "third"; up to ninety-ninth."""
    if start >= len(words):
        return None
    word = words[start]
    if word[0].isdigit() and word[-2:] in ("st", "nd", "rd", "th"):
        return Reading(Fraction(int(word[:-2])), start + 1)
    if word in _ORDINALS:
        return Reading(Fraction(_ORDINALS[word]), start + 1)
    if word in _TENS and start + 1 < len(words) and 0 < _ORDINALS.get(words[start + 1], 0) < 10:
        return Reading(Fraction(_TENS[word] + _ORDINALS[words[start + 1]]), start + 2)
    return None


def say(value: int) -> str:
    """A whole number in words: 105 → "one hundred and five"; below a thousand million million."""
    if value < 0:
        return "minus " + say(-value)
    if value < 100:
        return _say_below_100(value)
    if value < 1000:
        hundreds = f"{_NAMES[value // 100]} hundred"
        return f"{hundreds} and {_say_below_100(value % 100)}" if value % 100 else hundreds
    for name, scale in reversed(_SCALES.items()):
        if value >= scale:
            head, rest = f"{say(value // scale)} {name}", value % scale
            joint = " and " if rest < 100 else " "
            return head + joint + say(rest) if rest else head
    raise ValueError(f"{value} has no name")


def say_digits(digits: str) -> str:
    """ "05" → "zero five", as decimals are said."""
    return " ".join(_NAMES[int(digit)] for digit in digits)


# -- reading ---------------------------------------------------------------------------------------------------------


def _cardinal(words: Sequence[str], start: int, joined: bool) -> Reading | None:
    """Groups with falling scales: "two million three hundred thousand and five"."""
    total, ceiling, end = Fraction(0), Fraction(10) ** 30, start
    while True:
        skip = 1 if end > start and joined and _word(words, end) == "and" else 0
        group = _group(words, end + skip, joined)
        if group is None or group.value >= ceiling:
            break
        scale = _SCALES.get(_word(words, group.end))
        if scale is None or scale >= ceiling:
            total, end = total + group.value, group.end
            break
        total, ceiling, end = total + group.value * scale, Fraction(scale), group.end + 1
    return Reading(total, end) if end > start else None


def _group(words: Sequence[str], start: int, joined: bool) -> Reading | None:
    """What can stand before a scale: digits, up to 99, hundreds with their rest; "a" and nothing count as one."""
    word, following = _word(words, start), _word(words, start + 1)
    if word in ("a", "an") and (following in ("hundred", "dozen") or following in _SCALES):
        head: Reading | None = Reading(Fraction(1), start + 1)
    elif word in ("hundred", "dozen") or word in _SCALES:
        head = Reading(Fraction(1), start)
    else:
        head = _small(words, start)
    if head is not None and _word(words, head.end) == "dozen":
        return Reading(head.value * 12, head.end + 1)
    if head is None or _word(words, head.end) != "hundred" or head.value >= 100:
        return head
    value, end = head.value * 100, head.end + 1
    skip = 1 if joined and _word(words, end) == "and" else 0
    rest = _small(words, end + skip)
    if rest is None or rest.value >= 100 or rest.value == 0:
        return Reading(value, end)
    return Reading(value + rest.value, rest.end)


def _small(words: Sequence[str], start: int) -> Reading | None:
    """Digits, or words up to ninety-nine."""
    word, following = _word(words, start), _word(words, start + 1)
    if _is_number(word):
        return Reading(Fraction(word), start + 1)
    if word in _TENS and 0 < _ONES.get(following, 0) < 10:
        return Reading(Fraction(_TENS[word] + _ONES[following]), start + 2)
    for table in (_TENS, _ONES):
        if word in table:
            return Reading(Fraction(table[word]), start + 1)
    return None


def _decimals(words: Sequence[str], whole: Reading | None, start: int, homophones: bool) -> Reading | None:
    """ "point" and the digits after it, one by one or as "twenty five"."""
    at = whole.end if whole else start
    if _word(words, at) not in ("point", "dot", "decimal"):
        return None
    digits, end = "", at + 1
    while piece := _decimal_piece(words, end, homophones and not digits):
        digits, end = digits + piece[0], piece[1]
    if not digits:
        return None
    return Reading((whole.value if whole else Fraction(0)) + Fraction(int(digits), 10 ** len(digits)), end)


def _decimal_piece(words: Sequence[str], at: int, homophones: bool) -> tuple[str, int] | None:
    word, following = _word(words, at), _word(words, at + 1)
    if word.isdecimal():
        return word, at + 1
    if word in ("oh", "o"):
        return "0", at + 1
    if word in _TENS:
        ones = _ONES.get(following, 0)
        return (str(_TENS[word] + ones), at + 2) if 0 < ones < 10 else (str(_TENS[word]), at + 1)
    if word in _ONES:
        return str(_ONES[word]), at + 1
    if homophones and word in _HOMOPHONES:
        return str(_HOMOPHONES[word]), at + 1
    return None


def _fraction(words: Sequence[str], whole: Reading | None, start: int) -> Reading | None:
    """ "half", "a third", "three quarters"."""
    at, count = (whole.end, whole.value) if whole else (start, Fraction(1))
    if whole is None and _word(words, at) in ("a", "an"):
        at += 1
    part = (_PARTS if count == 1 else _PLURAL_PARTS).get(_word(words, at))
    if part is None or count.denominator != 1:
        return None
    return Reading(count / part, at + 1)


def _and_fraction(words: Sequence[str], whole: Reading) -> Reading | None:
    """ "two and a half", "three and three quarters"."""
    if _word(words, whole.end) != "and":
        return None
    at = whole.end + 1
    fraction = _fraction(words, _small(words, at), at)
    if fraction is None or fraction.value >= 1 or _word(words, fraction.end) == "of":
        return None
    return _scaled(words, Reading(whole.value + fraction.value, fraction.end))


def _scaled(words: Sequence[str], reading: Reading) -> Reading:
    """A decimal or a fraction before a scale: "four point five million", "half a dozen"."""
    at = reading.end + (_word(words, reading.end) == "a")
    scale = (_SCALES | {"hundred": 100, "dozen": 12}).get(_word(words, at))
    return Reading(reading.value * scale, at + 1) if scale else reading


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _is_number(word: str) -> bool:
    return word[:1] in "0123456789." and word.replace(".", "", 1).isdecimal()


def _say_below_100(value: int) -> str:
    if value in _NAMES:
        return _NAMES[value]
    return f"{_NAMES[value - value % 10]}-{_NAMES[value % 10]}"


# -- the words -------------------------------------------------------------------------------------------------------

_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_ONES_IN_ORDER.split())}
_TENS = {word: value * 10 for value, word in enumerate(_TENS_IN_ORDER.split(), start=2)}
_NAMES = {value: word for word, value in (_ONES | _TENS).items()}
_ONES |= {"nought": 0, "naught": 0, "nil": 0}
_TENS |= {"fourty": 40}

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_HOMOPHONES = {"won": 1, "to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8}

_ORDINALS_IN_ORDER = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value for value, word in enumerate(_ORDINALS_IN_ORDER.split(), start=1)}
_ORDINALS |= {"thirtieth": 30, "fortieth": 40, "fiftieth": 50}

_PARTS = {word: value for word, value in _ORDINALS.items() if value > 2} | {
    "half": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PLURAL_PARTS = {f"{word}s": value for word, value in _PARTS.items()} | {"halves": 2, "quarter": 4}
