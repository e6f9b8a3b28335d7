"""Models on the screen: fetched from a loopback server, paused, gone on with, broken, checked and removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.desktop.model_site import FILE, Site, serving
from tests.desktop.running import Engines, Window, until, window
from voicebot.catalogue import Catalogue, Hub, Model, ModelFile, Words, installed_path
from voicebot.desktop.models import ROLES, Models

pytestmark = pytest.mark.usefixtures("qt")
NAMES = ("whisper:small", "whisper:large")
HUBS = "faster-whisper:small"


def catalogue() -> Catalogue:
    def model(name: str) -> Model:
        url = f"https://models.invalid/{name}.pt"
        file = ModelFile(f"{name}.pt", len(FILE), hashlib.sha256(FILE).hexdigest(), url)
        return Model(name, "whisper", Words("A model", "모델"), "multilingual", "MIT", 9_000_000, (file,))

    hub = Hub("someone/small", ("model.bin",), 2_900_000)
    words = Words("Of a hub", "허브의 모델")
    return Catalogue(
        (model("small"), model("large"), Model("small", "faster-whisper", words, ("ko",), "MIT", 9_000_000, hub=hub))
    )


class Shown:
    """The list over a running core, and what a row of it says."""

    def __init__(self, app: Window, site: Site) -> None:
        self.models = Models(app.core, app.root._opened.home.models, lambda: site.url, app.root.words, catalogue())
        self.home = app.root._opened.home.models
        self.states: list[str] = []
        self.came_or_went: list[str] = []
        self.models.dataChanged.connect(lambda *_: self.states.append(self.state()))
        self.models.installedChanged.connect(self.came_or_went.append)

    def value(self, role: str, row: int = 0) -> Any:
        return self.models.data(self.models.index(row), Qt.ItemDataRole.UserRole + ROLES.index(role))

    def state(self, row: int = 0) -> str:
        state: str = self.value("state", row)
        return state

    def wait_for(self, state: str, row: int = 0) -> None:
        until(lambda: self.state(row) == state, f"{state} of row {row}, which is {self.state(row)}")

    @property
    def file(self) -> Path:
        return installed_path(self.home, catalogue().models[0])


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@contextmanager
def shown(site: Site, tmp_path: Path) -> Iterator[Shown]:
    with window(Engines(file=tmp_path / "history.db")) as app:
        yield Shown(app, site)


@pytest.fixture
def list_(site: Site, tmp_path: Path) -> Iterator[Shown]:
    with shown(site, tmp_path) as made:
        yield made


def test_each_model_says_what_it_is(list_: Shown) -> None:
    assert list_.models.rowCount() == 3
    assert [list_.value(role) for role in ("name", "size", "memory", "languages", "licence", "state")] == [
        "whisper:small", "3 MB", "9 MB", [], "MIT", "absent"
    ]  # fmt: skip
    assert list_.value("description") == "A model"
    list_.models._words.use("ko")
    assert list_.value("description") == "모델"


def test_one_is_downloaded_while_another_waits(list_: Shown, site: Site) -> None:
    site.gate.clear()
    for name in NAMES:
        list_.models.download(name)
    list_.wait_for("downloading")
    until(lambda: list_.value("progress") > 0.1, "progress")
    assert list_.value("detail")["total"] == "3 MB"
    assert list_.state(1) == "waiting"
    site.gate.set()
    for row in (0, 1):
        list_.wait_for("installed", row)
    assert list_.file.read_bytes() == FILE
    assert list_.came_or_went == list(NAMES)


def test_one_is_paused_and_goes_on_where_it_was(list_: Shown, site: Site) -> None:
    site.gate.clear()
    list_.models.download(NAMES[0])
    until(lambda: list_.value("progress") > 0.3, "the first megabyte")
    list_.models.pause(NAMES[0])
    list_.wait_for("paused")
    assert 0.4 < list_.value("progress") <= 0.5
    assert not list_.file.exists()
    site.gate.set()
    list_.models.download(NAMES[0])
    list_.wait_for("installed")
    assert site.ranges[-1].startswith("bytes=1"), "it went on where it was"
    assert list_.file.read_bytes() == FILE


def test_one_that_waits_is_taken_back(list_: Shown, site: Site) -> None:
    site.gate.clear()
    for name in NAMES:
        list_.models.download(name)
    list_.models.pause(NAMES[1])
    list_.wait_for("absent", 1)
    site.gate.set()
    list_.wait_for("installed")
    assert len(site.ranges) == 1


def test_what_was_begun_is_there_after_a_restart(site: Site, tmp_path: Path) -> None:
    site.gate.clear()
    with shown(site, tmp_path) as first:
        first.models.download(NAMES[0])
        until(lambda: first.value("progress") > 0.3, "the first megabyte")
    site.gate.set()
    with shown(site, tmp_path) as second:
        second.models.refresh()
        second.wait_for("paused")
        assert second.value("progress") > 0.3
        second.models.download(NAMES[0])
        second.wait_for("installed")
    assert site.ranges[-1].startswith("bytes=1")


def test_wrong_bytes_are_named_and_never_installed(list_: Shown, site: Site) -> None:
    site.file = bytes(len(FILE))
    list_.models.download(NAMES[0])
    until(lambda: list_.value("fault"), "what is wrong")
    assert "whisper:small" in list_.value("fault")
    assert not list_.file.exists()
    site.file = FILE
    list_.models.download(NAMES[0])
    list_.wait_for("installed")
    assert list_.value("fault") == ""


def test_a_damaged_file_is_found_and_replaced(list_: Shown) -> None:
    list_.models.download(NAMES[0])
    list_.wait_for("installed")
    list_.models.check(NAMES[0])
    until(lambda: "checking" in list_.states, "the check")
    list_.wait_for("installed")
    list_.file.write_bytes(bytes(len(FILE)))
    list_.models.check(NAMES[0])
    list_.wait_for("broken")
    list_.models.download(NAMES[0])
    list_.wait_for("installed")
    assert list_.file.read_bytes() == FILE


def test_one_is_removed(list_: Shown) -> None:
    list_.models.download(NAMES[0])
    list_.wait_for("installed")
    list_.models.remove(NAMES[0])
    list_.wait_for("absent")
    assert not list_.file.exists()
    assert list_.came_or_went == [NAMES[0], NAMES[0]]


def test_a_server_that_is_gone_is_one_plain_sentence(list_: Shown, site: Site) -> None:
    site.url = "http://127.0.0.1:9"
    list_.models.download(NAMES[0])
    until(lambda: list_.value("fault"), "what is wrong")
    assert "whisper:small" in list_.value("fault")
    assert "Traceback" not in list_.value("fault")
    assert list_.state() in ("absent", "paused")


def test_one_of_a_hub_is_fetched_gone_on_with_mended_and_removed(list_: Shown, site: Site) -> None:
    row, place = 2, installed_path(list_.home, catalogue().models[2])
    assert list_.value("size", row) == "2.9 MB"
    site.gate.clear()
    list_.models.download(HUBS)
    until(lambda: list_.value("progress", row) > 0.3, "the first megabyte")
    list_.models.pause(HUBS)
    list_.wait_for("paused", row)
    site.gate.set()
    list_.models.download(HUBS)
    list_.wait_for("installed", row)
    assert site.ranges[-1].startswith("bytes=1"), "it went on where it was"
    assert place.read_bytes() == FILE
    place.write_bytes(bytes(len(FILE)))
    list_.models.check(HUBS)
    list_.wait_for("broken", row)
    list_.models.download(HUBS)
    list_.wait_for("installed", row)
    assert place.read_bytes() == FILE
    list_.models.remove(HUBS)
    list_.wait_for("absent", row)
    assert not place.parent.exists()
    assert list_.came_or_went == [HUBS] * 4
