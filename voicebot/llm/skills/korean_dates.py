"""Questions about the calendar in Korean, without spaces: a pattern for the whole question, and what answers it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime

from voicebot.llm.skills import days, durations, korean, korean_days, times_of_day
from voicebot.llm.skills.days import end_of, hours_until, months_and_days
from voicebot.llm.skills.korean import ENDING
from voicebot.llm.skills.korean_days import WEEKDAYS

Groups = dict[str, str | None]
Form = Callable[[Groups, datetime], str | None]


def _day(groups: Groups, now: datetime) -> str | None:
    named = korean_days.read(groups["day"] or "", now.date(), past=bool(groups.get("past")))
    if named is None:
        return None
    with_year = bool(groups.get("date")) or any(day.year != now.year for day in named.dates)
    if len(named.dates) == 2:
        first, second = (_date(day, with_year) for day in named.dates)
        return f"이번 주는 {first}이고, 다음 주는 {second}이에요."
    day = named.dates[0]
    name = f"{day.year}년 {day.month}월 {day.day}일" if named.dated else named.name or "그날"
    found = f"{WEEKDAYS[day.weekday()]}요일" if named.dated else _date(day, with_year)
    return f"{korean.with_particle(name, '은')} {found}{'이었어요' if day < now.date() else '이에요'}."


def _when(groups: Groups, now: datetime) -> str | None:
    named = korean_days.read(groups["day"] or "?", now.date(), past=bool(groups.get("past")))
    if named is None:
        return None
    if len(named.dates) == 2 or named.dates[0] < now.date():
        return _day(groups, now)
    day = named.dates[0]
    subject = korean.with_particle(named.name or "그날", "은")
    return f"{subject} {_date(day, day.year != now.year)}이고, {_left(day, 'day', now)}."


def _until(groups: Groups, now: datetime) -> str | None:
    text = groups["day"] or ""
    named = korean_days.read(text, now.date()) if text else None
    if named is None:
        return _until_moment(text, now)
    if named.dates[0] < now.date():
        return None
    unit = _UNITS.get(groups.get("unit") or "", "day")
    if len(named.dates) == 2:
        first, second = (_left(day, unit, now) for day in named.dates)
        return f"이번 주까지는 {first}. 다음 주까지는 {second}."
    name = named.name or _date(named.dates[0], with_year=False)
    if named.dates[0] == now.date():
        return f"{korean.with_particle(name, '은')} 오늘이에요."
    return f"{name}까지 {_left(named.dates[0], unit, now)}."


_UNITS = {"주": "week", "주일": "week", "달": "month", "개월": "month", "시간": "hour"}


def _until_moment(text: str, now: datetime) -> str | None:
    clock = times_of_day.read_korean(text)
    moment = clock.after(now, "ko") if clock else None
    if moment is None:
        return None
    left = durations.say(int(moment.timestamp() - now.timestamp()), "ko")
    return f"{times_of_day.say(moment, 'ko')}까지 {left} 남았어요."


def _left(day: date, unit: str, now: datetime) -> str:
    count = (day - now.date()).days
    if unit == "week" and count >= 7:
        weeks, rest = divmod(count, 7)
        return f"{weeks}주{f' {rest}일' if rest else ''} 남았어요"
    if unit == "month":
        months, rest = months_and_days(now.date(), day)
        parts = [f"{months}개월" if months else "", f"{rest}일" if rest else ""]
        return f"{' '.join(part for part in parts if part)} 남았어요"
    if unit == "hour":
        return f"{hours_until(day, now)}시간 남았어요"
    return f"{count}일 남았어요" if count else "오늘이에요"


def _since(groups: Groups, now: datetime) -> str | None:
    named = korean_days.read(groups["day"] or "?", now.date(), past=True)
    if named is None or named.dates[0] > now.date():
        return None
    count = (now.date() - named.dates[0]).days
    name = named.name or _date(named.dates[0], with_year=True)
    return (
        f"{korean.with_particle(name, '이')} {count}일 지났어요."
        if count
        else f"{korean.with_particle(name, '은')} 오늘이에요."
    )


def _rest_of(groups: Groups, now: datetime) -> str | None:
    span = {"올": "year", "금": "year", "이번달": "month", "이달": "month", "이번주": "week"}
    found = next((unit for start, unit in span.items() if (groups["span"] or "").startswith(start)), "year")
    name = {"year": "올해", "month": "이번 달", "week": "이번 주"}[found]
    return f"오늘을 빼고 {korean.with_particle(name, '이')} {(end_of(found, now.date()) - now.date()).days}일 남았어요."


def _month(groups: Groups, now: datetime) -> str | None:
    which = groups.get("which") or ""
    away = {"다음": 1, "담": 1, "지난": -1, "저번": -1}.get(which.removesuffix("달"), 0)
    day = days.after_months(now.date().replace(day=1), away)
    subject = {1: "다음 달은", -1: "지난달은"}.get(away, "지금은")
    return f"{subject} {day.month}월{'이었어요' if away < 0 else '이에요'}."


def _year(groups: Groups, now: datetime) -> str | None:
    away = {"내": 1, "다": 1, "작": -1, "지난": -1}.get((groups.get("which") or "")[:1], 0)
    away = -1 if (groups.get("which") or "").startswith("지난") else away
    subject = {1: "내년은", -1: "작년은"}.get(away, "올해는")
    return f"{subject} {now.year + away}년{'이었어요' if away < 0 else '이에요'}."


def _week(groups: Groups, now: datetime) -> str | None:
    return f"올해 {now.isocalendar().week}번째 주예요."


def _whether(groups: Groups, now: datetime) -> str | None:
    named = korean_days.read(groups["day"] or "", now.date())
    if named is None:
        return None
    weekday = WEEKDAYS[named.dates[0].weekday()]
    right = groups["weekday"] == weekday or (groups["weekday"] == "주말" and weekday in "토일")
    subject = korean.with_particle(named.name or "그날", "은")
    return f"{'네' if right else '아니요'}, {subject} {weekday}요일이에요."


def _leap(groups: Groups, now: datetime) -> str | None:
    named = korean_days.read(f"{groups['year']}1월1일", now.date())
    if named is None:
        return None
    year = named.dates[0].year
    return f"네, {year}년은 윤년이에요." if calendar.isleap(year) else f"아니요, {year}년은 윤년이 아니에요."


def _month_length(groups: Groups, now: datetime) -> str | None:
    """ "2월은 며칠까지 있어"."""
    first = korean_days.read(f"{groups['month']}1일", now.date())
    if first is None:
        return None
    day = first.dates[0]
    year = f"{day.year}년 " if day.month == 2 else ""
    return f"{year}{day.month}월은 {calendar.monthrange(day.year, day.month)[1]}일까지 있어요."


def _date(day: date, with_year: bool) -> str:
    year = f"{day.year}년 " if with_year else ""
    return f"{year}{day.month}월 {day.day}일 {WEEKDAYS[day.weekday()]}요일"


_OF = "(?:은요|는요|은|는|이|가|의|에|도)?"
_IS = "(?:은|는|이|가)?"
_WEEKDAY_ASKED = f"(?:요일)?{_IS}(?:무슨|어떤|뭔|몇|무순)요일(?:쯤)?(?P<past>였|이었)?{ENDING}"
_DATE_ASKED = (
    f"(?:날짜|일자|날|월일)?{_IS}(?:(?:몇년)?(?:몇월)?(?:며칠|몇일|며칟날)|몇월몇일)(?:이나"
    f"|쯤)?(?P<past>였|이었)?{ENDING}"
)
_UP_TO = "(?:까지|가지|전까지|(?:이|가)?(?:되려면|오려면|올때까지|될때까지))(?:는|은)?"
_HOW_LONG = (
    "(?:앞으로|이제|지금부터|오늘부터|지금)?(?:얼마나|얼마|며칠밤|며칠|몇일|몇(?P<unit>주일|주|달|개월|밤|시간"
    "|날)|시간이얼마나)"
    "(?:이나|정도|쯤|을|더|이|가|동안|만)*"
)
_REMAINS = "(?:더)?(?:남|있어야|기다려야|걸리|걸려|자야)(?:았|하|해|되|돼|어있|은|은거|면돼)?(?:[가-힣]{0,6})"
_HERE = f"(?:지금|현재|오늘)?{_IS}"

_PATTERNS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    (
        _day,
        (
            f"(?P<day>.*?){_OF}{_WEEKDAY_ASKED}",
            f"(?P<day>.*?){_OF}(?P<date>{_DATE_ASKED})",
            f"(?P<day>.*?){_OF}(?P<date>날짜(?:와요일|랑요일|하고요일)?|일자|요일)(?:은|는|이|가|을|를|좀|요)?"
            f"(?:어떻게|뭐|언제|무엇)?{ENDING}",
        ),
    ),
    (_when, (f"(?P<day>.+?)(?:은|는|이|가|날은|날이)?언제(?P<past>였|이었)?{ENDING}",)),
    (
        _until,
        (
            f"(?:앞으로|이제|지금부터|오늘부터)?(?P<day>.+?){_UP_TO}{_HOW_LONG}(?:{_REMAINS}|{ENDING})",
            f"(?:앞으로|이제|지금부터|오늘부터)?(?P<day>.+?)(?:는|은|이|가)?{_HOW_LONG}{_REMAINS}",
            f"(?:앞으로|이제|지금부터|오늘부터)?{_HOW_LONG}(?:있으면|지나면|자면|기다리면|뒤면|후면|뒤가|후가|뒤에|후에|뒤|후)"
            f"(?P<day>.+?)(?:(?:이|가)?{ENDING}|(?:이|가)(?:오|온|와|되|돼)[가-힣]{{0,4}})",
            "(?:앞으로|이제)?(?P<day>.+?)까지(?:남은)?(?:날짜|날|일수|시간|기간|디데이)?(?:은|는|이|가|을|를)?"
            f"(?:며칠|얼마나|얼마|몇일|어떻게)?(?:나)?{ENDING}",
            f"(?P<day>.+?)(?:디데이|d-day|dday){ENDING}",
        ),
    ),
    (
        _since,
        (
            "(?P<day>.+?)(?:에서|(?:으로|로)?부터|이후로?|후로?|(?:이|가)?지난지|된지|은|는|이|가)?"
            f"{_HOW_LONG}(?:지났|됐|되었|흘렀|전이|전인|전)[가-힣]{{0,5}}",
        ),
    ),
    (
        _rest_of,
        (
            "(?P<span>올해|금년|이번달|이달|이번주)(?:은|는|이|가|도)?(?:앞으로|이제)?(?:끝나려면)?"
            f"(?:며칠|몇일|얼마나|얼마)(?:이나|이|정도|더)*(?:{_REMAINS})",
        ),
    ),
    (
        _month,
        (f"{_HERE}(?P<which>이번달|이달|다음달|담달|지난달|저번달)?{_IS}(?:지금)?(?:몇월달|몇월|무슨달){ENDING}",),
    ),
    (
        _year,
        (
            f"{_HERE}(?P<which>올해|금년|이번해|내년|다음해|작년|지난해)?{_IS}(?:지금)?(?:몇년도|몇년|무슨년도"
            f"|무슨해|연도|년도)"
            f"{_IS}{ENDING}",
        ),
    ),
    (_week, (f"(?:지금|현재|오늘|이번주)?{_IS}(?:몇주차|몇번째주|몇째주){ENDING}",)),
    (
        _whether,
        (
            f"(?P<day>.*?){_OF}(?P<weekday>[{WEEKDAYS}](?=요일)|주말)(?:요일)?(?:이|가)?(?:맞(?:나|아|지|죠|습"
            f"|는)?)?(?:던가)?{ENDING}",
        ),
    ),
    (
        _month_length,
        (
            f"(?P<month>.*?(?:월|달))(?:달)?{_IS}(?:모두|총|전부)?(?:며칠|몇일)(?:까지|동안)(?:이나)?"
            f"(?:있[가-힣]{{1,4}}|{ENDING})",
        ),
    ),
    (_leap, (f"(?P<year>.+?)(?:도)?{_IS}윤년(?:이|인지)?(?:맞아|맞나요|맞아요)?{ENDING}",)),
)

FORMS: tuple[tuple[re.Pattern[str], Form], ...] = tuple(
    (re.compile(pattern), form) for form, patterns in _PATTERNS for pattern in patterns
)
"""Every form of question, tried in this order; a form that cannot answer leaves it to the next."""
