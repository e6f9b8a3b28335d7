"""What the window has the core do with documents: on its loop, and what blocks on a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.desktop.documents_text import Span, excerpt, html, matches, quoted
from voicebot.desktop.engines import LIBRARY
from voicebot.errors import UsageError
from voicebot.readiness import NotReady

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.documents.documents import Documents
    from voicebot.rag.passages import Collection, Document, Found, Passage

FOUND = 20
"""Passages that a search in the window lists: more are not read through."""

LONGEST_NAME = 60
"""Characters of a collection's name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The collections, and the files of the one that is shown."""

    collections: tuple[Collection, ...] = ()
    shown: str = ""
    files: tuple[Document, ...] = ()
    meaning: str = ""
    """Of searching by meaning: "" where there is no model for it, or "there"."""
    lacks: tuple[str, str, str] | None = None
    """The library for such models, when it is not installed: what, why and fix."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page or section as a citation opens it: safe HTML, and where in its text the quote begins.

    `html` is empty when the document is gone; `exact` when the quote stands there word for word.
    """

    html: str = ""
    at: int = 0
    exact: bool = True
    path: str = ""


def name_of(written: str) -> str:
    """A collection's name as it is kept: on one line, and not too long for a chip."""
    return " ".join(written.split())[:LONGEST_NAME]


def documents_of(assistant: Assistant) -> Documents:
    """The door to the documents; raises UsageError where there is none."""
    if assistant.documents is None:
        raise UsageError("no documents can be searched here")
    return assistant.documents


async def listed(assistant: Assistant, shown: str, *, with_files: bool) -> Listed:
    """What there is; the first collection is shown where the one that was is gone."""
    if assistant.documents is None:
        return Listed()
    documents = documents_of(assistant)
    found: list[Collection] = await documents.collections()
    names = [one.name for one in found]
    if shown not in names:
        shown = documents.collection if documents.collection in names else next(iter(names), "")
    files = await documents.documents(shown) if shown and with_files else ()
    meaning = "there" if documents.by_meaning else ""
    return Listed(tuple(found), shown, tuple(files), meaning, await asyncio.to_thread(_lacks))


def _lacks() -> tuple[str, str, str] | None:
    from voicebot.rag.embedding.sentence_transformers import SentenceTransformers

    readiness = SentenceTransformers(Path(), "", "").ready()
    uninstalled = isinstance(readiness, NotReady) and readiness.fix.startswith(LIBRARY)
    return (readiness.why, "", readiness.fix) if isinstance(readiness, NotReady) and uninstalled else None


async def searched(assistant: Assistant, text: str, collection: str, language: str) -> list[dict[str, Any]]:
    """Passages about `text`, best first, as the screen lists them."""
    found = await documents_of(assistant).search(text, collection, FOUND, language)
    return await asyncio.to_thread(_rows, found, text, language)


def _rows(found: Sequence[Found], text: str, language: str) -> list[dict[str, Any]]:
    from voicebot.rag.citing import place
    from voicebot.rag.words import query_terms, terms

    wanted = {*query_terms(text), *terms(text)}  # also what a question has only to ask with
    return [_row(one, wanted, terms, place(one.passage, language)) for one in found]


def _row(one: Found, wanted: Iterable[str], terms: Any, place: str) -> dict[str, Any]:
    passage = one.passage
    words, spans = excerpt(passage.text, matches(passage.text, wanted, terms))
    return {
        "passage": passage.id,
        "title": passage.title or Path(passage.path).name,
        "place": place,
        "path": passage.path,
        "page": passage.page,
        "quote": passage.text,
        "words": words,
        "html": html(words, spans, "b"),
        "by": list(one.by),
    }


async def opened(assistant: Assistant, passage: int, quote: str) -> Page:
    """The page or section on which a passage stands, with the quote marked in it; the passage where that is changed."""
    found = await documents_of(assistant).page(passage) if passage else []
    return await asyncio.to_thread(_page, found, passage, quote) if found else Page()


def _page(found: Sequence[Passage], passage: int, quote: str) -> Page:
    text = "\n\n".join(one.text for one in found)
    exact = quoted(text, quote)
    span = exact or _place(found, passage)
    return Page(html(text, [span], 'span class="quoted"'), span[0], exact is not None, found[0].path)


def _place(found: Sequence[Passage], passage: int) -> Span:
    start = 0
    for one in found:
        if one.id == passage:
            return start, start + len(one.text)
        start += len(one.text) + 2
    return 0, 0


def openable(path: str) -> bool:
    """Whether it is a document that is there: nothing else is ever handed to another program. Blocks."""
    from voicebot.rag.loading.kinds import is_document

    return is_document(Path(path)) and Path(path).is_file()
