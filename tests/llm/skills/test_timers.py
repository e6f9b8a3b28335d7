from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.llm.skills.asking import NOW, ask
from voicebot.clock import run_virtually
from voicebot.errors import UsageError
from voicebot.llm.timers import Alert, Timers


@dataclass
class Kitchen:
    """Timers on a virtual clock, and what they said when, in seconds from the start."""

    start: datetime = NOW
    limit: int = 50
    rang: list[tuple[float, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.timers = Timers(self._ring, self.limit)

    def _ring(self, text: str, language: str) -> None:
        self.rang.append((asyncio.get_running_loop().time(), text, language))

    def ask(self, question: str, language: str = "en") -> str | None:
        now = self.start + timedelta(seconds=asyncio.get_running_loop().time())
        return ask(question, language, now, self.timers)


def rings(question: str, language: str = "en", start: datetime = NOW) -> list[tuple[float, str, str]]:
    """What rings after the question, when, and in which language."""
    kitchen = Kitchen(start)

    async def evening() -> None:
        assert kitchen.ask(question, language) is not None
        await asyncio.sleep(40 * 86_400)

    run_virtually(evening())
    return kitchen.rang


def converse(kitchen: Kitchen, *questions: str, language: str = "en") -> list[str | None]:
    async def talk() -> list[str | None]:
        return [kitchen.ask(question, language) for question in questions]

    return run_virtually(talk())


def run(main: Coroutine[None, None, None]) -> None:
    run_virtually(main)


@pytest.mark.parametrize(
    ("question", "seconds", "text"),
    [
        ("set a timer for five minutes", 300, "Your timer for five minutes is up."),
        ("um could you please set a five minute timer", 300, "Your timer for five minutes is up."),
        ("timer 90 seconds", 90, "Your timer for 1 minute and 30 seconds is up."),
        ("set a timer for to minutes", 120, "Your timer for two minutes is up."),
        ("start a one and a half hour timer", 5400, "Your timer for one hour and thirty minutes is up."),
        ("set a timer for a quarter of an hour", 900, "Your timer for fifteen minutes is up."),
        ("set a timer for ten minutes called pasta", 600, "Your pasta timer is up."),
        ("set a pasta timer for ten minutes", 600, "Your pasta timer is up."),
        ("start a ten minute egg timer", 600, "Your egg timer is up."),
        ("count down from ten seconds", 10, "Your timer for ten seconds is up."),
        ("said a timer for ten minutes", 600, "Your timer for ten minutes is up."),
        ("shitty timer for ten minutes", 600, "Your timer for ten minutes is up."),
        ("please send a diner for ten minutes", 600, "Your timer for ten minutes is up."),
        ("set a second timer for five minutes", 300, "Your timer for five minutes is up."),
        ("remind me in one minute", 60, "This is your reminder. One minute has passed."),
        ("let me know in five minutes", 300, "Your timer for five minutes is up."),
        ("remind me in ten minutes to call my mum", 600, "Reminder: call your mum."),
        ("remind me to call mum in ten minutes", 600, "Reminder: call mum."),
        ("in ten minutes remind me to take out the bins", 600, "Reminder: take out the bins."),
        ("remind me that the train leaves at six in twenty minutes", 1200, "Reminder: the train leaves at six."),
        ("remind me at 7 pm to take my medicine", 11_690, "Reminder: take your medicine."),
        ("set a reminder for 5 pm to feed the cat", 4490, "Reminder: feed the cat."),
        ("wake me in an hour and a half", 5400, "This is your alarm. One hour and thirty minutes have passed."),
        ("wake me up at half past six", 53_090, "It is 6:30 am. This is your alarm."),
        ("set an alarm for 7 30 am", 56_690, "It is 7:30 am. This is your alarm."),
        ("set an alarm for seven thirty", 13_490, "It is 7:30 pm. This is your alarm."),
        ("set an alarm for quarter to eight in the evening", 14_390, "It is 7:45 pm. This is your alarm."),
        ("alarm at noon tomorrow", 72_890, "It is 12:00 pm. This is your alarm."),
    ],
)
def test_it_rings_in_english(question: str, seconds: float, text: str) -> None:
    assert rings(question) == [(seconds, text, "en")]


@pytest.mark.parametrize(
    ("question", "seconds", "text"),
    [
        ("5분 타이머 맞춰줘", 300, "5분 타이머가 끝났어요."),
        ("저기 음 5분짜리 타이머 좀 맞춰 주실 수 있어요", 300, "5분 타이머가 끝났어요."),
        ("타이머 오 분", 300, "오 분 타이머가 끝났어요."),
        ("삼십 초 타이머 시작", 30, "삼십 초 타이머가 끝났어요."),
        ("한 시간 반 타이머 걸어 주세요", 5400, "한 시간 삼십 분 타이머가 끝났어요."),
        ("라면 타이머 3분으로 맞춰줄래", 180, "라면 타이머가 끝났어요."),
        ("파스타 삼십 분 타이머 부탁해", 1800, "파스타 타이머가 끝났어요."),
        ("칠 분 만두 타이머", 420, "만두 타이머가 끝났어요."),
        ("2시간 반죽 타이머", 7200, "반죽 타이머가 끝났어요."),
        ("구이 십 분 타이머", 600, "구이 타이머가 끝났어요."),
        ("라면타이머 5분", 300, "라면 타이머가 끝났어요."),
        ("20분 뒤에 약 먹을 시간 알려줘", 1200, "알려 드릴 시간이에요. 약 먹을 시간."),
        ("20분 후 알림 설정해 줘", 1200, "알림이에요. 20분이 지났어요."),
        ("3분만 재줘", 180, "3분 타이머가 끝났어요."),
        ("10분 뒤에 엄마한테 전화하라고 알려줘", 600, "엄마한테 전화하라고 하셨어요."),
        ("엄마한테 전화하라고 10분 뒤에 알려 주세요", 600, "엄마한테 전화하라고 하셨어요."),
        ("삼십 분 뒤에 나가야 한다고 알려줘", 1800, "나가야 한다고 하셨어요."),
        ("20분 뒤에 빨래 알려줘", 1200, "알려 드릴 시간이에요. 빨래."),
        ("저녁 7시에 약 먹으라고 말해줘", 11_690, "약 먹으라고 하셨어요."),
        ("한 시간 뒤에 깨워줘", 3600, "알람이에요. 한 시간이 지났어요."),
        ("내일 아침 일곱 시 반에 깨워 줄래요", 56_690, "오전 7시 30분이에요. 알람이에요."),
        ("알람 7시로 맞춰줘", 11_690, "오후 7시예요. 알람이에요."),
        ("밤 11시 알람", 26_090, "오후 11시예요. 알람이에요."),
        ("새벽 다섯 시에 알람 맞춰줘", 47_690, "오전 5시예요. 알람이에요."),
    ],
)
def test_it_rings_in_korean(question: str, seconds: float, text: str) -> None:
    assert rings(question, "ko") == [(seconds, text, "ko")]


def test_an_alarm_rings_by_the_clock_on_the_wall_when_summer_time_ends() -> None:
    evening = datetime(2025, 10, 25, 22, 0, tzinfo=ZoneInfo("Europe/London"))
    assert [at for at, _, _ in rings("wake me at seven am", start=evening)] == [10 * 3600]


def test_several_ring_in_their_order_and_may_be_asked_for() -> None:
    kitchen = Kitchen()

    async def evening() -> None:
        assert kitchen.ask("set a timer for ten minutes") == "The timer is set for ten minutes."
        kitchen.ask("set a tea timer for four minutes")
        await asyncio.sleep(60)
        assert kitchen.ask("how much time is left on the tea timer") == "There are 3 minutes left on the tea timer."
        assert kitchen.ask("what timers do i have") == (
            "There are 2: 3 minutes on the tea timer and 9 minutes on the timer for ten minutes."
        )
        await asyncio.sleep(600)
        assert kitchen.ask("how long is left") == "There is no timer running."

    run(evening())
    assert kitchen.rang == [
        (240, "Your tea timer is up.", "en"),
        (600, "Your timer for ten minutes is up.", "en"),
    ]


def test_what_was_cancelled_does_not_ring() -> None:
    kitchen = Kitchen()

    async def evening() -> None:
        kitchen.ask("set a timer for five minutes")
        kitchen.ask("set a timer for ten minutes")
        assert kitchen.ask("cancel the timer") == (
            "Which one? There are the timer for five minutes and the timer for ten minutes."
        )
        assert kitchen.ask("cancel the five minute timer") == "I have cancelled the timer for five minutes."
        await asyncio.sleep(3600)
        assert kitchen.ask("cancel the timer") == "There is no timer running."

    run(evening())
    assert [text for _, text, _ in kitchen.rang] == ["Your timer for ten minutes is up."]


def test_cancelling_in_korean() -> None:
    kitchen = Kitchen()
    said = converse(
        kitchen, "라면 타이머 3분", "계란 타이머 십 분", "라면 타이머 얼마나 남았어", "라면 타이머 꺼줘",
        "타이머 전부 취소해줘", "타이머 있어", language="ko",
    )  # fmt: skip
    assert said == [
        "라면 타이머를 3분으로 맞췄어요.",
        "계란 타이머를 십 분으로 맞췄어요.",
        "라면 타이머는 3분 남았어요.",
        "라면 타이머를 취소했어요.",
        "계란 타이머를 취소했어요.",
        "맞춰 둔 타이머가 없어요.",
    ]


def test_an_alarm_is_not_cancelled_for_a_timer() -> None:
    kitchen = Kitchen()
    said = converse(kitchen, "set an alarm for 7 am", "cancel the timer", "when is my alarm", "turn off the alarm")
    assert said[1:] == [
        "There is no timer running.",
        "The alarm for 7:00 am will ring in 15 hours and 14 minutes.",
        "I have cancelled the alarm for 7:00 am.",
    ]


def test_what_counts_down_goes_by_any_of_the_names() -> None:
    assert converse(Kitchen(), "remind me in five minutes", "cancel the timer")[1] == (
        "I have cancelled the reminder for five minutes."
    )
    said = converse(Kitchen(), "20분 뒤에 알려 줘", "알림 꺼 줘", "유튜브 알림 꺼 줘", language="ko")
    assert said[1:] == ["20분 타이머를 취소했어요.", None]


def test_a_bare_cancel_stops_what_counts_down() -> None:
    said = converse(Kitchen(), "cancel", "set a timer for five minutes", "cancel it", "cancel")
    assert said[0] == said[3] == "All right."
    assert said[2] == "I have cancelled the timer for five minutes."
    assert converse(Kitchen(), "set an alarm for 7 am", "cancel")[1] == "All right."


def test_what_only_points_at_a_timer_is_no_name() -> None:
    said = converse(Kitchen(), "라면 타이머 3분", "내가 아까 맞춰 놓은 타이머 이제 필요 없어", language="ko")
    assert said[1] == "라면 타이머를 취소했어요."


def test_what_is_missing_is_asked_for() -> None:
    kitchen = Kitchen()
    assert "how long" in str(converse(kitchen, "set a timer"))
    assert "For when" in str(converse(kitchen, "set an alarm", "remind me to call mum"))
    assert "얼마 동안" in str(converse(kitchen, "타이머 맞춰줘", language="ko"))
    assert kitchen.timers.pending == []


@pytest.mark.parametrize(
    "question",
    ["set a timer for a million years", "set a timer for zero minutes", f"set a timer for {'9' * 29} minutes"],
)
def test_a_length_that_makes_no_sense_is_declined(question: str) -> None:
    kitchen = Kitchen()
    assert converse(kitchen, question) != [None]
    assert kitchen.timers.pending == []


def test_there_is_a_bound() -> None:
    kitchen = Kitchen(limit=2)
    *_, last = converse(kitchen, *["set a timer for five minutes"] * 3)
    assert last == "There are 2 timers running already, and I can keep no more. Cancel one first."
    assert len(kitchen.timers.pending) == 2


def test_the_bound_holds_for_any_caller() -> None:
    kitchen = Kitchen(limit=1)

    async def evening() -> None:
        alert = Alert("timer", "", "the timer", "Time is up.", "en")
        kitchen.timers.start(5, alert)
        with pytest.raises(UsageError, match="Cancel one first"):
            kitchen.timers.start(5, alert)
        await asyncio.sleep(10)
        kitchen.timers.start(5, alert)

    run(evening())
    assert [at for at, _, _ in kitchen.rang] == [5]


def test_closing_silences_them_all() -> None:
    kitchen = Kitchen()

    async def evening() -> None:
        kitchen.ask("set a timer for five minutes")
        kitchen.ask("set an alarm for seven")
        kitchen.timers.close()
        await asyncio.sleep(86_400)

    run(evening())
    assert kitchen.rang == []


def test_without_a_conversation_it_says_so() -> None:
    for question in ("set a timer for five minutes", "how much time is left", "cancel the timer"):
        assert "voicebot chat" in (ask(question) or "")
    assert "voicebot chat" in (ask("5분 타이머 맞춰줘", "ko") or "")


@pytest.mark.parametrize(
    "question",
    [
        "who invented the timer",
        "i love my timer",
        "add five minutes to the timer",
        "pause the timer",
        "said a prayer for ten minutes",
        "city tour for two hours",
        "5분 만에 잠드는 방법 알려 줘",
        "한 시간 뒤 서울 날씨 알려 줘",
        "타이머 5분 추가해 줘",
        "what is a timer",
        "how do alarms work",
        "tell me about the war in two days",
        "cancel my subscription",
        "stop the music",
        "set the table",
        "타이머가 뭐야",
        "서울 인구 알려줘",
        "불 꺼줘",
        "비행기 취소해줘",
        "세 시에 무슨 영화 하는지 알려줘",
    ],
)
def test_what_is_not_about_timers(question: str) -> None:
    assert ask(question) is None
