from __future__ import annotations

from pathlib import Path

import pytest

from tests.spending.fake import PRICES
from voicebot.catalogue import Catalogue
from voicebot.errors import ModelError
from voicebot.setting_groups import DocumentSettings, SttSettings, TtsSettings
from voicebot.settings import LlmSettings
from voicebot.spending import Kind, PriceList


@pytest.fixture(scope="module")
def prices() -> PriceList:
    return PriceList.load()


def test_every_price_is_of_a_listed_service_and_stands_once(prices: PriceList) -> None:
    services = {one.name for one in prices.service}
    names = [(one.service, one.name) for one in prices.model]
    assert {service for service, _ in names} == services
    assert len(names) == len(set(names))
    for price in prices.model:
        assert any(price.of(kind) for kind in Kind), price.name


@pytest.mark.parametrize(
    ("model", "kinds"),
    [
        (LlmSettings().openai_model, {Kind.INPUT_TOKENS, Kind.CACHED_TOKENS, Kind.OUTPUT_TOKENS}),
        (SttSettings().openai_model, {Kind.SECONDS}),
        (TtsSettings().openai_model, {Kind.SECONDS}),
        (DocumentSettings().openai_model, {Kind.INPUT_TOKENS, Kind.CACHED_TOKENS}),
    ],
)
def test_what_is_used_unless_another_is_chosen_has_a_price(prices: PriceList, model: str, kinds: set[Kind]) -> None:
    price = prices.find("openai", model)
    assert price is not None
    assert {kind for kind in Kind if price.of(kind)} == kinds


def test_units() -> None:
    amounts = {Kind.INPUT_TOKENS: 1000.0, Kind.CACHED_TOKENS: 1000.0, Kind.OUTPUT_TOKENS: 100.0}
    assert [use.usd for use in PRICES.priced("openai", "m1", amounts)] == pytest.approx([0.001, 0.0005, 0.001])
    assert [use.usd for use in PRICES.priced("openai", "ear", {Kind.SECONDS: 30.0})] == pytest.approx([0.03])
    assert [use.usd for use in PRICES.priced("openai", "tts-1", {Kind.CHARACTERS: 100.0})] == pytest.approx([1.5])


def test_a_version_costs_what_its_model_does_and_another_model_has_no_price() -> None:
    [version] = PRICES.priced("openai", "m1-2026-03-17", {Kind.INPUT_TOKENS: 1000.0})
    assert version.usd == pytest.approx(0.001)
    [other] = PRICES.priced("openai", "m1-pro", {Kind.INPUT_TOKENS: 1000.0})
    assert (other.usd, other.amount) == (None, 1000.0)
    [elsewhere] = PRICES.priced("example.org", "m1", {Kind.INPUT_TOKENS: 1000.0})
    assert elsewhere.usd is None


def test_what_the_service_itself_estimates_is_an_estimate() -> None:
    assert PRICES.priced("openai", "mouth", {Kind.SECONDS: 1.0})[0].estimate
    assert not PRICES.priced("openai", "ear", {Kind.SECONDS: 1.0})[0].estimate


def test_a_model_read_later_has_its_own_date(prices: PriceList) -> None:
    assert prices.date("openai") == "2026-08-05"
    assert prices.date("openai", "gpt-5.4-mini") == "2026-10-06"
    assert prices.date("example.org") == ""


def test_the_price_list_is_no_part_of_the_catalogue_of_models() -> None:
    assert Catalogue.load().models  # which reads `models/*.toml`, and would refuse it


def test_a_broken_price_list_is_a_plain_error(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "prices"
    folder.mkdir(parents=True)
    (folder / "prices.toml").write_text("[[model]]\nname = 3\n")
    with pytest.raises(ModelError, match="cannot be read"):
        PriceList.load(tmp_path)
