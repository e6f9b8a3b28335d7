"""The history on disk: what it keeps, whatever happens to its file, its disk and its process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.rights import AS_NOBODY, let_others_in
from voicebot.errors import StorageError
from voicebot.events import Citation
from voicebot.history import MIGRATIONS, History, Said

ROOT = Path(__file__).parent.parent


async def ask(history: History, turn: int, text: str = "How are you?") -> None:
    await history.begin(turn)
    await history.question(turn, text, "en", "typed")


async def answer(history: History, turn: int, written: str, heard: str | None = None) -> None:
    """An answer that was heard to its end, or as far as `heard`."""
    await history.answer(turn, written, "scripted", "en")
    complete = heard is None
    await history.heard(turn, written if heard is None else heard, written, complete=complete)
    await history.end(turn, "answered" if complete else "interrupted", {"total": 1.5})


async def opened(file: Path | None) -> tuple[History, int]:
    history = History(file, now=lambda: 1_000_000.0)
    return history, await history.open()


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(file)
    try:
        return database.execute(statement).fetchall()
    finally:
        database.close()


async def test_a_conversation_is_kept_in_its_order(tmp_path: Path) -> None:
    history, last = await opened(tmp_path / "history.db")
    assert last == 0
    await ask(history, 1, "안녕하세요?")
    await answer(history, 1, "네, 안녕하세요.")
    await ask(history, 2)
    said = await history.messages()
    await history.close()
    assert said == [
        Said(1, "user", "안녕하세요?", "en", False),
        Said(1, "assistant", "네, 안녕하세요.", "en", False),
        Said(2, "user", "How are you?", "en", False),
    ]


async def test_the_last_messages_are_given_oldest_first(tmp_path: Path) -> None:
    history, _ = await opened(None)
    for turn in range(1, 6):
        await ask(history, turn, str(turn))
    assert [said.text for said in await history.messages(limit=2)] == ["4", "5"]
    await history.close()


async def test_a_cut_answer_holds_what_was_heard_and_all_that_was_written(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history, _ = await opened(file)
    await ask(history, 1)
    await answer(history, 1, "One two three.", heard="One two")
    assert (await history.messages())[-1] == Said(1, "assistant", "One two", "en", True)
    await history.close()
    assert rows(file, "SELECT text, written, interrupted FROM message WHERE role = 'assistant'") == [
        ("One two", "One two three.", 1)
    ]


async def test_an_answer_of_which_nothing_was_heard_is_no_message() -> None:
    history, _ = await opened(None)
    await ask(history, 1)
    await answer(history, 1, "One two three.", heard="")
    assert [said.role for said in await history.messages()] == ["user"]
    await history.close()


async def test_a_longer_answer_replaces_the_one_written_so_far(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history, _ = await opened(file)
    await ask(history, 1)
    await history.answer(1, "", "scripted", "en")
    await history.answer(1, "All of it.", "scripted", "en")
    await history.close()
    assert rows(file, "SELECT written FROM message WHERE role = 'assistant'") == [("All of it.",)]


async def test_each_turn_follows_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history, _ = await opened(file)
    await ask(history, 1)
    await answer(history, 1, "Well.")
    await ask(history, 2)
    await history.close()
    assert rows(file, "SELECT id, parent FROM turn ORDER BY id") == [(1, None), (2, 1)]
    assert rows(file, "SELECT id, turn FROM message ORDER BY id") == [(1, 1), (2, 1), (3, 2)]


async def test_citations_are_kept_with_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history, _ = await opened(file)
    await ask(history, 1)
    await history.answer(1, "It is so [1].", "scripted", "en")
    cited = Citation(1, "설명서", "p. 3", "/docs/manual.pdf", "it is so", 3, 17)
    await history.heard(1, "It is so [1].", "It is so [1].", complete=True, citations=(cited,))
    await history.close()
    [(kept,)] = rows(file, "SELECT citations FROM message WHERE role = 'assistant'")
    assert json.loads(str(kept)) == [[1, "설명서", "p. 3", "/docs/manual.pdf", "it is so", 3, 17]]


async def test_a_turn_is_kept_with_its_recording_engines_timings_and_failure(tmp_path: Path) -> None:
    history, _ = await opened(tmp_path / "history.db")
    await history.begin(1, tmp_path / "one.flac")
    await history.question(1, "Hello.", "en", "sphinx")
    await history.answer(1, "", "offline", "en")
    await history.end(1, "failed", {"total": 2.5}, "the engine broke")
    kept = await history.turn(1)
    await history.close()
    assert kept is not None
    assert (kept.id, kept.recording, kept.outcome, kept.failure) == (
        1, tmp_path / "one.flac", "failed", "the engine broke"
    )  # fmt: skip
    assert (kept.engines, kept.timings) == ({"stt": "sphinx", "llm": "offline"}, {"total": 2.5})


async def test_a_turn_that_never_was_is_none() -> None:
    history, _ = await opened(None)
    assert await history.turn(5) is None
    await history.close()


async def test_numbers_go_on_after_a_restart_and_conversations_stay_apart(tmp_path: Path) -> None:
    first, _ = await opened(tmp_path / "history.db")
    await ask(first, 1, "before")
    await first.close()
    second, last = await opened(tmp_path / "history.db")
    assert last == 1
    assert await second.messages() == []
    kept = await second.turn(1)
    assert kept is not None
    await second.close()


async def test_a_history_that_was_turned_off_leaves_nothing_on_disk(tmp_path: Path, own_home: Path) -> None:
    history, _ = await opened(None)
    await ask(history, 1)
    assert len(await history.messages()) == 1
    await history.close()
    assert not own_home.exists()


async def test_opening_again_begins_another_conversation_in_the_same_file(tmp_path: Path) -> None:
    history, _ = await opened(tmp_path / "history.db")
    await ask(history, 1)
    assert await history.open() == 1
    assert await history.messages() == []
    await history.close()
    await history.close()


async def test_broken_letters_are_kept_as_marks_and_halves_of_a_letter_are_joined() -> None:
    """A model may stream the halves of an emoji apart; bytes that are no text may come from a terminal."""
    history, _ = await opened(None)
    await ask(history, 1, "what is \udcff?")
    await answer(history, 1, "a \ud83d" + "\ude00 face")
    assert [said.text for said in await history.messages()] == ["what is \ufffd?", "a \U0001f600 face"]
    await history.close()


# -- several programs at once -----------------------------------------------------------------------------------------


async def test_two_programs_that_give_the_same_number_do_not_mix_their_turns(tmp_path: Path) -> None:
    one, _ = await opened(tmp_path / "history.db")
    other, _ = await opened(tmp_path / "history.db")
    await ask(one, 1, "of the one")
    await ask(other, 1, "of the other")
    await answer(one, 1, "To the one.")
    await answer(other, 1, "To the other.", heard="To")
    assert [(said.turn, said.text) for said in await one.messages()] == [(1, "of the one"), (1, "To the one.")]
    assert [(said.turn, said.text) for said in await other.messages()] == [(1, "of the other"), (1, "To")]
    ends = [await history.turn(1) for history in (one, other)]
    assert [(kept.id, kept.outcome) for kept in ends if kept] == [(1, "answered"), (1, "interrupted")]
    await one.close()
    await other.close()


OPENER = """
import asyncio, sys, time
from pathlib import Path
from voicebot.history import History

