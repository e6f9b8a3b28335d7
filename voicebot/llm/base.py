"""What a language model is: a conversation in, text out, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from voicebot.events import Citation
from voicebot.readiness import Readiness

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of the person's documents that the answer may rest on, under the number it is cited by."""

    citation: Citation
    text: str
    relevance: float = 1.0
    """From 0 to 1: how surely it is about the question."""


@dataclass(frozen=True, slots=True)
class Grounding:
    """What was found in the person's documents, best first: data, never orders. `only`: nothing else may be said."""

    sources: tuple[Source, ...] = ()
    only: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the model: the conversation so far, its last message the person's.

    `language` is ISO 639-1 and is the language to answer in. `grounding` is None when no documents are on.
    """

    messages: tuple[Message, ...]
    language: str = "en"
    grounding: Grounding | None = None

    @property
    def question(self) -> str:
        return self.messages[-1].text

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer may cite."""
        return tuple(source.citation for source in self.grounding.sources) if self.grounding is not None else ()


class LanguageModel(Protocol):
    """A language model. Constructing one does no work."""

    name: str
    local: bool
    patience: float
    """Seconds without a word after which it counts as hung."""

    def ready(self) -> Readiness: ...

    async def warm(self) -> None:
        """Load or connect what must be; raises EngineError."""
        ...

    def acts_on(self, request: Request) -> bool:
        """Whether asking it this may do something besides answering, such as setting a timer. Quick.

        It is not asked on suspicion then.
        """
        ...

    def reply(self, request: Request) -> AsyncIterator[str]:
        """The answer in pieces, as they are written; closing the iterator stops the work. Raises EngineError."""
        ...

    async def close(self) -> None: ...


def conversation(messages: Sequence[tuple[Role, str]]) -> tuple[Message, ...]:
    """Messages from pairs of role and text."""
    return tuple(Message(role, text) for role, text in messages)
