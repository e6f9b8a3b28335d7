from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.llm.base import Message
from voicebot.llm.context import estimate, fit, size

PROSE = "What is the weather like in Seoul today? I would like to go for a walk along the river."
KOREAN = "오늘 서울 날씨가 어때요? 비가 오지 않으면 강가를 따라 산책하고 싶어요."

texts = st.text(max_size=80)
exchanges = st.lists(
    st.tuples(texts, st.lists(texts, max_size=2)).map(
        lambda pair: [Message("user", pair[0]), *(Message("assistant", text) for text in pair[1])]
    ),
    max_size=6,
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Message]:
    system = [Message("system", text) for text in draw(st.lists(texts, max_size=2))]
    talk = [message for exchange in draw(exchanges) for message in exchange]
    return [*system, *talk, Message("user", draw(texts))]


@given(conversations(), st.integers(0, 600))
def test_system_messages_and_the_last_question_always_stay(messages: list[Message], window: int) -> None:
    kept = fit(messages, window)
    assert [m for m in kept if m.role == "system"] == [m for m in messages if m.role == "system"]
    assert kept[-1] is messages[-1]


@given(conversations(), st.integers(0, 600))
def test_it_fits_unless_what_must_stay_does_not(messages: list[Message], window: int) -> None:
    must = [m for m in messages if m.role == "system"] + [messages[-1]]
    assert size(fit(messages, window)) <= max(window, size(must))


@given(conversations(), st.integers(0, 600))
def test_the_oldest_exchanges_go_whole_and_no_more_of_them_than_needed(messages: list[Message], window: int) -> None:
    system = [m for m in messages if m.role == "system"]
    talk = [m for m in messages if m.role != "system"]
    kept = [m for m in fit(messages, window) if m.role != "system"]
    cut = len(talk) - len(kept)
    assert kept == talk[cut:]
    assert kept[0].role == "user"
    if cut:
        one_more = max(index for index in range(cut) if talk[index].role == "user")
        assert size(system + talk[one_more:]) > window


@given(conversations())
def test_a_conversation_that_fits_is_left_alone(messages: list[Message]) -> None:
    assert fit(messages, size(messages)) == tuple(messages)


def test_no_messages() -> None:
    assert fit([], 100) == ()


def test_a_greeting_before_the_first_question_goes_first() -> None:
    greeting, question = Message("assistant", "Hello! " * 20), Message("user", "Hi")
    assert fit([greeting, question], 20) == (question,)
    assert fit([greeting, question], 200) == (greeting, question)


@given(texts, texts)
def test_more_text_is_never_fewer_tokens(one: str, other: str) -> None:
    assert max(estimate(one), estimate(other)) <= estimate(one + other) <= estimate(one) + estimate(other)


@pytest.mark.parametrize(
    ("text", "tokens"),
    # counted with Whisper's multilingual vocabulary
    [(PROSE, 21), (KOREAN, 25), ("今日は東京の天気はどうですか", 9), ("1234567890 3.14159 2024-05-06 12:34:56", 21)],
)
def test_it_errs_on_the_safe_side(text: str, tokens: int) -> None:
    assert tokens <= estimate(text) <= 3 * tokens
