"""Language model servers on this machine, as the screen lists them: with their models, in use, and gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.running import Engines, Window, until, window
from voicebot.desktop import brain
from voicebot.llm.local_servers import LocalServer

pytestmark = pytest.mark.usefixtures("qt")
OLLAMA = "http://127.0.0.1:11434/v1"
STUDIO = "http://127.0.0.1:1234/v1"


class Machine:
    """The servers that answer."""

    def __init__(self) -> None:
        self.servers: list[LocalServer] = []

    async def find(self) -> list[LocalServer]:
        return self.servers


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(brain, "find_local_servers", made.find)
    return made


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db")) as made:
        yield made


def looked(app: Window) -> list[dict[str, Any]]:
    app.root.brain.refresh()
    until(lambda: not app.root.brain.property("looking"), "the servers")
    rows: list[dict[str, Any]] = app.root.brain.property("servers")
    return rows


def test_each_is_listed_with_its_models(app: Window, machine: Machine) -> None:
    machine.servers = [LocalServer("Ollama", OLLAMA, ("llama", "qwen")), LocalServer("LM Studio", STUDIO, ("gemma",))]
    assert looked(app) == [
        {"name": "Ollama", "address": OLLAMA, "models": ["llama", "qwen"], "model": "", "gone": False},
        {"name": "LM Studio", "address": STUDIO, "models": ["gemma"], "model": "", "gone": False},
    ]


def test_one_is_used_and_marked(app: Window, machine: Machine) -> None:
    machine.servers = [LocalServer("Ollama", OLLAMA, ("llama", "qwen"))]
    looked(app)
    app.root.brain.use(OLLAMA, "qwen")
    assert app.root.brain.property("servers")[0]["model"] == "qwen"
    llm = app.root.preferences.settings.llm
    assert (llm.base_url, llm.engine) == (OLLAMA, "openai:qwen")


def test_one_in_use_that_goes_away_is_told_until_it_is_back(app: Window, machine: Machine) -> None:
    there = [LocalServer("Ollama", OLLAMA, ("llama", "qwen"))]
    machine.servers = there
    app.root.brain.use(OLLAMA, "qwen")
    assert not looked(app)[0]["gone"]
    machine.servers = []
    assert looked(app) == [
        {"name": "Ollama", "address": OLLAMA, "models": ["qwen"], "model": "qwen", "gone": True}
    ]
    machine.servers = there
    assert [row["gone"] for row in looked(app)] == [False]


def test_one_that_is_not_used_is_not_missed(app: Window, machine: Machine) -> None:
    app.root.preferences.set("llm.base_url", OLLAMA)
    assert looked(app) == []


def test_a_model_of_the_settings_alone_counts_as_chosen(app: Window, machine: Machine) -> None:
    app.root.preferences.set("llm.base_url", OLLAMA)
    app.root.preferences.set("llm.engine", "openai")
    app.root.preferences.set("llm.openai_model", "qwen")
    machine.servers = [LocalServer("Ollama", OLLAMA, ("llama", "qwen"))]
    assert looked(app)[0]["model"] == "qwen"


def test_choosing_an_engine_takes_a_wanted_download_back(app: Window, machine: Machine) -> None:
    told: list[int] = []
    app.root.brain.property("offers").changed.connect(lambda: told.append(1))
    app.root.brain.property("offers")._wanted = "transformers:any"
    app.root.preferences.set("llm.engine", "offline")
    assert app.root.brain.property("offers")._wanted == ""
    assert told
