"""What it cost, on the screen: the month, the turn, and the price of an engine before it is used."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.running import Engines, Window, until, window
from voicebot.desktop.entries import Role
from voicebot.desktop.spending import Spending, charged, shown_cost
from voicebot.events import FREE, Cost, TurnEnded, Used
from voicebot.resources import find_home
from voicebot.settings import load
from voicebot.spending import Account, Kind, PriceList, dollars

pytestmark = pytest.mark.usefixtures("qt")
COST = Cost(
    (
        Used("openai", "m1", "output tokens", 100, 0.0004),
        Used("openai", "m1", "input tokens", 80, 0.0001, estimate=True, wasted=True),
        Used("openai", "m2", "seconds", 2.5, None),
    )
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db")) as made:
        yield made


def spend(app: Window, minutes: float) -> None:
    async def main() -> None:
        meter = Account(find_home().spending_file, lambda: 0.0)
        async with meter.request("openai", "gpt-transcribe", {}) as request:
            request.used({Kind.SECONDS: minutes * 60})
        meter.close()

    asyncio.run(main())


def shown(spending: Spending) -> str:
    return str(spending.property("month")["total"])


def test_the_month_is_read_again_after_a_turn_that_cost_something(app: Window) -> None:
    spending = app.root.spending
    spending.refresh()
    until(lambda: spending.property("month")["sources"], "the price list")
    assert shown(spending) == "$0.00"
    spend(app, 2)
    app.root.apply(TurnEnded(1, "answered", cost=COST))
    until(lambda: shown(spending) == "$0.0090", "the month")
    [line] = spending.property("month")["lines"]
    assert (line["model"], line["kind"], line["amount"]) == ("gpt-transcribe", "seconds", 120.0)
    assert line["cost"] == "$0.0090"
    assert {one["service"]: one["date"] for one in spending.property("month")["sources"]}["openai"] == "2026-08-05"


def test_the_cap_is_a_setting_that_takes_effect_and_is_written(app: Window) -> None:
    spending, meter = app.root.spending, app.root._opened.workshop.meter
    spend(app, 2)
    spending.refresh()
    until(lambda: shown(spending) == "$0.0090", "the month")
    assert not spending.property("month")["reached"]
    app.root.preferences.set("spending.cap", "0.005")
    assert spending.property("month")["reached"]
    assert meter.cap() == 0.005
    app.root.preferences.set("spending.cap", "much")
    assert "from 0 to 10000" in app.root.preferences.property("faults")["spending.cap"]
    app.root.preferences.flush()
    until(lambda: load(find_home()).settings.spending.cap == 0.005, "the setting")


def test_the_price_of_an_engine_follows_its_model(app: Window) -> None:
    spending = app.root.spending
    spending.refresh()
    until(lambda: spending.property("month")["sources"], "the price list")
    assert spending.property("prices")["llm_openai"] == {
        "model": "gpt-5.4-mini", "by": "tokens", "usd": "$0.75", "written": "$4.50", "date": "2026-10-06"
    }  # fmt: skip
    assert spending.property("prices")["stt_openai"]["usd"] == "$0.0045"
    app.root.preferences.set("tts.openai_model", "tts-1")
    assert spending.property("prices")["tts_openai"]["by"] == "characters"
    app.root.preferences.set("llm.openai_model", "nobody-knows")
    assert spending.property("prices")["llm_openai"]["by"] == ""


def test_an_answer_shows_what_it_cost(app: Window) -> None:
    app.ask("what is it")
    answer = app.root.conversation.entry(app.ended[-1].turn, Role.ASSISTANT)
    assert answer is not None
    assert answer.cost == FREE
    assert shown_cost(answer.cost) == {}


def test_a_cost_in_words() -> None:
    found = shown_cost(COST)
    assert (found["total"], found["wasted"]) == ("≈ $0.0005", "$0.0001")
    assert [use["cost"] for use in found["uses"]] == ["$0.0004", "≈ $0.0001", ""]
    assert shown_cost(Cost(COST.uses[2:]))["total"] == ""


@pytest.mark.parametrize(
    ("usd", "words"),
    [(0.0, "$0.00"), (0.00003, "< $0.0001"), (0.0004, "$0.0004"), (0.5, "$0.5000"), (12.5, "$12.50")],
)
def test_dollars(usd: float, words: str) -> None:
    assert dollars(usd) == words


def test_a_price_that_is_not_known() -> None:
    assert charged(PriceList.load().find("openai", "nobody-knows")) == {"by": "", "usd": "", "written": ""}
