"""Files that come, change, move and go, and what of them is read again."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

from tests.rag.papers import (
    PlainReader,
    again,
    every_passage,
    indexing,
    is_text,
    opened,
    passages,
    settled,
)  # fmt: skip
from voicebot.errors import VoicebotError
from voicebot.rag.indexing import Indexer
from voicebot.rag.indexing.scanning import scan
from voicebot.rag.indexing.watching import watch
from voicebot.rag.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, one of them in a folder of its own."""
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("one\n\ntwo", "utf-8")
    (folder / "b.md").write_text("# 제목\n\n세 번째", "utf-8")
    (folder / "deep" / "c.txt").write_text("four", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Library:
    library = opened(tmp_path / "home")
    library.add_source("home", folder)
    return library


def ids(library: Library) -> dict[str, int]:
    return {passage.text: passage.id for passage in every_passage(library)}


async def test_every_document_is_read_once(library: Library, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"no text")
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        assert reader.names == ["a.txt", "b.md", "c.txt"]
        assert passages(library)[f"home {folder / 'a.txt'}"] == ["one", "two"]
        assert [document.state for document in library.documents()] == ["indexed"] * 3
        await again(indexer)
        assert len(reader.names) == 3
    async with indexing(library, reader):
        assert len(reader.names) == 3, "not even by another program"


async def test_a_touched_file_is_not_read(library: Library, folder: Path) -> None:
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        before = ids(library)
        os.utime(folder / "a.txt", (1, 1))
        await again(indexer)
        assert len(reader.names) == 3
        assert ids(library) == before
        assert library.known("home")[str(folder / "a.txt")].mtime_ns == 10**9


async def test_a_renamed_file_and_a_renamed_folder_keep_their_passages(library: Library, folder: Path) -> None:
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        before = ids(library)
        (folder / "a.txt").rename(folder / "other.txt")
        (folder / "deep").rename(folder / "deeper")
        await again(indexer)
        assert len(reader.names) == 3
        assert ids(library) == before
        assert sorted(Path(document.path).name for document in library.documents()) == ["b.md", "c.txt", "other.txt"]
        assert library.search(["other"], 5), "its title is its name"


async def test_a_changed_file_keeps_what_did_not_change(library: Library, folder: Path) -> None:
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        before = ids(library)
        (folder / "a.txt").write_text("zero\n\ntwo", "utf-8")
        await again(indexer)
        after = ids(library)
        assert after["two"] == before["two"]
        assert "one" not in after
        assert reader.names == ["a.txt", "a.txt", "b.md", "c.txt"]


async def test_a_removed_file_leaves_nothing(library: Library, folder: Path) -> None:
    async with indexing(library, PlainReader()) as indexer:
        (folder / "a.txt").unlink()
        await again(indexer)
        assert [document.title for document in library.documents()] == ["b", "c"]
        assert not library.search(["one"], 5)


async def test_a_file_in_two_collections_is_in_both_and_read_once(library: Library, folder: Path) -> None:
    library.add_source("work", folder / "deep")
    library.add_source("work", folder / "a.txt")
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        assert reader.names == ["a.txt", "b.md", "c.txt"]
        assert passages(library)[f"work {folder / 'a.txt'}"] == ["one", "two"]
        library.remove_collection("home")
        await again(indexer)
        assert sorted(passages(library)) == [f"work {folder / 'a.txt'}", f"work {folder / 'deep' / 'c.txt'}"]


async def test_sources_within_one_another_hold_a_file_once(library: Library, folder: Path) -> None:
    library.add_source("home", folder / "deep")
    async with indexing(library, PlainReader()):
        assert len(library.documents()) == 3


async def test_a_source_that_is_unplugged_keeps_its_documents_and_says_so(library: Library, folder: Path) -> None:
    told: list[VoicebotError] = []
    async with indexing(library, PlainReader(), notify=told.append) as indexer:
        before = passages(library)
        folder.rename(folder.with_name("unplugged"))
        await again(indexer)
        await again(indexer)
        assert passages(library) == before
        assert library.away() == [("home", folder)]
        assert [str(error) for error in told] == [
            f"{folder} is not there: its documents are still found. Connect it again, or remove it from the collection"
        ]
        folder.with_name("unplugged").rename(folder)
        (folder / "a.txt").unlink()
        await again(indexer)
        assert library.away() == []
        assert len(library.documents()) == 2


async def test_a_file_that_was_added_alone_and_is_removed_is_gone(library: Library, folder: Path) -> None:
    library.remove_collection("home")
    library.add_source("home", folder / "a.txt")
    async with indexing(library, PlainReader()) as indexer:
        assert len(library.documents()) == 1
        (folder / "a.txt").unlink()
        await again(indexer)
        assert library.documents() == []
        assert library.away() == []


async def test_what_cannot_be_read_is_named_and_the_rest_goes_on(library: Library, folder: Path) -> None:
    (folder / "a broken.txt").write_text("?", "utf-8")
    reader = PlainReader()
    async with indexing(library, reader) as indexer:
        [failed] = [document for document in library.documents() if document.state == "failed"]
        assert (failed.title, failed.why, failed.fix) == ("a broken", "it is damaged", "save it again")
        assert len(library.documents()) == 4
        await again(indexer)
        assert reader.names.count("a broken.txt") == 1, "it is not tried again"
        library.add_source("home", folder)
        await again(indexer)
        assert reader.names.count("a broken.txt") == 2, "but when it is added again"


async def test_a_newer_way_to_read_reads_everything_again(library: Library) -> None:
    reader = PlainReader()
    async with indexing(library, reader):
        before = ids(library)
    async with indexing(library, reader, splitter=2):
        assert len(reader.names) == 6
        assert ids(library) == before


async def test_a_program_that_ended_in_the_middle_goes_on_there(library: Library, folder: Path) -> None:
    for number in range(20):
        (folder / f"n{number:02}.txt").write_text(f"text {number}", "utf-8")
    reader = PlainReader()

    async def stop_at_ten() -> None:
        if len(reader.names) == 10:
            raise asyncio.CancelledError

    async with indexing(library, reader, settle=False, yield_to=stop_at_ten) as indexer:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await indexer.settled()
        assert len([one for one in library.documents() if one.state == "waiting"]) == 13
    async with indexing(library, reader):
        assert len(reader.names) == 23
        assert len(passages(library)) == 23


async def test_changes_are_followed_while_it_runs(library: Library, folder: Path) -> None:
    watched = asyncio.Event()
    async with indexing(library, PlainReader(), watch=True) as indexer:
        watching = asyncio.create_task(watch([folder], watched.set))
        async with asyncio.timeout(20):
            await watched.wait()
        watching.cancel()
        await settled(indexer)
        (folder / "deep" / "new.txt").write_text("a boat", "utf-8")
        async with asyncio.timeout(20):
            while not library.search(["boat"], 1):
                await asyncio.sleep(0.02)
        (folder / "deep" / "new.txt").unlink()
        async with asyncio.timeout(20):
            while library.search(["boat"], 1):
                await asyncio.sleep(0.02)


async def test_what_another_program_added_is_found(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicebot.rag.indexing.indexer.LOOKED_EVERY", 0.02)
    monkeypatch.setattr("voicebot.rag.indexing.indexer.LOCK_EVERY", 0.02)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "boat.txt").write_text("a boat", "utf-8")
    first, second = PlainReader(), PlainReader()
    async with indexing(library, first):
        other = opened(tmp_path / "home")
        async with indexing(other, second):
            other.add_source("more", tmp_path / "more")
            async with asyncio.timeout(20):
                while not other.search(["boat"], 1):
                    await asyncio.sleep(0.02)
        assert second.names == [], "only one program reads"


async def test_the_other_program_takes_over(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicebot.rag.indexing.indexer.LOCK_EVERY", 0.02)
    reader = PlainReader()
    first = Indexer(library, PlainReader(), watch=False, accepts=is_text, splitter=1)
    first.start()
    await settled(first)
    async with indexing(opened(tmp_path / "home"), reader) as second:
        (folder / "new.txt").write_text("a boat", "utf-8")
        await first.close()
        await again(second)
        async with asyncio.timeout(20):
            while reader.names != ["new.txt"]:
                await asyncio.sleep(0.02)
    library.close()


def test_what_is_hidden_or_a_programs_own_is_skipped(folder: Path) -> None:
    for name in (".git/x.txt", "node_modules/x.txt", ".hidden.txt", "~$a.txt", "deep/__pycache__/x.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    found = scan([folder], is_text, lambda: None)
    assert sorted(Path(path).name for path in found.files) == ["a.txt", "b.md", "c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
def test_links_are_not_followed_but_a_source_may_be_one(folder: Path, tmp_path: Path) -> None:
    (folder / "deep" / "loop").symlink_to(folder)
    (folder / "elsewhere.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "link").symlink_to(folder)
    assert len(scan([folder], is_text, lambda: None).files) == 3
    assert len(scan([tmp_path / "link"], is_text, lambda: None).files) == 3


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are letters")
def test_a_name_that_is_no_text_is_skipped(folder: Path) -> None:
    Path(os.fsdecode(bytes(folder) + b"/\xff.txt")).write_text("x", "utf-8")
    assert len(scan([folder], is_text, lambda: None).files) == 3


async def test_a_large_folder_is_looked_through_outside_the_loop(library: Library) -> None:
    threads: set[int] = set()

    def accepts(path: Path) -> bool:
        threads.add(threading.get_ident())
        return is_text(path)

    indexer = Indexer(library, PlainReader(), watch=False, accepts=accepts, splitter=1)
    indexer.start()
    await settled(indexer)
    await indexer.close()
    library.close()
    assert threads
    assert threading.get_ident() not in threads
