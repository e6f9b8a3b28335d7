"""LangChain's retrievers as a step."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from tests.rag.shelf import Shelf, passage, words
from voicebot.errors import EngineError, EngineUnavailable, VoicebotError
from voicebot.rag.passages import Passage
from voicebot.rag.retrieval import Inquiry, Retriever, Search, Tools, plan
from voicebot.rag.retrieval.inquiry import Holdings
from voicebot.rag.retrieval.langchain import made

STEP = f"langchain:{__name__}.Found"
OURS = passage(1, "Employees get 15 days of leave.")


class Found(BaseRetriever):
    """One of ours, one that claims to be, and three from elsewhere."""

    def _get_relevant_documents(self, query: str) -> list[Document]:
        return [
            Document(
                "Leave is granted by Kim.",
                metadata={"title": "Wiki", "source": "https://wiki.example/leave", "page": 2},
            ),
            Document("15 days of leave", metadata={"passage": 1}),
            Document("Ours, it says.", id="1", metadata={"page_number": 3, "path": "/b.pdf"}),
            Document("연차는 15일이에요.", metadata={"id": "none"}),
            Document("Leave is granted by Kim.", metadata={"source": "https://wiki.example/leave"}),
        ]


class Failing(BaseRetriever):
    def _get_relevant_documents(self, query: str) -> list[Document]:
        raise RuntimeError("secret detail")


class Needs(Found):
    needed: int


instance = Found()
not_one = "a string"


def surely(state: Search, library: Holdings, unrelated: float) -> list[float]:
    return [1.0] * len(state.found)


async def retrieved(*steps: str, told: list[VoicebotError] | None = None) -> list[Passage]:
    tools = Tools(Shelf([OURS]), terms=words, relevance=surely)
    retriever = Retriever(tools, plan("modular", steps), (told if told is not None else []).append)
    return [one.passage for one in await retriever.retrieve(Inquiry("leave", "en"))]


async def test_passages_of_ours_are_known_and_others_come_as_they_are() -> None:
    wiki, ours, claimed, korean = await retrieved(STEP)
    assert ours == OURS
    assert (wiki.title, wiki.path, wiki.page) == ("Wiki", "https://wiki.example/leave", 3)
    assert (claimed.text, claimed.page, claimed.title) == ("Ours, it says.", 3, "/b.pdf")
    assert (korean.language, korean.page) == ("ko", None)
    assert all(one.id < 0 and one.document == 0 for one in (wiki, claimed, korean))
    assert len({wiki.id, claimed.id, korean.id}) == 3


async def test_they_are_fused_with_our_own_searches() -> None:
    assert (await retrieved("words", STEP))[0] == OURS, "two searches found it"


async def test_one_that_fails_is_left_out() -> None:
    told: list[VoicebotError] = []
    assert await retrieved("words", f"langchain:{__name__}.Failing", told=told) == [OURS]
    assert [(error.what, error.why) for error in told] == [
        (f"the retriever langchain:{__name__}.Failing found nothing", "RuntimeError")
    ]


@pytest.mark.parametrize("name", ["Found", "instance"])
def test_it_is_made_by_its_name(name: str) -> None:
    assert isinstance(made(f"{__name__}.{name}"), Found)


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("no_such_package.Retriever", EngineUnavailable, "There is no module no_such_package"),
        (f"{__name__}.Missing", EngineUnavailable, f"{__name__} has no Missing"),
        (f"{__name__}.Needs", EngineError, "made without arguments"),
        (f"{__name__}.not_one", EngineUnavailable, "is no LangChain retriever"),
        ("pathlib.Path", EngineUnavailable, "is no LangChain retriever"),
    ],
)
def test_what_cannot_be_made_is_said(path: str, kind: type[VoicebotError], said: str) -> None:
    with pytest.raises(kind) as error:
        made(path)
    assert said.lower() in str(error.value).lower()