async def main():
    history = History(Path(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    await history.open()
    for turn in range(1, 21):
        await history.begin(turn)
        await history.question(turn, "question", "en", "typed")
    await history.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("before", [None, b"this is no database, and longer than a header of SQLite is" * 50])
def test_programs_that_start_at_once_share_one_history(tmp_path: Path, before: bytes | None) -> None:
    """Also when what they find is broken: it is kept aside once, and nothing of the new one is lost."""
    file = tmp_path / "history.db"
    if before is not None:
        file.write_bytes(before)
    programs = [python(OPENER, str(file)) for _ in range(4)]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        _, complaint = program.communicate(timeout=60)
        assert program.returncode == 0, complaint
    assert rows(file, "SELECT count(*) FROM turn") == [(80,)]
    assert rows(file, "SELECT count(*) FROM message") == [(80,)]
    assert [path.read_bytes() for path in tmp_path.glob("*.broken-*")] == ([before] if before else [])


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


WRITER = """
import asyncio, sys
from pathlib import Path
from voicebot.history import History

async def main():
    history = History(Path(sys.argv[1]))
    turn = await history.open()
    while True:
        turn += 1
        await history.begin(turn)
        await history.question(turn, "question " * 50, "en", "typed")
        await history.answer(turn, "answer " * 200, "scripted", "en")
        print(turn, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("turns", [1, 7, 23])
async def test_a_program_killed_while_it_writes_loses_nothing_that_was_done(tmp_path: Path, turns: int) -> None:
    file = tmp_path / "history.db"
    program = python(WRITER, str(file))
    assert program.stdout is not None
    done = 0
    while done < turns:
        done = int(program.stdout.readline())
    program.send_signal(signal.SIGKILL)
    done = max([done, *(int(line) for line in program.stdout.read().split())])
    program.communicate()
    history, last = await opened(file)
    assert last in (done, done + 1)
    assert history.kept_aside is None
    await ask(history, last + 1)
    await history.close()
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "SELECT count(*) FROM message WHERE role = 'assistant'")[0][0] in (done, done + 1)


# -- files that are not as they should be -----------------------------------------------------------------------------


async def long_history(file: Path) -> bytes:
    history, _ = await opened(file)
    for turn in range(1, 60):
        await ask(history, turn, "question " * 100)
    await history.close()
    return file.read_bytes()


def garbled(good: bytes) -> bytes:
    middle = len(good) // 2
    return good[:middle] + b"\xa5" * 8192 + good[middle + 8192 :]


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: b"hello, this is my diary\n" * 100,
        lambda good: good[: len(good) // 2],
        lambda good: good[:2000],
        lambda good: b"\0" * len(good),
        garbled,
    ],
    ids=["a text", "half of it", "less than a page", "zeros", "garbled in the middle"],
)
async def test_a_broken_history_is_kept_aside_whole_and_a_new_one_begun(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "history.db"
    broken = spoil(await long_history(file))
    file.write_bytes(broken)
    history, last = await opened(file)
    assert last == 0
    assert history.kept_aside is not None
    assert history.kept_aside.read_bytes() == broken
    await ask(history, 1)
    await history.close()
    assert rows(file, "SELECT count(*) FROM turn") == [(1,)]


@pytest.mark.expects_warnings
async def test_a_second_broken_history_does_not_replace_the_first(tmp_path: Path) -> None:
    """Both within one second."""
    file = tmp_path / "history.db"
    for content in (b"first" * 200, b"second" * 200):
        file.write_bytes(content)
        history, _ = await opened(file)
        await history.close()
    assert {path.read_bytes() for path in tmp_path.glob("*.broken-*")} == {b"first" * 200, b"second" * 200}


@pytest.mark.expects_warnings
async def test_turns_that_were_not_yet_merged_into_a_broken_history_are_kept_with_it(tmp_path: Path) -> None:
    """SQLite's log holds the last turns when a program was killed: a repair must not miss them."""
    file, copy = tmp_path / "history.db", tmp_path / "copy" / "history.db"
    copy.parent.mkdir()
    good = await long_history(file)
    history, _ = await opened(file)
    await ask(history, 60, "the last question")
    copy.write_bytes(garbled(good))
    copy.with_name("history.db-wal").write_bytes(file.with_name("history.db-wal").read_bytes())
    await history.close()
    history, last = await opened(copy)
    await history.close()
    assert (last, history.kept_aside is not None) == (0, True)
    assert b"the last question" in b"".join(path.read_bytes() for path in copy.parent.glob("*.broken-*"))


async def test_an_empty_file_becomes_a_history(tmp_path: Path) -> None:
    (tmp_path / "history.db").touch()
    history, last = await opened(tmp_path / "history.db")
    assert (last, history.kept_aside) == (0, None)
    await history.close()


async def test_a_newer_history_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    await long_history(file)
    database = sqlite3.connect(file)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    before = file.read_bytes()
    history = History(file)
    with pytest.raises(StorageError, match="newer Voicebot"):
        await history.open()
    await history.close()
    assert file.read_bytes() == before


async def test_a_migration_that_fails_leaves_the_history_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "history.db"
    await long_history(file)
    broken = ("ALTER TABLE turn ADD COLUMN mood TEXT", "ALTER TABLE nothing ADD COLUMN mood TEXT")
    monkeypatch.setattr("voicebot.history.schema.MIGRATIONS", (*MIGRATIONS, broken))
    history = History(file)
    with pytest.raises(StorageError):
        await history.open()
    await history.close()
    assert rows(file, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert "mood" not in str(rows(file, "SELECT sql FROM sqlite_schema"))
    assert rows(file, "SELECT count(*) FROM turn") == [(59,)]


async def test_an_older_history_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "history.db"
    await long_history(file)
    monkeypatch.setattr("voicebot.history.schema.MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE turn ADD COLUMN mood TEXT",)))
    history, last = await opened(file)
    await history.close()
    assert last == 59
    assert rows(file, "SELECT DISTINCT mood FROM turn") == [(None,)]


@pytest.mark.parametrize("place", ["a folder", "below a file"])
async def test_a_history_that_cannot_be_there_says_so_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "file").touch()
    file = tmp_path / "a folder" if place == "a folder" else tmp_path / "file" / "history.db"
    history = History(file)
    with pytest.raises(StorageError) as failure:
        await history.open()
    await history.close()
    assert "\n" not in str(failure.value)
    assert failure.value.fix


