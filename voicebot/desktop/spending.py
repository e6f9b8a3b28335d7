"""What paid engines cost, as the screen shows it: by the month, by the turn, and before one is first used."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import Preferences
from voicebot.events import Cost, Event, TurnEnded
from voicebot.spending import Account, Month, PriceList, dollars
from voicebot.spending.prices import Price

PRICED_BY = {"stt": ("openai",), "llm": ("openai",), "tts": ("openai", "elevenlabs")}
"""The engines of each stage that cost money."""


class Spending(QObject):
    """`month` is this month; `prices` is what each paid engine costs with the model that is set, by "stage_engine"."""

    changed = Signal()
    _read = Signal(object)

    def __init__(self, core: Core, meter: Account, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._meter = meter
        self._preferences = preferences
        self._month = Month("", ())
        self._list = PriceList()
        self._read.connect(self._take)
        preferences.changed.connect(self._follow)

    @Slot()
    def refresh(self) -> None:
        """Read this month and the price list."""
        meter = self._meter
        self._core.work(lambda: (meter.month(), meter.prices), self._read.emit)

    def apply(self, event: Event) -> None:
        """A turn that cost something has ended."""
        if isinstance(event, TurnEnded) and event.cost.uses:
            self.refresh()

    def _follow(self, name: str) -> None:
        if name.endswith(("_model", ".base_url")) or name == "spending.cap":
            self.changed.emit()

    def _take(self, found: tuple[Month, PriceList]) -> None:
        self._month, self._list = found
        self.changed.emit()

    def _shown_month(self) -> dict[str, Any]:
        month = self._month
        cap = self._preferences.settings.spending.cap
        return {
            "name": month.month,
            "total": dollars(month.usd, estimate=month.estimate),
            "wasted": dollars(month.wasted) if month.wasted else "",
            "reached": bool(cap) and month.usd >= cap,
            "lines": [
                {
                    "model": line.model,
                    "service": line.service,
                    "kind": line.kind,
                    "amount": line.amount,
                    "cost": dollars(line.usd, estimate=line.estimate) if line.priced else "",
                }
                for line in month.lines
            ],
            "sources": [{"service": one.name, "date": one.date, "source": one.source} for one in self._list.service],
        }

    def _prices(self) -> dict[str, dict[str, Any]]:
        return {f"{stage}_{name}": self._price(stage, name) for stage, names in PRICED_BY.items() for name in names}

    def _price(self, stage: str, name: str) -> dict[str, Any]:
        model: str = getattr(getattr(self._preferences.settings, stage), f"{name}_model", "")
        return {
            "model": model,
            "date": self._list.date(name, model),
            **charged(self._list.find(name, model)),
        }

    month = Property("QVariantMap", lambda self: self._shown_month(), notify=changed)  # type: ignore[arg-type]
    prices = Property("QVariantMap", lambda self: self._prices(), notify=changed)  # type: ignore[arg-type]


def charged(price: Price | None) -> dict[str, Any]:
    """What a model is charged by, "tokens", "minute" or "characters" ("" when no price is known), and how much."""
    if price is None:
        return {"by": "", "usd": "", "written": ""}
    if price.minute is not None:
        return {"by": "minute", "usd": plain(price.minute), "written": ""}
    if price.thousand_characters is not None:
        return {"by": "characters", "usd": plain(price.thousand_characters), "written": ""}
    return {"by": "tokens", "usd": plain(price.input_tokens or 0.0), "written": plain(price.output_tokens or 0.0)}


def plain(usd: float) -> str:
    """A listed price: "$0.0045", "$0.75"."""
    return f"${usd:.4f}" if round(usd, 2) != usd else f"${usd:.2f}"


def shown_cost(cost: Cost) -> dict[str, Any]:
    """What a turn cost: `total` ("" where no price is known), `wasted`, and each use. Empty when it was free."""
    if not cost.uses:
        return {}
    priced = any(use.usd is not None for use in cost.uses)
    return {
        "total": dollars(cost.usd, estimate=cost.estimate) if priced else "",
        "wasted": dollars(cost.wasted) if cost.wasted else "",
        "uses": [
            {
                "model": use.model,
                "kind": use.kind,
                "amount": use.amount,
                "cost": "" if use.usd is None else dollars(use.usd, estimate=use.estimate),
            }
            for use in cost.uses
        ],
    }
