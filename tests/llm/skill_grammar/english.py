"""How English speakers ask for what the skills do. Every function draws one conversation of its category."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from datetime import date, timedelta
from string import capwords
from zoneinfo import ZoneInfo

from .checks import MONTHS, WEEKDAYS, Check, calendar_day, clock, number_of_days, says, weekday
from .draw import Ask, Case, Draw
from .places import CITIES, COUNTRIES
from .spoken_numbers import english, english_ordinal, suffixed

STARTS = ("um ", "uh ", "hey ", "okay ", "so ", "excuse me ", "hi ", "right, ")
ENDS = (" please", " please", " thanks", ", thank you")


def one(d: Draw, text: str, check: Check) -> Case:
    """A conversation of one question, perhaps with a filler before it and a courtesy after it."""
    text = (d.pick(*STARTS) if d.chance(0.15) else "") + text + (d.pick(*ENDS) if d.chance(0.12) else "")
    return Case("en", d.now, (Ask(d.surface(text), check),))


# -- time ------------------------------------------------------------------------------------------------------------


def time(d: Draw) -> Case:
    direct = d.pick(
        "what time is it", "what's the time", "what is the time", "what time is it now", "what time is it right now",
        "do you know what time it is", "do you have the time", "have you got the time", "got the time", "current time",
        "what's the current time", "what time do you have", "what's the time now", "the time", "time", "time now",
        "what's the exact time", "what time have you got", "what is the current time",
    )
    told = d.pick("tell me", "can you tell me", "could you tell me", "would you tell me", "please tell me")
    what = d.pick("the time", "what time it is", "what the time is", "the current time", "what time it is now")
    asked = f"{told} {what}"
    wished = d.pick("i'd like to know the time", "i wonder what time it is", "give me the time", "i need the time",
                    "any idea what time it is", "i'd like to know what time it is", "let me know what time it is",
                    "i need to know what time it is", "say the time", "check the time")
    return one(d, d.pick(direct, direct, asked, wished), clock(d.now, "en"))


def city(d: Draw) -> Case:
    zone, name, _ = d.pick(*CITIES, *COUNTRIES)
    name = name if d.style == "written" else name.lower()
    text = d.pick(
        f"what time is it in {name}", f"what time is it in {name}", f"what's the time in {name}", f"time in {name}",
        f"what time is it in {name} right now", f"what time is it now in {name}",
        f"what time is it right now in {name}", f"tell me the time in {name}",
        f"can you tell me what time it is in {name}", f"current time in {name}", f"what's the current time in {name}",
        f"do you know what time it is in {name}", f"{name} time", f"what's the local time in {name}",
        f"could you tell me the time in {name}", f"i need to know what time it is in {name}",
        f"what time would it be in {name} now", f"and in {name} what time is it", f"what is the time over in {name}",
        f"what time do they have in {name}", f"what time is it over there in {name}",
    )
    return one(d, text, clock(d.now.astimezone(ZoneInfo(zone)), "en", half_of_day=True))


# -- the calendar ----------------------------------------------------------------------------------------------------


def today(d: Draw) -> Case:
    day = d.now.date()
    if d.chance(0.5):
        text = d.pick(
            "what's the date", "what is the date", "what's the date today", "what's today's date", "what date is it",
            "what date is it today", "what is today's date", "tell me the date", "can you tell me the date",
            "could you tell me today's date", "today's date", "do you know what the date is",
            "what's the date right now", "what day of the month is it", "what's the current date", "date",
            "the date today", "i need to know today's date", "which date is it today",
        )
        return one(d, text, calendar_day(day, "en"))
    if d.chance(0.75):
        text = d.pick(
            "what day is it", "what day is it today", "what day is today", "what day of the week is it",
            "which day is it", "what weekday is it", "tell me what day it is", "can you tell me what day it is",
            "do you know what day it is", "what day of the week is it today", "what's the day today",
            "which day of the week is it today", "i forgot what day it is", "remind me what day it is today",
            "could you tell me what day it is today",
        )
        return one(d, text, weekday(day, "en"))
    if d.chance(0.5):
        text = d.pick(
            "what year is it", "what's the year", "which year is it", "what year are we in",
            "tell me what year it is",
        )
        return one(d, text, says(rf"{day.year}|{_year(day.year)}"))
    text = d.pick("what month is it", "which month is it", "what month are we in", "tell me what month it is")
    return one(d, text, says(MONTHS[day.month - 1]))


def _year(year: int) -> str:
    """2027 is "twenty twenty-seven" or "two thousand and twenty-seven"."""
    return f"(?:twenty|two thousand(?: and)?)[ -]{english(year % 100, hyphen='[ -]')}"


def relative_day(d: Draw) -> Case:
    shift, said = _shift(d)
    day, past = d.now.date() + timedelta(days=shift), shift < 0
    be, will = ("was", "was it") if past else ("is", d.pick("is it", "will it be"))
    if d.chance(0.5):
        text = d.pick(f"what day {will} {said}", f"what day of the week {will} {said}", f"which day {will} {said}",
                      f"{said} what day {will}", f"which weekday {will} {said}")
        if said in {"tomorrow", "yesterday", "the day after tomorrow", "the day before yesterday"}:
            text = d.pick(f"what day {be} {said}", f"what day of the week {be} {said}", f"which day {be} {said}",
                          f"what day {'was' if past else 'will'} {said}{'' if past else ' be'}")
        return one(d, text, weekday(day, "en", also=d.now.date()))
    text = d.pick(f"what's the date {said}", f"what date {will} {said}", f"what will the date be {said}",
                  f"tell me the date {said}", f"what is the date {said}", f"can you tell me the date {said}")
    if past:
        text = d.pick(f"what was the date {said}", f"what date was it {said}", f"tell me the date {said}")
    return one(d, text, calendar_day(day, "en"))


def _shift(d: Draw) -> tuple[int, str]:
    """So many days from today, and the words for it."""
    days, weeks = d.whole(2, 60), d.whole(2, 10)
    return d.pick(
        (1, "tomorrow"), (-1, "yesterday"), (2, "the day after tomorrow"), (-2, "the day before yesterday"),
        (days, f"in {d.number(days)} days"), (days, f"{d.number(days)} days from now"),
        (-days, f"{d.number(days)} days ago"), (7, "in a week"), (7, "a week from now"), (-7, "a week ago"),
        (7, "a week from today"), (1, "tomorrow"), (weeks * 7, f"in {d.number(weeks)} weeks"),
        (weeks * 7, f"{d.number(weeks)} weeks from now"), (-7 * weeks, f"{d.number(weeks)} weeks ago"),
        (days, f"{d.number(days)} days from today"),
    )


FEASTS = ((12, 25, "christmas"), (12, 25, "christmas day"), (1, 1, "new year's day"), (10, 31, "halloween"),
          (2, 14, "valentine's day"), (12, 31, "new year's eve"), (1, 1, "new year's"), (12, 24, "christmas eve"))


def days_until(d: Draw) -> Case:
    while True:
        target, said = _target(d)
        count = (target - d.now.date()).days
        if count >= 2:
            break
    text = d.pick(
        f"how many days until {said}", f"how many days till {said}", f"how many days is it until {said}",
        f"how many days are there until {said}", f"days until {said}", f"how many days to {said}",
        f"how long until {said}", f"how many more days until {said}", f"how many days are left until {said}",
        f"how long is it until {said}", f"how many days before {said}",
        f"can you tell me how many days it is until {said}", f"how far away is {said}",
        f"how many days do we have until {said}", f"how long till {said}", f"tell me how many days until {said}",
        f"how many days away is {said}",
    )
    return one(d, text, number_of_days(count, "en"))


def _target(d: Draw) -> tuple[date, str]:
    today = d.now.date()
    if d.chance(0.4):
        month, day, said = d.pick(*FEASTS)
        return _coming(today, month, day), capwords(said) if d.style == "written" else said
    if d.chance(0.3):
        number = d.whole(0, 6)
        name = WEEKDAYS["en"][number]
        return today + timedelta(days=(number - today.weekday()) % 7), capwords(name) if d.style == "written" else name
    day_of = today + timedelta(days=d.whole(2, 360))
    return _coming(today, day_of.month, day_of.day), day_in_words(d, day_of)


def _coming(today: date, month: int, day: int) -> date:
    if (month, day) == (2, 29):
        month, day = 3, 1
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def day_in_words(d: Draw, day: date) -> str:
    if (day.month, day.day) == (2, 29):
        day = date(day.year, 3, 1)
    month = MONTHS[day.month - 1] if d.style != "written" else MONTHS[day.month - 1].title()
    number = english_ordinal(day.day, d.pick(" ", "-")) if d.in_words else d.pick(str(day.day), suffixed(day.day))
    ordinal = number if d.in_words else suffixed(day.day)
    return d.pick(f"{month} {number}", f"the {ordinal} of {month}", f"{month} {number}")


def weekday_of_date(d: Draw) -> Case:
    day = date(d.whole(1950, 2049), d.whole(1, 12), d.whole(1, 28))
    said = f"{day_in_words(d, day)} {_said_year(d, day.year)}"
    be = "was" if day < d.now.date() else d.pick("is", "will")
    text = d.pick(f"what day of the week {be} {said}", f"what day {be} {said}", f"which day of the week {be} {said}",
                  f"what weekday {be} {said}")
    text = text + " be" if be == "will" else text
    if be == "was" and d.chance(0.3):
        text = f"what day of the week did {said} fall on"
    return one(d, text, weekday(day, "en", also=d.now.date()))


def _said_year(d: Draw, year: int) -> str:
    if not d.in_words:
        return str(year)
    if 2000 <= year <= 2009:
        return "two thousand" + (d.pick(" ", " and ") + english(year % 100) if year % 100 else "")
    if year >= 2000 and d.chance(0.4):
        return f"two thousand{d.pick(' ', ' and ')}{english(year % 100)}"
    century = english(year // 100)
    low = year % 100
    return f"{century} " + ("hundred" if low == 0 else f"oh {english(low)}" if low < 10 else english(low))
