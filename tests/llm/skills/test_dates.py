from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.llm.skills.asking import NOW, ask
from voicebot.llm.skills import english_days, english_numbers, holidays, korean_days, korean_numbers

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("what day is it", "Today is Thursday, 20 November."),
        ("what's today's date", "Today is Thursday, 20 November 2025."),
        ("what is the date", "Today is Thursday, 20 November 2025."),
        ("do you know what the date is", "Today is Thursday, 20 November 2025."),
        ("what day is it tomorrow", "Tomorrow is Friday, 21 November."),
        ("in three days what day will it be", "That day is Sunday, 23 November."),
        ("tell me the date forty days from today", "That day is Tuesday, 30 December 2025."),
        ("what day was it yesterday", "Yesterday was Wednesday, 19 November."),
        ("what day is the day after tomorrow", "The day after tomorrow is Saturday, 22 November."),
        ("what day is it in three days", "That day is Sunday, 23 November."),
        ("what was the date two weeks ago", "That day was Thursday, 6 November 2025."),
        ("what date is it on friday", "Friday is 21 November 2025."),
        ("what day is it next tuesday", "Next Tuesday is Tuesday, 25 November."),
        ("what day of the week is christmas", "Christmas is Thursday, 25 December."),
        ("what day does christmas fall on this year", "Christmas is Thursday, 25 December."),
        ("what day is january first twenty thirty", "1 January 2030 is a Tuesday."),
        ("what day was the first of january two thousand", "1 January 2000 was a Saturday."),
        ("what day is 2030-01-01", "1 January 2030 is a Tuesday."),
        ("when is christmas", "Christmas is on Thursday, 25 December, in 35 days."),
        ("when is thanksgiving", "Thanksgiving is on Thursday, 27 November, in 7 days."),
        ("how many days until christmas", "It is 35 days until Christmas."),
        ("how long until new year's day", "It is 42 days until New Year's Day."),
        ("how many weeks until christmas", "It is 5 weeks until Christmas."),
        ("how many months until christmas", "It is 1 month and 5 days until Christmas."),
        ("how many days since halloween", "It has been 20 days since Halloween."),
        ("how many days are left in the year", "There are 41 days left in this year, after today."),
        ("how long until half past seven", "It is 3 hours and 44 minutes until 7:30 pm."),
        ("what month is it", "It is November."),
        ("what year is it", "It is 2025."),
        ("what week is it", "It is week 47 of the year."),
        ("is it friday today", "No, today is Thursday."),
        ("is twenty twenty four a leap year", "Yes, 2024 is a leap year."),
        ("how many days are in february", "February 2025 has 28 days."),
    ],
)
def test_english_as_people_ask(question: str, reply: str) -> None:
    assert ask(question) == reply


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("오늘 며칠이야", "오늘은 2025년 11월 20일 목요일이에요."),
        ("오늘 날짜가 어떻게 돼요", "오늘은 2025년 11월 20일 목요일이에요."),
        ("오늘 무슨 요일이에요", "오늘은 11월 20일 목요일이에요."),
        ("무슨 요일이야 오늘", "오늘은 11월 20일 목요일이에요."),
        ("26일 후 날짜 알려 줄 수 있어", "그날은 2025년 12월 16일 화요일이에요."),
        ("며칠 있으면 십이월 이십오 일이야", "12월 25일까지 35일 남았어요."),
        ("2월은 며칠까지 있어", "2026년 2월은 28일까지 있어요."),
        ("내일 무슨 요일이야", "내일은 11월 21일 금요일이에요."),
        ("어제 무슨 요일이었어", "어제는 11월 19일 수요일이었어요."),
        ("모레가 며칠이지", "모레는 2025년 11월 22일 토요일이에요."),
        ("3일 뒤는 무슨 요일이야", "그날은 11월 23일 일요일이에요."),
        ("사흘 뒤는 무슨 요일인가요", "그날은 11월 23일 일요일이에요."),
        ("일주일 후는 며칠입니까", "그날은 2025년 11월 27일 목요일이에요."),
        ("다음 주 금요일은 무슨 날짜야", None),
        ("다음 주 금요일은 며칠이야", "다음 주 금요일은 2025년 11월 28일 금요일이에요."),
        ("크리스마스까지 며칠 남았어", "크리스마스까지 35일 남았어요."),
        ("크리스마스까지 며칠", "크리스마스까지 35일 남았어요."),
        ("새해까지 몇 주 남았나요", "새해까지 6주 남았어요."),
        ("추석이 언제야", "추석은 2026년 9월 25일 금요일이고, 309일 남았어요."),
        ("설날까지 얼마나 남았어요", "설날까지 89일 남았어요."),
        ("작년 크리스마스는 무슨 요일이었어", "크리스마스는 2024년 12월 25일 수요일이었어요."),
        ("십이월 이십오일은 무슨 요일이야", "2025년 12월 25일은 목요일이에요."),
        ("시월 삼일은 무슨 요일이야", "2026년 10월 3일은 토요일이에요."),
        ("올해 며칠 남았어", "오늘을 빼고 올해가 41일 남았어요."),
        ("지금 몇 월이야", "지금은 11월이에요."),
        ("올해는 몇 년이야", "올해는 2025년이에요."),
        ("오늘 금요일이야", "아니요, 오늘은 목요일이에요."),
        ("오늘 목요일 맞나요", "네, 오늘은 목요일이에요."),
        ("올해는 윤년이야", "아니요, 2025년은 윤년이 아니에요."),
    ],
)
def test_korean_as_people_ask(question: str, reply: str | None) -> None:
    assert ask(question, "ko") == reply


