"""A language model that is asked only what the assistant does not know by itself.

The time, a date, a sum, a conversion and a timer have one right answer, which a small model often misses; the skills
know it at once.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Protocol

from voicebot.llm.base import LanguageModel, Request
from voicebot.llm.grounding import answer_without_a_model
from voicebot.readiness import Readiness


class Knowing(Protocol):
    """What answers exactly, or not at all."""

    async def warm(self) -> None: ...

    def acts_on(self, request: Request) -> bool: ...

    async def known(self, request: Request) -> str | None:
        """The whole answer to the question, None when it is not its own."""
        ...


class Skilled:
    """The `skills` first, and `model` for the rest: to everybody else it is the model."""

    def __init__(self, model: LanguageModel, skills: Knowing) -> None:
        self._model = model
        self._skills = skills
        self.name = model.name
        self.local = model.local
        self.patience = model.patience

    def ready(self) -> Readiness:
        return self._model.ready()

    async def warm(self) -> None:
        await self._skills.warm()
        await self._model.warm()

    def acts_on(self, request: Request) -> bool:
        return self._skills.acts_on(request) or self._model.acts_on(request)

    async def reply(self, request: Request) -> AsyncIterator[str]:
        """See `LanguageModel.reply`; what is known comes in one piece."""
        known = await self._skills.known(request)
        if known is None:
            known = answer_without_a_model(request)
        if known is not None:
            yield known
            return
        pieces = self._model.reply(request)
        try:
            async for piece in pieces:
                yield piece
        finally:
            if isinstance(pieces, AsyncGenerator):
                await pieces.aclose()

    async def close(self) -> None:
        await self._model.close()
