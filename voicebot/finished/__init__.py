"""How finished words sound, by the words alone: in "what is the weather in" something is missing."""

from __future__ import annotations

from voicebot.finished import english, korean

UNKNOWN = 0.75
"""For a language that is not known here; a plain wait."""


def finished(text: str, language: str) -> float:
    """How sure it is that somebody who says this has finished, from 0.0 (something must follow) to 1.0.

    `text` is the transcript up to a pause, with or without punctuation and capitals; `language` is ISO 639-1.
    """
    judge = {"en": english.finished, "ko": korean.finished}.get(language)
    if not text.strip():
        return 0.0
    return judge(text) if judge is not None else UNKNOWN
