"""Days that people count towards, by name, in English and Korean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

# Lunar New Year and Chuseok as the Korea Astronomy and Space Science Institute publishes them.
_SEOLLAL = {
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 7), 2028: (1, 27), 2029: (2, 13), 2030: (2, 3),
    2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
_CHUSEOK = {
    2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
    2031: (10, 1), 2032: (9, 19), 2033: (9, 8), 2034: (9, 27), 2035: (9, 16),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that returns; `on` gives its date in a year, None when that is not known."""

    english: str
    korean: str
    on: Callable[[int], date | None]


def _fixed(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date(year, month, day)


def _listed(days: dict[int, tuple[int, int]]) -> Callable[[int], date | None]:
    return lambda year: date(year, *days[year]) if year in days else None


def _nth(month: int, weekday: int, count: int) -> Callable[[int], date | None]:
    """The `count`th Monday (0) to Sunday (6) of a month."""

    def on(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))

    return on


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _around_easter(days: int) -> Callable[[int], date | None]:
    return lambda year: easter(year) + timedelta(days=days)


_HOLIDAYS: tuple[tuple[str, str, Callable[[int], date | None]], ...] = (
    ("Christmas, christmas day, xmas", "크리스마스, 성탄절", _fixed(12, 25)),
    ("Christmas Eve", "크리스마스이브, 크리스마스 이브", _fixed(12, 24)),
    ("Boxing Day", "박싱데이", _fixed(12, 26)),
    ("New Year's Eve, new years eve, the end of the year", "연말, 올해 말일, 섣달그믐, 올해말, 올해끝", _fixed(12, 31)),
    (
        "New Year's Day, new years day, new year, new years, the new year, next year",
        "새해, 신정, 새해 첫날",
        _fixed(1, 1),
    ),
    ("Lunar New Year, seollal, chinese new year, korean new year", "설날, 설, 구정, 설 연휴", _listed(_SEOLLAL)),
    ("Chuseok, korean thanksgiving", "추석, 한가위, 추석 연휴", _listed(_CHUSEOK)),
    ("Valentine's Day, valentines day, valentines", "발렌타인데이, 밸런타인데이", _fixed(2, 14)),
    ("White Day", "화이트데이", _fixed(3, 14)),
    ("Saint Patrick's Day, st patricks day, saint patricks day", "성 패트릭의 날", _fixed(3, 17)),
    ("April Fools' Day, april fools day, april fools", "만우절", _fixed(4, 1)),
    ("Easter, easter sunday", "부활절", _around_easter(0)),
    ("Good Friday", "성금요일", _around_easter(-2)),
    ("Easter Monday", "부활절 월요일", _around_easter(1)),
    ("Independence Day, the fourth of july, fourth of july, july fourth", "미국 독립기념일", _fixed(7, 4)),
    ("Halloween", "핼러윈, 할로윈, 핼러윈데이, 할로윈데이", _fixed(10, 31)),
    ("Thanksgiving, thanksgiving day", "추수감사절", _nth(11, 3, 4)),
    ("Bonfire Night, guy fawkes night", "가이 포크스의 밤", _fixed(11, 5)),
    ("May Day", "노동절, 근로자의 날", _fixed(5, 1)),
    ("Independence Movement Day", "삼일절, 3.1절, 31절", _fixed(3, 1)),
    ("Children's Day, childrens day", "어린이날", _fixed(5, 5)),
    ("Parents' Day, parents day", "어버이날", _fixed(5, 8)),
    ("Teachers' Day, teachers day", "스승의 날", _fixed(5, 15)),
    ("Memorial Day in Korea", "현충일", _fixed(6, 6)),
    ("Constitution Day in Korea", "제헌절", _fixed(7, 17)),
    ("Liberation Day", "광복절", _fixed(8, 15)),
    ("National Foundation Day", "개천절", _fixed(10, 3)),
    ("Hangul Day, hangeul day", "한글날", _fixed(10, 9)),
    ("Pepero Day", "빼빼로데이", _fixed(11, 11)),
)


def _read() -> tuple[dict[str, Holiday], dict[str, Holiday]]:
    english: dict[str, Holiday] = {}
    korean: dict[str, Holiday] = {}
    for names, native, on in _HOLIDAYS:
        first, *_ = english_names = [name.strip() for name in names.split(",")]
        spoken, *_ = korean_names = [name.strip() for name in native.split(",")]
        holiday = Holiday(first, spoken, on)
        english |= {name.lower().replace("'", ""): holiday for name in english_names}
        korean |= {name.replace(" ", ""): holiday for name in korean_names}
    return english, korean


ENGLISH, KOREAN = _read()
"""Every holiday by each of its names: in English in lower case without apostrophes, in Korean without spaces."""


def coming(holiday: Holiday, today: date) -> date | None:
    """The next time it falls, today among them; None when that is not known."""
    for year in (today.year, today.year + 1):
        day = holiday.on(year)
        if day is not None and day >= today:
            return day
    return None


def latest(holiday: Holiday, today: date) -> date | None:
    """The last time it fell, today among them; None when that is not known."""
    for year in (today.year, today.year - 1):
        day = holiday.on(year)
        if day is not None and day <= today:
            return day
    return None
