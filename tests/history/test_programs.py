"""Two programs on one history: each knows its own turns by its own numbers, and the other's all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.history.talk import ask, context, current, opened, questions, shown, talk
from voicebot.history import History

Programs = tuple[History, History]


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[Programs]:
    one = await opened(tmp_path / "history.db")
    await talk(one, 1, "before", "0")
    await one.close()
    one, other = await opened(tmp_path / "history.db"), await opened(tmp_path / "history.db")
    yield one, other
    await one.close()
    await other.close()


async def test_each_sees_the_conversations_of_both(programs: Programs) -> None:
    one, other = programs
    await talk(one, 2, "of the one", "1")
    await talk(other, 2, "of the other", "2")
    for history in programs:
        titles = {summary.title for summary in await history.conversations()}
        assert titles == {"before", "of the one", "of the other"}
    assert await questions(one) == ["of the one"]
    assert await questions(other) == ["of the other"]


async def test_a_turn_of_the_other_program_has_a_number_that_none_of_ours_has(programs: Programs) -> None:
    one, other = programs
    await talk(one, 2, "of the one", "1")
    await talk(other, 2, "of the other", "2")
    await talk(other, 3, "more of the other", "3")
    theirs = await one.path(await current(other))
    assert [turn.question for turn in theirs] == ["of the other", "more of the other"]
    numbers = [turn.turn for turn in theirs]
    assert all(number < 0 for number in numbers), "its own turns count upwards from here"
    kept = await one.turn(numbers[0])
    assert kept is not None and kept.outcome == "answered"
    assert [turn.turn for turn in await one.path(await current(other), before=numbers[1])] == numbers[:1]
    await one.fork(numbers[1])
    await talk(one, 3, "instead", "4")
    assert [turn.turn for turn in await shown(one)] == [numbers[0], 3]
    assert (await shown(one))[1].versions == (numbers[1], 3)
    await one.show_version(numbers[1])
    assert await questions(one) == ["of the other", "more of the other"]


async def test_both_may_continue_one_conversation(programs: Programs) -> None:
    one, other = programs
    for history in programs:
        await history.open_conversation(1)
    await ask(one, 2, "of the one")
    await ask(other, 2, "of the other")
    await talk(one, 3, "again of the one", "3")
    assert await context(other) == ["before", "0", "of the one", "of the other", "again of the one", "3"]
    assert [said.text for said in await other.messages(until=2)] == ["before", "0", "of the one", "of the other"]


async def test_what_the_other_deleted_or_purged_is_not_continued(programs: Programs) -> None:
    one, other = programs
    await one.open_conversation(1)
    await other.delete(1)
    await talk(one, 2, "a new one", "1")
    assert await questions(one) == ["a new one"]
    await other.delete(await current(one))
    await other.purge(0)
    await talk(one, 3, "and another", "2")
    assert await questions(one) == ["and another"]
    assert [summary.title for summary in await other.conversations()] == ["and another"]
