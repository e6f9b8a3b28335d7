"""The list of conversations: when one is on it, under what name, in which order, and how it goes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.talk import ask, context, current, opened, questions, rows, talk
from voicebot.errors import StorageError
from voicebot.history import History


async def titles(history: History, query: str = "") -> list[str]:
    return [summary.title for summary in await history.conversations(query)]


async def three_conversations(file: Path | None = None) -> History:
    history = await opened(file)
    for turn, word in enumerate(("one", "둘", "three"), start=1):
        await history.begin_conversation()
        await talk(history, turn, word, f"answer to {word}")
    return history


async def test_opening_the_history_begins_no_conversation(tmp_path: Path) -> None:
    history = await opened(tmp_path / "history.db")
    assert history.current is None
    assert await history.messages() == []
    assert await history.conversations() == []
    await history.close()
    assert rows(tmp_path / "history.db", "SELECT count(*) FROM conversation") == [(0,)]


async def test_the_first_turn_begins_one() -> None:
    history = await opened(None)
    await history.begin(1)
    conversation = await current(history)
    await history.question(1, "안녕?", "ko", "typed")
    await history.begin(2)
    assert history.current == conversation
    [summary] = await history.conversations()
    assert (summary.id, summary.title, summary.turns, summary.excerpt) == (conversation, "안녕?", 2, "안녕?")
    await history.close()


async def test_a_new_one_begins_when_it_is_asked_for_and_not_before_its_first_turn() -> None:
    history = await three_conversations()
    await history.begin_conversation()
    await history.begin_conversation()
    assert history.current is None
    assert len(await history.conversations()) == 3
    await history.close()


async def test_the_one_that_changed_last_is_first_and_a_pinned_one_before_all() -> None:
    history = await three_conversations()
    assert await titles(history) == ["three", "둘", "one"]
    await history.open_conversation(1)
    assert await titles(history) == ["three", "둘", "one"]
    await talk(history, 4, "more", "yes")
    assert await titles(history) == ["one", "three", "둘"]
    await history.pin(2, True)
    assert await titles(history) == ["둘", "one", "three"]
    assert [summary.pinned for summary in await history.conversations()] == [True, False, False]
    await history.pin(2, False)
    assert await titles(history) == ["one", "three", "둘"]
    assert len(await history.conversations(limit=2)) == 2
    await history.close()


async def test_an_opened_conversation_is_continued(tmp_path: Path) -> None:
    first = await three_conversations(tmp_path / "history.db")
    await first.close()
    history = await opened(tmp_path / "history.db")
    await history.open_conversation(2)
    assert await context(history) == ["둘", "answer to 둘"]
    await talk(history, 4, "more", "yes")
    assert await questions(history) == ["둘", "more"]
    assert len(await history.conversations()) == 3
    await history.close()


async def test_a_name_that_was_given_stays_and_an_empty_one_takes_it_back() -> None:
    history = await three_conversations()
    await history.rename(2, "  날씨에\n대해 ")
    await talk(history, 4, "and more", "yes")
    assert await titles(history) == ["three", "날씨에 대해", "one"]
    await history.rename(2, " ")
    assert await titles(history) == ["three", "둘", "one"]
    await history.close()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What is\n the weather?", "What is the weather?"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("가" * 70, "가" * 60 + "…"),
        ("w" * 60, "w" * 60),
    ],
)
async def test_the_first_question_makes_the_title(question: str, title: str) -> None:
    history = await opened(None)
    await talk(history, 1, question, "yes")
    await talk(history, 2, "another", "no")
    assert await titles(history) == [title]
    await history.close()


async def test_the_title_of_a_conversation_that_began_with_a_failure_is_its_first_question() -> None:
    history = await opened(None)
    await history.begin(1)
    await history.end(1, "failed", {}, "broken")
    assert await titles(history) == [""]
    await talk(history, 2, "at last", "yes")
    assert await titles(history) == ["at last"]
    await history.close()


async def test_a_conversation_in_which_only_noise_was_heard_is_not_listed() -> None:
    history = await opened(None)
    await history.begin(1)
    assert len(await history.conversations()) == 1
    await history.end(1, "no speech", {})
    assert await history.conversations() == []
    await ask(history, 2, "now I speak")
    assert await titles(history) == ["now I speak"]
    await history.close()


# -- deleting ---------------------------------------------------------------------------------------------------------


async def test_a_deleted_conversation_is_gone_from_the_list_until_it_is_restored() -> None:
    history = await three_conversations()
    await history.delete(2)
    assert await titles(history) == ["three", "one"]
    assert await titles(history, "둘") == []
    with pytest.raises(StorageError, match="conversation is not in the history"):
        await history.open_conversation(2)
    await history.restore(2)
    assert await titles(history) == ["three", "둘", "one"]
    await history.open_conversation(2)
    assert await context(history) == ["둘", "answer to 둘"]
    await history.close()


async def test_after_the_one_that_goes_on_was_deleted_a_new_one_begins() -> None:
    history = await three_conversations()
    await history.delete(3)
    assert history.current is None
    await talk(history, 4, "four", "yes")
    assert await titles(history) == ["four", "둘", "one"]
    await history.close()


async def test_deleting_another_one_leaves_this_one_open() -> None:
    history = await three_conversations()
    await history.delete(1)
    assert history.current == 3
    await history.close()


async def test_an_answer_that_was_on_its_way_is_kept_for_the_undo() -> None:
    history = await opened(None)
    await ask(history, 1, "one")
    await history.delete(1)
    await history.answer(1, "late", "scripted", "en")
    await history.heard(1, "late", "late", complete=True)
    await history.restore(1)
    assert [turn.heard for turn in await history.path(1)] == ["late"]
    await history.close()


async def test_purging_removes_what_was_deleted_long_ago_and_names_its_recordings(tmp_path: Path) -> None:
    file, now = tmp_path / "history.db", [1_000.0]
    history = await opened(file, lambda: now[0])
    recordings = [tmp_path / f"{name}.flac" for name in ("mine", "shared")]
    for turn, recording in enumerate(recordings, start=1):
        await talk(history, turn, "비밀 secret words", "a secret answer", recording)
    await history.fork(2)
    await talk(history, 3, "secret again", "yes", recordings[1])
    await history.begin_conversation()
    await talk(history, 4, "stays", "yes", recordings[1])
    await history.delete(1)
    now[0] = 1_099.0
    assert await history.purge(100) == []
    await history.restore(1)
    await history.delete(1)
    now[0] = 1_199.0
    assert await history.purge(100) == [recordings[0]]
    with pytest.raises(StorageError, match="conversation is not in the history"):
        await history.restore(1)
    assert await history.path(1) == []
    assert await titles(history) == ["stays"]
    assert await history.purge(0) == []
    await history.close()
    assert rows(file, "SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM turn)") == [(1, 1)]
    assert b"secret" not in file.read_bytes()
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


async def test_a_recording_of_a_deleted_conversation_goes_when_the_last_that_used_it_goes(tmp_path: Path) -> None:
    history = await opened(None)
    await talk(history, 1, "one", "1", tmp_path / "one.flac")
    await history.begin_conversation()
    await talk(history, 2, "again", "2", tmp_path / "one.flac")
    await history.delete(1)
    await history.delete(2)
    assert await history.purge(0) == [tmp_path / "one.flac"]
    await talk(history, 3, "three", "3")
    assert await titles(history) == ["three"]
    assert await history.turn(2) is None
    await history.close()


async def test_no_number_is_given_again_after_a_purge(tmp_path: Path) -> None:
    """Another program, or the screen, may still know it."""
    file = tmp_path / "history.db"
    first = await opened(file)
    await talk(first, 1, "old", "1")
    await first.delete(1)
    await first.purge(0)
    await first.close()
    history = History(file)
    assert await history.open() == 1
    await talk(history, 2, "new", "2")
    assert await history.turn(1) is None
    assert [turn.turn for turn in await history.path(await current(history))] == [2]
    await history.close()
    assert rows(file, "SELECT id, conversation FROM turn") == [(2, 2)]


@pytest.mark.parametrize("change", ["rename", "pin", "delete", "restore", "open"])
async def test_a_conversation_that_never_was_is_one_line(change: str) -> None:
    history = await opened(None)
    changes = {
        "rename": lambda: history.rename(7, "x"),
        "pin": lambda: history.pin(7, True),
        "delete": lambda: history.delete(7),
        "restore": lambda: history.restore(7),
        "open": lambda: history.open_conversation(7),
    }
    with pytest.raises(StorageError, match=r"That conversation is not in the history\. Choose another one"):
        await changes[change]()
    assert history.current is None
    await history.close()
