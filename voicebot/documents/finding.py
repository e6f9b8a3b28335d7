"""Finds passages by the settings: with what searches by meaning once that is open, by the words alone until then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack

from voicebot.documents.making import Making
from voicebot.documents.meaning import Meaning, opened
from voicebot.errors import EngineError, UsageError, VoicebotError
from voicebot.llm.context import estimate
from voicebot.rag.library import Library
from voicebot.rag.passages import Found
from voicebot.rag.reranking import Reranker
from voicebot.rag.retrieval import Inquiry, Retriever, Tools, plan
from voicebot.settings import DocumentSettings

log = logging.getLogger(__name__)

Tell = Callable[[VoicebotError], None]


class Finding:
    """`on_meaning` is called with what searches by meaning whenever that changes."""

    def __init__(
        self, making: Making, library: Library, tell: Tell, on_meaning: Callable[[Meaning | None], None]
    ) -> None:
        self._making = making
        self._library = library
        self._tell = tell
        self._on_meaning = on_meaning
        self._meaning: Meaning | None = None
        self._reranker: Reranker | None = None
        self._opening: asyncio.Task[None] | None = None
        self._steps = self._plan()
        self._retriever = self._retrieving()

    async def retrieve(self, inquiry: Inquiry) -> tuple[Found, ...]:
        """The passages that answer a question, best first; see `voicebot.rag.retrieval`. Never raises."""
        return await self._retriever.retrieve(inquiry)

    @property
    def by_meaning(self) -> bool:
        """Whether what searches by meaning is open."""
        return self._meaning is not None

    def open(self) -> None:
        """Open what searches by meaning, in the background, unless that has begun."""
        if self._opening is None:
            self._opening = asyncio.get_running_loop().create_task(self._open(), name="opening of the meaning")

    async def opened(self) -> None:
        """Wait until it is open, or known that it cannot be."""
        if self._opening is not None:
            await asyncio.wait([self._opening])

    async def look_again(self) -> None:
        """Open what was not there when it was looked for: a model was installed since."""
        if self._opening is None:
            return
        await self.opened()
        if self._meaning is None:
            await self.close()
            self.open()
        elif self._reranker is None:
            await self._open_reranker()

    async def use(self, making: Making) -> None:
        """Go on by other settings; what is open is opened anew only where the engines are others."""
        before, self._making = self._making.settings, making
        was_opened = self._opening is not None
        self._steps = self._plan()
        self._retriever = self._retrieving()
        if _engines(before) != _engines(making.settings):
            await self.close()
            if was_opened:
                self.open()

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait([self._opening])
            self._opening = None
        meaning, reranker = self._meaning, self._reranker
        self._take(None, None)
        async with AsyncExitStack() as both:
            if meaning is not None:
                both.push_async_callback(meaning.close)
            if reranker is not None:
                both.push_async_callback(reranker.close)

    async def _open(self) -> None:
        try:
            self._take(await opened(self._making), None)
            await self._open_reranker()
        except VoicebotError as error:
            self._tell(error)
        except Exception as error:
            log.exception("searching by meaning could not be opened")
            why = f"something went wrong inside Voicebot ({type(error).__name__})"
            self._tell(EngineError("documents are searched by their words alone", why, "the log says more"))

    async def _open_reranker(self) -> None:
        """Loaded before it is asked: a step of retrieval has no time for that. Raises VoicebotError."""
        reranker = await asyncio.to_thread(self._making.reranker)
        if reranker is not None:
            self._reranker = reranker
            await reranker.warm()
            self._retriever = self._retrieving()

    def _take(self, meaning: Meaning | None, reranker: Reranker | None) -> None:
        self._meaning, self._reranker = meaning, reranker
        self._retriever = self._retrieving()
        self._on_meaning(meaning)

    def _retrieving(self) -> Retriever:
        meaning = self._meaning
        tools = Tools(
            self._library,
            meaning.embedding if meaning is not None else None,
            meaning.store if meaning is not None else None,
            self._reranker,
            count=estimate,
            unrelated=meaning.unrelated if meaning is not None else {},
        )
        return Retriever(tools, self._steps, self._tell)

    def _plan(self) -> tuple[str, ...]:
        settings = self._making.settings
        try:
            return plan(settings.retrieval, settings.steps)
        except UsageError as error:
            self._tell(error)
            return plan("advanced")


def _engines(settings: DocumentSettings) -> tuple[str, ...]:
    return (
        settings.embeddings, settings.openai_model, settings.base_url,
        settings.store, settings.chroma_address, settings.store_options,
    )  # fmt: skip
