"""A grammar of what people ask the offline assistant: it draws conversations and says what each reply must mean.

`conversations(category, language)` draws them for every seed, the same ones each time. It knows the two languages and
arithmetic, the calendar and the definitions of the units; it knows nothing of the skills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import (
    declined,
    english,
    english_sums,
    english_talk,
    english_timers,
    english_units,
    korean,
    korean_sums,
    korean_talk,
    korean_timers,
    korean_units,
)
from .draw import Ask, Case, Draw, Rings, Wait

__all__ = ["CATEGORIES", "Ask", "Case", "Rings", "Wait", "conversations", "declined"]

SEEDS = ("harbour", "cedar", "violin", "saffron", "glacier")
Production = Callable[[Draw], Case]

CATEGORIES: dict[tuple[str, str], tuple[Production, int]] = {
    ("time", "en"): (english.time, 7),
    ("time", "ko"): (korean.time, 7),
    ("time in a city", "en"): (english.city, 8),
    ("time in a city", "ko"): (korean.city, 8),
    ("time nowhere", "en"): (english_talk.nowhere, 1),
    ("time nowhere", "ko"): (korean_talk.nowhere, 1),
    ("today", "en"): (english.today, 8),
    ("today", "ko"): (korean.today, 8),
    ("relative day", "en"): (english.relative_day, 8),
    ("relative day", "ko"): (korean.relative_day, 8),
    ("weekday of a date", "en"): (english.weekday_of_date, 4),
    ("weekday of a date", "ko"): (korean.weekday_of_date, 4),
    ("days until", "en"): (english.days_until, 7),
    ("days until", "ko"): (korean.days_until, 7),
    ("sum of two", "en"): (english_sums.sum_of_two, 12),
    ("sum of two", "ko"): (korean_sums.sum_of_two, 12),
    ("sum of several", "en"): (english_sums.sum_of_several, 8),
    ("sum of several", "ko"): (korean_sums.sum_of_several, 8),
    ("sum of decimals", "en"): (english_sums.sum_of_decimals, 5),
    ("sum of decimals", "ko"): (korean_sums.sum_of_decimals, 5),
    ("percent", "en"): (english_sums.percent, 6),
    ("percent", "ko"): (korean_sums.percent, 6),
    ("powers", "en"): (english_sums.power, 6),
    ("powers", "ko"): (korean_sums.power, 6),
    ("roots", "en"): (english_sums.root, 2),
    ("roots", "ko"): (korean_sums.root, 2),
    ("parts and multiples", "en"): (english_sums.part, 4),
    ("parts and multiples", "ko"): (korean_sums.part, 4),
    ("native numbers", "ko"): (korean_sums.native_sum, 3),
    ("division by zero", "en"): (english_sums.by_zero, 2),
    ("division by zero", "ko"): (korean_sums.by_zero, 2),
    ("units", "en"): (english_units.conversion, 14),
    ("units", "ko"): (korean_units.conversion, 14),
    ("temperature", "en"): (english_units.temperature, 6),
    ("temperature", "ko"): (korean_units.temperature, 6),
    ("feet and inches", "en"): (english_units.height, 2),
    ("speed", "ko"): (korean_units.speed, 2),
    ("timer", "en"): (english_timers.set_one, 12),
    ("timer", "ko"): (korean_timers.set_one, 12),
    ("named timer", "en"): (english_timers.named, 8),
    ("named timer", "ko"): (korean_timers.named, 8),
    ("two timers", "en"): (english_timers.two_at_once, 3),
    ("two timers", "ko"): (korean_timers.two_at_once, 3),
    ("timer cancelled", "en"): (english_timers.cancel, 6),
    ("timer cancelled", "ko"): (korean_timers.cancel, 6),
    ("timer left", "en"): (english_timers.left, 6),
    ("timer left", "ko"): (korean_timers.left, 6),
    ("no timer", "en"): (english_timers.none_set, 3),
    ("no timer", "ko"): (korean_timers.none_set, 3),
    ("repeat", "en"): (english_talk.again, 7),
    ("repeat", "ko"): (korean_talk.again, 7),
    ("nothing to repeat", "en"): (english_talk.nothing_to_repeat, 1),
    ("nothing to repeat", "ko"): (korean_talk.nothing_to_repeat, 1),
    ("help", "en"): (english_talk.help_me, 6),
    ("help", "ko"): (korean_talk.help_me, 6),
}
"""What draws a conversation of the category, and how many a seed draws."""


def conversations(category: str, language: str) -> Iterator[Case]:
    production, count = CATEGORIES[category, language]
    for seed in SEEDS:
        for number in range(count):
            yield production(Draw(f"{seed} {category} {language} {number}", language))
