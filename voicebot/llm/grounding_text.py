"""Text from documents made fit to stand in a prompt as data: it cannot leave its place, cite, or speak for anybody.

Passages are set apart by a line that no text in them can hold, and each of their lines is marked at its beginning
(delimiting and datamarking: Hines et al., "Defending Against Indirect Prompt Injection Attacks With Spotlighting",
arXiv:2403.14720).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from voicebot.rag.citing import without_marks

LINE = "> "
"""Before every line of a passage."""
LONGEST_TITLE = 120
KEY = 16
"""Hexadecimal digits of the line that sets passages apart."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Unicode's categories of what no reader sees: a message may be written in them. Zl and Zp are line breaks."""
_KEPT = "\n\t\u200c\u200d"
"""The joiners shape Persian and Indic letters."""
_SPACES = str.maketrans("\n\t", "  ")
_TEMPLATE = re.compile(
    r"<\|[^<>\n]{0,64}\|>|<｜[^<>\n]{0,64}｜>|<\||\|>|<｜|｜>"
    r"|<<\s*/?\s*SYS\s*>>|\[\s*/?\s*(?:INST|[A-Z]+(?:_[A-Z]+)+)\s*\]"
    r"|</?(?:s|bos|eos|pad|unk|think|tool_call|tool_response|tools|function|start_of_turn|end_of_turn|passages)\b[^<>\n]{0,64}>",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans("<>|｜[]", "‹›¦¦⟦⟧")


def lines(text: str) -> str:
    """A passage's text, each line marked as quoted."""
    return "\n".join(LINE + line for line in harmless(text).split("\n"))


def line(text: str) -> str:
    """A title or a place, on one line and of bounded length."""
    return " ".join(harmless(text).split())[:LONGEST_TITLE]


def harmless(text: str) -> str:
    """`text` without marks that cite, tokens of chat templates, and characters that nobody sees."""
    seen = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not seen.translate(_SPACES).isprintable():
        seen = "".join(map(_seen, seen))
    return without_marks(_TEMPLATE.sub(lambda token: token[0].translate(_BRACKETS), seen))


def key(texts: Iterable[str]) -> str:
    """Hexadecimal digits that stand in none of `texts`, the same for the same texts: equal prompts stay equal."""
    joined = "\0".join(texts)
    digits = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
    while digits[:KEY] in joined:
        digits = hashlib.sha256(digits.encode()).hexdigest()
    return digits[:KEY]


def _seen(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _INVISIBLE:
        return character
    return "\n" if character in "\r\v\f\x85\u2028\u2029" else ""
