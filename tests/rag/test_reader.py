"""Reading in a child process: what a file can do to it, and that the next file is read all the same."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rag.files import pdf
from voicebot.errors import Unreadable
from voicebot.rag.loading import reader, reading
from voicebot.rag.loading.limits import MIB
from voicebot.rag.loading.reader import Reader
from voicebot.rag.passages import Loaded, Piece
from voicebot.rag.splitting import split

TROUBLE = "tests.rag.readings:Trouble"


@pytest.fixture
async def normal() -> AsyncIterator[Reader]:
    one = Reader()
    yield one
    await one.close()


@pytest.fixture
async def troubled(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reader]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # for children find the tests' modules in it
    one = Reader(patience=3.0, target=TROUBLE)
    yield one
    await one.close()


def text(folder: Path, content: str) -> Path:
    file = folder / f"{content.split()[0][:20]}.txt"
    file.write_text(content, "utf-8")
    return file


async def why(one: Reader, file: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        await one.read(file)
    assert caught.value.what == f"{file.name} cannot be read"
    assert caught.value.fix
    return caught.value.why


async def test_a_document_and_its_passages(normal: Reader, tmp_path: Path) -> None:
    loaded, pieces = await normal.read(pdf(tmp_path / "a.pdf", ["One.", "Two."], "The kettle"))
    assert loaded == Loaded("The kettle", (), 1706670000.0)
    assert pieces == (Piece("One.", 0, (), 1), Piece("Two.", 1, (), 2))


async def test_many_passages_come_in_their_order(normal: Reader, tmp_path: Path) -> None:
    _, pieces = await normal.read(text(tmp_path, "A sentence of some words.\n\n" * 10_000))
    assert len(pieces) > 2 * reading.BATCH
    assert [piece.position for piece in pieces] == list(range(len(pieces)))


async def test_what_cannot_be_read_is_said_and_the_next_is_read(normal: Reader, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"nothing")
    assert await why(normal, tmp_path / "b.pdf") == "it is damaged, or not what its name says"
    assert (await normal.read(text(tmp_path, "fine")))[1][0].text == "fine"


async def test_a_file_that_hangs_the_library(troubled: Reader, tmp_path: Path) -> None:
    assert await why(troubled, text(tmp_path, "hang")) == "it kept the program waiting for more than 3 seconds"
    assert (await troubled.read(text(tmp_path, "fine")))[1][0].text == "fine"


@pytest.mark.parametrize("trouble", ["die", "raise"])
async def test_a_file_that_breaks_the_library(troubled: Reader, tmp_path: Path, trouble: str) -> None:
    assert await why(troubled, text(tmp_path, trouble)) == "it broke the program that reads it"
    assert (await troubled.read(text(tmp_path, "fine")))[1][0].text == "fine"


async def test_a_read_that_is_cancelled_ends_the_work(troubled: Reader, tmp_path: Path) -> None:
    task = asyncio.create_task(troubled.read(text(tmp_path, "hang")))
    note = tmp_path / "hang.pid"
    while not (note.exists() and note.read_text()):
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await troubled.read(text(tmp_path, "fine")))[1][0].text == "fine"
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_two_reads_wait_for_one_another(normal: Reader, tmp_path: Path) -> None:
    both = await asyncio.gather(normal.read(text(tmp_path, "one")), normal.read(text(tmp_path, "two")))
    assert [pieces[0].text for _, pieces in both] == ["one", "two"]


async def test_the_process_is_replaced_now_and_then(
    normal: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "RECYCLED", 2)
    pids = []
    for _ in range(3):
        await normal.read(text(tmp_path, "one"))
        pids.append(normal._child.pid)
    assert pids[0] == pids[1] != pids[2]


def test_reading_that_takes_too_long_is_left(tmp_path: Path) -> None:
    one = reading.Reading(lambda: None, seconds=-1.0, memory=64 << 40, niceness=0)
    with pytest.raises(Unreadable, match="reading it takes longer than -1 seconds"):
        list(one.read(str(text(tmp_path, "A word"))))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")
async def test_a_file_that_takes_all_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    one = Reader(target="tests.rag.readings:Small")
    assert await why(one, text(tmp_path, "x" * (100 * MIB))) == "reading it takes more than 200 MB of memory"
    assert (await one.read(text(tmp_path, "fine")))[1][0].text == "fine"
    await one.close()


def test_splitting_in_the_child_is_splitting(tmp_path: Path) -> None:
    file = text(tmp_path, "One. Two.\n\n" * 500)
    one = reading.Reading(lambda: None, memory=64 << 40, niceness=0)
    loaded, *batches = one.read(str(file))
    from voicebot.rag.loading import read

    assert isinstance(loaded, Loaded)
    assert [piece for batch in batches for piece in batch] == list(split(read(file)))  # type: ignore[attr-defined]
