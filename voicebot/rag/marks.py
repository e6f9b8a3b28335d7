"""The marks by which a text cites: "[2]", "[1, 2]", "[1][2]", "【1】"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicebot.events import Citation

_ONE = r"\d{1,3}(?:\s{0,4}[,;–-]\s{0,4}\d{1,3})*"
MARK = rf"(?:\[\[?\s*\^?{_ONE}\s*\]?\]|[【［]\s*{_ONE}(?:†[^】］\n]{{0,80}})?\s*[】］])(?:\([^()\n]*\))?"
"""One mark as a pattern, with the target of a link that some models put behind it."""
LONGEST_UNFINISHED = 64
"""Characters; more than a run of marks has, but for the address of a link."""
CODE = r"```.*?(?:```|\Z)|`[^`\n]+`"
MARKS = re.compile(
    rf"(?P<code>{CODE})|(?P<stop>[.。]?)(?P<space>[ \t]{{0,8}})(?P<marks>{MARK}(?:[ \t]*{MARK})*)",
    re.DOTALL,
)
"""A run of marks, with the full stop and the spaces before it; or code, in which there are none."""

_HALF = rf"[\[【［][\[\s\d^,;–-]*|[【［]\s*{_ONE}†[^】］\n]*|\[{_ONE}\]\([^()\n]*|`[^`\n]*"
_UNFINISHED = re.compile(rf"[.。]?[ \t]{{0,8}}(?:{MARK}[ \t]*)*(?:{_HALF})?\Z")
_NUMBERS = re.compile(r"(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?")


def cited(text: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Those of `citations` that the text cites, in their order; a number that none of them has is nothing."""
    used = {number for found in MARKS.finditer(text) if found["marks"] for number in numbers(found["marks"])}
    return tuple(citation for citation in citations if citation.number in used)


def finished(text: str) -> int:
    """How much of a text that is still being written cannot become part of a mark, in characters."""
    start = max(0, len(text) - LONGEST_UNFINISHED)
    plain = re.sub(CODE, lambda found: "x" * len(found[0]), text, flags=re.DOTALL)
    unfinished = _UNFINISHED.search(plain, start)
    return unfinished.start() if unfinished else len(text)


def numbers(marks: str) -> list[int]:
    """The numbers in a run of marks, in their order: "[1][3-5]" has 1, 3, 4 and 5."""
    found: list[int] = []
    for first, last in _NUMBERS.findall(re.sub(r"\([^()\n]*\)", "", marks)):
        found += range(int(first), int(last or first) + 1)
    return list(dict.fromkeys(found))


def without_marks(text: str) -> str:
    """A text in which "[2]" has become "(2)": words that are quoted cite nothing themselves."""
    return _BRACKETED.sub(lambda found: f"({found['inner'].strip()})", text)


_BRACKETED = re.compile(rf"[\[【［]{{1,3}}\s{{0,4}}\^?(?P<inner>{_ONE})\s{{0,4}}(?:†[^】］\n]{{0,80}})?[\]】］]{{1,3}}")
