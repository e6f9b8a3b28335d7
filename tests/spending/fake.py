"""Meters for tests: one that keeps in memory what was used, and one over a ledger and prices of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicebot.errors import EngineUnavailable
from voicebot.spending import Account, Amounts, Kind, PriceList
from voicebot.spending.prices import Listed, Price

PRICES = PriceList(
    (Listed("openai", "2026-08-05", "https://example.org/prices"),),
    (
        Price("openai", "m1", input_tokens=1.0, cached_tokens=0.5, output_tokens=10.0),
        Price("openai", "ear", minute=0.06),
        Price("openai", "tts-1", thousand_characters=15.0),
        Price("openai", "mouth", minute=0.6, about=True),
    ),
)
NOVEMBER = 1_794_744_000.0
"""Noon of 15 November 2026, UTC."""


@dataclass
class Counting:
    """A request that keeps what it was said to use; as `Meter.request` has it."""

    service: str
    model: str
    expected: Amounts
    amounts: dict[Kind, float] | None = None
    estimate: bool = False

    def used(self, amounts: Amounts, *, estimate: bool = False) -> None:
        self.amounts, self.estimate = dict(amounts), estimate


@dataclass
class Counted:
    """A `Meter` that counts in memory, and refuses when it is told to."""

    refuses: bool = False
    requests: list[Counting] = field(default_factory=list)

    @asynccontextmanager
    async def request(self, service: str, model: str, expected: Amounts) -> AsyncIterator[Counting]:
        if self.refuses:
            raise EngineUnavailable("This month's cap of $5.00 is reached")
        self.requests.append(Counting(service, model, dict(expected)))
        yield self.requests[-1]


def account(file: Path, cap: float = 0.0, now: Callable[[], float] = lambda: NOVEMBER, **more: Any) -> Account:
    return Account(file, lambda: cap, lambda: PRICES, now, **more)


def official(engine: Any) -> Any:
    """The engine as if its server were OpenAI's own, which is the one with prices."""
    engine._service.official, engine._service.local = True, False
    return engine
