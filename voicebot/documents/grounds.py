"""What the conversation asks of the documents: to find what a question may be answered from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from voicebot.llm.base import Grounding, Message


class Grounds(Protocol):
    """`Documents` is one; tests have their own."""

    @property
    def on(self) -> bool:
        """Whether a collection is on in the conversation."""
        ...

    async def ground(self, question: str, language: str, before: Sequence[Message]) -> Grounding | None:
        """What was found for a question after the conversation `before`; None where none are on."""
        ...

    def foresee(self, text: str, before: Sequence[Message]) -> None:
        """A question begins with these words: look already. Never waits."""
        ...
