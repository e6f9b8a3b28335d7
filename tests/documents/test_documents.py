"""The door to the documents, with everything real behind it: files, the child that reads them, library and store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.rag.files import pdf
from voicebot.building import documents, making
from voicebot.documents.documents import Documents
from voicebot.documents.making import Making
from voicebot.errors import UsageError, VoicebotError
from voicebot.llm.base import Grounding, Message
from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.embedding.scripted import ScriptedEmbeddings
from voicebot.session import Session, session
from voicebot.settings import replaced

FACT = "Every employee gets fifteen days of paid leave in a year."
QUESTION = "How many days of leave do I get?"
KOREAN = "연차 휴가는 한 해에 십오 일이며, 쓰지 못한 휴가는 다음 해 삼월까지 쓸 수 있다."


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return pdf(tmp_path / "handbook.pdf", ["Welcome to the company.", f"{FACT}\nAsk the manager early."], "Handbook")


@asynccontextmanager
async def opened(**settings: object) -> AsyncIterator[tuple[Documents, Session, list[VoicebotError]]]:
    """Documents that are being indexed, the collection "work" on, with these settings beside."""
    told: list[VoicebotError] = []
    with session() as begun:
        for name, value in {"collection": "work", "embeddings": "off", "watch": False, **settings}.items():
            begun.workshop.settings = replaced(begun.workshop.settings, f"documents.{name}", value)
        shelf = documents(begun, indexes=True, tell=told.append)
        await shelf.start()
        try:
            yield shelf, begun, told
        finally:
            await shelf.close()


async def added(shelf: Documents, *paths: Path) -> None:
    await shelf.add("work", paths)
    async with asyncio.timeout(60):
        await shelf.settled()


async def test_a_question_finds_the_page(handbook: Path) -> None:
    async with opened() as (shelf, _, told):
        await added(shelf, handbook)
        grounding = await shelf.ground(QUESTION, "en", [])
    citation = grounding.sources[0].citation
    assert (citation.number, citation.title, citation.place, citation.page) == (1, "Handbook", "page 2", 2)
    assert citation.quote == FACT
    assert citation.path == str(handbook)
    assert told == []


async def test_the_page_that_a_citation_opens_holds_its_words(handbook: Path) -> None:
    async with opened() as (shelf, _, _):
        await added(shelf, handbook)
        grounding = await shelf.ground(QUESTION, "en", [])
        citation = grounding.sources[0].citation
        page = await shelf.page(citation.passage)
    assert citation.quote in "\n".join(passage.text for passage in page)
    assert {passage.page for passage in page} == {2}


async def test_korean_is_found_and_cited_in_korean(tmp_path: Path) -> None:
    (tmp_path / "사규.md").write_text(f"# 사규\n\n## 휴가\n\n{KOREAN}\n", "utf-8")
    async with opened() as (shelf, _, _):
        await added(shelf, tmp_path / "사규.md")
        grounding = await shelf.ground("연차는 며칠이야?", "ko", [])
    assert grounding.sources[0].citation.place == "휴가"
    assert grounding.sources[0].citation.quote in KOREAN


@pytest.mark.parametrize("store", ["faiss", "chroma", "langchain:langchain_core.vectorstores.InMemoryVectorStore"])
async def test_meaning_is_searched_too_when_a_model_is_there(handbook: Path, store: str) -> None:
    async with opened(embeddings="scripted", store=store) as (shelf, _, told):
        await added(shelf, handbook)
        found = await shelf.search(QUESTION, "work")
    assert {"words", "meaning"} <= set(found[0].by)
    assert told == []


async def test_nothing_is_found_on_what_the_documents_do_not_tell(handbook: Path) -> None:
    async with opened() as (shelf, _, _):
        await added(shelf, handbook)
        assert await shelf.ground("How tall is the Eiffel tower?", "en", []) == Grounding()


async def test_only_from_my_documents_says_so_instead(handbook: Path) -> None:
    async with opened(only=True) as (shelf, _, _):
        await added(shelf, handbook)
        grounding = await shelf.ground("How tall is the Eiffel tower?", "en", [])
    assert grounding.only
    assert grounding.sources == ()


async def test_a_follow_up_leans_on_the_question_before(handbook: Path) -> None:
    before = [Message("user", QUESTION), Message("assistant", "Fifteen days [1].")]
    async with opened() as (shelf, _, _):
        await added(shelf, handbook)
        grounding = await shelf.ground("And whom do I ask for it?", "en", before)
    assert grounding.sources[0].citation.page == 2


async def test_what_is_off_is_not_searched(handbook: Path) -> None:
    async with opened(collection="") as (shelf, _, _):
        await added(shelf, handbook)
        assert not shelf.on


async def test_another_collection_is_not_searched(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Every employee gets a lamp.", "utf-8")
    async with opened() as (shelf, _, _):
        await shelf.add("home", [handbook])
        await added(shelf, tmp_path / "other.txt")
        grounding = await shelf.ground("What does every employee get?", "en", [])
    assert [source.citation.title for source in grounding.sources] == ["Other"]


async def test_other_settings_hold_at_once(handbook: Path) -> None:
    async with opened() as (shelf, begun, _):
        await added(shelf, handbook)
        for name, value in (("embeddings", "scripted"), ("retrieval", "naive")):
            begun.workshop.settings = replaced(begun.workshop.settings, f"documents.{name}", value)
        await shelf.use(making(begun))
        async with asyncio.timeout(60):
            await shelf.settled()
        found = await shelf.search(QUESTION, "work")
    assert [one.by for one in found[:1]] == [("meaning",)]


async def test_a_plan_that_makes_no_sense_is_told_and_another_taken(handbook: Path) -> None:
    async with opened(retrieval="modular", steps=["fit"]) as (shelf, _, told):
        await added(shelf, handbook)
        assert (await shelf.ground(QUESTION, "en", [])).sources
    assert [error.what for error in told] == ["these steps of retrieval search nothing"]


async def test_an_engine_that_is_not_there_is_told_and_the_words_are_searched(handbook: Path) -> None:
    async with opened(embeddings="sentence-transformers:./nowhere") as (shelf, _, told):
        await added(shelf, handbook)
        assert (await shelf.ground(QUESTION, "en", [])).sources
    assert len(told) == 1


@pytest.mark.parametrize(
    ("collection", "name", "what"),
    [("work", "missing.pdf", "is not there"), ("work", "song.mp3", "is no document"), (" ", "a.txt", "needs a name")],
)
async def test_what_cannot_be_added_is_said(tmp_path: Path, collection: str, name: str, what: str) -> None:
    for there in ("song.mp3", "a.txt"):
        (tmp_path / there).write_text("la la la")
    async with opened() as (shelf, _, _):
        with pytest.raises(UsageError, match=what):
            await shelf.add(collection, [tmp_path / name])
        assert await shelf.collections() == []


async def test_a_name_that_no_disk_takes_is_not_there(tmp_path: Path) -> None:
    async with opened() as (shelf, _, _):
        with pytest.raises(UsageError, match="is not there: File name too long"):
            await shelf.add("work", [tmp_path / f"{'x' * 300}.txt"])


async def test_a_folder_is_one_source_whichever_way_it_is_written(handbook: Path) -> None:
    folder = handbook.parent
    async with opened() as (shelf, _, _):
        await added(shelf, folder, folder / "away" / "..", folder / ".." / folder.name)
        assert [one.sources for one in await shelf.collections()] == [(str(folder),)]


async def test_removing_leaves_nothing_to_be_found(handbook: Path) -> None:
    async with opened(embeddings="scripted") as (shelf, _, _):
        await added(shelf, handbook)
        await shelf.remove("work", str(handbook))
        async with asyncio.timeout(60):
            await shelf.settled()
        assert await shelf.search(QUESTION) == []
        assert handbook.is_file()


async def test_without_documents_nothing_is_written(own_home: Path) -> None:
    async with opened() as (shelf, _, _):
        assert await shelf.collections() == []
        assert await shelf.search(QUESTION) == []
        assert await shelf.page(1) == []
    assert not (own_home / "data" / "documents").exists()


async def test_progress_is_told(handbook: Path) -> None:
    async with opened() as (shelf, _, _):
        seen = []
        shelf.on_progress = seen.append
        await added(shelf, handbook)
    assert seen[-1].done == seen[-1].total


async def test_a_model_that_came_is_taken_up(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[EmbeddingModel] = []
    monkeypatch.setattr(Making, "embedding", lambda self: next(iter(there), None))
    async with opened() as (shelf, _, told):
        await added(shelf, handbook)
        assert not shelf.by_meaning
        there.append(ScriptedEmbeddings())
        await shelf.look_again()
        async with asyncio.timeout(60):
            await shelf.settled()
        assert shelf.by_meaning
        assert "meaning" in (await shelf.search(QUESTION))[0].by
    assert told == []
