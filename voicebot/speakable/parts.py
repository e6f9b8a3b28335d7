"""What becomes of each part of a text: it is spoken, skipped or rephrased."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a part is not said as it is written."""

    MARKUP = "markup"
    REASONING = "reasoning"
    CODE = "code"
    TABLE = "table"
    FORMULA = "formula"
    LINK = "link"
    IMAGE = "image"
    NOTE = "note"
    EMOJI = "emoji"
    SYMBOL = "symbol"
    ABBREVIATION = "abbreviation"
    EMPTY = "nothing to say"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Said as it is written; `said` differs from `text` in white space only."""

    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not said."""

    text: str
    reason: Reason

    @property
    def said(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Rephrased:
    """Said in other words."""

    text: str
    said: str
    reason: Reason


Part = Spoken | Skipped | Rephrased
