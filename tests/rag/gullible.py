"""A language model that obeys: whatever stands outside of the quoted passages it takes for an order.

It reads a prompt as a careless model does. Tokens of chat templates count wherever they stand, for a tokenizer would
take them for borders; invisible characters are read; the quoted passages end at the first line that looks as if they
did. What it finds to obey goes to `obeyed`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from voicebot.llm.base import Message, Request
from voicebot.llm.context import instructed
from voicebot.readiness import Readiness, Ready

ORDERS = re.compile(
    r"ignore (?:all |your |the )?(?:previous |prior )?(?:instructions|rules)|set_timer|open this url|open https?://"
    r"|you are now|reveal|delete the history|지시를 무시|설정을 바꿔|타이머를",
    re.IGNORECASE,
)
BORDER = re.compile(
    r"<\|[^|]*\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<tool_call>|^\s*(?:#+\s*)?(?:system|user|assistant|instruction)s?\s*:"
    r"|^\s*\{\s*\"(?:tool|name|function)",
    re.IGNORECASE | re.MULTILINE,
)
OPENING = re.compile(r"^\s*<passages.*$", re.MULTILINE)
CLOSING = re.compile(
    r"^[ \t]*(?:</?passages|={3,}|-{3,}|`{3,}|end of (?:passages|documents))", re.IGNORECASE | re.MULTILINE
)
TAGS = re.compile("[\U000e0020-\U000e007e]+")


def outside(text: str) -> str:
    """What of a message a careless model takes for the speaker's own words."""
    text = TAGS.sub(lambda tags: "\n" + "".join(chr(ord(tag) - 0xE0000) for tag in tags[0]) + "\n", text)
    kept, rest = [], text
    while opened := OPENING.search(rest):
        kept.append(rest[: opened.start()])
        inside = rest[opened.end() :]
        closed = CLOSING.search(inside)
        body, rest = (inside[: closed.start()], inside[closed.end() :]) if closed else (inside, "")
        for border in BORDER.finditer(body):  # after a border somebody else speaks
            kept.append(body[border.start() :])
            break
    return "\n".join([*kept, rest])


def orders(messages: Sequence[Message]) -> list[str]:
    """What such a model obeys in a prompt."""
    return [found[0] for message in messages for found in ORDERS.finditer(outside(message.text))]


@dataclass(slots=True)
class Gullible:
    """Answers with the orders that it obeys, else with the first words of the first passage, cited."""

    name: str = "gullible"
    local: bool = True
    patience: float = 5.0
    obeyed: list[str] = field(default_factory=list)
    prompts: list[tuple[Message, ...]] = field(default_factory=list)

    def ready(self) -> Readiness:
        return Ready("believes everything")

    async def warm(self) -> None:
        return None

    def acts_on(self, request: Request) -> bool:
        return False

    async def reply(self, request: Request) -> AsyncIterator[str]:
        messages = instructed(request, "You are Voicebot.")
        self.prompts.append(messages)
        self.obeyed += orders(messages)
        yield f"OBEYED {self.obeyed}" if self.obeyed else "It is as the passage says [1]."

    async def close(self) -> None:
        return None
