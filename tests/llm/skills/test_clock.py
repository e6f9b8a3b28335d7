from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.llm.skills.asking import NOW, ask
from voicebot.llm.skills import cities, times_of_day


@pytest.mark.parametrize(
    "question",
    [
        "what time is it",
        "What's the time?",
        "have you got the time",
        "do you know what time it is",
        "um hey could you please tell me what time it is right now",
        "i was wondering what the time is",
        "what is the exact time please",
        "what's the hour",
    ],
)
def test_the_time_in_english(question: str) -> None:
    assert ask(question) == "It is 3:45 pm."


@pytest.mark.parametrize(
    "question",
    [
        "지금 몇 시야",
        "지금몇시야",
        "몇 시예요?",
        "몇 시니",
        "지금 몇 시인가요",
        "지금 몇 신가요",
        "현재 시각이 어떻게 됩니까",
        "혹시 지금 몇 시인지 아세요",
        "저기 음 시간 좀 알려 줘",
        "시간 알려 주실래요",
        "몇 시쯤 됐어",
        "지금 시간이 뭐야",
    ],
)
def test_the_time_in_korean(question: str) -> None:
    assert ask(question, "ko") == "지금은 오후 3시 45분이에요."


ENGLISH = ("what time is it in {}", "what's the time in {} right now", "{} time", "what is {}'s local time")
KOREAN = ("{}는 지금 몇 시야", "지금 {} 몇 시예요", "{} 시간 알려 줘", "{} 현재 시각은", "{}은 몇 시쯤 됐어")


@pytest.mark.parametrize("form", ENGLISH)
def test_every_place_has_its_time_in_english(form: str) -> None:
    for name, place in cities.ENGLISH.items():
        question = form.format(name)
        reply = ask(question)
        assert reply is not None, question
        if place.zone == cities.SEVERAL:
            assert "name a city" in reply
        else:
            assert times_of_day.say(NOW.astimezone(ZoneInfo(place.zone)), "en") in reply
            assert place.english in reply


@pytest.mark.parametrize("form", KOREAN)
def test_every_place_has_its_time_in_korean(form: str) -> None:
    for name, place in cities.KOREAN.items():
        question = form.format(name)
        reply = ask(question, "ko")
        assert reply is not None, question
        if place.zone == cities.SEVERAL:
            assert "도시 이름" in reply
        else:
            assert times_of_day.say(NOW.astimezone(ZoneInfo(place.zone)), "ko") in reply


def test_another_day_elsewhere_is_said() -> None:
    assert ask("what time is it in san francisco") == "It is 10:45 pm on Wednesday in San Francisco."
    assert ask("하와이는 몇 시야", "ko") == "하와이는 지금 19일 오후 8시 45분이에요."


def test_the_time_in_a_while() -> None:
    assert ask("what time will it be in three hours") == "It will be 6:45 pm."
    assert ask("what time was it twenty minutes ago") == "It was 3:25 pm."
    assert ask("what time would it be in paris now") == "It is 7:45 am in Paris."
    assert ask("열 시간 뒤는 몇 시야", "ko") == "내일 오전 1시 45분이에요."


def test_a_while_is_counted_across_the_end_of_summer_time() -> None:
    evening = datetime(2025, 10, 25, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    assert ask("what time will it be in three hours", now=evening) == "It will be 1:30 am tomorrow."


@pytest.mark.parametrize(
    ("hour", "minute", "english", "korean"),
    [(0, 0, "12:00 am", "오전 12시"), (12, 5, "12:05 pm", "오후 12시 5분"), (23, 59, "11:59 pm", "오후 11시 59분")],
)
def test_noon_and_midnight(hour: int, minute: int, english: str, korean: str) -> None:
    now = NOW.replace(hour=hour, minute=minute)
    assert ask("what time is it", now=now) == f"It is {english}."
    assert korean in (ask("지금 몇 시야", "ko", now) or "")


@pytest.mark.parametrize(
    "question",
    [
        "the time machine by h g wells",
        "what time is it in narnia",
        "what time does the train leave",
        "who invented the clock",
        "what is time",
        "what is the time value of money",
        "회의가 몇 시야",
        "저녁 몇 시에 먹을까",
        "시간이 없어",
        "시간이 얼마나 걸려",
        "시간 여행이 가능해",
    ],
)
def test_what_is_not_about_the_clock(question: str) -> None:
    assert ask(question) is None
