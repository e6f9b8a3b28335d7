"""Whole retrievals: what is found, and what becomes of it when a part fails."""

from __future__ import annotations

import asyncio

import pytest

from tests.rag.shelf import Fixed, Judge, Shelf, Vector, passage, words
from voicebot.clock import run_virtually
from voicebot.errors import EngineError, StorageError, VoicebotError
from voicebot.rag.passages import Found, Hit, Where
from voicebot.rag.retrieval import Inquiry, Retriever, Search, Tools, plan
from voicebot.rag.retrieval.inquiry import Holdings

LEAVE = passage(1, "Employees get 15 days of leave.")
CARRY = passage(2, "Up to 5 days of it can be carried over.")
PETS = passage(9, "Dogs may come.", document=3)
NEAR_TWO: dict[str, object] = {"embedding": Fixed(), "store": Vector([Hit(2, 1.0)])}
ALL = [LEAVE, CARRY, PETS]


def surely(state: Search, library: Holdings, unrelated: float) -> list[float]:
    return [1.0] * len(state.found)


def tools(shelf: Shelf | None = None, **fields: object) -> Tools:
    return Tools(shelf or Shelf(ALL), terms=words, relevance=surely, **fields)  # type: ignore[arg-type]


def ids(found: tuple[Found, ...]) -> list[int]:
    return [one.passage.id for one in found]


async def test_advanced_takes_every_step() -> None:
    shelf, fixed = Shelf(ALL), Fixed()
    retriever = Retriever(
        tools(shelf, embedding=fixed, store=Vector([Hit(9, 0.9), Hit(1, 0.8)]), reranker=Judge({PETS.text: 0.9})),
        plan("advanced"),
    )
    before = (("user", "how many days of leave?"), ("assistant", "15 [1]."))
    found = await retriever.retrieve(Inquiry("and until when?", "en", before))
    assert fixed.asked == ["and until when? (days leave)"]
    assert shelf.asked == [(("and", "until", "when", "days", "leave"), Where())]
    assert ids(found) == [9, 1]
    assert found[1].passage.text == f"{LEAVE.text}\n\n{CARRY.text}"
    assert found[1].by == ("words", "meaning")


async def test_searching_does_not_hold_up_the_loop() -> None:
    shelf = Shelf(ALL)
    await Retriever(tools(shelf), plan("advanced")).retrieve(Inquiry("leave", "en"))
    assert shelf.threads
    assert "MainThread" not in shelf.threads


async def test_naive_finds_by_meaning_and_by_words_where_there_is_no_model() -> None:
    by_meaning = tools(embedding=Fixed(), store=Vector([Hit(9, 0.9)]))
    assert ids(await Retriever(by_meaning, plan("naive")).retrieve(Inquiry("leave", "en"))) == [9]
    assert ids(await Retriever(tools(), plan("naive")).retrieve(Inquiry("leave", "en"))) == [1]


async def test_nothing_about_the_question_is_nothing() -> None:
    assert await Retriever(tools(), plan("advanced")).retrieve(Inquiry("xylophones", "en")) == ()
    assert await Retriever(tools(Shelf([])), plan("advanced")).retrieve(Inquiry("", "en")) == ()


@pytest.mark.parametrize(
    ("fields", "failing", "found"),
    [
        ({"embedding": Fixed(error=EngineError("the model is gone")), "store": Vector()}, "the model is gone", [1]),
        ({"shelf": Shelf(ALL, error=StorageError("the disk is gone"))} | NEAR_TWO, "the disk is gone", [2]),
        ({"reranker": Judge({}, error=EngineError("the judge is gone"))}, "the judge is gone", [1]),
    ],
)  # fmt: skip
async def test_a_part_that_fails_is_left_out_and_told_once(
    fields: dict[str, object], failing: str, found: list[int]
) -> None:
    told: list[VoicebotError] = []
    retriever = Retriever(tools(**fields), plan("advanced"), told.append)  # type: ignore[arg-type]
    for _ in range(3):
        assert ids(await retriever.retrieve(Inquiry("leave", "en"))) == found
    assert [error.what for error in told] == [failing]


async def test_it_is_told_again_when_it_had_worked_in_between() -> None:
    told: list[VoicebotError] = []
    fixed = Fixed(error=EngineError("the model is gone"))
    retriever = Retriever(tools(embedding=fixed, store=Vector()), plan("advanced"), told.append)
    for error in (fixed.error, None, fixed.error):
        fixed.error = error
        await retriever.retrieve(Inquiry("leave", "en"))
    assert len(told) == 2


def test_a_part_that_hangs_is_not_waited_for() -> None:
    told: list[VoicebotError] = []

    async def ask() -> tuple[list[int], float]:
        retriever = Retriever(tools(embedding=Fixed(never=True), store=Vector()), plan("advanced"), told.append, 3.0)
        found = await retriever.retrieve(Inquiry("leave", "en"))
        return ids(found), asyncio.get_running_loop().time()

    assert run_virtually(ask()) == ([1], pytest.approx(3.0))
    assert [str(error) for error in told] == [
        "The step meaning of retrieval took longer than 3 seconds. Its part of the answer is left out"
    ]


@pytest.mark.expects_warnings
async def test_a_defect_in_a_part_ends_nothing() -> None:
    told: list[VoicebotError] = []
    retriever = Retriever(
        tools(Shelf(ALL, error=ZeroDivisionError("oops")), embedding=Fixed(), store=Vector([Hit(2, 1.0)])),
        plan("advanced"),
        told.append,
    )
    assert ids(await retriever.retrieve(Inquiry("leave", "en"))) == [2]
    assert "ZeroDivisionError" in told[0].why


async def test_what_a_question_seems_to_ask_for_is_let_go_where_it_finds_nothing() -> None:
    shelf = Shelf(ALL)
    retriever = Retriever(tools(shelf), plan("modular", ("filter", "words")))
    assert ids(await retriever.retrieve(Inquiry("leave in the spreadsheet", "en"))) == [1]
    assert [where.kinds for _, where in shelf.asked] == [("xlsx", "xls", "ods", "csv", "tsv"), ()]


async def test_where_is_kept_to() -> None:
    inquiry = Inquiry("dogs leave", "en", where=Where(documents=(3,)))
    assert ids(await Retriever(tools(), plan("advanced")).retrieve(inquiry)) == [9]


async def test_a_question_that_is_dropped_stops_the_work() -> None:
    task = asyncio.create_task(
        Retriever(tools(embedding=Fixed(never=True), store=Vector()), plan("advanced")).retrieve(Inquiry("leave", "en"))
    )
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
