"""Days as people name them in English."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from voicebot.llm.skills import days, english_numbers, holidays
from voicebot.llm.skills.days import NamedDay

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_NAMES = {name: number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAMES |= {name[:3]: number for name, number in _MONTH_NAMES.items()} | {"sept": 9}
_NEAR = {
    "": 0, "today": 0, "now": 0, "right now": 0, "tonight": 0, "this day": 0, "tomorrow": 1, "yesterday": -1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "the day before yesterday": -2, "day before yesterday": -2,
    "the next day": 1, "overmorrow": 2,
}  # fmt: skip
_NEAR_NAMES = {0: "today", 1: "tomorrow", -1: "yesterday", 2: "the day after tomorrow", -2: "the day before yesterday"}
_COUNTS = {"a": 1, "an": 1, "one": 1, "a couple of": 2, "a couple": 2}
_UNIT = r"(?P<unit>day|week|month|year|fortnight)s?"
_AWAY = re.compile(
    rf"(?:(?:in|after) )?(?P<count>.+?) ?\b{_UNIT}(?: time)?"
    rf"(?: (?P<way>from|after|before|ago|later|hence|on|back|since|away|earlier)(?: (?P<anchor>.+))?| (?P<plain>.+))?"
)
_WEEKDAY = re.compile(
    r"(?:on )?(?:(?P<which>next|this|this coming|the coming|coming|the next|last|this past|past|the following|following"
    r"|the) )?"
    rf"(?P<day>{'|'.join(WEEKDAYS)})(?: (?P<week>next week|this week|last week|week|coming|next))?"
)
_HOLIDAY = re.compile(
    r"(?:(this|next|last) years? )?(.+?)(?: (?:of |in )?(this year|next year|last year|\d{4}|(?:nineteen|twenty) .+))?"
)
_ANY_MONTH = "|".join(_MONTH_NAMES)
_DATES = (
    re.compile(
        rf"(?:on )?(?:the )?(?P<day>.+?) (?:day )?(?:of )?(?P<month>{_ANY_MONTH})"
        r"(?: (?:of )?(?:the year |in )?(?P<year>.+))?"
    ),
    re.compile(
        rf"(?:on )?(?P<month>{_ANY_MONTH}) (?:the )?(?P<day>.+?)(?: (?:of |in |the year )?"
        r"(?P<year>(?:this|next|last) year|\d{4}|(?:seventeen|eighteen|nineteen|twenty|two thousand)(?: .+)?))?"
    ),
)


def read(text: str, today: date, past: bool = False) -> NamedDay | None:
    """The day that all of the text names; `past`: of a day that comes back, the last one instead of the next."""
    try:
        return _Reader(today, past).read(text)
    except (ValueError, OverflowError):  # the 31st of February, the year 20,000
        return None


def weekday(day: date) -> str:
    """ "Friday", whatever the system's language."""
    return WEEKDAYS[day.weekday()].capitalize()


