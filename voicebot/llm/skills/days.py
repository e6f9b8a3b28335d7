"""Days that were named, and the arithmetic of the calendar; reading them is in `english_days` and `korean_days`."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voicebot.llm.skills import holidays

_FURTHEST_DAYS = 400_000


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that was named. `dates` are two where people differ on what was meant: "next friday" on a Tuesday.

    `name` is what to call it in the answer ("tomorrow", "Christmas"), "" for "that day". `dated` tells that it was
    named by its date.
    """

    dates: tuple[date, ...]
    name: str = ""
    dated: bool = False


def after_months(day: date, months: int) -> date:
    """The same day of another month, or its last. Raises ValueError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("beyond the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def after(day: date, count: int, unit: str) -> date:
    """The day `count` "day", "week", "month" or "year" later, or earlier when negative. Raises ValueError."""
    if abs(count) > _FURTHEST_DAYS:
        raise ValueError("beyond the calendar")
    if unit in ("month", "year"):
        return after_months(day, count * (12 if unit == "year" else 1))
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def weekday_from(today: date, weekday: int) -> date:
    """The first such weekday from today on."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def next_weekday(today: date, weekday: int) -> tuple[date, ...]:
    """ "Next friday": the coming one, and the one of next week where the coming one is still this week."""
    coming = weekday_from(today + timedelta(days=1), weekday)
    of_next_week = today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)
    return (coming,) if coming == of_next_week else (coming, of_next_week)


def of_week(today: date, weekday: int, weeks: int) -> date:
    """The weekday of a week that begins on Monday: 0 is this week, 1 the next."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def returning(today: date, month: int, day: int, past: bool) -> date:
    """The next such date from today on, or the last up to today; for 29 February in a leap year."""
    step = -1 if past else 1
    for year in range(today.year, today.year + 9 * step, step):
        if day <= calendar.monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found <= today) if past else (found >= today):
                return found
    raise ValueError("no such day")


def end_of(span: str, today: date) -> date:
    """The last day of this "year", "month" or "week"; a week ends on Sunday."""
    if span == "year":
        return date(today.year, 12, 31)
    if span == "month":
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return today + timedelta(days=6 - today.weekday())


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole months from `start` to a later day, and the days that are left."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if after_months(start, months) > end:
        months -= 1
    return months, (end - after_months(start, months)).days


def hours_until(day: date, now: datetime) -> int:
    """Whole hours until the day begins."""
    midnight = datetime.combine(day, time(), tzinfo=now.tzinfo)
    return max(int(midnight.timestamp() - now.timestamp()) // 3600, 0)


def of_holiday(holiday: holidays.Holiday, name: str, today: date, year: int | None, past: bool) -> NamedDay | None:
    """A holiday in a year, or the next one, or the last; `name` is what the answer calls it."""
    if year is not None:
        day = holiday.on(year)
    else:
        day = holidays.latest(holiday, today) if past else holidays.coming(holiday, today)
    return NamedDay((day,), name) if day else None
