"""What must not be broken within a line: inline code, links, HTML tags, formulas."""

from __future__ import annotations

import re

LONGEST = 200
"""A bracket or backtick that is not closed within this many characters was none."""
LONGEST_FORMULA = 1_000

_FORMULAS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)"}
_FENCE_IN_LINE = re.compile(r"(?P<fence>`{3,})[\w+#.-]*\Z")


class Inline:
    """Follows the text character by character and knows whether it stands inside inline markup."""

    def __init__(self) -> None:
        self._until = ""  # what ends the markup being read
        self._length = 0
        self._displayed = False  # a formula that may go over several lines
        self._ticks = 0  # the backticks just read: only what follows tells how many they are

    @property
    def inside(self) -> bool:
        return bool(self._until)

    def before(self, character: str) -> None:
        """`character` comes next: a run of backticks that it ends opens or closes inline code."""
        if not self._ticks or character == "`":
            return
        run, self._ticks = "`" * self._ticks, 0
        if not self._until:
            self._begin(run)
        elif self._until == run:
            self._until = ""

    def take(self, character: str, tail: str, line: str) -> bool:
        """`character` has come and is the last of `tail`; true if it may open a block.

        `line` is the head of its line.
        """
        if character == "`":
            self._ticks += 1
        if self._until:
            return self._take_inside(tail)
        if tail[-2:] in _FORMULAS:
            self._begin(_FORMULAS[tail[-2:]])
            self._displayed = line in ("$$", "\\[")
        elif character == "[":
            self._begin("]")
        elif tail.endswith("]("):
            self._begin(")")
        elif tail[-2:-1] == "<" and (character.isalpha() or character in "/!"):
            self._begin(">")
        return character in "`~|"

    def end_line(self, tail: str) -> str:
        """The line is complete, and inline markup does not go past it; a code block that it opens, as its fence."""
        fence = _FENCE_IN_LINE.search(tail) if self._until.startswith("```") else None
        if not self._displayed:
            self._until = ""
        return fence["fence"] if fence else ""

    def _take_inside(self, tail: str) -> bool:
        self._length += 1
        if self._length > (LONGEST_FORMULA if self._displayed else LONGEST):
            self._until = ""
        elif self._until[0] != "`" and tail.endswith(self._until):
            self._until = ""
            return tail.endswith(">")
        return False

    def _begin(self, until: str) -> None:
        self._until, self._length, self._displayed = until, 0, False
