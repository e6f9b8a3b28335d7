"""A transcript that is only the assistant's own words is told from one that somebody said."""

from __future__ import annotations

import pytest

from voicebot.echoed import Spoken, is_echo

ANSWER = (
    "I found three restaurants near you. The first one is open until ten, and it has good reviews. "
    "Yes, the order was cancelled, and you will get the money back within 3 days. "
    "Seoul has 25 million people. I don't know anything else."
)
KOREAN = (
    "근처에서 식당을 세 곳 찾았어요. 첫 번째는 열 시까지 열고 평이 좋아요. 네, 주문을 취소했어요. "
    "돈은 3일 안에 돌려받으실 거예요. 오후에 비가 올 것 같으니 나가실 때 우산을 챙기세요."
)
ECHOES = [
    "I found three restaurants near you.",
    "the first one is open until ten and it has good reviews",
    "restaurants near you the first one is open",
    "it has good reviews. Yes, the order was cancelled",
    "and you will get the money back within three days",
    "and you'll get the money back within 3 days",
    "you will get the monkey back within three days",
    "will get the money bag within three days",
    "SEOUL HAS 25 MILLION PEOPLE",
    "The first one is open until ten, and it has good reviews. Yes, the order was canceled?",
]
OWN = [
    "Yes.", "yes", "No", "the first one", "Near you?", "three restaurants", "reviews", "Stop.", "I don't know.",
    "What do you mean by three restaurants near you?",
    "Is the order cancelled?", "is the order cancelled", "The order was cancelled?",
    "When will I get the money back?",
    "how many people live in Seoul",
    "the first one is open until ten please book a table there",
    "Stop, I meant the other restaurant near the station.",
    "Tell me something about the moon.",
    "", "?!", "…",
]  # fmt: skip
KOREAN_ECHOES = [
    "근처에서 식당을 세 곳 찾았어요.",
    "근처에서 식당을 세곳 찾았어요",
    "첫번째는 열시까지 열고 평이 좋아요",
    "열고 평이 좋아요. 네, 주문을 취소했어요.",
    "돈은 3일 안에 돌려받으실 거에요",
    "비가 올 것 같으니 나가실 때 우산을 챙기세요",
    "비가 올것 같으니 나가실때 우산은 챙기세요",
]
KOREAN_OWN = [
    "네", "네.", "아니요", "응", "그만", "식당을", "첫 번째", "세 곳?", "취소했어요", "알겠어요",
    "주문 취소했어?", "주문을 취소했어요?",
    "첫 번째 식당은 몇 시까지 열어?",
    "그럼 우산을 챙기면 되는 거야?",
    "돈은 언제 돌려받아?",
    "첫 번째는 열 시까지 열고 평이 좋아요 그럼 거기로 예약해 줘",
    "내일 날씨는 어때?",
]  # fmt: skip


@pytest.mark.parametrize("transcript", ECHOES)
def test_english_words_that_were_spoken_are_an_echo(transcript: str) -> None:
    assert is_echo(transcript, ANSWER, "en")


@pytest.mark.parametrize("transcript", OWN)
def test_english_words_of_ones_own_are_none(transcript: str) -> None:
    assert not is_echo(transcript, ANSWER, "en")


@pytest.mark.parametrize("transcript", KOREAN_ECHOES)
def test_korean_words_that_were_spoken_are_an_echo(transcript: str) -> None:
    assert is_echo(transcript, KOREAN, "ko")


@pytest.mark.parametrize("transcript", KOREAN_OWN)
def test_korean_words_of_ones_own_are_none(transcript: str) -> None:
    assert not is_echo(transcript, KOREAN, "ko")


def test_korean_is_recognised_by_its_letters_whatever_language_was_guessed() -> None:
    assert is_echo("첫번째는 열시까지 열고 평이 좋아요", KOREAN, "en")


@pytest.mark.parametrize(
    ("transcript", "spoken", "echo"),
    [
        ("It is noon.", "It is noon.", True),
        ("it's noon", "It's noon.", True),
        ("It is noon?", "It is noon.", False),
        ("Twelve.", "Twelve.", False),
        ("Yes.", "Yes.", False),
        ("What time is it now?", "What time is it now?", True),
        ("지금은 정오예요", "지금은 정오예요.", True),
        ("네.", "네.", False),
    ],
)
def test_a_short_answer_is_an_echo_only_when_it_is_heard_whole(transcript: str, spoken: str, echo: bool) -> None:
    assert is_echo(transcript, spoken, "ko" if "요" in spoken else "en") is echo


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_an_echo_where_nothing_was_spoken(language: str) -> None:
    assert not is_echo(ANSWER if language == "en" else KOREAN, "", language)


def test_every_stretch_of_an_answer_is_an_echo_of_it() -> None:
    words = ANSWER.split()
    for start in range(len(words) - 6):
        assert is_echo(" ".join(words[start : start + 6]), ANSWER, "en")


def test_no_sentence_of_one_language_is_an_echo_of_the_other() -> None:
    assert not any(is_echo(transcript, KOREAN, "en") for transcript in ECHOES)
    assert not any(is_echo(transcript, ANSWER, "ko") for transcript in KOREAN_ECHOES)


def spoken() -> Spoken:
    """Three sentences: from 10 to 12, to 15, and to 16 seconds."""
    told = Spoken()
    for began, text in ((10.0, "One is here."), (12.0, "Two is there."), (15.0, "Three.")):
        told.begin(text, began)
    told.end(16.0)
    return told


@pytest.mark.parametrize(
    ("began", "ended", "heard"),
    [
        (8.0, 9.9, ""),
        (9.0, 10.5, "One is here."),
        (10.5, 11.5, "One is here."),
        (11.0, 13.0, "One is here. Two is there."),
        (12.4, 13.0, "One is here. Two is there."),
        (12.6, 13.0, "Two is there."),
        (16.4, 18.0, "Three."),
        (16.6, 18.0, ""),
    ],
)
def test_what_could_be_heard_while_an_utterance_was_recorded(began: float, ended: float, heard: str) -> None:
    assert spoken().during(began, ended) == heard


def test_the_guard_looks_at_when_it_was_said_and_not_at_when_it_was_understood() -> None:
    """However long the recogniser takes; and the same words, said later, are the person's own."""
    told = Spoken()
    told.begin("The first one is open until ten.", 3.0)
    told.end(6.0)
    assert told.is_echo("the first one is open until ten", "en", 3.2, 6.3)
    assert not told.is_echo("the first one is open until ten", "en", 9.0, 12.0)


def test_a_sentence_that_still_sounds_has_no_end() -> None:
    told = Spoken()
    told.begin("The first one is open until ten.", 3.0)
    assert told.during(100.0, 101.0) == "The first one is open until ten."


def test_only_so_many_sentences_are_remembered() -> None:
    told = Spoken()
    for number in range(1000):
        told.begin(f"Sentence {number}.", float(number))
    assert len(told.during(0.0, 2000.0).split(". ")) == 32