READER = f"""
import asyncio, sys

import filelock  # while the library may still be read
from pathlib import Path
from voicebot.errors import StorageError
from voicebot.history import History
{AS_NOBODY}
async def main():
    history = History(Path(sys.argv[1]))
    try:
        await history.open()
    except StorageError as error:
        print("refused:", error)
    await history.close()

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
@pytest.mark.parametrize("broken", [False, True])
async def test_a_history_that_may_only_be_read_says_so_in_one_line(tmp_path: Path, broken: bool) -> None:
    folder = tmp_path / "data"
    file = folder / "history.db"
    await long_history(file)
    if broken:
        file.write_bytes(b"no database" * 100)
    before = file.read_bytes()
    let_others_in(tmp_path)
    file.chmod(0o444)
    folder.chmod(0o555)
    try:
        output, complaint = await asyncio.to_thread(python(READER, str(file)).communicate)
    finally:
        folder.chmod(0o755)
    assert output.startswith("refused: The history cannot be opened"), complaint
    assert output.count("\n") == 1
    assert complaint == ""
    assert file.read_bytes() == before


# -- disks that are full ----------------------------------------------------------------------------------------------

LIMITED = """
import asyncio, resource, signal, sys
from pathlib import Path
from voicebot.errors import StorageError
from voicebot.history import History