@dataclass(frozen=True, slots=True)
class _Reader:
    today: date
    past: bool

    def read(self, text: str) -> NamedDay | None:
        if text in _NEAR:
            return NamedDay((self.today + timedelta(days=_NEAR[text]),), _NEAR_NAMES[_NEAR[text]])
        readers = (self._weekday, self._holiday, self._away, self._date, self._of_month)
        return next((named for named in (reader(text) for reader in readers) if named), None)

    def _weekday(self, text: str) -> NamedDay | None:
        match = _WEEKDAY.fullmatch(text)
        if match is None:
            return None
        weekday, which, week = WEEKDAYS.index(match["day"]), match["which"] or "", match["week"] or ""
        name = WEEKDAYS[weekday].capitalize()
        if week in ("next week", "this week", "last week"):
            weeks = {"next week": 1, "this week": 0, "last week": -1}[week]
            return NamedDay((days.of_week(self.today, weekday, weeks),))
        if week == "week":
            return NamedDay((days.weekday_from(self.today, weekday) + timedelta(days=7),))
        if which in ("last", "this past", "past") or (self.past and not which):
            return NamedDay((days.weekday_from(self.today - timedelta(days=7), weekday),), f"last {name}")
        if which in ("next", "the next") or week == "next":
            return NamedDay(days.next_weekday(self.today, weekday), f"next {name}")
        return NamedDay((days.weekday_from(self.today, weekday),), name)

    def _holiday(self, text: str) -> NamedDay | None:
        match = _HOLIDAY.fullmatch(text.removeprefix("on "))
        if match is None:
            return None
        before, name, after = match.groups()
        for spoken in (text, name, name.removeprefix("the "), name.removeprefix("next ")):
            if holiday := holidays.ENGLISH.get(spoken):
                year = None if spoken == text else self._year(after or (f"{before} year" if before else ""))
                return days.of_holiday(holiday, holiday.english, self.today, year, self.past)
        return None

    def _away(self, text: str) -> NamedDay | None:
        """ "in three days", "a week from friday", "two weeks ago", "three days after christmas", "a week tomorrow"."""
        match = _AWAY.fullmatch(text)
        if match is None or not (text.startswith(("in ", "after ")) or match["way"] or match["plain"]):
            return None
        count = _COUNTS.get(match["count"]) or _whole(match["count"].split())
        way, anchor = match["way"] or "", match["anchor"] or match["plain"] or ""
        start = self.read("" if anchor in ("now", "then") else anchor)
        if count is None or start is None or (way in ("ago", "later", "hence") and anchor):
            return None
        unit, count = ("week", count * 2) if match["unit"] == "fortnight" else (match["unit"], count)
        sign = -1 if way in ("ago", "before", "back", "earlier") else 1
        return NamedDay(tuple(days.after(day, sign * count, unit) for day in start.dates))

    def _date(self, text: str) -> NamedDay | None:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return NamedDay((date.fromisoformat(text),), dated=True)
        for pattern in _DATES:
            if match := pattern.fullmatch(text):
                month, year = _MONTH_NAMES.get(match["month"]), self._year(match["year"] or "")
                day = _day_of_month(match["day"])
                if month is None or day is None or (match["year"] and year is None):
                    continue
                name = f"{day} {MONTHS[month - 1].capitalize()}"
                if year is not None:
                    return NamedDay((date(year, month, day),), f"{name} {year}", dated=True)
                return NamedDay((days.returning(self.today, month, day, self.past),), name, dated=True)
        return None

    def _of_month(self, text: str) -> NamedDay | None:
        """ "the 25th", "the weekend", "the end of the month"."""
        if text in ("the weekend", "this weekend", "weekend"):
            return NamedDay((days.weekday_from(self.today, 5),), "the weekend")
        if text in ("the end of the month", "the end of this month", "month end"):
            last = calendar.monthrange(self.today.year, self.today.month)[1]
            return NamedDay((self.today.replace(day=last),), "the end of the month")
        match = re.fullmatch(r"(?:on )?the (.+?)(?: of (?:the|this) month)?", text)
        ordinal = english_numbers.read_ordinal(match[1].split()) if match else None
        if match is None or ordinal is None or ordinal.end != len(match[1].split()):
            return None
        for months in range(12):
            month = days.after_months(self.today.replace(day=1), -months if self.past else months)
            if ordinal.value <= calendar.monthrange(month.year, month.month)[1]:
                found = month.replace(day=int(ordinal.value))
                if (found <= self.today) if self.past else (found >= self.today):
                    return NamedDay((found,))
        return None

    def _year(self, text: str) -> int | None:
        relative = {"this year": 0, "next year": 1, "last year": -1}
        return self.today.year + relative[text] if text in relative else read_year(text)


def read_year(text: str) -> int | None:
    """A year as people say it: "2030", "twenty thirty", "nineteen oh five", "two thousand and five"."""
    words = text.split()
    year = _whole(words)
    if year is not None and 1000 <= year <= 9999:
        return year
    for cut in range(1, len(words)):
        century, rest = _whole(words[:cut]), words[cut:]
        zero = rest[0] in ("oh", "o", "zero") and len(rest) > 1
        years = _whole(rest[1:] if zero else rest)
        if century and years is not None and 10 <= century <= 30 and ((years < 10) if zero else (10 <= years < 100)):
            return century * 100 + years
    return None


def _whole(words: list[str]) -> int | None:
    value = english_numbers.read_all(words)
    return int(value) if value is not None and value.denominator == 1 else None


def _day_of_month(text: str) -> int | None:
    words = text.removesuffix(" of").removeprefix("the ").split()
    ordinal = english_numbers.read_ordinal(words)
    day = int(ordinal.value) if ordinal and ordinal.end == len(words) else _whole(words)
    return day if day is not None and 1 <= day <= 31 else None
