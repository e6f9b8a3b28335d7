"""Days as people name them in Korean, without spaces."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from voicebot.llm.skills import days, holidays, korean_numbers
from voicebot.llm.skills.days import NamedDay

WEEKDAYS = "월화수목금토일"
_NEAR = {
    "": 0, "오늘": 0, "지금": 0, "현재": 0, "금일": 0, "내일": 1, "낼": 1, "명일": 1, "이튿날": 1, "다음날": 1,
    "모레": 2, "내일모레": 2, "낼모레": 2, "글피": 3, "그글피": 4, "어제": -1, "어저께": -1, "그제": -2, "그저께": -2,
    "엊그제": -2, "엊그저께": -2, "그끄저께": -3,
}  # fmt: skip
_NEAR_NAMES = {0: "오늘", 1: "내일", 2: "모레", 3: "글피", -1: "어제", -2: "그저께"}
_WEEKS = {
    "이번주": 0, "금주": 0, "다음주": 1, "담주": 1, "내주": 1, "차주": 1, "다다음주": 2, "지난주": -1, "저번주": -1,
    "전주": -1, "지지난주": -2,
}  # fmt: skip
_YEARS = {
    "올해": 0, "금년": 0, "이번해": 0, "내년": 1, "다음해": 1, "후년": 2, "내후년": 2, "작년": -1, "지난해": -1,
    "재작년": -2,
}  # fmt: skip
_MONTHS = {"이번달": 0, "이달": 0, "다음달": 1, "담달": 1, "지난달": -1, "저번달": -1, "다다음달": 2}
_COUNTED = {
    "하루": (1, "day"), "이틀": (2, "day"), "사흘": (3, "day"), "나흘": (4, "day"), "닷새": (5, "day"),
    "엿새": (6, "day"), "이레": (7, "day"), "여드레": (8, "day"), "아흐레": (9, "day"), "열흘": (10, "day"),
    "보름": (15, "day"),
    "일주일": (1, "week"), "한주": (1, "week"), "한달": (1, "month"), "일년": (1, "year"), "한해": (1, "year"),
}  # fmt: skip
_UNITS = {
    "일": "day", "날": "day", "주일": "week", "주": "week", "개월": "month", "달": "month", "년": "year", "해": "year",
}  # fmt: skip
_AWAY = re.compile(
    f"(?:(?P<anchor>.+?)(?:부터|에서|로부터|으로부터|의|보다|하고|지나서|지나고)?)??"
    f"(?:앞으로|지금부터)?(?:(?P<counted>{'|'.join(_COUNTED)})|"
    f"(?P<count>{korean_numbers.COUNT})(?P<unit>{'|'.join(_UNITS)}))(?:간|쯤)?"
    "(?P<way>뒤|후|이후|지나면|지난|있다가|있으면|전|이전|째)(?:의|에|날)?"
)
_WEEKDAY = re.compile(
    f"(?P<which>{'|'.join(_WEEKS)}|다음|담|이번|오는|돌아오는|지난|저번)?(?:의)?(?P<day>[{WEEKDAYS}])요일(?:날)?"
)
_DATE = re.compile(
    f"(?:(?P<year>{'|'.join(_YEARS)}|{korean_numbers.COUNT}년)(?:도)?(?:의)?)?"
    f"(?:(?P<month>{korean_numbers.COUNT}|유|시)월|(?P<named>{'|'.join(_MONTHS)}))(?:의)?"
    f"(?P<day>{korean_numbers.COUNT})일(?:날)?"
)
_HOLIDAY = re.compile(
    f"(?P<year>{'|'.join(_YEARS)}|{korean_numbers.COUNT}년)?(?:도)?(?:의|다음|이번)?(?P<name>.+?)(?:당일|날)?"
)


def read(text: str, today: date, past: bool = False) -> NamedDay | None:
    """The day that all of the text names; `past`: of a day that comes back, the last one instead of the next."""
    try:
        return _Reader(today, past).read(text)
    except (ValueError, OverflowError):  # the 31st of February, the year 20,000
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    today: date
    past: bool

    def read(self, text: str) -> NamedDay | None:
        if text in _NEAR:
            away = _NEAR[text]
            return NamedDay((self.today + timedelta(days=away),), _NEAR_NAMES.get(away, text))
        readers = (self._weekday, self._holiday, self._date, self._away, self._of_month)
        return next((named for named in (reader(text) for reader in readers) if named), None)

    def _weekday(self, text: str) -> NamedDay | None:
        match = _WEEKDAY.fullmatch(text)
        if match is None:
            return None
        weekday, which = WEEKDAYS.index(match["day"]), match["which"] or ""
        name = f"{match['day']}요일"
        if which in _WEEKS:
            spoken = {0: "이번 주", 1: "다음 주", 2: "다다음 주", -1: "지난주", -2: "지지난주"}[_WEEKS[which]]
            return NamedDay((days.of_week(self.today, weekday, _WEEKS[which]),), f"{spoken} {name}")
        if which in ("지난", "저번") or (self.past and not which):
            return NamedDay((days.weekday_from(self.today - timedelta(days=7), weekday),), f"지난 {name}")
        if which in ("다음", "담"):
            return NamedDay(days.next_weekday(self.today, weekday), f"다음 {name}")
        return NamedDay((days.weekday_from(self.today, weekday),), name)

    def _holiday(self, text: str) -> NamedDay | None:
        match = _HOLIDAY.fullmatch(text)
        if match is None:
            return None
        names = (text, match["name"], match["name"] + "날")
        holiday = next((holidays.KOREAN[name] for name in names if name in holidays.KOREAN), None)
        year = None if holiday and text in holidays.KOREAN else self._year(match["year"])
        return days.of_holiday(holiday, holiday.korean, self.today, year, self.past) if holiday else None

    def _date(self, text: str) -> NamedDay | None:
        match = _DATE.fullmatch(text)
        if match is None:
            return None
        day, year = korean_numbers.value(match["day"]), self._year(match["year"])
        if day is None or day.denominator != 1:
            return None
        if match["named"]:
            month = days.after_months(self.today.replace(day=1), _MONTHS[match["named"]])
            return NamedDay((month.replace(day=int(day)),))
        number = korean_numbers.value({"유": "육", "시": "십"}.get(match["month"], match["month"]))
        if number is None or number.denominator != 1 or not 1 <= number <= 12:
            return None
        name = f"{number}월 {day}일"
        if year is not None:
            return NamedDay((date(year, int(number), int(day)),), f"{year}년 {name}", dated=True)
        return NamedDay((days.returning(self.today, int(number), int(day), self.past),), name, dated=True)

    def _away(self, text: str) -> NamedDay | None:
        """ "3일뒤", "일주일전", "오늘부터100일뒤"."""
        match = _AWAY.fullmatch(text)
        start = self.read(match["anchor"] or "") if match else None
        if match is None or start is None:
            return None
        if match["counted"]:
            count, unit = _COUNTED[match["counted"]]
        else:
            value = korean_numbers.value(match["count"])
            if value is None or value.denominator != 1:
                return None
            count, unit = int(value), _UNITS[match["unit"]]
        sign = -1 if match["way"] in ("전", "이전") else 1
        return NamedDay(tuple(days.after(day, sign * count, unit) for day in start.dates))

    def _of_month(self, text: str) -> NamedDay | None:
        """ "25일", "주말", "월말"."""
        if text in ("주말", "이번주말"):
            return NamedDay((days.weekday_from(self.today, 5),), "주말")
        if text in ("월말", "이번달말", "이달말"):
            last = calendar.monthrange(self.today.year, self.today.month)[1]
            return NamedDay((self.today.replace(day=last),), "월말")
        number = korean_numbers.value(text.removesuffix("일")) if text.endswith("일") else None
        if number is None or number.denominator != 1 or not 1 <= number <= 31:
            return None
        for months in range(12):
            month = days.after_months(self.today.replace(day=1), months)
            if number <= calendar.monthrange(month.year, month.month)[1]:
                found = month.replace(day=int(number))
                if found >= self.today:
                    return NamedDay((found,), f"{found.month}월 {found.day}일", dated=True)
        return None

    def _year(self, text: str | None) -> int | None:
        if text is None:
            return None
        if text in _YEARS:
            return self.today.year + _YEARS[text]
        number = korean_numbers.value(text.removesuffix("년"))
        return int(number) if number is not None and number.denominator == 1 and number >= 1000 else None