async def main():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    history = History(Path(sys.argv[1]))
    turn = await history.open()
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    while True:
        turn += 1
        try:
            await history.begin(turn)
            await history.question(turn, "question " * 2000, "en", "typed")
        except StorageError as error:
            print("full:", error)
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await history.begin(turn + 1)
    await history.question(turn + 1, "after", "en", "typed")
    print(await history.turn(turn - 1) is not None, (await history.messages())[-1].text)
    await history.close()

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file sizes")
def test_a_disk_with_no_room_is_one_line_and_writing_goes_on_when_there_is_room(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    output, complaint = python(LIMITED, str(file)).communicate(timeout=60)
    assert complaint == ""
    full, after = output.splitlines()
    assert full.startswith("full: The history could not be written: ")
    assert after == "True after"
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is Linux's")
async def test_a_disk_that_is_full_is_one_line_and_breaks_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
    try:
        await fill(disk / "history.db")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


async def fill(file: Path) -> None:
    history, _ = await opened(file)
    turn = 0
    with pytest.raises(StorageError, match="Free some space"):
        while True:
            turn += 1
            await ask(history, turn, "question " * 2000)
    await history.close()
    history, last = await opened(file)
    assert history.kept_aside is None
    assert last >= turn - 1
    await history.close()
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


# -- recordings -------------------------------------------------------------------------------------------------------


async def test_forgetting_a_recording_leaves_the_words_of_every_turn_that_used_it(tmp_path: Path) -> None:
    history, _ = await opened(None)
    for turn in (1, 2):  # the second tried the first again
        await history.begin(turn, tmp_path / "one.flac")
        await history.question(turn, "Hello.", "en", "sphinx")
    await history.begin(3, tmp_path / "other.flac")
    await history.forget_recording(tmp_path / "one.flac")
    kept = [await history.turn(turn) for turn in (1, 2, 3)]
    assert [one.recording for one in kept if one] == [None, None, tmp_path / "other.flac"]
    assert len(await history.messages()) == 2
    await history.close()


def test_waiting_for_the_history_is_a_cancellable_wait() -> None:
    """A turn that ends while its question is written leaves the history usable."""

    async def main() -> list[Said]:
        history, _ = await opened(None)
        await ask(history, 1)
        writing: Awaitable[None] = asyncio.ensure_future(ask(history, 2, "cancelled"))
        await asyncio.sleep(0)
        writing.cancel()  # type: ignore[attr-defined]
        await asyncio.wait([writing])  # type: ignore[list-item]
        await ask(history, 3, "after")
        said = await history.messages()
        await history.close()
        return said

    assert asyncio.run(main())[-1].text == "after"
