"""The offline assistant against a grammar of what people ask, in English and Korean, on a virtual clock.

The grammar knows nothing of the skills: it draws questions and works out by itself what each reply must mean. A
category passes when every reply in it does.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.llm.skill_grammar import CATEGORIES, Ask, Case, Rings, Wait, conversations, declined
from tests.llm.skill_grammar.checks import (
    Check,
    calendar_day,
    clock,
    duration,
    durations,
    in_language,
    number_of_days,
    quantity,
    result,
    weekday,
)
from tests.llm.skill_grammar.checks import declined as is_declined
from tests.llm.skill_grammar.spoken_numbers import english, sino
from voicebot.clock import run_virtually
from voicebot.llm.base import Message, Request
from voicebot.llm.offline import Offline
from voicebot.llm.timers import Timers

HOW_TO_ADD_ONE = r"ollama|올라마|lm ?studio|llama|settings|설정|install|설치|server|서버|api"
NOON = datetime(2026, 7, 15, 12, 0, tzinfo=UTC)


@dataclass
class Conversation:
    """One person talking to a fresh assistant; `rung` is (seconds from the start, what was said, language)."""

    language: str
    began: datetime
    with_timers: bool = True
    messages: list[Message] = field(default_factory=list)
    rung: list[tuple[float, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        timers = Timers(self._ring) if self.with_timers else None
        self._offline = Offline(now=lambda: self.began + timedelta(seconds=self.seconds), timers=timers)

    @property
    def seconds(self) -> float:
        return self._loop.time() - self._start

    async def ask(self, question: str) -> str:
        self.messages.append(Message("user", question))
        request = Request(messages=tuple(self.messages), language=self.language)
        reply = "".join([piece async for piece in self._offline.reply(request)])
        self.messages.append(Message("assistant", reply))
        return reply

    def _ring(self, text: str, language: str) -> None:
        self.rung.append((self.seconds, text, language))


async def hold(case: Case) -> list[str]:
    """Hold the conversation and return what went wrong in it, a line each."""
    conversation = Conversation(case.language, case.now)
    asked = ""
    for step in case.script:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, Rings):
            if wrong := wrong_rings(conversation, step):
                return [f"{asked!r} → rang {conversation.rung}, expected {wrong}"]
        else:
            asked = f"{asked} | {step.question}" if asked else step.question
            reply = await conversation.ask(step.question)
            if not means(step, reply, case.language):
                now = f"{case.now:%a %Y-%m-%d %H:%M:%S %Z}"
                return [f"{asked!r} → {reply!r}, expected {step.check.expected} [now {now}]"]
    return []


def means(step: Ask, reply: str, language: str) -> bool:
    korean = re.search("[가-힣]", reply) is not None
    return bool(reply.strip()) and korean == (language == "ko") and step.check.holds(reply)


def wrong_rings(conversation: Conversation, expected: Rings) -> str:
    """What should have rung, or nothing when it did: each at its second, its label in what is said."""
    rung = conversation.rung
    right = len(rung) == len(expected.rings) and all(
        abs(at - second) < 0.01 and label.lower() in text.lower() and language == conversation.language and text.strip()
        for (at, text, language), (second, label) in zip(rung, expected.rings, strict=True)
    )
    return "" if right else str(expected.rings)


def report(failures: list[str], asked: int) -> str:
    return f"{len(failures)} of {asked} conversations went wrong:\n" + "\n".join(failures)


@pytest.mark.parametrize(("category", "language"), CATEGORIES, ids=[f"{name}-{code}" for name, code in CATEGORIES])
def test_every_reply_means_what_it_should(category: str, language: str) -> None:
    cases = list(conversations(category, language))
    failures = [line for case in cases for line in run_virtually(hold(case))]
    assert not failures, report(failures, len(cases))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_needs_a_language_model_is_declined_honestly(language: str) -> None:
    questions = declined.ENGLISH if language == "en" else declined.KOREAN
    spoken = [(question, written) for question in questions for written in (question, question.capitalize() + "?")]
    failures = [line for _, question in spoken for line in run_virtually(decline(question, language))]
    assert not failures, report(failures, len(spoken))


async def decline(question: str, language: str) -> list[str]:
    conversation = Conversation(language, NOON)
    reply = await conversation.ask(question)
    await asyncio.sleep(3 * 86_400)
    honest = is_declined(reply) and re.search(HOW_TO_ADD_ONE, reply, re.IGNORECASE)
    right_language = (re.search("[가-힣]", reply) is not None) == (language == "ko")
    if honest and right_language and not conversation.rung:
        return []
    expected = "a refusal that says how to add a language model"
    return [f"{question!r} → {reply!r}, rang {conversation.rung}, expected {expected}"]


@pytest.mark.parametrize(
    ("language", "question"), [("en", "set a timer for five minutes"), ("ko", "타이머 오 분 맞춰 줘")], ids=["en", "ko"]
)
def test_without_timers_no_timer_is_promised(language: str, question: str) -> None:
    async def talk() -> str:
        return await Conversation(language, NOON, with_timers=False).ask(question)

    reply = run_virtually(talk())
    assert re.search("timer|타이머", reply.lower())
    assert durations(reply, language) == []


AFTERNOON = datetime(2026, 6, 23, 15, 25, tzinfo=UTC)
MEASURE = [
    (result(Fraction(105), "en", "words"), "One hundred five.|a hundred and five", "105|one hundred fifty"),
    (result(Fraction(5), "en", "digits"), "3 + 2 is 5.", "15|5.5|-5|five"),
    (result(Fraction("12.5"), "en"), "12.5|twelve point five|twelve and a half", "12.55|112.5|twelve"),
    (result(Fraction(-7), "en", "words"), "minus seven|Negative seven.", "seven|minus seventy"),
    (result(Fraction(10, 3), "en"), "about 3.33|three point three three", "3|3.4"),
    (result(Fraction(105), "ko", "words"), "백오입니다|답은 백 오예요", "이백오입니다|백오십입니다|105"),
    (result(Fraction(10), "ko", "words"), "십이에요|열입니다", "십이입니다|이십입니다|오십"),
    (result(Fraction(12300), "ko", "words"), "만 이천삼백입니다|만이천 삼백", "십만 이천삼백"),
    (result(Fraction(35000), "ko", "digits"), "35,000입니다|3만 5천입니다", "5천|3만"),
    (quantity([Fraction("8.04672")], "kilomet", "en"), "8.05 kilometers|8.047 kilometers", "8.05|8.5 kilometers"),
    (duration(Fraction(5400), "en"), "an hour and a half|1 hour 30 minutes|ninety minutes", "one hour|two hours"),
    (duration(Fraction(5400), "ko"), "한 시간 반|1시간 30분|구십 분", "한 시간|두 시간 반"),
    (clock(AFTERNOON, "en", True), "3:25 PM|15:25|three twenty-five in the afternoon", "3:25|3:25 AM"),
    (clock(AFTERNOON, "ko", True), "오후 3시 25분|오후 세 시 이십오 분", "오전 3시 25분|3시 25분|오후 3시 20분"),
    (calendar_day(AFTERNOON.date(), "en"), "June 23rd, 2026|the twenty-third of June", "June 3|June 23, 2027"),
    (calendar_day(AFTERNOON.date(), "ko"), "6월 23일|유월 이십삼 일", "6월 3일|7월 23일"),
    (weekday(AFTERNOON.date(), "en"), "It's Tuesday.", "It's Monday.|Tuesday or Wednesday"),
    (number_of_days(25, "en"), "25 days|twenty-five days", "five days|125 days|a hundred and twenty-five days"),
    (number_of_days(25, "ko"), "25일 남았습니다|이십오 일", "12월 25일|5일"),
]


@pytest.mark.parametrize(("check", "right", "wrong"), MEASURE, ids=[check.expected for check, _, _ in MEASURE])
def test_the_measure_itself(check: Check, right: str, wrong: str) -> None:
    assert [reply for reply in right.split("|") if not check.holds(reply)] == []
    assert [reply for reply in wrong.split("|") if check.holds(reply)] == []


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60) | st.text("0123456789+-*/().,^% ", max_size=30), st.sampled_from(["en", "ko"]))
def test_anything_at_all_gets_an_answer(text: str, language: str) -> None:
    async def talk() -> str:
        return await Conversation(language, NOON).ask(text)

    assert run_virtually(talk()).strip()


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(1, 400_000), st.integers(1, 400_000), st.sampled_from(["en", "ko"]))
def test_any_two_numbers_in_words_are_added_in_words(left: int, right: int, language: str) -> None:
    said = f"what is {english(left)} plus {english(right)}"
    if language == "ko":
        said = f"{sino(left)} 더하기 {sino(right)} 계산해 줘"
    check = in_language(language) & result(Fraction(left + right), language, "words")

    async def talk() -> str:
        return await Conversation(language, NOON).ask(said)

    reply = run_virtually(talk())
    assert check.holds(reply), f"{said!r} → {reply!r}, expected {left + right} in words"

