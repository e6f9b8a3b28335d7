"""How indexing works in the background: progress, pauses, giving way, vectors, failures, its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.rag.papers import PlainReader, again, every_passage, indexing, opened, paragraphs, settled
from voicebot.errors import EngineError, StorageError, Unreachable, VoicebotError
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.embedding.scripted import ScriptedEmbeddings
from voicebot.rag.indexing import Indexer
from voicebot.rag.indexing.pace import OF_A_FILE, WINDOW, Pace
from voicebot.rag.library import Library
from voicebot.rag.loading.reader import Reader
from voicebot.rag.passages import Hit, Loaded, Piece, Progress, Tags, Where
from voicebot.readiness import NotReady, Readiness, Ready

FILES = 6


class DictStore:
    """A vector store in memory; `open_count` counts how often it was opened."""

    name = "dict"
    local = True

    def __init__(self) -> None:
        self.vectors: dict[int, Vectors] = {}
        self.tags: dict[int, Tags] = {}
        self.dimensions = 0

    def ready(self) -> Readiness:
        return Ready()

    def open(self, dimensions: int) -> None:
        self.dimensions = dimensions

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        self.vectors.update(zip(ids, vectors, strict=True))
        self.tags.update(zip(ids, tags, strict=True))

    def remove(self, ids: Sequence[int]) -> None:
        for id in ids:
            self.vectors.pop(id, None)

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        return []

    def ids(self) -> set[int]:
        return set(self.vectors)

    def close(self) -> None: ...


class Refusing(ScriptedEmbeddings):
    """Refuses texts with `word` in them."""

    def __init__(self, word: str, error: EngineError) -> None:
        super().__init__()
        self.word = word
        self.error = error

    async def passages(self, texts: Sequence[str]) -> Vectors:
        if any(self.word in text for text in texts):
            raise self.error
        return await super().passages(texts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(f"text {number}\n\nand more of {number}", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Library:
    library = opened(tmp_path / "home")
    library.add_source("home", folder)
    return library


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr("voicebot.rag.indexing.indexer.RETRIED", 0.02)
    monkeypatch.setattr("voicebot.rag.indexing.indexer.LOOKED_EVERY", 0.01)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def test_progress_counts_the_files_and_ends(library: Library, folder: Path) -> None:
    told: list[Progress] = []
    async with indexing(library, PlainReader(), told.append) as indexer:
        assert (told[0].done, told[0].total) == (0, FILES)
        assert told[-1] == indexer.progress == Progress(FILES, FILES)
        assert [progress.done for progress in told] == sorted(progress.done for progress in told)
        (folder / "new.txt").write_text("new", "utf-8")
        told.clear()
        await again(indexer)
        assert (told[0].done, told[0].total, told[-1].done) == (0, 1, 1)
        told.clear()
        await again(indexer)
        assert not told, "there was nothing to do"


def test_the_time_left_goes_by_the_last_of_the_work() -> None:
    pace = Pace()
    assert pace.seconds_for(100) is None
    pace.did(50, 0.5)
    assert pace.seconds_for(100) is None, "too soon"
    pace.did(50, 0.5)
    assert pace.seconds_for(200) == pytest.approx(2)
    for _ in range(round(2 * WINDOW)):
        pace.did(10, 1)
    assert pace.seconds_for(200) == pytest.approx(20)
    assert OF_A_FILE > 0


async def test_a_pause_is_immediate_and_what_was_begun_is_done_again(library: Library) -> None:
    told: list[Progress] = []
    reader = PlainReader()
    reader.gate = asyncio.Event()
    async with indexing(library, reader, told.append, settle=False) as indexer:
        await until(lambda: reader.names)
        indexer.pause()
        assert indexer.paused
        assert told[-1].paused
        await until(lambda: reader.broken_off)
        reader.gate.set()
        for _ in range(20):
            await asyncio.sleep(0)
        assert reader.names == ["0.txt"]
        assert library.matching(Where()) == []
        indexer.resume()
        await settled(indexer)
        assert not told[-1].paused
        assert len(reader.names) == FILES + 1
        assert len(every_passage(library)) == 2 * FILES


async def test_it_gives_way_before_each_file_and_each_batch(library: Library) -> None:
    speaking = asyncio.Event()
    asked = 0

    async def give_way() -> None:
        nonlocal asked
        asked += 1
        await speaking.wait()

    reader, store = PlainReader(), DictStore()
    more = {"embedding": ScriptedEmbeddings(), "store": store, "yield_to": give_way}
    async with indexing(library, reader, settle=False, **more) as indexer:
        await until(lambda: asked)
        assert reader.names == []
        speaking.set()
        await settled(indexer)
        assert asked > FILES + 1
        speaking.clear()
        before, asked = len(reader.names), 0
        indexer.wake()
        await until(lambda: asked)
        assert len(reader.names) == before


async def test_it_ends_while_a_file_is_read(library: Library) -> None:
    reader = PlainReader()
    reader.gate = asyncio.Event()
    indexer = Indexer(library, reader, watch=True, splitter=1, accepts=lambda path: True)
    indexer.start()
    await until(lambda: reader.names)
    await indexer.close()
    assert reader.broken_off == reader.closed == 1
    await indexer.close()
    library.close()


async def test_vectors_follow_the_passages(library: Library, folder: Path) -> None:
    store, model = DictStore(), ScriptedEmbeddings()
    told: list[Progress] = []
    async with indexing(library, PlainReader(), told.append, embedding=model, store=store) as indexer:
        assert set(store.vectors) == {passage.id for passage in every_passage(library)}
        assert store.dimensions == model.dimensions
        assert store.tags[1].collection == "home"
        assert any(progress.embedding and progress.total == 2 * FILES for progress in told)
        assert told[-1] == Progress(2 * FILES, 2 * FILES)
        embedded = model.embedded
        (folder / "0.txt").write_text("text 0\n\nsomething else", "utf-8")
        (folder / "1.txt").unlink()
        await again(indexer)
        assert set(store.vectors) == {passage.id for passage in every_passage(library)}
        assert model.embedded == embedded + 1
        await again(indexer)
        assert model.embedded == embedded + 1


async def test_a_store_that_began_anew_is_filled_again(library: Library) -> None:
    async with indexing(library, PlainReader(), embedding=ScriptedEmbeddings(), store=DictStore()):
        pass
    store = DictStore()
    store.vectors[777] = np.zeros(64, np.float32)
    async with indexing(library, PlainReader(), embedding=ScriptedEmbeddings(), store=store):
        assert set(store.vectors) == {passage.id for passage in every_passage(library)}


async def test_another_model_is_taken_while_it_runs(library: Library) -> None:
    store = DictStore()
    async with indexing(library, PlainReader()) as indexer:
        assert not store.vectors
        indexer.use(ScriptedEmbeddings(8), store)
        await settled(indexer)
        assert store.dimensions == 8
        assert len(store.vectors) == 2 * FILES
        indexer.use(None, None)
        await settled(indexer)


async def test_a_model_that_is_not_ready_leaves_the_words(library: Library) -> None:
    class Absent(ScriptedEmbeddings):
        def ready(self) -> Readiness:
            return NotReady("not downloaded", "download it")

    store = DictStore()
    async with indexing(library, PlainReader(), embedding=Absent(), store=store):
        assert not store.vectors
        assert library.search(["text"], 3)


async def test_a_passage_that_is_refused_is_left_out_and_the_others_go_on(library: Library) -> None:
    store = DictStore()
    model = Refusing("more of 3", EngineError("the text is too long"))
    async with indexing(library, PlainReader(), embedding=model, store=store):
        assert len(store.vectors) == 2 * FILES - 1


@pytest.mark.usefixtures("soon")
async def test_a_model_that_fails_is_said_once_and_tried_again(library: Library) -> None:
    told: list[VoicebotError] = []
    store = DictStore()
    model = Refusing("text", Unreachable("the service cannot be reached"))
    more = {"embedding": model, "store": store, "notify": told.append}
    async with indexing(library, PlainReader(), settle=False, **more) as indexer:
        with pytest.raises(Unreachable):
            await settled(indexer)
        assert library.search(["text"], 3)
        model.word = "no such word"
        await until(lambda: len(store.vectors) == 2 * FILES)
        await settled(indexer)
        assert [error.what for error in told] == ["the service cannot be reached"]


@pytest.mark.usefixtures("soon")
async def test_a_disk_that_is_full_is_said_once_and_tried_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = StorageError("the library of your documents could not be written", "the disk is full", "free some space")
    put, tries = library.put, 0

    def refusing(*args: object, **more: object) -> int:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise full
        return put(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "put", refusing)
    told: list[VoicebotError] = []
    async with indexing(library, PlainReader(), settle=False, notify=told.append) as indexer:
        with pytest.raises(StorageError, match="the disk is full"):
            await settled(indexer)
        await until(lambda: len(every_passage(library)) == 2 * FILES)
        await settled(indexer)
        assert told == [full]


@pytest.mark.expects_warnings
async def test_a_defect_in_reading_one_file_stops_no_other(library: Library) -> None:
    class Faulty(PlainReader):
        async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
            if path.name == "3.txt":
                raise ZeroDivisionError
            return await super().read(path)

    async with indexing(library, Faulty()):
        assert [document.state for document in library.documents()].count("indexed") == FILES - 1
        assert [document.title for document in library.documents() if document.state == "failed"] == ["3"]


async def test_a_source_that_is_added_meanwhile_does_not_wait_for_the_rest(library: Library, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "0.txt").write_text("urgent", "utf-8")
    reader = PlainReader()
    indexer: Indexer

    class Adding(PlainReader):
        async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
            if not self.read_paths:
                await asyncio.to_thread(library.add_source, "a", tmp_path / "more")
                indexer.wake()
            return await super().read(path)

    reader = Adding()
    async with indexing(library, reader, settle=False) as indexer:
        await settled(indexer)
        assert [Path(path).parent.name for path in reader.read_paths[:3]] == ["papers", "more", "papers"]
        assert len(reader.read_paths) == FILES + 1
        assert library.search(["urgent"], 1)


async def test_with_the_real_reader_and_the_real_words(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    handbook = "# Holidays\n\nYou may take 25 days.\n\n# 급여\n\n월급은 25일에 나온다."
    (folder / "handbook.md").write_text(handbook, "utf-8")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "notes.log.exe").write_bytes(b"MZ")
    library = Library(tmp_path / "home" / "library.db")
    library.add_source("work", folder)
    reader = Reader()
    indexer = Indexer(library, reader, embedding=ScriptedEmbeddings(), store=DictStore(), watch=False)
    indexer.start()
    await settled(indexer)
    await indexer.close()
    damaged, read = library.documents("work")
    assert (damaged.state, read.state, read.passages) == ("failed", "indexed", 2)
    assert damaged.why
    assert [passage.headings[-1] for passage in every_passage(library)] == ["Holidays", "급여"]
    library.close()


def test_the_stand_in_cuts_as_its_tests_expect() -> None:
    assert [piece.headings for piece in paragraphs("# A\n\none\n\n# B\n\ntwo")] == [("A",), ("B",)]
