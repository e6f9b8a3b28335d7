"""Passages: nothing is lost or doubled, they end where sentences do, and stay under their headings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.rag.passages import Loaded, Piece, Section
from voicebot.rag.splitting import FULL, MOST, USUAL, WORDS, split, stretches

ENGLISH = "The kettle boils water in about a minute, and then it stops by itself. "
KOREAN = "주전자는 일 분쯤 지나면 물을 끓이고 저절로 멈춥니다. "
SENTENCE_END = re.compile(r"[.!?:]$")


def texts(text: str) -> list[str]:
    return [piece.text for piece in split(Loaded("A", (Section(text),)))]


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=30)
gaps = st.sampled_from(
    [" ", " ", " ", ". ", "! ", "다. ", "\n", "\n\n", "\n\n    ", "\n    ", ":\n\n", "\t", " \n \n "]
)
long_texts = st.lists(st.tuples(words, gaps), max_size=400).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
documents = st.lists(st.builds(Section, long_texts, st.tuples(words), st.none() | st.integers(1, 9)), max_size=4).map(
    lambda sections: Loaded("A", tuple(sections))
)


@given(documents)
def test_no_word_is_lost_or_doubled(document: Loaded) -> None:
    read = "".join("".join(section.text.split()) for section in document.sections)
    assert "".join("".join(piece.text.split()) for piece in split(document)) == read


@given(documents)
def test_every_passage_stands_in_its_section_letter_for_letter(document: Loaded) -> None:
    for piece in split(document):
        assert any(
            piece.text in section.text and (section.headings, section.page) == (piece.headings, piece.page)
            for section in document.sections
        )
        assert piece.text.strip()
        assert len(piece.text) <= MOST


@given(documents)
def test_positions_count_up_from_nought(document: Loaded) -> None:
    pieces = split(document)
    assert [piece.position for piece in pieces] == list(range(len(pieces)))


@given(long_texts)
def test_stretches_are_in_order_and_apart(text: str) -> None:
    end = 0
    for start, after in stretches(text):
        assert end <= start < after
        assert not text[end:start].strip()
        end = after
    assert not text[end:].strip()


@pytest.mark.parametrize("sentence", [ENGLISH, KOREAN])
def test_passages_end_with_sentences_and_have_about_their_length(sentence: str) -> None:
    passages = texts(sentence * 100)
    assert all(SENTENCE_END.search(passage) for passage in passages)
    assert all(USUAL * 0.8 < len(passage) <= USUAL for passage in passages[:-1])
    assert all(len(passage.split()) <= WORDS for passage in passages)


def test_a_stop_that_ends_no_sentence() -> None:
    sentence = "Dr. Kim paid 3.50 dollars, e.g. for tea from Mr. Lee at No. 5 of the U.S. embassy in Seoul, he says. "
    assert all(passage.endswith("he says.") for passage in texts(sentence * 40))


def test_a_passage_ends_with_its_paragraph_where_it_is_full_enough() -> None:
    paragraph = ENGLISH * (FULL // len(ENGLISH) + 1)
    assert texts(f"{paragraph}\n\n{paragraph}") == [paragraph.strip()] * 2


def test_short_paragraphs_are_together() -> None:
    text = "\n\n".join(["One.", "Two.", "Three."])
    assert texts(text) == [text]


def test_a_passage_never_goes_over_a_heading_or_a_page() -> None:
    sections = (Section("One.", ("A",), 1), Section("Two.", ("A",), 2), Section("Three.", ("B",), 2))
    assert split(Loaded("A", sections)) == (
        Piece("One.", 0, ("A",), 1),
        Piece("Two.", 1, ("A",), 2),
        Piece("Three.", 2, ("B",), 2),
    )


def test_rows_are_whole_and_have_their_names() -> None:
    rows = [f"Name: Nr. {number}. His second name; Age: {number}; Note: {'is tall. ' * 6}" for number in range(60)]
    passages = texts("\n\n".join(rows))
    assert len(passages) > 3
    assert [row.strip() for passage in passages for row in passage.split("\n\n")] == [row.strip() for row in rows]


def test_code_is_whole_where_it_fits() -> None:
    code = "\n".join(f"    line_{number} = call(argument.of_this[{number}]). then()" for number in range(20))
    blocks = f"{code}\n\n{code[:300]}"
    assert USUAL < len(blocks) <= MOST
    assert texts(f"{ENGLISH * 8}\n\n{blocks}\n\n{ENGLISH * 8}")[1] == blocks


def test_code_that_is_too_long_is_cut_between_lines() -> None:
    code = "\n".join(f"    line_{number} = call(argument.of_this[{number}]). then()" for number in range(200))
    lines = [line for passage in texts(code) for line in passage.split("\n")]
    assert [line.strip() for line in lines] == [line.strip() for line in code.split("\n")]


def test_what_introduces_code_stays_with_it() -> None:
    code = "\n\n".join(["    pour(the_water, into=the_cup)"] * 10)
    passages = texts(f"{ENGLISH * 11}\n\nCall it like this:\n\n{code}")
    assert passages[-1] == f"Call it like this:\n\n{code}"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "가" * 10_000, "x " * 10_000, "a\n" * 10_000, "!" * 10_000, ". " * 10_000]
)
def test_a_text_without_sentences(text: str) -> None:
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (KOREAN, "ko"), (ENGLISH * 8 + "(주전자)", "en"), ("API 호출은 timeout=30 으로 합니다.", "ko")],
)
def test_language(text: str, language: str) -> None:
    assert split(Loaded("A", (Section(text),)))[0].language == language
