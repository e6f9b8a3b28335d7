"""Lines of a PDF's page to paragraphs: a PDF knows no paragraphs, only where letters stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicebot.rag.loading.encodings import plain

HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line that goes on in the next."""
SHORT = 0.8
"""Of the usual width: a line that is shorter and ends a sentence ends its paragraph."""

_HYPHENATED = re.compile(f"{HYPHEN}\\s*(?=(\\S?))")
_ENDS = re.compile(r"[.!?:。！？][\"'”’)\]]*$|[다요]\.$")
_BEGINS = re.compile(r"[A-Z가-힣\d\"“‘'(\[•◦▪●■*–-]")


def lines_of(text: str) -> list[str]:
    """The lines that have text, with words that a hyphen divides put together."""
    joined = _HYPHENATED.sub(lambda found: "-" if found[1].isupper() or found[1].isdigit() else "", text)
    return [line for line in (" ".join(line.split()) for line in plain(joined).split("\n")) if line]


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Some of the lines each; where it cannot be told, they stay together."""
    usual = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    paragraph: list[str] = []
    for number, line in enumerate(lines):
        paragraph.append(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if len(line) < SHORT * usual and _ENDS.search(line) and _BEGINS.match(following):
            yield "\n".join(paragraph)
            paragraph = []
    if paragraph:
        yield "\n".join(paragraph)
