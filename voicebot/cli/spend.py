"""`voicebot spend`: what paid engines cost in a month, and of what."""

from __future__ import annotations

import argparse
import json
import re
from typing import Any

from voicebot.cli.options import say_to_person
from voicebot.errors import UsageError
from voicebot.session import session
from voicebot.spending import Line, Month, PriceList


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("spend", help="what paid engines cost")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="another month than this one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", args.month):
        raise UsageError(f"{args.month!r} is no month", fix="write it as 2026-11, say")
    with session() as opened:
        meter = opened.workshop.meter
        month, prices = meter.month(args.month), meter.prices
        meter.close()
    if args.json:
        print(json.dumps(as_json(month, prices), ensure_ascii=False))
    else:
        print("\n".join(as_text(month, prices)))
    if meter.trouble is not None:
        say_to_person(f"voicebot: {meter.trouble}")
    return 1 if meter.trouble is not None else 0


def as_json(month: Month, prices: PriceList) -> dict[str, Any]:
    """US dollars throughout; `usd` of a line is null where no price is known, `cap` is 0 where there is none."""
    return {
        "month": month.month,
        "usd": month.usd,
        "estimate": month.estimate,
        "wasted": month.wasted,
        "cap": month.cap,
        "lines": [_line(line, prices) for line in month.lines],
        "prices": [{"service": one.name, "date": one.date, "source": one.source} for one in prices.service],
    }


def as_text(month: Month, prices: PriceList) -> list[str]:
    """The same for people."""
    about = "about " if month.estimate and month.usd else ""
    vain = f", ${month.wasted:.4f} of it for answers begun in vain" if month.wasted else ""
    lines = [f"{month.month}: {about}${month.usd:.4f}{vain}", *(_row(line) for line in month.lines)]
    used = {line.service for line in month.lines}
    for listed in prices.service:
        if listed.name in used or not used:
            lines.append(f"Prices of {listed.name} as listed on {listed.date}: {listed.source}")
    none = "There is no cap; spending.cap in the settings sets one."
    return [*lines, f"The cap is ${month.cap:.2f} a month." if month.cap else none]


def _line(line: Line, prices: PriceList) -> dict[str, Any]:
    return {
        "service": line.service,
        "model": line.model,
        "kind": line.kind,
        "amount": line.amount,
        "usd": line.usd if line.priced else None,
        "wasted": line.wasted,
        "estimate": line.estimate,
        "price_date": prices.date(line.service, line.model) or None,
    }


def _row(line: Line) -> str:
    usd = f"{'about ' if line.estimate else ''}${line.usd:.4f}" if line.priced else "no price known"
    return f"  {line.service:<12}{line.model:<24}{line.amount:>12,.0f} {line.kind:<20} {usd}"
