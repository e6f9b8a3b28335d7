"""What a glimpse of an utterance shows and fixes, by Whisper's doubt about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from voicebot.stt.whisper_family import Live, text_of
from voicebot.stt.whisper_tokens import Glimpse, Word


def glimpse(text: str, **doubt: Any) -> Glimpse:
    """A glimpse that is sure of itself but for what is said otherwise; a word's token is its length."""
    words = tuple(Word(f" {word}", (len(word),)) for word in text.split())
    return replace(Glimpse("en", words, no_speech=0.01, logprob=-0.1, compression=1.0, ended=True), **doubt)


def test_agreed_words_become_the_decoders_prefix() -> None:
    live = Live()
    assert live.hear(glimpse("turn on"), 1.0) == "turn on"
    assert live.languages(("en", "ko")) == ("en", "ko")
    assert live.hear(glimpse("turn on the light"), 1.5) == "turn on the light"
    assert live.tokens == (4, 2)
    assert live.languages(("en", "ko")) == ("en",)
    assert live.hear(glimpse("the lamps"), 2.0) == "turn on the lamps"
    assert live.tokens == (4, 2, 3)


CIRCLES: dict[str, dict[str, Any]] = {
    "in circles": {"compression": 3.0},
    "endless": {"ended": False},
    "no speech": {"no_speech": 0.9, "logprob": -1.5},
}


@pytest.mark.parametrize("doubt", CIRCLES.values(), ids=CIRCLES)
def test_what_goes_in_circles_is_not_shown_and_fixes_nothing(doubt: dict[str, Any]) -> None:
    live = Live()
    live.hear(glimpse("turn on the"), 1.0)
    live.hear(glimpse("turn on the light"), 1.5)
    assert live.hear(glimpse("light light light light", **doubt), 2.0) == "turn on the"
    assert live.hear(glimpse("light light light light"), 2.5) == "turn on the light light light light"
    assert text_of(live.said.fixed) == "turn on the"


def test_what_is_improbable_is_shown_and_fixes_nothing() -> None:
    live = Live()
    for _ in range(3):
        assert live.hear(glimpse("burn down the light", logprob=-1.2), 1.0) == "burn down the light"
    assert live.tokens == ()


def test_another_language_agrees_with_nothing() -> None:
    live = Live()
    live.hear(glimpse("ok good now", language="ko"), 1.0)
    live.hear(glimpse("ok good now"), 1.5)
    assert live.tokens == ()
    live.hear(glimpse("ok good now"), 2.0)
    assert live.languages(("ko", "en")) == ("en",)


def test_what_is_written_over_silence_is_not_shown() -> None:
    live = Live()
    assert live.hear(glimpse("Thank you.", no_speech=0.5), 2.0) == ""
    assert live.hear(glimpse("Thank you."), 2.0) == "Thank you."
    assert live.tokens == ()
