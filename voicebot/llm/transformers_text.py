"""Tokens into text that can be shown at once: no half characters, and no thoughts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

OPEN, CLOSE = "<think>", "</think>"
"""What reasoning models put around their thoughts, at the beginning of an answer (Qwen3, DeepSeek-R1)."""
HALF = "\ufffd"
"""What a decoder makes of bytes that are no whole character."""


class Pieces:
    """The text of tokens that come one at a time, given out as far as no later token can change it.

    A character may be spread over several tokens: a Hangul syllable has three bytes, and a rare one is a token for
    each. The new tokens are decoded together with those given out last, whose own text is cut off again, for some
    vocabularies show a token's space only behind another token.
    """

    def __init__(self, decode: Callable[[Sequence[int]], str]) -> None:
        self._decode = decode
        self._tokens: list[int] = []
        self._given = 0

    def take(self, token: int) -> str:
        """The text that this token makes certain; empty while a character is not whole."""
        self._tokens.append(token)
        text = self._decode(self._tokens)
        if text.endswith(HALF):
            return ""
        new = text[len(self._decode(self._tokens[: self._given])) :]
        del self._tokens[: self._given]
        self._given = len(self._tokens)
        return new.replace(HALF, "")


class Answer:
    """An answer without the thoughts and the space before it; `thinking` when it begins in the midst of a thought."""

    def __init__(self, thinking: bool = False) -> None:
        self.thinking = thinking
        self._begun = False
        self._held = ""

    def take(self, piece: str) -> str:
        """What of the text so far is certain to be the answer, and was not given before."""
        if self._begun:
            return piece
        self._held = (self._held + piece).lstrip()
        while self._held:
            if self.thinking:
                _, closed, rest = self._held.partition(CLOSE)
                if not closed:
                    return ""
                self.thinking, self._held = False, rest.lstrip()
            elif self._held.startswith(OPEN):
                self.thinking = True
            elif OPEN.startswith(self._held):
                return ""
            else:
                self._begun = True
                return self._held
        return ""

    def rest(self) -> str:
        """At the end: what was held back because it looked like the beginning of a thought."""
        return "" if self._begun or self.thinking else self._held
