"""Where a streamed reply is cut, in English and Korean alike."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.sentences import SentenceSplitter, split
from voicebot.sentences import splitter as measures

# -- what every text has in common -----------------------------------------------------------------------------------

untimed = settings(deadline=None)

FRAGMENTS = [
    "Hello there", "I think so", "no", "yes", "Dr. Kim", "e.g. this", "i.e. that", "$29.50", "3.14", "1,000", "v2.1",
    "example.com", "https://a.b/c.d?e=f. G", "kim@example.com", "J. R. R. Tolkien", "the U.S. Army", "10 a.m. today",
    "10:30", "main.py", "and so on, etc. And then", "well... maybe", "Over… really", "`a. B`", "[see. This](http://x.y)",
    '<b title="a. B">bold</b>', "**bold. Text**", '"Stop!" she said', "(yes.)", "1. One", "\n", "\n\n", "\n- item",
    "\n## Heading\n", "\n1. first\n", "```\ncode. Here\n```\n", "\n| a | b |\n|---|---|\n", "<think>hm. So</think>",
    "안녕하세요", "했습니다.그리고", "좋아요!", "정말요? 네", "비가 오는데 ", "하지만, ", "음… 그건",
    "날씨가 좋습니다\n", "2024. 3. 5.", "。", "！", "你好。好", "、", "，", "—", ", ", ". ", "! ", "? ", "; ", ": ",
    "… ", "...", " ", "  ", ".", '"', "”", "😀", "[1]", "`", "```", "**", "<", ">", "[", "]", "$$", "\\[", "\\(", "~~~",
    "\u00a0", "\t", "\r\n",
]  # fmt: skip

wild_text = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
)
plain_text = st.lists(
    st.sampled_from([fragment for fragment in FRAGMENTS if not set(fragment) & set("`~|<[$\\")]), max_size=60
).map(" ".join)


@untimed
@given(wild_text)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(split(text)) == text


@untimed
@given(wild_text, st.data())
def test_the_pieces_do_not_depend_on_the_deltas(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=20)))
    deltas = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    splitter = SentenceSplitter()
    pieces = [piece for delta in deltas for piece in splitter.feed(delta)]
    assert pieces + splitter.finish() == split(text)


@untimed
@given(wild_text)
def test_no_piece_is_empty_or_only_white_space(text: str) -> None:
    pieces = split(text)
    assert pieces == ([] if not text else pieces)
    assert all(piece.strip() for piece in pieces) or pieces == [text]


@untimed
@given(wild_text)
def test_white_space_stands_at_the_end_of_the_piece_that_it_follows(text: str) -> None:
    assert all(not piece[0].isspace() for piece in split(text)[1:])


@untimed
@given(plain_text)
def test_the_measures_of_the_pieces(text: str) -> None:
    pieces = split(text)
    if len(pieces) > 1:
        assert len(pieces[0].strip()) >= 10
        assert len(pieces[0].split()) <= 30
    assert all(len(piece.strip()) > 20 for piece in pieces[1:-1])
    assert all(len(piece) <= measures.LONGEST_PIECE for piece in pieces)


@untimed
@given(st.integers(1, 12), st.lists(st.sampled_from(["print(1)", "", "a. B", "x = `y`", "# T"]), max_size=8))
def test_a_code_block_is_one_piece(spaces: int, lines: list[str]) -> None:
    block = "```python\n" + "".join(f"{' ' * spaces}{line}\n" for line in lines) + "```\n\n"
    assert split(f"Then run this:\n{block}And that is all.") == ["Then run this:\n", block, "And that is all."]


@untimed
@given(wild_text)
def test_a_splitter_that_has_finished_is_as_new(text: str) -> None:
    splitter = SentenceSplitter()
    first = splitter.feed(text) + splitter.finish()
    assert splitter.feed(text) + splitter.finish() == first


# -- what must not be broken -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "whole",
    [
        "$29.50", "3.14", "1,000", "Dr. Kim", "Mrs. Park", "e.g. this", "(e.g. this)", "i.e. that", "10 a.m. today",
        "v2.1", "example.com", "https://a.b/c.d?e=f.g", "kim.lee@example.co.kr", "well... maybe", "well… maybe",
        "in the... Middle", "\\(a. B, c\\)", "J. R. R. Tolkien", "George W. Bush", "the U.S. Army", "main.py", "10:30",
        "`a. B, c`", "``a ` b. C``",
        "[see. This](http://x.y/z)", '<span style="color: red. Blue">', "vs. Them", "No. 5", "fig. 3", "Jan. 5",
        "approx. Five", "Acme Inc. of Seoul", '"Stop!" she said', "(really?) maybe", "2024. 3. 5.", "$$a. B$$",
        "https://예시.com/a.나", "p. 12", "St. Petersburg", "Ph.D. Student", "big.[1]", "Mr.\nKim", "wrapped\nline",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "carrier",
    ["{} ", "As everybody here knows full well {} was there", "그런 까닭에 우리가 모두 잘 알고 있듯이 {} 그랬습니다"],
)
def test_it_is_never_broken(whole: str, carrier: str) -> None:
    before = "Good morning to all of you. "
    pieces = split(before + carrier.format(whole) + " and then it ended. That was the end of it.")
    assert any(whole in piece for piece in pieces), pieces


@pytest.mark.parametrize("mark", ["1. ", "12. ", "- ", "* ", "a. ", "가. ", "**1. ", "> 1. ", "1) "])
def test_a_list_mark_stays_with_its_item(mark: str) -> None:
    items = [f"{mark}The first thing to do here\n", f"{mark}The second thing to do here\n"]
    assert split("Do the following:\n" + "".join(items)) == ["Do the following:\n", *items]


# -- what ends a piece -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pieces",
    [
        ["Sure, that is easy. ", "It takes two steps, no more. ", "The first one is this."],
        ["It rained in Seoul. ", "We stayed at home! Did you? ", "I hope it is dry where you are."],
        ["He lives in the U.S. ", "The house that he has is old."],
        ["I like them all: ", "pears, apples, etc. The rest is not for me. ", "Thank you."],
        ["She met Dr. Kim at 5. ", "Then she went home to her family. ", 'He just said "I know." ', "It was over."],
        ["I cannot say... ", "Then again, perhaps I can say it."],
        ["# A heading here\n", "A paragraph without a stop\n\n", "Another paragraph."],
        ["- the first item\n", "- the second item of it\n", "- the third item of it"],
        ["Well I never—", "did you see that? That was something!"],
        ["그렇습니다, 맞아요. ", "하지만 저는 그렇게 생각하지 않습니다. ", "왜 그럴까요?"],
        ["오늘은 날씨가 참 좋습니다.", "그리고 내일은 비가 많이 온다고 해요.", "우산을 꼭 챙겨 가세요!"],
        ["날씨가 정말 좋습니다\n", "내일은 하루 종일 비가 아주 많이 온다고 합니다\n", "우산을 챙기세요"],
        ["비가 아주 많이 오는데 ", "지금 우산이 없으면 어떻게 해야 할까요? ", "저는 잘 모르겠어요."],
        ["정말 그렇게 생각하세요?", "그러면 저도 한번 다시 생각해 보겠습니다~ ", "고맙습니다."],
        ["今天的天气真的很好，", "我们去公园。你觉得怎么样？我觉得那是一个很好的主意！", "好的。"],
        ["Here is a table:\n", "| a. B | c |\n|---|---|\n| 1 | 2 |\n\n", "That was the table."],
        ["<think>It is. He\n\nasked. So.</think>\n\n", "Good morning, ", "it is nine o'clock now. ", "Bye."],
        ["Text: ```py\na. B\n\nc\n```\n", "That was the code."],
        ["Use ```a. B``` for it, ", "and then it will work."],
        ["```a one-line block. Yes```\n", "That was the code."],
        ["The formula is this:\n", "\\[\na = b. C\n\\]\nThat was the formula that I meant. ", "Bye."],
        ["An open `quote, it is\n", "Not closed on that line. ", "Or ever. That is no harm to anyone. ", "Is it?"],
    ],
)
def test_a_text_is_cut_here(pieces: list[str]) -> None:
    assert split("".join(pieces)) == pieces


@pytest.mark.parametrize(
    "first", ["Good morning, ", "안녕하세요 여러분, ", "Let me see: ", "Here it is; ", "你好我的非常好的朋友，"]
)
def test_the_first_piece_comes_as_soon_as_it_is_known_to_be_complete(first: str) -> None:
    splitter = SentenceSplitter()
    assert [piece for character in first for piece in splitter.feed(character)] == []
    assert splitter.feed("t") == [first]


def test_a_full_stop_at_the_end_of_what_has_come_may_be_a_decimal_point() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("That one will cost you $29.") == []
    assert splitter.feed("50 in all. ") == []
    assert splitter.feed("The") == ["That one will cost you $29.50 in all. "]
    assert splitter.finish() == ["The"]


def test_what_stands_before_a_code_block_does_not_wait_for_it() -> None:
    splitter = SentenceSplitter()
    splitter.feed("Hello there, friend. ")
    assert splitter.feed("Run this:\n``") == []
    assert splitter.feed("`") == ["friend. Run this:\n"]
    assert splitter.feed("sh\nls\n```\n") == []
    assert splitter.feed("Done") == ["```sh\nls\n```\n"]


def test_the_first_piece_is_forced_at_thirty_words() -> None:
    words = [f"word{number}" for number in range(40)]
    assert split(" ".join(words))[0].split() == words[:30]


def test_reasoning_is_not_the_first_piece() -> None:
    assert split("<think>Long. And longer. Yes.</think>Good morning, it is nine.")[1] == "Good morning, "


# -- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flood", "longest"),
    [
        ("word ", measures.LONGEST_PIECE),
        ("단어 ", measures.LONGEST_PIECE),
        ("[word ", measures.LONGEST_PIECE),
        ("`word ", measures.LONGEST_PIECE),
        ("Dr. ", measures.LONGEST_PIECE),
        ("letters", measures.LONGEST_WORD),
        ("```", measures.LONGEST_WORD),
        ("…", measures.LONGEST_WORD),
    ],
)
def test_an_endless_flood_still_gives_pieces_and_holds_little(flood: str, longest: int) -> None:
    splitter = SentenceSplitter()
    splitter.feed("The first sentence is here. ")
    pieces: list[str] = []
    for _ in range(20_000 // len(flood)):
        pieces += splitter.feed(flood)
        assert len(pickle.dumps(splitter.__dict__)) < 20_000
    if flood != "```":  # an open code block, held up to its own limit
        assert pieces
        assert max(map(len, pieces)) <= longest


def test_a_block_that_never_ends_is_cut_in_the_end() -> None:
    text = "```\n" + "x = 1  # a comment. And more\n" * (2 * measures.LONGEST_BLOCK // 28)
    pieces = split(text)
    assert "".join(pieces) == text
    assert 2 <= len(pieces) <= 4


def test_white_space_that_never_ends_is_cut_in_the_end() -> None:
    text = "Hello." + " " * (measures.LONGEST_BLOCK + 10)
    assert max(map(len, split(text))) <= measures.LONGEST_BLOCK + len("Hello.")


@pytest.mark.parametrize(
    "token",
    ["word ", "단어 ", "letters", "A sentence. ", "`", "[", "```\nx. Y\n", "| a. ", "<think>", "Dr. ", " ", "\n"],
)
def test_the_work_grows_with_the_text_and_no_faster(token: str) -> None:
    small, large = 2_000, 8_000
    assert _lines_run(lambda: _stream(token, large)) < 1.2 * large / small * _lines_run(lambda: _stream(token, small))


def _stream(token: str, size: int) -> None:
    splitter = SentenceSplitter()
    for _ in range(size // len(token)):
        splitter.feed(token)
    splitter.finish()


def _lines_run(work: Callable[[], None]) -> int:
    """How many lines of Python `work` runs: each looks at a bounded stretch of text, as the flood test shows."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
