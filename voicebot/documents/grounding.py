"""What was found, as a model may cite it."""

from __future__ import annotations

from collections.abc import Sequence

from voicebot.llm.base import Grounding, Source
from voicebot.rag.citing import citation
from voicebot.rag.passages import Found
from voicebot.rag.retrieval import Inquiry, full_question


def grounding_of(found: Sequence[Found], inquiry: Inquiry, language: str, *, only: bool) -> Grounding:
    """The passages under the numbers 1, 2, …, best first; places are in the words of `language` (ISO 639-1)."""
    about = full_question(inquiry)
    return Grounding(
        tuple(
            Source(citation(number, one, inquiry.question, language, about), one.passage.text, one.relevance)
            for number, one in enumerate(found, start=1)
        ),
        only,
    )
