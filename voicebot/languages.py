"""Which language a text is in, and what languages are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Language = Literal["en", "ko"]
"""Those that the program itself speaks."""

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def language_of(text: str, shortlist: Sequence[str]) -> str:
    """ISO 639-1: Korean where Hangul is written and Korean is on the shortlist, its first other language otherwise."""
    others = [language for language in shortlist if language != "ko"]
    if "ko" in shortlist and (HANGUL.search(text) or not others):
        return "ko"
    return others[0] if others else "en"