def test_next_friday_is_told_both_ways_while_people_differ() -> None:
    assert ask("what day is it next friday") == (
        "This coming one is Friday, 21 November; the one next week is Friday, 28 November."
    )
    saturday = NOW + timedelta(days=2)
    assert ask("what day is it next friday", now=saturday) == "Next Friday is Friday, 28 November."


@given(st.integers(1, 300))
@settings(deadline=None)
def test_days_from_now_are_counted_in_both_languages(count: int) -> None:
    day = TODAY + timedelta(days=count)
    said = english_numbers.say(count).replace("-", " ")
    reply = ask(f"what is the date in {said} days") or ""
    assert f"{day.day} {english_days.MONTHS[day.month - 1].capitalize()} {day.year}" in reply
    assert english_days.WEEKDAYS[day.weekday()].capitalize() in reply
    reply = ask(f"{korean_numbers.say(count)} 일 뒤는 며칠이야", "ko") or ""
    assert f"{day.year}년 {day.month}월 {day.day}일 {korean_days.WEEKDAYS[day.weekday()]}요일" in reply


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(deadline=None)
def test_any_date_has_its_weekday(day: date) -> None:
    month = english_days.MONTHS[day.month - 1]
    weekday = english_days.WEEKDAYS[day.weekday()].capitalize()
    assert weekday in (ask(f"what day of the week is {month} {day.day} {day.year}") or "")
    assert f"{korean_days.WEEKDAYS[day.weekday()]}요일" in (
        ask(f"{day.year}년 {day.month}월 {day.day}일은 무슨 요일이야", "ko") or ""
    )


def test_every_holiday_is_known_in_english() -> None:
    for name, holiday in holidays.ENGLISH.items():
        day = holidays.coming(holiday, TODAY)
        assert day is not None
        assert ask(f"how many days until {name}") == f"It is {(day - TODAY).days} days until {holiday.english}."


def test_every_holiday_is_known_in_korean() -> None:
    for name, holiday in holidays.KOREAN.items():
        day = holidays.coming(holiday, TODAY)
        assert day is not None
        assert ask(f"{name}까지 며칠 남았어", "ko") == f"{holiday.korean}까지 {(day - TODAY).days}일 남았어요."


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert holidays.easter(year) == date(year, *day)


def test_a_holiday_that_is_today() -> None:
    christmas = datetime(2025, 12, 25, 9, tzinfo=ZoneInfo("UTC"))
    assert ask("how many days until christmas", now=christmas) == "Christmas is today."
    assert ask("크리스마스까지 며칠 남았어", "ko", christmas) == "크리스마스는 오늘이에요."


def test_the_last_day_of_a_month_is_kept_inside_it() -> None:
    now = datetime(2024, 1, 31, 9, tzinfo=ZoneInfo("UTC"))
    assert ask("what is the date in one month", now=now) == "That day is Thursday, 29 February 2024."


@pytest.mark.parametrize(
    "question",
    [
        "when is dinner",
        "what day is my birthday",
        "what is the date of the battle of hastings",
        "is friday a good film",
        "what day is february 30th",
        "what is the date in a million years",
        "내 생일까지 며칠 남았어",
        "며칠 있으면 나아",
        "월드컵은 언제야",
        "오늘 뭐 먹지",
        "13월 1일은 무슨 요일이야",
    ],
)
def test_what_the_calendar_does_not_know(question: str) -> None:
    assert ask(question) is None
