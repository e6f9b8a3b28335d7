"""Saying numbers, in words or digits, so that both ear and eye follow.

Numbers that were spoken as words are answered in words up to 999,999, digits in digits.
"""

from __future__ import annotations

from fractions import Fraction

from voicebot.languages import Language
from voicebot.llm.skills import english_numbers, korean_numbers

LARGEST_IN_WORDS = 999_999
LARGEST_IN_FULL = 10**21
"""From here on a number is said as a power of ten."""
_EXACT_PLACES = 10


def settle(value: Fraction, places: int = _EXACT_PLACES) -> tuple[Fraction, bool]:
    """The number to say, and whether it is exact: rounded when it has more than `places` decimals.

    Rounding keeps four significant digits, and at least two decimals; a whole number is never rounded.
    """
    if (value * 10**places).denominator == 1:
        return value, True
    whole_digits = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    kept = max(2, 4 - whole_digits)
    if whole_digits == 0:
        while value and abs(value) * 10**kept < 1000 and kept < 30:
            kept += 1
    return Fraction(round(value * 10**kept), 10**kept), False


def say(value: Fraction, language: Language, worded: bool) -> str:
    """A number whose decimals end, in words or digits: "minus four point five", "12.5", "삼만 오천"."""
    sign = ("마이너스 " if language == "ko" else "minus ") if value < 0 else ""
    if abs(value) >= LARGEST_IN_FULL:
        return sign + _power_of_ten(abs(value), language)
    whole, _, decimals = decimal(abs(value)).partition(".")
    if worded and abs(value) <= LARGEST_IN_WORDS:
        return sign + _in_words(int(whole), decimals, language)
    if len(whole) > 6:
        whole = f"{int(whole):,}"
    return sign + whole + (f".{decimals}" if decimals else "")


def decimal(value: Fraction) -> str:
    """The digits of a number that is not negative and whose decimals end within 40 places: 25/2 → "12.5"."""
    places = next(places for places in range(41) if (value * 10**places).denominator == 1)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _in_words(whole: int, decimals: str, language: Language) -> str:
    if language == "ko":
        return korean_numbers.say(whole) + (f" 점 {korean_numbers.say_digits(decimals)}" if decimals else "")
    return english_numbers.say(whole) + (f" point {english_numbers.say_digits(decimals)}" if decimals else "")


def _power_of_ten(value: Fraction, language: Language) -> str:
    exponent = len(str(int(value))) - 1
    leading = decimal(Fraction(round(value / Fraction(10) ** (exponent - 3)), 1000))
    return (
        f"{leading} 곱하기 10의 {exponent}제곱"
        if language == "ko"
        else f"{leading} times 10 to the power of {exponent}"
    )
