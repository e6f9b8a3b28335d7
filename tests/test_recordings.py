"""Retention: old recordings go, their words stay, and nothing that is not a recording of ours is touched."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from voicebot.assistant import Assistant, Setup
from voicebot.audio.vad import Loudness
from voicebot.history import History
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.recordings import DAY, NAME, UNDO, forget_deleted, forget_old, new_name
from voicebot.stt.scripted import ScriptedSpeechToText

OLD = "20240101-120000-123456789-7.flac"


def aged(path: Path, days: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sound")
    os.utime(path, (time.time() - days * DAY,) * 2)
    return path


async def forget(folder: Path, days: int = 30) -> None:
    history = History(None)
    await history.open()
    await forget_old(history, folder, days)
    await history.close()


async def test_old_recordings_go_and_their_words_stay(tmp_path: Path) -> None:
    history = History(None)
    await history.open()
    old, new = aged(tmp_path / OLD, 31), aged(tmp_path / new_name(2), 29)
    for turn, recording in enumerate((old, new), start=1):
        await history.begin(turn, recording)
        await history.question(turn, "Hello.", "en", "sphinx")
    await forget_old(history, tmp_path, 30)
    kept = [await history.turn(turn) for turn in (1, 2)]
    assert [one.recording for one in kept if one] == [None, new]
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
    assert len(await history.messages()) == 2
    await history.close()


async def test_recordings_that_no_history_knows_of_go_too(tmp_path: Path) -> None:
    """The history may have been turned off, or lost: what was said is still only kept for so long."""
    old = aged(tmp_path / OLD, 31)
    await forget(tmp_path)
    assert not old.exists()


async def test_nothing_goes_when_they_are_kept_for_ever(tmp_path: Path) -> None:
    old = aged(tmp_path / OLD, 10_000)
    await forget(tmp_path, days=0)
    assert old.exists()


@pytest.mark.parametrize("days", [0, 30])
async def test_what_a_crash_left_half_written_goes_and_what_is_being_written_stays(tmp_path: Path, days: int) -> None:
    left = aged(tmp_path / OLD.replace("flac", "part"), 1)
    running = aged(tmp_path / new_name(1).replace("flac", "part"), 0)
    await forget(tmp_path, days)
    assert (left.exists(), running.exists()) == (False, True)


async def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    mine = [aged(tmp_path / "recordings" / name, 1000) for name in ("diary.flac", "song.part", "notes.txt")]
    await forget(tmp_path / "recordings")
    assert all(path.exists() for path in mine)


async def test_a_link_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    outside = aged(tmp_path / "mine" / OLD, 1000)
    folder.mkdir()
    (folder / OLD).symlink_to(outside)
    (folder / OLD.replace("-7", "-8")).symlink_to(outside.parent)
    await forget(folder)
    assert outside.exists()


@pytest.mark.parametrize("place", ["recordings/../mine.flac", "mine.flac", "recordings/deeper/mine.flac"])
async def test_a_file_that_a_question_was_asked_with_stays(tmp_path: Path, place: str) -> None:
    """Whatever the history says of it."""
    folder = tmp_path / "recordings"
    (folder / "deeper").mkdir(parents=True)
    mine = aged(tmp_path / place, 1000)
    history = History(None, now=lambda: 0.0)
    await history.open()
    await history.begin(1, mine)
    await forget_old(history, folder, 30)
    kept = await history.turn(1)
    assert kept is not None
    assert kept.recording == mine
    assert mine.exists()
    await history.close()


async def test_a_folder_that_is_not_there_is_no_matter(tmp_path: Path) -> None:
    await forget(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    await forget(tmp_path / "file")


def test_names_are_recordings_and_differ() -> None:
    names = [new_name(1) for _ in range(100)]
    assert all(NAME.fullmatch(name) for name in names)
    assert names == sorted(names)


async def test_what_was_deleted_a_month_ago_goes_with_its_recordings(tmp_path: Path) -> None:
    """A file that does not bear the name of a recording stays, whatever the history says of it."""
    now = [1_000_000.0]
    history = History(None, lambda: now[0])
    await history.open()
    ours, foreign, used = aged(tmp_path / OLD, 0), aged(tmp_path / "song.flac", 0), aged(tmp_path / new_name(3), 0)
    for turn, recording in enumerate((ours, foreign, used), start=1):
        await history.begin_conversation()
        await history.begin(turn, recording)
        await history.question(turn, "Hello.", "en", "sphinx")
        if recording is not used:
            assert history.current is not None
            await history.delete(history.current)
    now[0] += UNDO - DAY
    await forget_deleted(history)
    assert ours.exists()
    now[0] += 2 * DAY
    await forget_deleted(history)
    assert [path.exists() for path in (ours, foreign, used)] == [False, True, True]
    assert len(await history.conversations()) == 1
    await history.close()


async def test_a_program_that_starts_removes_what_was_deleted_a_month_ago(tmp_path: Path) -> None:
    recording = aged(tmp_path / OLD, 0)
    history = History(tmp_path / "history.db", lambda: time.time() - 2 * UNDO)
    await history.open()
    await history.begin(1, recording)
    assert history.current is not None
    await history.delete(history.current)
    await history.close()
    history = History(tmp_path / "history.db")
    stt, llm = ScriptedSpeechToText(), ScriptedLanguageModel()
    async with Assistant(Setup(stt, llm, None, None, history, probability=Loudness())) as assistant:
        while recording.exists():
            await assistant.history.conversations()
