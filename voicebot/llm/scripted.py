"""A language model that follows a script, with exact delays and faults: for tests, demonstrations and benchmarks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voicebot.errors import EngineError, ModelError
from voicebot.llm.base import Request
from voicebot.readiness import Readiness, Ready

TOKEN = re.compile(r"\s*[^\s.!?,]+|\s*[.!?,]|\s+$")
"""Cuts a text into words and marks, about as a model's tokens are, and loses nothing."""

FOUR_SENTENCES = " ".join(
    ["The order was cancelled and you will get the money back within three days today."] * 4
)  # 4 sentences of 15 tokens, the reply that assistants are compared on


@dataclass(frozen=True, slots=True)
class Line:
    """One reply: `text`, its first token after `first_token` seconds, then `tokens_per_second`; or a fault.

    `fails_after` tokens it raises `error` (or hangs, without one); `repeats` floods with that many copies of the text.
    """

    text: str = FOUR_SENTENCES
    first_token: float = 0.2
    tokens_per_second: float = 50.0
    fails_after: int | None = None
    error: EngineError | None = None
    repeats: int = 1


def replies_in(file: Path) -> tuple[Line, ...]:
    """The replies in a text file, one after another, with a line of `===` between them. Raises ModelError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{file.name} cannot be read", fix="name a text file with replies") from error
    return tuple(Line(reply.strip()) for reply in text.split("\n===\n"))


@dataclass(slots=True)
class ScriptedLanguageModel:
    """Answers with `lines` in turn, the last one for ever; `requests` are those it was asked."""

    lines: Sequence[Line] = field(default_factory=lambda: (Line(),))
    name: str = "scripted"
    local: bool = True
    acts: bool = False
    patience: float = 5.0
    requests: list[Request] = field(default_factory=list)

    def ready(self) -> Readiness:
        return Ready("follows a script")

    async def warm(self) -> None:
        return None

    def acts_on(self, request: Request) -> bool:
        return self.acts

    async def reply(self, request: Request) -> AsyncIterator[str]:
        line = self.lines[min(len(self.requests), len(self.lines) - 1)]
        self.requests.append(request)
        loop = asyncio.get_running_loop()
        start = loop.time() + line.first_token
        tokens = TOKEN.findall(line.text)
        for number, token in enumerate(token for _ in range(line.repeats) for token in tokens):
            await asyncio.sleep(max(0.0, start + number / line.tokens_per_second - loop.time()))
            if number == line.fails_after:
                if line.error is not None:
                    raise line.error
                await asyncio.Event().wait()
            yield token

    async def close(self) -> None:
        return None
