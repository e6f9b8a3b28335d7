"""What passes from step to step of a retrieval, and what the steps work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from voicebot.languages import language_of
from voicebot.rag.passages import Document, Found, Hit, Passage, Where

if TYPE_CHECKING:
    from voicebot.rag.embedding.base import EmbeddingModel
    from voicebot.rag.reranking import Reranker
    from voicebot.rag.stores.base import VectorStore

EVERYWHERE = Where()
CANDIDATES = 30
"""Passages that each search gives at least: enough for the right one to be among them, few enough to be reranked."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to the documents. `language` is ISO 639-1, "" where it is not known.

    At most `passages` are found, and they take at most `tokens`.
    """

    question: str
    language: str
    before: tuple[tuple[str, str], ...] = ()
    """The conversation so far, each a role ("user", "assistant") and a text, without the question."""
    where: Where = EVERYWHERE
    passages: int = 6
    tokens: int = 1500
    titles: tuple[str, ...] = ()
    """Of the documents that the last answer cited."""

    @property
    def candidates(self) -> int:
        """How many passages a search is to give."""
        return max(CANDIDATES, 5 * self.passages)


@dataclass(frozen=True, slots=True)
class Search:
    """A retrieval as far as it is. `lists` are the hits of each search by its name, `found` what came of them."""

    inquiry: Inquiry
    question: str
    """As it is searched for."""
    where: Where
    lists: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    foreign: Mapping[int, Passage] = field(default_factory=dict)
    """Passages that are not of the library, by their ids, which are negative."""
    found: tuple[Found, ...] = ()

    @classmethod
    def of(cls, inquiry: Inquiry) -> Search:
        return cls(inquiry, inquiry.question, inquiry.where)

    def with_hits(self, name: str, hits: Sequence[Hit], foreign: Mapping[int, Passage] | None = None) -> Search:
        """With what a search found, best first."""
        foreign = {**self.foreign, **(foreign or {})}
        return replace(self, lists={**self.lists, name: tuple(hits)}, foreign=foreign)

    @property
    def language(self) -> str:
        """ISO 639-1, of the question."""
        return self.inquiry.language or language_of(self.question, ("en", "ko"))

    @property
    def is_empty(self) -> bool:
        return not any(self.lists.values())


class Holdings(Protocol):
    """What of the library is asked here; it blocks. See `voicebot.rag.library.Library`."""

    def search(self, terms: Sequence[str], count: int, where: Where) -> list[Hit]: ...

    def passages(self, ids: Sequence[int]) -> list[Passage]: ...

    def documents(self, collection: str) -> list[Document]: ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]: ...

    def count(self) -> int: ...


Rewriter = Callable[[Inquiry], Awaitable[str]]
"""Makes a follow-up into a full question."""
Count = Callable[[str], int]
"""Tells the tokens of a text."""
Relevance = Callable[[Search, Holdings, float], Sequence[float]]
"""Tells of each passage that was found, from 0 to 1, how surely it is about the question: `judging.judged`, say."""


def three_letters(text: str) -> int:
    """About the tokens of a text, for want of a better count: three letters each, two of Hangul's bytes."""
    return (len(text) + len(text.encode("utf-8", "replace")) // 2) // 3 + 1


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with; a step whose tool is None gives nothing, and the others go on."""

    library: Holdings
    embedding: EmbeddingModel | None = None
    store: VectorStore | None = None
    reranker: Reranker | None = None
    rewriter: Rewriter | None = None
    count: Count = three_letters
    terms: Callable[[str], list[str]] | None = None
    """Of a question; None takes `voicebot.rag.words.query_terms`."""
    relevance: Relevance | None = None
    """None takes `voicebot.rag.relevance`."""
    unrelated: Mapping[str, float] = field(default_factory=dict)
    """The cosine that the embedding model gives to texts which have nothing in common: see `meaning.unrelated`."""
    langchain: Callable[[str], Any] | None = None
    """A LangChain retriever by its name; None imports MODULE.CLASS and makes one without arguments."""
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    """Aware: what "last week" is reckoned from."""


def knows(model: EmbeddingModel | Reranker, state: Search) -> bool:
    """Whether a model knows the language of the question: what it makes of another is noise."""
    return not model.languages or state.language in model.languages


Step = Callable[[Search, Tools], Awaitable[Search]]
