"""Edit and resend, regenerate, and switch between versions: one path of the tree is shown, and the model sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.talk import ask, context, current, opened, questions, shown, talk
from voicebot.errors import StorageError
from voicebot.events import Citation
from voicebot.history import History, TurnOnPath


async def three_turns() -> History:
    history = await opened(None)
    for turn, word in enumerate(("one", "둘", "three"), start=1):
        await talk(history, turn, word, f"answer to {word}")
    return history


async def test_an_edited_question_takes_the_place_of_the_first() -> None:
    history = await three_turns()
    await history.fork(2)
    await talk(history, 4, "deux", "answer to deux")
    assert await questions(history) == ["one", "deux"]
    assert await context(history) == ["one", "answer to one", "deux", "answer to deux"]
    assert [(turn.version, turn.versions) for turn in await shown(history)] == [(0, (1,)), (1, (2, 4))]
    await history.close()


async def test_a_question_edited_twice_has_three_versions_in_order() -> None:
    history = await three_turns()
    for turn, instead_of in ((4, 2), (5, 4)):
        await history.fork(instead_of)
        await talk(history, turn, f"edit {turn}", "yes")
    [_, last] = await shown(history)
    assert (last.turn, last.version, last.versions) == (5, 2, (2, 4, 5))
    await history.close()


async def test_the_first_question_can_be_edited_too() -> None:
    history = await three_turns()
    await history.fork(1)
    await talk(history, 4, "uno", "answer to uno")
    [only] = await shown(history)
    assert (only.question, only.version, only.versions) == ("uno", 1, (1, 4))
    assert await context(history) == ["uno", "answer to uno"]
    await history.close()


async def test_only_the_next_turn_takes_the_place() -> None:
    history = await three_turns()
    await history.fork(3)
    await talk(history, 4, "three", "another answer")
    await talk(history, 5, "four", "answer to four")
    assert await questions(history) == ["one", "둘", "three", "four"]
    assert [turn.turn for turn in await shown(history)] == [1, 2, 4, 5]
    await history.close()


async def test_an_older_version_is_shown_with_all_that_came_after_it() -> None:
    history = await three_turns()
    await history.fork(2)
    await talk(history, 4, "deux", "answer to deux")
    await history.show_version(2)
    assert await questions(history) == ["one", "둘", "three"]
    await history.show_version(4)
    assert await questions(history) == ["one", "deux"]
    await history.close()


async def test_a_version_with_branches_below_it_shows_the_newest_of_them() -> None:
    history = await three_turns()
    await history.fork(3)
    await talk(history, 4, "drei", "answer to drei")
    await history.fork(2)
    await talk(history, 5, "deux", "answer to deux")
    await history.show_version(2)
    assert await questions(history) == ["one", "둘", "drei"]
    await history.close()


async def test_an_older_version_can_be_continued() -> None:
    history = await three_turns()
    await history.fork(2)
    await talk(history, 4, "deux", "answer to deux")
    await history.show_version(2)
    await talk(history, 5, "넷", "answer to 넷")
    assert await questions(history) == ["one", "둘", "three", "넷"]
    await history.show_version(4)
    assert await questions(history) == ["one", "deux"]
    await history.close()


async def test_a_turn_can_begin_in_the_place_of_another_in_one_step() -> None:
    """A cancelled resend, between the two steps, would give the place to whatever is asked next."""
    history = await three_turns()
    await history.begin(4, instead_of=2)
    await history.question(4, "deux", "en", "typed")
    await talk(history, 5, "trois", "yes")
    assert await questions(history) == ["one", "deux", "trois"]
    with pytest.raises(StorageError, match="turn is not in the history"):
        await history.begin(6, instead_of=77)
    await talk(history, 6, "quatre", "yes")
    assert await questions(history) == ["one", "deux", "trois", "quatre"]
    await history.close()


async def test_showing_a_version_takes_back_an_edit_that_was_begun() -> None:
    history = await three_turns()
    await history.fork(1)
    await history.show_version(3)
    await ask(history, 4, "four")
    assert await questions(history) == ["one", "둘", "three", "four"]
    await history.close()


async def test_branches_are_there_after_a_restart(tmp_path: Path) -> None:
    first = await opened(tmp_path / "history.db")
    await talk(first, 1, "one", "1")
    await first.fork(1)
    await talk(first, 2, "uno", "2")
    conversation = await current(first)
    await first.close()
    history = await opened(tmp_path / "history.db")
    [only] = await history.path(conversation)
    assert (only.turn, only.versions) == (2, (1, 2))
    await history.show_version(1)
    await history.open_conversation(conversation)
    await talk(history, 3, "two", "3")
    assert await context(history) == ["one", "1", "two", "3"]
    await history.close()


async def test_editing_in_another_conversation_continues_that_one() -> None:
    history = await three_turns()
    conversation = await current(history)
    await history.begin_conversation()
    await talk(history, 4, "elsewhere", "yes")
    await history.fork(3)
    await talk(history, 5, "drei", "yes")
    assert history.current == conversation
    assert await questions(history) == ["one", "둘", "drei"]
    await history.close()


@pytest.mark.parametrize("turn", [0, 9, -9])
async def test_a_turn_that_never_was_has_no_versions(turn: int) -> None:
    history = await three_turns()
    with pytest.raises(StorageError, match="turn is not in the history"):
        await history.fork(turn)
    with pytest.raises(StorageError, match="turn is not in the history"):
        await history.show_version(turn)
    assert await questions(history) == ["one", "둘", "three"]
    await history.close()


# -- turns without words ----------------------------------------------------------------------------------------------


async def test_a_turn_that_failed_before_it_had_words_keeps_its_place(tmp_path: Path) -> None:
    history = await opened(None)
    await talk(history, 1, "one", "1")
    await history.begin(2, tmp_path / "two.flac")
    await history.end(2, "failed", {}, "the recogniser broke")
    await talk(history, 3, "three", "3")
    turns = await shown(history)
    assert [(turn.turn, turn.question, turn.versions) for turn in turns] == [
        (1, "one", (1,)), (2, "", (2,)), (3, "three", (3,))
    ]  # fmt: skip
    assert (turns[1].recording, turns[1].failure) == (tmp_path / "two.flac", "the recogniser broke")
    assert await context(history) == ["one", "1", "three", "3"]
    await history.close()


async def test_a_failed_turn_that_is_tried_again_is_another_version_of_it(tmp_path: Path) -> None:
    history = await opened(None)
    await history.begin(1, tmp_path / "one.flac")
    await history.end(1, "failed", {}, "the recogniser broke")
    await history.fork(1)
    await talk(history, 2, "heard at last", "yes", tmp_path / "one.flac")
    [only] = await shown(history)
    assert (only.question, only.versions, only.recording) == ("heard at last", (1, 2), tmp_path / "one.flac")
    await history.close()


async def test_an_announcement_is_an_answer_without_a_question() -> None:
    history = await opened(None)
    await history.begin(1)
    await history.answer(1, "The timer rang.", "offline", "en")
    await history.heard(1, "The timer rang.", "The timer rang.", complete=True)
    [only] = await shown(history)
    assert (only.question, only.heard) == ("", "The timer rang.")
    assert await context(history) == ["The timer rang."]
    await history.close()


async def test_what_belongs_to_a_turn_that_ended_does_not_move_the_path() -> None:
    """A cancelled turn may still be written to while the next has begun."""
    history = await opened(None)
    await ask(history, 1, "one")
    await ask(history, 2, "two")
    await history.answer(1, "late", "scripted", "en")
    await history.heard(1, "la", "late", complete=False)
    await talk(history, 3, "three", "3")
    assert await context(history) == ["one", "la", "two", "three", "3"]
    await history.close()


async def test_a_turn_goes_on_where_it_began_whatever_is_opened_meanwhile() -> None:
    history = await three_turns()
    conversation = await current(history)
    await ask(history, 4, "four")
    await history.begin_conversation()
    await history.answer(4, "answer to four", "scripted", "en")
    await history.heard(4, "answer to four", "answer to four", complete=True)
    assert await history.messages() == []
    assert [said.text for said in await history.messages(3, until=4)] == ["answer to three", "four", "answer to four"]
    assert (await history.path(conversation))[-1].heard == "answer to four"
    await history.close()


# -- what a turn on the path holds ------------------------------------------------------------------------------------


async def test_all_of_a_turn_is_on_the_path(tmp_path: Path) -> None:
    cited = Citation(1, "설명서", "p. 3", "/docs/manual.pdf", "it is so")
    history = await opened(None, lambda: 1_000_000.5)
    await history.begin(1, tmp_path / "one.flac")
    await history.question(1, "정말 그래?", "ko", "whisper")
    await history.answer(1, "It is so [1], and more.", "openai", "en")
    await history.heard(1, "It is so", "It is so [1], and more.", complete=False, citations=(cited,))
    await history.end(1, "interrupted", {"total": 2.5})
    assert await shown(history) == [
        TurnOnPath(
            turn=1,
            started=1_000_000.5,
            question="정말 그래?",
            question_language="ko",
            heard="It is so",
            written="It is so [1], and more.",
            answer_language="en",
            interrupted=True,
            recording=tmp_path / "one.flac",
            outcome="interrupted",
            failure=None,
            engines={"stt": "whisper", "llm": "openai"},
            timings={"total": 2.5},
            citations=(cited,),
            version=0,
            versions=(1,),
        )
    ]
    await history.close()
