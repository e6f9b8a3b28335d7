"""`voicebot data`: everything of the person's is shown, asked about, and then gone; nothing else is."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.program import voicebot
from voicebot import autostart
from voicebot.cli import data
from voicebot.resources import find_home


@pytest.fixture
def kept(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    home = find_home()
    for folder, size in ((home.config, 10), (home.data, 1000), (home.cache, 5)):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"x" * size)
    autostart.switch(True)
    return own_home


def test_it_is_shown(kept: Path) -> None:
    told = json.loads(voicebot("data", "show", "--json").out)
    assert {one["name"]: one["bytes"] for one in told} == {"settings": 10, "data": 1000, "cache": 5}
    assert str(kept) in voicebot("data", "show").out


def test_nobody_to_ask_deletes_nothing(kept: Path) -> None:
    done = voicebot("data", "remove")
    assert (done.status, "--yes" in done.err) == (2, True)
    assert (kept / "data" / "file").exists()


def test_it_is_deleted_and_starts_no_more(kept: Path) -> None:
    assert voicebot("data", "remove", "--yes").status == 0
    assert not any(folder.exists() for folder in data.folders(find_home()).values())
    assert not autostart.is_on()
    assert voicebot("data", "show").out == "Nothing is kept\n"


@pytest.mark.parametrize(("said", "gone"), [("y", True), ("no", False), ("", False)])
def test_it_asks(kept: Path, monkeypatch: pytest.MonkeyPatch, said: str, gone: bool) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: said)
    assert data.run(Namespace(action="remove", yes=False)) == (0 if gone else 1)
    assert (kept / "data" / "file").exists() is not gone


def test_an_open_voicebot_keeps_its_data(kept: Path) -> None:
    with FileLock(kept / "data" / "instance.lock"):
        done = voicebot("data", "remove", "--yes")
    assert (done.status, "is open" in done.err) == (2, True)
    assert (kept / "data" / "file").exists()
