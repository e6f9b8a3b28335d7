"""An embedding model behind OpenAI's protocol: OpenAI's own, or a server on this machine or elsewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from voicebot.errors import EngineError, RateLimited
from voicebot.rag.embedding.base import Vectors
from voicebot.readiness import Readiness
from voicebot.services import CONNECT, DELAYS, Key, Service
from voicebot.spending import UNMETERED, Amounts, Kind, Meter

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

STAGE = "documents"
ADDS = "searching your documents by meaning, with OpenAI's models"
LONGEST = 8_000
"""Characters of a text that are sent. A text may have 8,192 tokens, and a token seldom is less than a character
(https://developers.openai.com/api/docs/guides/embeddings)."""
BATCH = 64
"""Texts in a request; OpenAI takes up to 2,048, and 300,000 tokens in all."""
PAUSES = (5.0, 15.0, 30.0, 60.0)
"""Seconds before passages are sent again to a service that asks to wait, unless it says how long: nobody listens."""
LONGEST_PAUSE = 120.0
"""A service that asks to wait longer is not waited for."""


class OpenAiEmbeddings:
    """An `EmbeddingModel` over /embeddings. `base_url` and `key` are those of `voicebot.services.Service`."""

    languages: tuple[str, ...] = ()

    def __init__(
        self,
        key: Key,
        base_url: str | None,
        model: str,
        meter: Meter = UNMETERED,
        patience: float = 30.0,
        connect: float = CONNECT,
        delays: tuple[float, ...] = DELAYS,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._service = Service(STAGE, model, key, base_url, patience, connect, delays, meter)
        self._pauses = pauses
        self.name = f"openai:{model}"
        self.local = self._service.local

    def ready(self) -> Readiness:
        return self._service.ready(adds=ADDS)

    async def warm(self) -> None:
        await self._service.warm()

    async def passages(self, texts: Sequence[str]) -> Vectors:
        """See `EmbeddingModel.passages`; waits where the service asks to, for a few minutes at most."""
        parts = [await self._patiently(list(texts[first : first + BATCH])) for first in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    async def question(self, text: str) -> Vectors:
        vector: Vectors = (await self._embedded([text]))[0]
        return vector

    async def close(self) -> None:
        await self._service.close()

    async def _patiently(self, texts: list[str]) -> Vectors:
        for pause in self._pauses:
            try:
                return await self._embedded(texts)
            except RateLimited as limited:
                wait = pause if limited.retry_after is None else limited.retry_after
                if wait > LONGEST_PAUSE:
                    raise
                log.info("%s; passages are sent again in %.1f s", limited, wait)
            await asyncio.sleep(wait)
        return await self._embedded(texts)

    async def _embedded(self, texts: list[str]) -> Vectors:
        texts = [text[:LONGEST] or " " for text in texts]  # an empty text is refused
        expected = {Kind.INPUT_TOKENS: float(sum(map(estimate, texts)))}
        async with self._service.metered(expected) as metered:
            answer = await self._service.ask(lambda client: self._request(client, texts))
            charged = _charged(answer)
            metered.used(charged or expected, estimate=charged is None)
        vectors = list(_vectors(answer))
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
            raise self._misunderstood()
        return self._normed(np.asarray(vectors, np.float32))

    async def _request(self, client: AsyncOpenAI, texts: list[str]) -> object:
        from openai import BadRequestError

        create: Any = (await asyncio.to_thread(lambda: client.embeddings)).create  # which imports a module
        # Base64, the SDK's own choice, is half as long; other servers may not know it.
        plain = {} if self._service.official else {"encoding_format": "float"}
        try:
            answer: object = await create(model=self._service.model, input=texts, **plain)
        except BadRequestError as error:
            if error.code != "context_length_exceeded":
                raise
            fix = "Set documents.openai_model to one that reads more at once"
            raise EngineError(f"a passage is too long for {self._service.model}", fix=fix) from None
        return answer

    def _normed(self, vectors: Vectors) -> Vectors:
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._misunderstood()
        normed: Vectors = vectors / lengths
        return normed

    def _misunderstood(self) -> EngineError:
        where = self._service.where
        fix = "Set documents.openai_model to an embedding model, or check documents.base_url"
        return EngineError(f"{where} sent vectors that cannot be used", fix=fix)


def estimate(text: str) -> int:
    """About how many tokens `text` has: four bytes each, which is near for English and for Korean."""
    return len(text.encode()) // 4 + 1


def _vectors(answer: object) -> Iterator[list[float]]:
    """The vectors in the order of the texts; none of an answer that is none. Servers differ from the SDK's types."""
    data = getattr(answer, "data", None)
    rows = [row for row in data if isinstance(getattr(row, "index", None), int)] if isinstance(data, list) else []
    for row in sorted(rows, key=lambda row: int(row.index)):
        vector = getattr(row, "embedding", None)
        if isinstance(vector, list) and all(isinstance(number, (int, float)) for number in vector):
            yield vector


def _charged(answer: object) -> Amounts | None:
    tokens = getattr(getattr(answer, "usage", None), "prompt_tokens", None)
    return {Kind.INPUT_TOKENS: tokens} if isinstance(tokens, int) and tokens > 0 else None
