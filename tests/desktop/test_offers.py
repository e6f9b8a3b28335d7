"""Models that are one click away: which is recommended here, and how one is fetched and then used."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.model_site import FILE, Site, serving
from tests.desktop.running import Engines, Window, until, window
from voicebot.catalogue import Catalogue, Hub, Model, Words
from voicebot.desktop import memory
from voicebot.desktop.memory import free_memory
from voicebot.desktop.models import Models
from voicebot.desktop.offers import Offers

pytestmark = pytest.mark.usefixtures("qt")
GIGA = 1_000_000_000


def entry(id_: str, languages: Any, gigabytes: float, engine: str = "transformers") -> Model:
    hub = Hub("someone/small", ("model.bin",), len(FILE))
    return Model(id_, engine, Words("A model", "모델"), languages, "MIT", round(gigabytes * GIGA), hub=hub)


TINY, MIDDLE = entry("tiny", "multilingual", 1), entry("middle", "multilingual", 4)
KOREAN, ENGLISH = entry("korean", ("ko", "en"), 5), entry("english", ("en",), 6)
CATALOGUE = Catalogue((entry("base", "multilingual", 1, "whisper"), TINY, MIDDLE, KOREAN, ENGLISH))


class Shown:
    """The offers over a running core; `used` are the models that were put to use."""

    def __init__(self, app: Window, site: Site, best_first: bool = False) -> None:
        self.free: int | None = 100 * GIGA
        self.used: list[str] = []
        self.words = app.root.words
        home = app.root._opened.home.models
        self.models = Models(app.core, home, lambda: site.url, self.words, CATALOGUE, app.root)
        self.offers = Offers(
            "transformers", self.models, CATALOGUE, self.words, lambda model: self.used.append(model.name),
            lambda model: model.name in self.used[-1:], app.root, best_first=best_first, free=lambda: self.free,
        )  # fmt: skip

    def rows(self) -> dict[str, dict[str, Any]]:
        return {row["title"]: row for row in self.offers.property("rows")}

    def recommended(self, gigabytes: float | None, language: str = "en") -> list[str]:
        self.free = None if gigabytes is None else round(gigabytes * GIGA)
        self.words.use(language)
        self.offers.refresh()
        return [title for title, row in self.rows().items() if row["recommended"]]

    def wait_for(self, title: str, state: str) -> None:
        until(lambda: self.rows()[title]["state"] == state, f"{state} of {title}")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db")) as made:
        yield made


@pytest.fixture
def shown(app: Window, site: Site) -> Shown:
    return Shown(app, site)


def test_only_the_engines_own_are_offered(shown: Shown) -> None:
    assert list(shown.rows()) == ["tiny", "middle", "korean", "english"]
    assert shown.rows()["tiny"]["name"] == "transformers:tiny"
    assert shown.rows()["tiny"]["size"] == "3 MB"


@pytest.mark.parametrize(
    ("gigabytes", "language", "title"),
    [
        (100, "en", "english"),
        (100, "ko", "korean"),
        (None, "ko", "korean"),
        (9, "ko", "middle"),
        (9, "en", "middle"),
        (2, "en", "tiny"),
    ],
)
def test_one_is_recommended_by_language_and_memory(
    shown: Shown, gigabytes: float | None, language: str, title: str
) -> None:
    assert shown.recommended(gigabytes, language) == [title]


def test_where_none_fits_none_is_recommended_and_the_large_ones_are_marked(shown: Shown) -> None:
    assert shown.recommended(1.5) == []
    assert [title for title, row in shown.rows().items() if not row["fits"]] == ["middle", "korean", "english"]


def test_where_the_best_come_first_the_first_is_recommended(app: Window, site: Site) -> None:
    assert Shown(app, site, best_first=True).recommended(100, "ko") == ["korean"]
    assert Shown(app, site, best_first=True).recommended(9, "ko") == ["tiny"]


def test_one_is_fetched_and_then_used(shown: Shown, site: Site) -> None:
    site.gate.clear()
    shown.offers.take("transformers:tiny")
    until(lambda: shown.rows()["tiny"]["progress"] > 0.3, "half of it")
    assert shown.rows()["tiny"]["wanted"]
    assert shown.used == []
    shown.offers.pause("transformers:tiny")
    shown.wait_for("tiny", "paused")
    site.gate.set()
    shown.offers.take("transformers:tiny")
    until(lambda: shown.used, "its use")
    assert shown.used == ["transformers:tiny"]
    assert shown.rows()["tiny"]["chosen"]
    assert not shown.rows()["tiny"]["wanted"]


def test_one_that_is_here_is_used_at_once(shown: Shown) -> None:
    shown.models.download("transformers:middle")
    shown.wait_for("middle", "installed")
    assert shown.used == [], "the list of models only fetches"
    shown.offers.take("transformers:middle")
    assert shown.used == ["transformers:middle"]


def test_a_download_that_failed_says_why_and_is_tried_again(shown: Shown, site: Site) -> None:
    site.server.shutdown()
    site.server.server_close()
    shown.offers.take("transformers:tiny")
    until(lambda: shown.rows()["tiny"]["fault"], "what is wrong")
    assert "transformers:tiny" in shown.rows()["tiny"]["fault"]
    with serving() as again:
        shown.models._mirror = lambda: again.url
        shown.offers.take("transformers:tiny")
        until(lambda: shown.used, "its use")
    assert not shown.rows()["tiny"]["fault"]


def test_who_chose_otherwise_meanwhile_is_not_overruled(shown: Shown, site: Site) -> None:
    site.gate.clear()
    shown.offers.take("transformers:tiny")
    shown.wait_for("tiny", "downloading")
    shown.offers.forget()
    site.gate.set()
    shown.wait_for("tiny", "installed")
    assert shown.used == []


# -- memory ------------------------------------------------------------------------------------------------------------


def test_free_memory_is_what_linux_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:       16000000 kB\nMemFree: 1 kB\nMemAvailable:    8000000 kB\n")
    assert free_memory(meminfo) == 8_000_000 * 1024


@pytest.mark.parametrize("text", [None, "", "MemAvailable: much kB\n"])
def test_where_it_is_not_said_it_is_not_known(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    meminfo = tmp_path / "meminfo"
    if text is not None:
        meminfo.write_text(text)
    assert free_memory(meminfo) is None


def test_windows_status_has_the_size_that_windows_expects() -> None:
    assert ctypes.sizeof(memory._MemoryStatus) == 64
