"""What is one piece however long it is: a code block, a table, a passage of reasoning."""

from __future__ import annotations

import re
from typing import Protocol

_FENCE_OPENS = re.compile(r"(?:[>\s]|[-*+]\s|\d{1,3}[.)]\s)*(?P<fence>```|~~~)")
_FENCE_CLOSES = re.compile(r"[>\s]*(?P<fence>`{3,}|~{3,})\s*")
_REASONING_OPENS = re.compile(r"<(?:think|thinking|reasoning)>\Z", re.IGNORECASE)
_REASONING_CLOSES = re.compile(r"</(?:think|thinking|reasoning)>\Z", re.IGNORECASE)


class Block(Protocol):
    silent: bool
    """Whether nothing of it is ever spoken."""

    def take(self, character: str, tail: str) -> None:
        """`character` has come, no space, and is the last of `tail`."""

    def end_line(self, line: str) -> None:
        """The head of a line that is complete."""

    def ended(self, character: str, breaks: int) -> bool:
        """Whether `character`, no space, is past the end; `breaks` line breaks stand before it."""


class Fence:
    """A fenced code block; `fence` is empty while its first line is being read."""

    silent = False

    def __init__(self, fence: str = "") -> None:
        self._fence = fence
        self._closed = False

    def take(self, character: str, tail: str) -> None:
        pass

    def end_line(self, line: str) -> None:
        if not self._fence:
            self._end_first_line(line)
            return
        closing = _FENCE_CLOSES.fullmatch(line)
        self._closed = self._closed or (closing is not None and closing["fence"].startswith(self._fence))

    def _end_first_line(self, line: str) -> None:
        opening = _FENCE_OPENS.match(line)
        mark = opening["fence"][0] if opening else "`"
        fence = line[opening.start("fence") if opening else 0 :]
        self._fence = mark * (len(fence) - len(fence.lstrip(mark)))
        self._closed = mark * 3 in fence.lstrip(mark)  # all of it on one line

    def ended(self, character: str, breaks: int) -> bool:
        return self._closed


class Reasoning:
    """What a model thinks before it answers."""

    silent = True

    def __init__(self) -> None:
        self._closed = False

    def take(self, character: str, tail: str) -> None:
        self._closed = character == ">" and _REASONING_CLOSES.search(tail) is not None

    def end_line(self, line: str) -> None:
        pass

    def ended(self, character: str, breaks: int) -> bool:
        return self._closed


class Table:
    """Lines that begin with a vertical bar."""

    silent = False

    def take(self, character: str, tail: str) -> None:
        pass

    def end_line(self, line: str) -> None:
        pass

    def ended(self, character: str, breaks: int) -> bool:
        return breaks > 1 or (breaks == 1 and character != "|")


def opened_block(tail: str, line: str) -> tuple[Block, int] | None:
    """The block that the last characters open, if they do, and how many characters of it have come."""
    if line == "|":
        return Table(), 1
    if _FENCE_OPENS.fullmatch(line):
        return Fence(), len(line)
    if reasoning := _REASONING_OPENS.search(tail):
        return Reasoning(), len(reasoning[0])
    return None
