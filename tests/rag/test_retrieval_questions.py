"""Spoken follow-ups made full questions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.rag.shelf import Shelf
from voicebot.clock import run_virtually
from voicebot.errors import EngineError
from voicebot.rag.retrieval import Inquiry, Search, Tools, full_question
from voicebot.rag.retrieval.followups import leans_back
from voicebot.rag.retrieval.questions import LONGEST, rewrite

ENGLISH = (("user", "How many days of leave do employees get?"), ("assistant", "The handbook says 15 [1]."))
KOREAN = (("user", "연차는 며칠이야?"), ("assistant", "15일이에요 [1]."))


@pytest.mark.parametrize(
    "question",
    [
        "and how much of it can I carry over?",
        "until when?",
        "what about part-timers?",
        "how much is that?",
        "why?",
        "for part-timers?",
        "when does it expire?",
        "do they get more?",
        "그럼 그건 언제까지야?",
        "언제까지 써야 해?",
        "계약직은요?",
        "그중에 얼마나 이월할 수 있어?",
        "왜?",
        "그 기간은 얼마나 돼?",
    ],
)
def test_these_lean_on_what_was_said(question: str) -> None:
    assert leans_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO?",
        "how many vacation days do I have",
        "is it true that pets are allowed?",
        "What time is it in Seoul?",
        "tell me about the parental leave policy",
        "what does that policy say about remote work?",
        "재택근무는 어떻게 신청해?",
        "육아휴직은 몇 개월이야?",
        "그림은 누가 그렸어?",
        "퇴직금은 얼마야?",
    ],
)
def test_these_stand_alone(question: str) -> None:
    assert not leans_back(question)
    assert full_question(Inquiry(question, "en", ENGLISH)) == question


@pytest.mark.parametrize(
    ("inquiry", "full"),
    [
        (
            Inquiry("and how much of it can I carry over?", "en", ENGLISH),
            "and how much of it can I carry over? (days leave employees)",
        ),
        (Inquiry("until when?", "en", ENGLISH, titles=("a_guide.pdf",)), "until when? (days leave employees guide)"),
        (Inquiry("그럼 그건 언제까지야?", "ko", KOREAN), "그럼 그건 언제까지야? (연차)"),
        (Inquiry("계약직은요?", "ko", KOREAN, titles=("핸드북.pdf",)), "계약직은요? (연차 핸드북)"),
        (Inquiry("how much is that?", "en"), "how much is that?"),
    ],
)  # fmt: skip
def test_it_gets_the_words_of_what_it_leans_on(inquiry: Inquiry, full: str) -> None:
    assert full_question(inquiry) == full


def test_a_follow_up_of_a_follow_up_goes_back_to_where_it_began() -> None:
    before = (*ENGLISH, ("user", "and for part-timers?"), ("assistant", "Eight [1]."))
    assert full_question(Inquiry("until when?", "en", before)) == "until when? (part-timers days leave employees)"
    before = (*ENGLISH, ("user", "Who is the CEO?"), ("assistant", "Kim."))
    assert full_question(Inquiry("until when?", "en", before)) == "until when? (CEO)"


def rewritten(inquiry: Inquiry, rewriter: Callable[[Inquiry], Awaitable[str]] | None) -> str:
    tools = Tools(Shelf([]), rewriter=rewriter)
    return run_virtually(_seconds(inquiry, tools))[0]


async def _seconds(inquiry: Inquiry, tools: Tools) -> tuple[str, float]:
    began = asyncio.get_running_loop().time()
    state = await rewrite(Search.of(inquiry), tools)
    return state.question, asyncio.get_running_loop().time() - began


FOLLOW_UP = Inquiry("until when?", "en", ENGLISH)
BY_RULE = "until when? (days leave employees)"


def test_a_model_may_rewrite() -> None:
    async def model(inquiry: Inquiry) -> str:
        return "Until when can\n employees take their leave?"

    assert rewritten(FOLLOW_UP, model) == "Until when can employees take their leave?"
    assert rewritten(FOLLOW_UP, None) == BY_RULE


@pytest.mark.parametrize("answer", ["", "  \n", "The answer is March. " * 30, EngineError("it is gone")])
def test_the_rule_stands_in_for_a_model_that_fails(answer: str | EngineError) -> None:
    async def model(inquiry: Inquiry) -> str:
        if isinstance(answer, EngineError):
            raise answer
        return answer

    assert rewritten(FOLLOW_UP, model) == BY_RULE


def test_and_for_one_that_is_slow() -> None:
    async def model(inquiry: Inquiry) -> str:
        await asyncio.sleep(3600)
        return "too late"

    question, seconds = run_virtually(_seconds(FOLLOW_UP, Tools(Shelf([]), rewriter=model)))
    assert (question, seconds) == (BY_RULE, pytest.approx(LONGEST))


@pytest.mark.parametrize("inquiry", [Inquiry("until when?", "en"), Inquiry("Who is the CEO?", "en", ENGLISH)])
def test_a_model_is_not_asked_in_vain(inquiry: Inquiry) -> None:
    async def model(inquiry: Inquiry) -> str:
        raise AssertionError("asked")

    assert rewritten(inquiry, model) == inquiry.question
