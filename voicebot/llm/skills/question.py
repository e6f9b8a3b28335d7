"""What a skill is given: the question in one form, and what it may look at to answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from voicebot.languages import Language
from voicebot.llm.skills import english, korean

if TYPE_CHECKING:
    from voicebot.llm.timers import Timers

LONGEST = 400
"""Characters; what is longer is no question for a skill."""

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Context:
    """What a skill may look at besides the question.

    `now` is aware: the wall clock where the person is. `timers` is None where nothing stays to ring them.
    `last_reply` is what the assistant said last, None when it has said nothing yet.
    """

    now: datetime
    timers: Timers | None = None
    last_reply: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one form, whether it was typed or recognised.

    `raw` is what came in, `said` all of it in lower case without punctuation. `request` is what is left of it without
    fillers and courtesies, `text` what is left without "tell me" and "알려 줘" as well; each with its words. Texts are
    words joined by spaces in English, by nothing in Korean, where recognisers put spaces anywhere.
    """

    raw: str
    said: str
    request: str
    request_words: tuple[str, ...]
    text: str
    words: tuple[str, ...]
    language: Language

    @property
    def worded(self) -> bool:
        """The numbers in it, if any, came as words; so they go back as words."""
        return not any(character.isdigit() for character in self.raw)


def understand(raw: str, language: str) -> Question:
    """Bring a question into one form; `language` is ISO 639-1, the language to answer in unless the text tells."""
    spoken = language_of(raw, language)
    if spoken == "ko":
        said = korean.words(raw)
        asked = korean.request(said)
        request = "".join(asked)
        return Question(
            raw, "".join(said), request, tuple(asked), korean.without_telling(request), tuple(asked), spoken
        )
    said = english.words(raw)
    asked = english.request(said)
    words = english.without_telling(asked)
    return Question(raw, " ".join(said), " ".join(asked), tuple(asked), " ".join(words), tuple(words), spoken)


def language_of(text: str, language: str) -> Language:
    """The language a question is evidently in, else the one asked for, else English."""
    if _HANGUL.search(text):
        return "ko"
    return "ko" if language == "ko" and not _LATIN_WORD.search(text) else "en"
