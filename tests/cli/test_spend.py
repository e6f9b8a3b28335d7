"""What paid engines cost, at the terminal: by the month, and with each question."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from tests.cli.program import SCRIPTED, voicebot
from tests.spending.fake import NOVEMBER
from voicebot.cli.terminal import Terminal
from voicebot.events import Cost, TurnEnded, Used
from voicebot.spending import Account, Kind, Tally, counting


def spent(own_home: Path) -> None:
    """In November 2026: an answer, one in vain, and something without a price."""

    async def main() -> None:
        meter = Account(own_home / "data" / "spending.db", lambda: 0.0, now=lambda: NOVEMBER)
        for model in ("gpt-5.4-mini", "someone's"):
            async with meter.request("openai", model, {}) as request:
                request.used({Kind.OUTPUT_TOKENS: 1000})
        tally = Tally(1)
        with counting(tally):
            async with meter.request("openai", "gpt-transcribe", {Kind.SECONDS: 60}) as request:
                request.used({Kind.SECONDS: 60})
        tally.waste()
        meter.close()

    asyncio.run(main())


def test_a_month(own_home: Path) -> None:
    spent(own_home)
    done = voicebot("spend", "--month", "2026-11", "--json", VOICEBOT_SPENDING_CAP="5")
    assert done.status == 0
    found = done.json
    assert {name: found[name] for name in ("month", "estimate", "cap")} == {
        "month": "2026-11", "estimate": True, "cap": 5.0
    }  # fmt: skip
    assert found["usd"] == pytest.approx(0.009)
    assert found["wasted"] == pytest.approx(0.0045)
    assert [(line["model"], line["amount"], line["usd"], line["price_date"]) for line in found["lines"]] == [
        ("gpt-5.4-mini", 1000.0, pytest.approx(0.0045), "2026-10-06"),
        ("gpt-transcribe", 60.0, pytest.approx(0.0045), "2026-08-05"),
        ("someone's", 1000.0, None, "2026-08-05"),
    ]
    assert {price["service"] for price in found["prices"]} == {"openai", "elevenlabs"}


def test_for_people(own_home: Path) -> None:
    spent(own_home)
    lines = voicebot("spend", "--month", "2026-11").out.splitlines()
    assert lines[0] == "2026-11: about $0.0090, $0.0045 of it for answers begun in vain"
    assert [line.split()[-1] for line in lines[1:4]] == ["$0.0045", "$0.0045", "known"]
    assert lines[4].startswith("Prices of openai as listed on 2026-08-05: https://")
    assert lines[-1].startswith("There is no cap")


def test_a_month_without_anything_makes_no_file(own_home: Path) -> None:
    done = voicebot("spend", "--json")
    assert (done.status, done.json["usd"], done.json["lines"]) == (0, 0, [])
    assert not (own_home / "data" / "spending.db").exists()


def test_what_is_no_month_is_wrong_usage() -> None:
    voicebot("spend", "--month", "November").complained(2, "2026-11")


def test_a_question_to_engines_on_this_machine_costs_nothing() -> None:
    done = voicebot("ask", "hello", *SCRIPTED, "--json")
    assert done.json["cost"] == {"usd": 0, "estimate": False, "wasted": 0, "uses": []}


def test_a_broken_ledger_is_told(own_home: Path) -> None:
    file = own_home / "data" / "spending.db"
    file.parent.mkdir(parents=True)
    file.write_text("no database " * 100)
    done = voicebot("spend")
    assert done.status == 1
    assert "What paid engines cost is counted anew" in done.err
    assert "Traceback" not in done.err


def test_a_conversation_in_the_terminal_shows_it_with_the_timings() -> None:
    screen = io.StringIO()
    cost = Cost((Used("openai", "m1", "output tokens", 100, 0.0004, estimate=True),))
    Terminal(screen, timings=True).show(TurnEnded(1, "answered", {"total": 1.0}, cost=cost))
    assert screen.getvalue() == "  total 1.00 s  about $0.0004\n"
