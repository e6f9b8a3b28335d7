from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.llm.skills.asking import ask
from voicebot.llm.skills import english, korean, understand
from voicebot.llm.skills.question import language_of

VOCABULARY = (
    "what is time day date in to for the a of and plus minus times divided by percent half square root seven five "
    "hundred point miles kilometres celsius minute hour timer alarm set cancel remind me wake at tomorrow friday "
    "christmas how many until left next am pm ( ) + - * / ^ % 5 30 7:30 2025 and then add 시간 몇 시 야 오늘 내일"
    " 며칠 무슨 요일 "
    "칠 오 십 백 만 더하기 빼기 곱하기 나누기 의 을 를 에 은 는 이 퍼센트 제곱 마일 킬로미터 로 도 섭씨 화씨 분 초"
    " 타이머 알람 맞춰 줘 뒤에 알려 깨워 "
    "크리스마스 까지 얼마 남았어 반 하고 괄호 열고 닫고"
)


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=30))
@settings(max_examples=600, deadline=None)
@example(["timer", "5", "and"])
def test_no_jumble_of_words_harms(words: list[str]) -> None:
    reply = ask(" ".join(words))
    assert reply is None or reply.endswith((".", "?"))


@given(st.text(max_size=80))
@settings(deadline=None)
def test_no_text_harms(text: str) -> None:
    reply = ask(text, "ko")
    assert reply is None or reply.strip()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Um, hey, can you tell me what's seven plus five, please?", "what is seven plus five"),
        ("I was wondering if you could tell me what time it is", "what time it is"),
        ("Twenty-three times 1,000", "twenty three times 1000"),
        ("What’s 20% of 5 a.m.", "what is 20 percent of 5 am"),
        ("thank you", "thank you"),
        ("please", "please"),
        ("new year's eve", "new years eve"),
    ],
)
def test_english_comes_into_one_form(raw: str, text: str) -> None:
    assert understand(raw, "en").text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("음, 저기 칠 더하기 오 좀 알려 주세요!", "칠더하기오"),
        ("지금 몇 시인지 아세요?", "지금몇시인지"),
        ("어제 3,500원", "어제3500원"),
        ("안녕하세요 오늘 며칠이에요", "오늘며칠이에요"),
        ("칠 더하기 오는 뭔가요", "칠더하기오는뭐인가요"),
    ],
)
def test_korean_comes_into_one_form(raw: str, text: str) -> None:
    assert understand(raw, "ko").text == text


def test_spaces_come_back() -> None:
    words = ["엄마한테", "전화하라고", "알려줘"]
    assert korean.spaced(words, 2, 9) == "한테 전화하라고"
    assert english.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("text", "asked", "language"),
    [
        ("안녕", "en", "ko"),
        ("7 + 5", "ko", "ko"),
        ("7 + 5", "en", "en"),
        ("what is seven plus five", "ko", "en"),
        ("bonjour", "fr", "en"),
    ],
)
def test_the_language_of_a_question(text: str, asked: str, language: str) -> None:
    assert language_of(text, asked) == language


@pytest.mark.parametrize(
    ("word", "particle", "joined"),
    [
        ("오", "은", "오는"),
        ("칠", "은", "칠은"),
        ("12", "이에요", "12예요"),
        ("10", "이에요", "10이에요"),
        ("3.5", "을", "3.5를"),
        ("40000", "이", "40000이"),
        ("5초", "으로", "5초로"),
        ("하루", "으로", "하루로"),
        ("7일", "으로", "7일로"),
        ("5분", "으로", "5분으로"),
        ("km", "이", "km이"),
    ],
)
def test_particles_agree_with_the_sound_before_them(word: str, particle: str, joined: str) -> None:
    assert korean.with_particle(word, particle) == joined


def test_what_is_too_long_or_empty_is_no_question() -> None:
    assert ask("what is " + "one plus " * 80 + "one") is None
    assert ask("   ") is None
    assert ask("?!") is None
