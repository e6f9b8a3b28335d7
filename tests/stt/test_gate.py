"""What follows from a recogniser's doubt."""

from __future__ import annotations

import pytest

from voicebot.stt.gate import is_invented, is_no_speech


@pytest.mark.parametrize(
    ("no_speech", "logprob", "compression", "dropped"),
    [
        (0.9, -1.5, 1.0, True), (0.9, -0.2, 1.0, False), (0.1, -1.5, 1.0, False), (0.1, -0.2, 3.0, True),
        (0.6, -1.0, 2.4, False), (0.61, -1.01, 1.0, True),
    ],
)  # fmt: skip
def test_a_segment_is_dropped_by_whispers_own_thresholds(
    no_speech: float, logprob: float, compression: float, dropped: bool
) -> None:
    assert is_no_speech(no_speech, logprob, compression) is dropped


@pytest.mark.parametrize(
    "text",
    ["Thank you for watching!", "Thanks for watching.", "thank you", "Subtitles by the Amara.org community",
     "시청해 주셔서 감사합니다.", "시청해주셔서 감사합니다", "구독과 좋아요 부탁드립니다", "MBC 뉴스 이덕영입니다.",
     "다음 영상에서 만나요."],
)  # fmt: skip
def test_phrases_written_over_silence_are_dropped_when_the_sound_is_doubtful(text: str) -> None:
    assert is_invented(text, 0.5, 3.0)
    assert is_invented(text, 0.0, 0.4)
    assert not is_invented(text, 0.0, 3.0), "clearly said, it stays"


@pytest.mark.parametrize(
    "text", ["thank you for the weather", "what time is it", "감사합니다", "음악 틀어 줘", "yes", "네"]
)
def test_other_words_stay_even_in_doubt(text: str) -> None:
    assert not is_invented(text, 0.9, 0.3)
