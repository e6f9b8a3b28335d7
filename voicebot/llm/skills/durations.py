"""Lengths of time: read from speech, and said."""

from __future__ import annotations

from fractions import Fraction

from voicebot.languages import Language
from voicebot.llm.skills import english, korean_numbers, numbers, quantities


def read_english(text: str) -> Fraction | None:
    """Seconds: "five minutes", "an hour and a half", "90 seconds"; None when the text is no length of time."""
    return _seconds(quantities.read_english(text.split()))


def read_korean(text: str) -> Fraction | None:
    """Seconds: "5분", "한시간반", "이틀"; the text is without spaces."""
    return _seconds(quantities.read_korean(text))


def say(seconds: int, language: Language, worded: bool = False) -> str:
    """ "1 hour and 30 minutes", "1시간 30분"; from an hour on without seconds, from a day on without minutes."""
    parts: list[tuple[int, str]] = []
    rest = seconds
    for name, size in _SIZES:
        count, rest = divmod(rest, size)
        parts.append((count, name))
    largest = next((place for place, (count, _) in enumerate(parts) if count), len(parts) - 1)
    said = [(count, name) for count, name in parts[largest : largest + 2] if count] or [(0, "second")]
    if language == "ko":
        return " ".join(_in_korean(count, name, worded) for count, name in said)
    return english.listed([_in_english(count, name, worded) for count, name in said])


_SIZES = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_KOREAN = {"day": "일", "hour": "시간", "minute": "분", "second": "초"}


def _in_english(count: int, name: str, worded: bool) -> str:
    return english.plural(numbers.say(Fraction(count), "en", worded), name)


def _in_korean(count: int, name: str, worded: bool) -> str:
    if not worded:
        return f"{count}{_KOREAN[name]}"
    native = name == "hour" and 0 < count < 100
    return f"{korean_numbers.say_native(count) if native else numbers.say(Fraction(count), 'ko', True)} {_KOREAN[name]}"


def _seconds(readings: list[quantities.Quantity]) -> Fraction | None:
    return next(
        (reading.amount * reading.unit.factor for reading in readings if reading.unit.dimension == "time"), None
    )
