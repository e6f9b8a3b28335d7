"""What services charge: the price list, which is data in `models/prices/prices.toml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from voicebot.errors import ModelError
from voicebot.events import Used
from voicebot.resources import data_root
from voicebot.spending.meter import Amounts, Kind

Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
Dollars = Annotated[float, Meta(ge=0)]

UNITS = {
    Kind.INPUT_TOKENS: 1_000_000,
    Kind.CACHED_TOKENS: 1_000_000,
    Kind.OUTPUT_TOKENS: 1_000_000,
    Kind.SECONDS: 60,
    Kind.CHARACTERS: 1_000,
}
"""How much of a kind the list's price is for."""
VERSION = re.compile(r"-\d{4}-\d{2}-\d{2}\Z")
"""The day that names a version of a model: "gpt-5.4-mini-2026-03-17"."""


def dollars(usd: float, *, estimate: bool = False) -> str:
    """An amount for people: "$0.0004", "$12.50", "≈ $0.0031" for an estimate."""
    if 0 < usd < 0.0001:
        return "< $0.0001"
    return f"{'≈ ' if estimate and usd else ''}${usd:.{2 if usd >= 1 or not usd else 4}f}"


class Listed(Struct, frozen=True, forbid_unknown_fields=True):
    """A service: when its prices were read, and where."""

    name: str
    date: Date
    source: Annotated[str, Meta(pattern=r"^https://")]


class Price(Struct, frozen=True, forbid_unknown_fields=True):
    """A model's prices in US dollars: tokens by the million, sound by the minute, text by 1,000 characters."""

    service: str
    name: str
    date: Date | None = None
    input_tokens: Dollars | None = None
    cached_tokens: Dollars | None = None
    output_tokens: Dollars | None = None
    minute: Dollars | None = None
    thousand_characters: Dollars | None = None
    about: bool = False
    """The service itself gives it as an estimate."""

    def of(self, kind: Kind) -> float | None:
        """Dollars for one token, second or character; None when it is not charged for, or not known."""
        listed = {
            Kind.INPUT_TOKENS: self.input_tokens,
            Kind.CACHED_TOKENS: self.input_tokens if self.cached_tokens is None else self.cached_tokens,
            Kind.OUTPUT_TOKENS: self.output_tokens,
            Kind.SECONDS: self.minute,
            Kind.CHARACTERS: self.thousand_characters,
        }[kind]
        return None if listed is None else listed / UNITS[kind]


class PriceList(Struct, frozen=True, forbid_unknown_fields=True):
    """Every price that the program knows."""

    service: tuple[Listed, ...] = ()
    model: tuple[Price, ...] = ()

    @classmethod
    def load(cls, root: Path | None = None) -> PriceList:
        """Read `models/prices/prices.toml` below `root`, the program's own data unless told. Raises ModelError."""
        path = (data_root() if root is None else root) / "models" / "prices" / "prices.toml"
        try:
            return msgspec.toml.decode(path.read_bytes(), type=cls)
        except (OSError, msgspec.DecodeError) as error:
            raise ModelError(f"{path} cannot be read", why=str(error), fix="Install Voicebot again") from error

    def charges(self, service: str) -> bool:
        """Whether a service is one that costs money, also where the price of a model is not known."""
        return any(listed.name == service for listed in self.service)

    def find(self, service: str, model: str) -> Price | None:
        """The price of a model, or of the one that it is a version of."""
        names = (model, VERSION.sub("", model))
        return next((price for price in self.model if price.service == service and price.name in names), None)

    def date(self, service: str, model: str = "") -> str:
        """The day on which the price of a model was read, or those of the service; "" for one that is not listed."""
        price = self.find(service, model)
        if price is not None and price.date is not None:
            return price.date
        return next((listed.date for listed in self.service if listed.name == service), "")

    def priced(self, service: str, model: str, amounts: Amounts, *, estimate: bool = False) -> tuple[Used, ...]:
        """What was used, kind by kind, with what it costs."""
        price = self.find(service, model)
        about = estimate or (price is not None and price.about)
        return tuple(
            Used(service, model, str(kind), amount, _cost(price, kind, amount), about)
            for kind, amount in amounts.items()
            if amount
        )


def _cost(price: Price | None, kind: Kind, amount: float) -> float | None:
    one = price.of(kind) if price is not None else None
    return None if one is None else one * amount
