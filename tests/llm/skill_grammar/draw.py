"""What a grammar is made of: chance, ways of writing, and the script of a conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from .checks import Check
from .spoken_numbers import english, english_decimal, sino, sino_decimal

T = TypeVar("T")
Style = Literal["heard", "written", "typed"]
ASKS = r"몇|뭐|뭘|뭔|얼마|며칠|무슨|어떻게|어떤|남았|(?:[까죠니냐은는]|줄래|실래요|있어|겠어요|아세요|알아)$"
HOMES = (
    "Asia/Seoul", "America/New_York", "Europe/London", "UTC", "Asia/Kolkata", "America/Los_Angeles", "Europe/Berlin",
)


@dataclass(frozen=True)
class Ask:
    """A question, and what its reply must mean."""

    question: str
    check: Check


@dataclass(frozen=True)
class Wait:
    """Let so many seconds pass."""

    seconds: float


@dataclass(frozen=True)
class Rings:
    """By now these timers rang and no others: (seconds from the start, a word of the text that is said)."""

    rings: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Case:
    """One conversation from `now` on; the assistant answers in `language`."""

    language: str
    now: datetime
    script: tuple[Ask | Wait | Rings, ...]


class Draw:
    """Chooses. "heard" is a recogniser that writes numbers in words, no capitals and no punctuation; "written" is one
    that writes digits and punctuation; "typed" is a person in a hurry.
    """

    def __init__(self, seed: str, language: str) -> None:
        self.random = Random(seed)
        self.language = language
        self.style: Style = self.pick("heard", "heard", "written", "typed")
        self.in_words = self.style == "heard" or (self.style == "written" and self.chance(0.15))
        self.now = self.moment()

    def pick(self, *choices: T) -> T:
        return self.random.choice(choices)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def maybe(self, text: str, probability: float = 0.3) -> str:
        return text if self.chance(probability) else ""

    def whole(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def moment(self) -> datetime:
        """Some second of the years 2024 to 2029, somewhere."""
        since = timedelta(days=self.whole(0, 2190), seconds=self.whole(0, 86399))
        moment = datetime(2024, 1, 1, tzinfo=UTC) + since
        if self.chance(0.2):
            moment = moment.replace(minute=self.pick(0, 0, 5, 15, 30, 45))
        return moment.astimezone(ZoneInfo(self.pick(*HOMES)))

    def number(self, number: int | str) -> str:
        """As this style writes it; a decimal is passed as a string."""
        shown = str(number)
        if not self.in_words:
            return f"{int(shown):,}" if self.style == "written" and shown.isdigit() and len(shown) > 4 else shown
        return self._english(shown) if self.language == "en" else self._korean(shown)

    def _english(self, shown: str) -> str:
        if "." in shown:
            said = english_decimal(shown)
            return said.removeprefix("zero ") if self.chance(0.2) else said
        number = int(shown)
        if number % 100 == 0 and number % 1000 and 1000 < number < 10_000 and self.chance(0.3):
            return english(number // 100) + " hundred"
        said = english(number, joiner=self.pick(" ", " and "), hyphen=self.pick(" ", " ", "-"))
        if said.startswith("one ") and self.chance(0.4):
            said = "a " + said.removeprefix("one ")
        return said

    def _korean(self, shown: str) -> str:
        if "." in shown:
            return sino_decimal(shown, self.pick("", " "))
        return sino(int(shown), self.pick("", " "))

    def surface(self, text: str) -> str:
        """The finished sentence, as this style writes it."""
        text = re.sub(r" +", " ", text).strip()
        return self._english_surface(text) if self.language == "en" else self._korean_surface(text)

    def _korean_surface(self, text: str) -> str:
        asks = re.search(ASKS, text) and not re.search(r"(?:줘|주세요|줘요|봐)$", text)
        mark = "?" if asks else "."
        if self.style == "written":
            return text + mark
        if self.style == "typed":
            text = re.sub(r"(?<=[가-힣]) (?=줘|주세요|줄래)", "", text) if self.chance(0.6) else text
            text = re.sub(r"몇 (?=시|분|도|일)", "몇", text) if self.chance(0.5) else text
            return text + ("?" if mark == "?" and self.chance(0.3) else "")
        return text

    def _english_surface(self, text: str) -> str:
        if self.style == "written":
            asks = re.search(r"\b(what|how|which|can|could|would|do|did|does|is|are|have|any idea)\b", text)
            text = re.sub(r"\bi\b", "I", text)
            return text[0].upper() + text[1:] + ("?" if asks else ".")
        if self.style == "typed" and self.chance(0.4):
            text = re.sub(r"\b(what|how|don|can)'(?=s|t)", r"\1", text)
        return (text.replace(",", "") if self.style == "heard" else text).lower()
