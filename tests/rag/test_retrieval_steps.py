"""Each step by itself: fusing, reranking, merging, fitting, narrowing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rag.shelf import Judge, Shelf, passage
from voicebot.rag.embedding.scripted import ScriptedEmbeddings
from voicebot.rag.passages import Found, Hit, Passage, Where
from voicebot.rag.relevance import RELEVANT
from voicebot.rag.retrieval import Inquiry, Search, Tools
from voicebot.rag.retrieval.budget import fit
from voicebot.rag.retrieval.fusion import K, fuse, reciprocal_ranks, weights
from voicebot.rag.retrieval.inquiry import Holdings
from voicebot.rag.retrieval.meaning import unrelated
from voicebot.rag.retrieval.narrowing import kinds, narrow, span, within
from voicebot.rag.retrieval.neighbours import BETWEEN, merge
from voicebot.rag.retrieval.ranking import rerank

INQUIRY = Inquiry("how many days of leave", "en")


def surely(state: Search, library: Holdings, unrelated: float) -> list[float]:
    return [1.0] * len(state.found)


def found(*passages: Passage, relevance: float = 1.0) -> Search:
    each = tuple(Found(one, 1.0 / rank, relevance, ("words",)) for rank, one in enumerate(passages, 1))
    return replace(Search.of(INQUIRY), found=each)


def ids(state: Search) -> list[int]:
    return [one.passage.id for one in state.found]


def texts(state: Search) -> list[str]:
    return [one.passage.text for one in state.found]


def test_ranks_are_fused_as_in_the_paper() -> None:
    scores = reciprocal_ranks({"words": [Hit(1, 9.0), Hit(2, 8.0)], "meaning": [Hit(2, 0.9), Hit(3, 0.1)]})
    assert scores == {1: 1 / (K + 1), 2: 1 / (K + 2) + 1 / (K + 1), 3: 1 / (K + 2)}


@pytest.mark.parametrize("asks", ["what does --no-cache do", "how do I use os.path", "what is E42", "NASA가 뭐야"])
def test_a_name_is_looked_for_by_its_letters_as_much_as_by_its_meaning(asks: str) -> None:
    assert weights(asks) == {}


@pytest.mark.parametrize("asks", ["how many days of leave do I get", "휴가는 며칠이야?"])
def test_a_question_in_words_of_its_own_is_looked_for_by_its_meaning_first(asks: str) -> None:
    scores = reciprocal_ranks({"words": [Hit(1, 9.0)], "meaning": [Hit(2, 0.9)]}, weights(asks))
    assert scores[2] == 2 * scores[1]


@given(st.lists(st.lists(st.integers(1, 30), unique=True, max_size=8), min_size=1, max_size=3))
def test_what_two_searches_find_beats_what_one_finds_at_the_same_rank(lists: list[list[int]]) -> None:
    scores = reciprocal_ranks({str(n): [Hit(id_, 1.0) for id_ in one] for n, one in enumerate(lists)})
    assert set(scores) == {id_ for one in lists for id_ in one}
    for id_ in scores:
        assert scores[id_] == pytest.approx(sum(1 / (K + one.index(id_) + 1) for one in lists if id_ in one))


async def test_fusing_brings_the_passages_and_who_found_them() -> None:
    shelf = Shelf([passage(1, "one"), passage(2, "two"), passage(3, "two"), passage(5, "five")])
    state = Search.of(INQUIRY).with_hits("words", [Hit(1, 1.0), Hit(2, 0.5), Hit(4, 0.1)])
    state = state.with_hits("meaning", [Hit(2, 0.9), Hit(3, 0.8), Hit(-7, 0.7)], {-7: passage(-7, "foreign")})
    fused = await fuse(state, Tools(shelf, relevance=surely))
    assert [(one.passage.id, one.by) for one in fused.found] == [
        (2, ("words", "meaning")),
        (-7, ("meaning",)),
        (1, ("words",)),
    ], "a copy and what is gone are left out"
    assert all(one.relevance == 1.0 for one in fused.found)


async def test_nothing_found_stays_nothing() -> None:
    assert (await fuse(Search.of(INQUIRY), Tools(Shelf([])))).found == ()


async def test_a_cross_encoder_orders_anew() -> None:
    state = found(passage(1, "one"), passage(2, "two"), passage(3, "three"), relevance=0.2)
    ranked = await rerank(state, Tools(Shelf([]), reranker=Judge({"three": 0.9, "one": 0.1})))
    assert [(one.passage.id, one.score, one.relevance) for one in ranked.found] == [
        (3, 0.9, 0.9),
        (1, 0.1, 0.2),
        (2, 0.0, 0.2),
    ]
    assert await rerank(state, Tools(Shelf([]))) is state


async def test_neighbours_become_one_in_the_place_of_the_best() -> None:
    state = found(passage(7, "seven"), passage(3, "three"), passage(5, "five"), passage(6, "six"))
    merged = await merge(state, Tools(Shelf([])))
    assert [(one.passage.id, one.passage.position, one.passage.text) for one in merged.found] == [
        (7, 5, BETWEEN.join(("five", "six", "seven"))),
        (3, 3, "three"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        passage(2, "other", page=2),
        passage(2, "other", headings=("Other",)),
        passage(2, "other", document=2),
        passage(2, "other", position=3),
        passage(2, "other", document=0),
    ],
)
async def test_never_over_a_page_a_heading_or_a_gap(other: Passage) -> None:
    state = found(passage(1, "one", document=other.document if other.document == 0 else 1), other)
    assert texts(await merge(state, Tools(Shelf([])))) == ["one", "other"]


def letters(text: str) -> int:
    return len(text)


async def test_as_many_as_there_is_room_for() -> None:
    state = found(passage(1, "a" * 40), passage(2, "b" * 70), passage(3, "c" * 50), passage(4, "d" * 5))
    state = replace(state, inquiry=replace(INQUIRY, tokens=100, passages=2))
    assert ids(await fit(state, Tools(Shelf([]), count=letters))) == [1, 3]


async def test_what_is_not_about_the_question_is_not_handed_on() -> None:
    state = found(passage(1, "one"), passage(2, "two"))
    low = replace(state.found[0], relevance=RELEVANT - 0.01)
    assert ids(await fit(replace(state, found=(low, state.found[1])), Tools(Shelf([])))) == [2]


async def test_the_best_is_cut_around_its_answer_rather_than_left_out() -> None:
    text = "It begins here. " * 10 + "You get 15 days of leave. Ask for them early. " + "And it goes on. " * 10
    state = replace(found(passage(1, text)), inquiry=replace(INQUIRY, tokens=80))
    (kept,) = texts(await fit(state, Tools(Shelf([]), count=letters)))
    assert kept in text
    assert "You get 15 days of leave." in kept
    assert len(kept) <= 80


async def test_a_sentence_without_end_is_cut_too() -> None:
    text = "leave " * 500
    state = replace(found(passage(1, text)), inquiry=replace(INQUIRY, tokens=50))
    (kept,) = texts(await fit(state, Tools(Shelf([]), count=letters)))
    assert 0 < len(kept) <= 300, "a quote of it at most"


@pytest.mark.parametrize(
    ("question", "endings"),
    [
        ("what does it say in the PDF about leave", ("pdf",)),
        ("how much was it according to my spreadsheet", ("xlsx", "xls", "ods", "csv", "tsv")),
        ("PDF에서 연차를 찾아 줘", ("pdf",)),
        ("엑셀 파일에 나온 매출은 얼마야", ("xlsx", "xls", "ods", "csv", "tsv")),
        ("how do I behave in presentations", ()),
        ("how do I make a pdf", ()),
        ("PDF는 어떻게 만들어", ()),
    ],
)
def test_kinds_of_files_that_a_question_names(question: str, endings: tuple[str, ...]) -> None:
    assert kinds(question) == endings


NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("what do my notes from last year say", datetime(2025, 1, 1), datetime(2026, 1, 1)),
        ("documents since 2023 about leave", datetime(2023, 1, 1), None),
        ("files changed this week", datetime(2026, 3, 9), datetime(2026, 3, 16)),
        ("reports before 2020", None, datetime(2020, 1, 1)),
        ("papers after 2020", datetime(2021, 1, 1), None),
        ("notes from last month", datetime(2026, 2, 1), datetime(2026, 3, 1)),
        ("files from yesterday", datetime(2026, 3, 10), datetime(2026, 3, 11)),
        ("작년 문서에서 찾아 줘", datetime(2025, 1, 1), datetime(2026, 1, 1)),
        ("2023년 이후 문서", datetime(2023, 1, 1), None),
        ("이번 달에 바뀐 파일", datetime(2026, 3, 1), datetime(2026, 4, 1)),
        ("what happened in 2023", None, None),
        ("작년에 무슨 일이 있었어", None, None),
    ],
)
def test_spans_of_time_that_a_question_names(question: str, since: datetime | None, until: datetime | None) -> None:
    expected = tuple(time and time.replace(tzinfo=UTC).timestamp() for time in (since, until))
    assert span(question, NOW) == expected


TITLES = (
    (1, "employee_handbook.pdf"),
    (2, "핸드북.pdf"),
    (3, "Report 2023.docx"),
    (4, "Report 2024.docx"),
    (5, "Office"),
)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("how many days of leave in the handbook", (1,)),
        ("how many days according to the employee handbook do I get", (1,)),
        ("does the handbook say anything about leave", (1,)),
        ("회사 핸드북에서 연차는 며칠이야", (2,)),
        ("핸드북에 따르면 연차는 며칠이야", (2,)),
        ("what is in the report about sales", (3, 4)),
        ("what is in the report 2024 about sales", (4,)),
        ("who works in the office", (5,)),
        ("what is an employee", ()),
        ("how many days of leave are there in the world", ()),
    ],
)
async def test_documents_that_a_question_names(question: str, documents: tuple[int, ...]) -> None:
    where = Where(collections=("work",))
    state = await narrow(Search.of(Inquiry(question, "en", where=where)), Tools(Shelf([], TITLES), now=lambda: NOW))
    assert state.where == replace(where, documents=documents)


def test_a_question_cannot_widen_what_was_asked_for() -> None:
    where = Where(("work",), (1, 2), ("en",), ("pdf",), since=10.0, until=20.0)
    assert within(where, Where((), (2, 3), (), ("pdf", "md"), since=5.0, until=15.0)) == Where(
        ("work",), (2,), ("en",), ("pdf",), since=10.0, until=15.0
    )
    assert within(where, Where((), (9,), (), ("md",))) == where


async def test_what_answers_is_told_from_what_does_not() -> None:
    shelf = Shelf([passage(1, "Employees get 15 days of leave."), passage(2, "The days grow longer.")])
    state = Search.of(Inquiry("how many days of leave do employees get", "en")).with_hits(
        "words", [Hit(1, 2.0), Hit(2, 1.0)]
    )
    fused = await fuse(state, Tools(shelf))
    assert fused.found[0].relevance > RELEVANT > fused.found[1].relevance
    alike = await fuse(state.with_hits("meaning", [Hit(2, 0.9)]), Tools(shelf))
    assert next(one for one in alike.found if one.passage.id == 2).relevance > RELEVANT
    strangers = await fuse(state.with_hits("meaning", [Hit(2, 0.9)]), Tools(shelf, unrelated={"en": 0.9}))
    assert next(one for one in strangers.found if one.passage.id == 2).relevance < RELEVANT


async def test_what_a_model_gives_to_strangers() -> None:
    assert max((await unrelated(ScriptedEmbeddings())).values()) < 0.3
