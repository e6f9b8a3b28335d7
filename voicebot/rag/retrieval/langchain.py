"""A retriever of LangChain's (https://python.langchain.com, MIT) as a search: any `BaseRetriever`, by its name.

Whoever names one in the settings lets it see the questions. Its tracing is off, for that would tell others of them.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from voicebot.errors import EngineError, EngineUnavailable
from voicebot.languages import language_of
from voicebot.rag.passages import Hit, Passage
from voicebot.rag.retrieval.inquiry import Holdings, Search, Tools

if TYPE_CHECKING:
    from langchain_core.documents import Document

PATH_KEYS = ("path", "source", "file_path", "url")
EXTRA = "pip install 'voicebot[langchain]'"


async def langchain(state: Search, tools: Tools, *, name: str) -> Search:
    """What the retriever named "langchain:MODULE.CLASS" finds, in its order; raises EngineError.

    A document that is a passage of the library is that passage; others come as passages of their own, with ids below
    zero.
    """
    make = tools.langchain or made
    retriever = await asyncio.to_thread(make, name.partition(":")[2])
    documents = await _asked(retriever, state.question, name)
    ours, foreign = await asyncio.to_thread(_sorted_out, documents, tools.library)
    ids = dict.fromkeys(ours.get(place) or _foreign_id(document) for place, document in enumerate(documents))
    hits = [Hit(id_, 1.0 / rank) for rank, id_ in enumerate(ids, start=1)]
    return state.with_hits(name, hits[: state.inquiry.candidates], foreign)


def made(path: str) -> Any:
    """The retriever MODULE.CLASS, made without arguments, or one that has that name already; raises EngineError."""
    module, _, of_it = path.rpartition(".")
    try:
        from langchain_core.retrievers import BaseRetriever

        found = getattr(importlib.import_module(module), of_it)
        retriever = found() if callable(found) and not isinstance(found, BaseRetriever) else found
    except ImportError as error:
        raise EngineUnavailable(f"{path} cannot be loaded", f"there is no module {error.name}", EXTRA) from None
    except AttributeError:
        raise EngineUnavailable(f"{path} cannot be loaded", f"{module} has no {of_it}", "Check its name") from None
    except Exception as error:
        why = type(error).__name__
        raise EngineError(f"{path} could not be made", why, "Name one that is made without arguments") from error
    if not isinstance(retriever, BaseRetriever):
        raise EngineUnavailable(f"{path} is no LangChain retriever", fix="Name a BaseRetriever")
    return retriever


async def _asked(retriever: Any, question: str, name: str) -> list[Document]:
    from langsmith import tracing_context

    try:
        with tracing_context(enabled=False):
            documents: list[Document] = await retriever.ainvoke(question)
    except Exception as error:  # whatever a stranger's code raises
        raise EngineError(
            f"the retriever {name} found nothing", type(error).__name__, "Check that retriever"
        ) from error
    return documents


def _sorted_out(documents: Sequence[Document], library: Holdings) -> tuple[dict[int, int], dict[int, Passage]]:
    """The library's ids of the documents that are its passages, by their place; and the others as passages."""
    claimed = {place: id_ for place, document in enumerate(documents) if (id_ := _claimed_id(document)) is not None}
    texts = {passage.id: passage.text for passage in library.passages(list(dict.fromkeys(claimed.values())))}
    ours = {
        place: id_
        for place, id_ in claimed.items()
        if id_ in texts and (text := documents[place].page_content.strip()) and text in texts[id_]
    }
    foreign: dict[int, Passage] = {}
    for place, document in enumerate(documents):
        if place not in ours:
            foreign.setdefault(_foreign_id(document), _passage(document))
    return ours, foreign


def _claimed_id(document: Document) -> int | None:
    """The id that a document has of a passage, if it has one; its text tells whether that is true."""
    for claim in map(str, (document.metadata.get("passage"), document.metadata.get("id"), document.id)):
        if claim.isascii() and claim.isdigit() and 0 < int(claim) < 2**63:
            return int(claim)
    return None


def _foreign_id(document: Document) -> int:
    """Below zero, the same for the same document."""
    whole = f"{_path(document.metadata)}\0{document.page_content}"
    return -1 - int.from_bytes(hashlib.sha256(whole.encode("utf-8", "replace")).digest()[:7])


def _passage(document: Document) -> Passage:
    path = _path(document.metadata)
    return Passage(
        _foreign_id(document),
        document=0,
        collection="",
        position=0,
        text=document.page_content,
        title=str(document.metadata.get("title") or path),
        path=path,
        page=_page(document.metadata),
        language=language_of(document.page_content, ("en", "ko")),
    )


def _path(metadata: Mapping[str, Any]) -> str:
    return next((str(metadata[key]) for key in PATH_KEYS if metadata.get(key)), "")


def _page(metadata: Mapping[str, Any]) -> int | None:
    """From 1. LangChain's loaders of PDFs count "page" from 0, Unstructured's "page_number" from 1."""
    match metadata.get("page"), metadata.get("page_number"):
        case (bool(), _) | (_, bool()):
            return None
        case (int(page), _) if page >= 0:
            return page + 1
        case (_, int(number)) if number > 0:
            return number
    return None
