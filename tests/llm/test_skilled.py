"""A model that is asked only what the skills do not know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from tests.llm.skills.asking import NOW
from voicebot.llm.base import Request, conversation
from voicebot.llm.offline import Offline
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.llm.skilled import Skilled
from voicebot.llm.timers import Timers
from voicebot.readiness import NotReady, Readiness

ANSWER = "Two words."


@dataclass(slots=True)
class Model(ScriptedLanguageModel):
    """Notes what is done with it."""

    done: list[str] = field(default_factory=list)

    def ready(self) -> Readiness:
        return NotReady("no model", "fetch one")

    async def warm(self) -> None:
        self.done.append("warm")

    async def close(self) -> None:
        self.done.append("close")


def model() -> Model:
    return Model([Line(ANSWER, 0.0, 10_000.0)], name="scripted:small")


async def said(engine: Skilled, question: str, language: str = "en") -> str:
    request = Request(conversation([("user", question)]), language)
    return "".join([piece async for piece in engine.reply(request)])


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("what is seven plus five", "en", "Seven plus five is twelve."),
        ("7 더하기 5는?", "ko", "7 더하기 5는 12예요."),
    ],
)
async def test_what_the_skills_know_is_not_asked(question: str, language: str, answer: str) -> None:
    asked = model()
    assert await said(Skilled(asked, Offline(lambda: NOW)), question, language) == answer
    assert not asked.requests


@pytest.mark.parametrize("question", ["why is the sky blue", "hello", "what can you do", "고마워"])
async def test_the_rest_and_small_talk_are_the_models(question: str) -> None:
    asked = model()
    assert await said(Skilled(asked, Offline(lambda: NOW)), question) == ANSWER
    assert [request.question for request in asked.requests] == [question]


async def test_to_everybody_else_it_is_the_model() -> None:
    asked = model()
    engine = Skilled(asked, Offline(lambda: NOW))
    assert (engine.name, engine.local, engine.patience) == (asked.name, asked.local, asked.patience)
    assert engine.ready() == asked.ready()
    await engine.warm()
    await engine.close()
    assert asked.done == ["warm", "close"]


async def test_a_stop_reaches_the_model() -> None:
    stopped = []

    class Endless(Model):
        async def reply(self, request: Request) -> AsyncIterator[str]:
            try:
                while True:
                    yield "on "
            finally:
                stopped.append(True)

    reply = Skilled(Endless(), Offline(lambda: NOW)).reply(Request(conversation([("user", "why")])))
    async with aclosing(reply):
        assert await anext(reply) == "on "
    assert stopped


@pytest.mark.parametrize(
    ("question", "language", "acts"),
    [
        ("set a timer for ten minutes", "en", True),
        ("cancel the timer", "en", True),
        ("십 분 타이머 맞춰 줘", "ko", True),
        ("what is the weather like", "en", False),
        ("what time is it", "en", False),
    ],
)
async def test_it_acts_on_questions_about_timers_where_they_can_be_set(
    question: str, language: str, acts: bool
) -> None:
    request = Request(conversation([("user", question)]), language)
    timers = Timers(lambda text, language: None)
    skilled = Skilled(model(), Offline(lambda: NOW, timers))
    await skilled.warm()
    assert skilled.acts_on(request) is acts
    assert not timers.pending, "nothing is done by asking"
    assert not Skilled(model(), Offline(lambda: NOW)).acts_on(request)
