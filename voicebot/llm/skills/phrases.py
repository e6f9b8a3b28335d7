"""What a phrase of small talk is for, whatever its words."""

from __future__ import annotations

from enum import Enum, auto


class Phrase(Enum):
    GREETING = auto()
    GOOD_DAY = auto()
    """A greeting that goes with the hour: "good morning"."""
    HOW_ARE_YOU = auto()
    THANKS = auto()
    PRAISE = auto()
    GOODBYE = auto()
    AGAIN = auto()
    """Say that again."""
    HELP = auto()
    """What can you do."""
    WHO = auto()
    """Who are you."""
    HEARING = auto()
    """Can you hear me."""
    NEVER_MIND = auto()
    LISTENING = auto()
    """Nothing but a name or a filler: go on, I am listening."""


def one_of(*forms: str) -> str:
    """A regular expression for any of the forms."""
    return f"(?:{'|'.join(forms)})"
