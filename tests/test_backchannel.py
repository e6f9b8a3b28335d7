"""What only shows that somebody listens, in English and Korean."""

from __future__ import annotations

import pytest

from voicebot.backchannel import is_backchannel


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "Mm-hm.", "mm-hm", "Uh-huh", "Yeah.", "Yeah, yeah.", "Okay", "Right, right.", "I see.", "Oh, wow!",
        "Really?", "음", "응.", "네", "네, 네.", "아, 네", "그렇구나", "그래요?", "맞아요.", "아하", "오, 정말?",
    ],
)  # fmt: skip
def test_it_does_not_take_the_turn(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop", "wait", "No.", "no no", "what?", "yeah but what about Monday", "okay stop", "yes yes yes yes",
        "I see a ship", "그만", "잠깐만", "아니", "아니요", "네 그런데 내일은요", "왜?", "응 알겠으니까 그만해",
    ],
)  # fmt: skip
def test_it_does(text: str) -> None:
    assert not is_backchannel(text)
