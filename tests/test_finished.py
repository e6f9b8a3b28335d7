"""Which words sound finished, in English and Korean, with punctuation and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.finished import UNKNOWN, finished

FINISHED = {
    "en": (
        "what time is it", "set a timer for ten minutes", "turn off the lights", "turn the lights off", "yes please",
        "stop", "no thanks", "play some jazz", "who are you", "what should I buy", "where are you from",
        "what is the weather like", "wake me up at half past seven", "tell me what time it is", "thank you",
        "what is the capital of Korea", "I would like to cancel my order", "is it going to rain tomorrow",
        "explain how a rainbow is made", "put it on the left", "if it rains tell me to take an umbrella",
    ),
    "ko": (
        "알려 줘", "날씨가 어때", "몇 시예요", "비가 올까",
        "지금 몇 시야", "불 좀 꺼 줄래", "취소하고 싶어요", "감사합니다",
        "그만", "어디까지 왔니", "같이 가자", "뭐라고 했지",
        "내가 할게", "비가 옵니까", "여기가 어디야", "오늘 뭐 먹었어",
    ),
}  # fmt: skip
UNFINISHED = {
    "en": (
        "what is the weather in", "remind me to", "and then", "um", "the", "I want", "set a timer for", "can you",
        "tell me a short", "seven plus", "turn on the", "because", "what is my", "how many people", "if it rains",
        "who wrote", "what time does the next train", "give me", "I'll", "the difference between", "for ten",
        "what is the capital", "tell Anna", "explain to me", "are there",
    ),
    "ko": (
        "내일 날씨가", "십 분 뒤에", "비가 오면", "알람을 끄고", "저는",
        "엄마한테", "배가 고픈데", "비가 오니까", "음", "그래서",
        "먹어야", "어떻게", "늦어서", "사러",
        "학교에서", "사진을", "작년에 찍은", "하지만", "좋은지",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in FINISHED for text in FINISHED[language]]
)
def test_finished(language: str, text: str) -> None:
    assert finished(text, language) >= 0.7
    assert finished(f"{text.capitalize()}.", language) >= 0.7


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in UNFINISHED for text in UNFINISHED[language]]
)
def test_unfinished(language: str, text: str) -> None:
    assert finished(text, language) <= 0.2
    assert finished(f"{text.capitalize()}.", language) <= 0.2, "Whisper ends everything with a full stop"


@pytest.mark.parametrize("text", ["what time is it", "stop"])
@pytest.mark.parametrize("mark", [",", "...", "…", " -", ":"])
def test_a_mark_that_goes_on_is_believed(text: str, mark: str) -> None:
    assert finished(text + mark, "en") == 0.0
    assert finished("알려 줘" + mark, "ko") == 0.0


@pytest.mark.parametrize(("sooner", "later"), [("at seven thirty", "for ten"), ("stop", "no"), ("turn it off", "turn")])
def test_some_words_are_surer_than_others(sooner: str, later: str) -> None:
    assert finished(sooner, "en") > finished(later, "en")


def test_the_last_sentence_counts() -> None:
    assert finished("I am home. Turn on the", "en") == 0.0
    assert finished("Turn on the. Stop.", "en") == 1.0


def test_another_language_is_not_judged() -> None:
    assert finished("wie spät ist", "de") == UNKNOWN


@pytest.mark.parametrize("text", ["", " ", "...", "?"])
def test_no_words_are_never_finished(text: str) -> None:
    assert finished(text, "en") == finished(text, "ko") == 0.0


vocabulary = st.lists(st.sampled_from(" ".join((*FINISHED["en"], *UNFINISHED["en"])).split()), min_size=1, max_size=12)
texts = st.one_of(st.text(max_size=60), vocabulary.map(" ".join))


@given(texts, st.sampled_from(["en", "ko", "fr"]))
def test_it_is_a_share_and_never_fails(text: str, language: str) -> None:
    assert 0.0 <= finished(text, language) <= 1.0


@given(vocabulary, st.sampled_from(["and", "the", "my", "um", "because", "very"]))
def test_a_word_that_hangs_never_makes_it_surer(words: list[str], hanging: str) -> None:
    text = " ".join(words)
    assert finished(f"{text} {hanging}", "en") <= finished(text, "en")
