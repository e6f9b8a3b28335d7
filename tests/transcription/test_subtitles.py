"""Subtitles that can be read: short lines, two at most, cut where sentences and words end, and nothing lost."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.stt.base import Segment
from voicebot.transcription.subtitles import LONGEST, SHORTEST, Subtitle, subtitles

ENGLISH = (
    "Good evening, and welcome to the programme. Tonight we talk about the harbour, which has not been dredged for"
    " eleven years. The mayor says there is no money; the fishermen say there is no harbour."
)
KOREAN = (
    "안녕하세요, 오늘은 부산 앞바다의 항구 이야기를 해 보겠습니다. 이 항구는 십일 년 동안 준설하지 않았고,"
    " 어민들은 배를 댈 곳이 없다고 말합니다."
)


def lines(shown: list[Subtitle]) -> list[str]:
    return [line for one in shown for line in one.lines]


def test_english_lines_are_short_and_end_where_sentences_do() -> None:
    shown = subtitles([Segment(10.0, 26.0, ENGLISH)])
    assert " ".join(lines(shown)) == ENGLISH
    assert max(map(len, lines(shown))) <= 42
    assert max(len(one.lines) for one in shown) == 2
    assert shown[0].start == 10.0 and shown[-1].end == 26.0
    assert sum(one.lines[-1].endswith(".") for one in shown) == 3


def test_korean_lines_are_of_sixteen_syllables() -> None:
    shown = subtitles([Segment(0.0, 14.0, KOREAN)])
    assert " ".join(lines(shown)) == KOREAN
    for line in lines(shown):
        assert sum(1.0 if "가" <= letter <= "힣" else 0.5 for letter in line) <= 16
    assert shown[1].lines[-1].endswith(".") or shown[2].lines[-1].endswith(".")


def test_a_short_line_is_one_line() -> None:
    assert subtitles([Segment(1.0, 3.0, "What time is it in London?")]) == [
        Subtitle(1.0, 3.0, ("What time is it in London?",))
    ]


def test_two_lines_are_cut_behind_a_mark_and_alike_in_length() -> None:
    [one] = subtitles([Segment(0.0, 4.0, "I would have gone there, but nobody told me that it was open.")])
    assert one.lines == ("I would have gone there,", "but nobody told me that it was open.")


def test_what_is_too_quick_to_read_stays_longer_but_not_over_the_next() -> None:
    shown = subtitles([Segment(0.0, 0.2, "Yes."), Segment(5.0, 5.2, "No."), Segment(5.5, 7.0, "Perhaps.")])
    assert [(one.start, one.end) for one in shown] == [(0.0, round(SHORTEST, 3)), (5.0, 5.5), (5.5, 7.0)]


def test_one_word_over_a_long_time_goes_before_it_bores() -> None:
    assert subtitles([Segment(0.0, 28.0, "Hmm.")]) == [Subtitle(0.0, LONGEST, ("Hmm.",))]


def test_a_script_without_spaces_is_cut_between_letters() -> None:
    text = "港口十一年没有疏浚" * 8
    shown = subtitles([Segment(0.0, 20.0, text)])
    assert "".join(lines(shown)) == text
    assert max(map(len, lines(shown))) <= 16


def test_segments_that_overlap_do_not_on_the_screen() -> None:
    shown = subtitles([Segment(0.0, 5.0, "First."), Segment(3.0, 4.0, "Second."), Segment(3.0, 6.0, "Third.")])
    assert [one.lines for one in shown] == [("First.",), ("Second.",), ("Third.",)]
    assert all(one.end <= after.start for one, after in pairwise(shown))


segments = st.lists(
    st.tuples(
        st.floats(0.0, 3600.0),
        st.floats(0.0, 40.0),
        st.text(st.sampled_from("aé .,!?가나 漢かA\u200b\n1"), max_size=400),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(segments)
def test_nothing_is_lost_and_times_go_on(found: list[tuple[float, float, str]]) -> None:
    given_ = [Segment(start, start + length, text) for start, length, text in sorted(found)]
    shown = subtitles(given_)
    assert "".join("".join(lines(shown)).split()) == "".join("".join(one.text for one in given_).split())
    assert all(1 <= len(one.lines) <= 2 and all(one.lines) for one in shown)
    assert all(one.start < one.end for one in shown)
    assert all(one.end <= after.start for one, after in pairwise(shown))
