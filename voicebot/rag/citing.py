"""Where a statement stands: in words on the screen, in words that are spoken, and with the very words of the page."""

from __future__ import annotations

from voicebot.events import Citation
from voicebot.rag.marks import cited, without_marks
from voicebot.rag.mentions import Speaking, place_of
from voicebot.rag.passages import Found
from voicebot.rag.places import place, spoken, titled
from voicebot.rag.quoting import quote

__all__ = [
    "Speaking",
    "citation",
    "cited",
    "place",
    "place_of",
    "quote",
    "spoken",
    "titled",
    "without_marks",
]


def citation(number: int, found: Found, question: str, language: str, about: str = "") -> Citation:
    """The citation of a passage under `number`, counted from 1; `language` (ISO 639-1) is that of the place's words.

    Its quote is what answers the question best; `about` is the question as it was completed, where it leans on others.
    A passage that is not the library's own has no id there.
    """
    passage = found.passage
    return Citation(
        number,
        passage.title,
        place(passage, language),
        passage.path,
        quote(passage.text, question, about),
        passage.page,
        max(passage.id, 0),
    )
