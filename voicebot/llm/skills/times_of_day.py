"""Times of day: "half past seven", "7 30 am", "내일 아침 일곱 시 반"; read from speech, and said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from voicebot.languages import Language
from voicebot.llm.skills import english_days, english_numbers, korean_days, korean_numbers

Half = Literal["am", "pm", "night", "noon"]


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """What was said of a moment. `half` is None when it could be morning or evening.

    "night" is the evening up to eleven and the small hours after twelve; "noon" the hours around twelve. `day` is what
    was said of the day, in the words `english_days` and `korean_days` understand, "" for none.
    """

    hour: int
    minute: int = 0
    half: Half | None = None
    day: str = ""

    def after(self, now: datetime, language: Language, morning: bool = False) -> datetime | None:
        """The moment meant: the next one when nothing more was said; `morning` when it is to wake somebody.

        None when the day that was named is not known, or the moment is past.
        """
        if self.day:
            named = (korean_days if language == "ko" else english_days).read(self.day, now.date())
            if named is None or (named.dates[0] - now.date()).days < 0:
                return None
            candidates = [
                self._at(named.dates[0], hour, now) for hour in self._hours(now, named.dates[0] == now.date())
            ]
        else:
            hours = (
                [self.hour % 12] if morning and self.half is None and self.hour <= 12 else self._hours(now, today=True)
            )
            candidates = [self._at(now.date() + timedelta(days=d), hour, now) for d in (0, 1) for hour in hours]
        later = [moment for moment in candidates if moment.timestamp() > now.timestamp()]
        return min(later, key=datetime.timestamp, default=None)

    def _hours(self, now: datetime, today: bool) -> list[int]:
        """Hours from 0 on that it can be, 24 and more being the night after the day named."""
        if self.hour > 12 or self.hour == 0:
            return [self.hour]
        match self.half:
            case "am":
                return [self.hour % 12]
            case "pm":
                return [self.hour % 12 + 12]
            case "noon":
                return [self.hour if self.hour >= 10 else self.hour + 12]
            case "night":
                return [self.hour + 12 if self.hour >= 5 else 24 + self.hour] if self.hour < 12 else [24]
        if today:
            return [self.hour % 12, self.hour % 12 + 12]
        return [self.hour if 5 <= self.hour <= 12 else self.hour + 12]

    def _at(self, day: date, hour: int, now: datetime) -> datetime:
        day = day + timedelta(days=hour // 24)
        return datetime.combine(day, time(hour % 24, self.minute), tzinfo=now.tzinfo)


def say(moment: datetime, language: Language) -> str:
    """ "7:30 am", "오전 7시 30분"."""
    hour = moment.hour % 12 or 12
    if language == "ko":
        minutes = f" {moment.minute}분" if moment.minute else ""
        return f"{'오전' if moment.hour < 12 else '오후'} {hour}시{minutes}"
    return f"{hour}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"


# -- English ---------------------------------------------------------------------------------------------------------


def read_english(text: str) -> TimeOfDay | None:
    """What all of the text says of a moment: "tomorrow at half past seven in the morning"."""
    day, half = "", None
    while match := _ENGLISH_DAY.match(text) or _ENGLISH_DAY_LAST.search(text):
        if day:
            return None
        day = match["day"]
        text = (text[: match.start()] + " " + text[match.end() :]).strip()
    if day.split(" ")[-1] in _ENGLISH_HALVES and day.startswith(("tomorrow ", "this ", "today ")):
        half = _ENGLISH_HALVES[day.split()[-1]]
        day = "tomorrow" if day.startswith("tomorrow") else "today"
    if day == "tonight":
        day, half = "today", "night"
    if match := _ENGLISH_HALF.search(text):
        half = _ENGLISH_HALVES[match["half"]]
        text = text[: match.start()]
    clock = _english_clock(text.removeprefix("at ").removeprefix("exactly ").removesuffix(" sharp").split())
    return replace(clock, half=clock.half or half, day=day) if clock else None


_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_DAY = (
    r"(?P<day>tomorrow(?: morning| afternoon| evening| night)?|today|tonight|this (?:morning|afternoon|evening)|"
    rf"the day after tomorrow|(?:next |this )?{_WEEKDAY})"
)
_ENGLISH_DAY = re.compile(rf"(?:on |for )?{_DAY}(?: at)?(?: |$)")
_ENGLISH_DAY_LAST = re.compile(rf" (?:on |for )?{_DAY}$")
_ENGLISH_HALF = re.compile(r" (?:in the |at )?(?P<half>am|pm|morning|afternoon|evening|night)$")
_ENGLISH_HALVES: dict[str, Half] = {
    "am": "am", "pm": "pm", "morning": "am", "afternoon": "pm", "evening": "pm", "night": "night",
}  # fmt: skip


def _english_clock(words: list[str]) -> TimeOfDay | None:
    text = " ".join(words)
    if text in ("noon", "midday", "twelve noon", "12 noon", "12 midday", "lunchtime"):
        return TimeOfDay(12, half="pm")
    if text in ("midnight", "twelve midnight", "12 midnight"):
        return TimeOfDay(12, half="am")
    if match := _TYPED.fullmatch(text):
        return _valid(int(match[1]), int(match[2]))
    if match := _PAST_OR_TO.fullmatch(text):
        minutes = _QUARTERS.get(match["minutes"]) or _whole(match["minutes"])
        hour = _whole(match["hour"])
        if minutes is None or hour is None or not 0 < hour <= 12 or not 0 < minutes < 60:
            return None
        return (
            TimeOfDay(hour, minutes)
            if match["way"] in ("past", "after")
            else TimeOfDay((hour - 2) % 12 + 1, 60 - minutes)
        )
    if match := _HALF.fullmatch(text):
        hour = _whole(match[1])
        return TimeOfDay(hour, 30) if hour is not None and 0 < hour <= 12 else None
    return _hour_and_minute([word for word in words if word != "oclock"])


_TYPED = re.compile(r"(\d{1,2})(?::|\.)?(\d{2})")
_QUARTERS = {"quarter": 15, "a quarter": 15, "half": 30}
_PAST_OR_TO = re.compile(
    r"(?P<minutes>.+?)(?: minutes?)? (?P<way>past|after|to|before|til|till|until|of) (?P<hour>.+?)(?: oclock)?"
)
_HALF = re.compile(r"half (?:past )?(.+)")


def _hour_and_minute(words: list[str]) -> TimeOfDay | None:
    for cut in range(1, len(words) + 1):
        hour, rest = _whole(" ".join(words[:cut])), words[cut:]
        if hour is None or hour > 24:
            continue
        if rest[:1] in (["oh"], ["o"], ["zero"]):
            minute = _whole(" ".join(rest[1:]))
            if minute is not None and minute < 10:
                return _valid(hour, minute)
        minute = 0 if rest in ([], ["hundred"], ["hundred", "hours"]) else _whole(" ".join(rest))
        if minute is not None and (minute >= 10 or not rest or rest[0] == "hundred" or rest[0] in ("00", "05")):
            return _valid(hour, minute)
    return None


def _whole(text: str) -> int | None:
    value = english_numbers.read_all(text.split())
    return int(value) if value is not None and value.denominator == 1 else None


def _valid(hour: int, minute: int) -> TimeOfDay | None:
    return TimeOfDay(hour % 24, minute) if hour <= 24 and minute < 60 else None


# -- Korean ----------------------------------------------------------------------------------------------------------

_KOREAN_HALF = "오전|오후|아침|저녁|밤|새벽|낮|점심|한밤|정각"
_KOREAN_DAY = "오늘|내일|모레|내일모레|글피|(?:이번주|다음주|다음|이번)?[월화수목금토일]요일"

KOREAN_TIME = (
    f"(?:(?:{_KOREAN_DAY})(?:의|에)?)?(?:(?:{_KOREAN_HALF})(?:에)?)?"
    rf"(?:정오|자정|\d{{1,2}}:\d{{2}}|{korean_numbers.COUNT}시(?:{korean_numbers.COUNT}분|반|정각)?)"
)
"""Anything that `read_korean` may read, as a regular expression without groups."""

_KOREAN = re.compile(
    f"(?:(?P<day>{_KOREAN_DAY})(?:의|에)?)?(?:(?P<half>{_KOREAN_HALF})(?:에)?)?"
    r"(?:(?P<named>정오|자정)|(?P<typed>\d{1,2}:\d{2})|"
    rf"(?P<hour>{korean_numbers.COUNT})시(?:(?P<minute>{korean_numbers.COUNT})분|(?P<thirty>반)|정각)?)"
)
_KOREAN_HALVES: dict[str, Half] = {
    "오전": "am", "아침": "am", "새벽": "am", "오후": "pm", "저녁": "pm", "낮": "noon", "점심": "noon", "밤": "night",
    "한밤": "night",
}  # fmt: skip


def read_korean(text: str) -> TimeOfDay | None:
    """What all of the text, without spaces, says of a moment: "내일아침일곱시반"."""
    match = _KOREAN.fullmatch(text)
    if match is None:
        return None
    day, half = match["day"] or "", _KOREAN_HALVES.get(match["half"] or "")
    if match["named"]:
        return TimeOfDay(12, half="pm" if match["named"] == "정오" else "am", day=day)
    if match["typed"]:
        hour, minute = (int(part) for part in match["typed"].split(":"))
    else:
        hours, minutes = korean_numbers.value(match["hour"]), korean_numbers.value(match["minute"] or "영")
        if hours is None or minutes is None or hours.denominator != 1 or minutes.denominator != 1:
            return None
        hour, minute = int(hours), 30 if match["thirty"] else int(minutes)
    clock = _valid(hour, minute)
    return replace(clock, half=half, day=day) if clock else None
