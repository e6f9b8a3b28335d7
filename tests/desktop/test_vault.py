"""Keys on the screen: entered, used, never shown again, found in no file and no log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from tests.desktop.memory_keyring import Memory
from tests.desktop.running import Engines, Window, until, window
from voicebot.logs import set_up

pytestmark = pytest.mark.usefixtures("qt")
KEY = "sk-a-key-that-nobody-sees-4711"


@pytest.fixture
def store() -> Iterator[Memory]:
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db")) as made:
        yield made


def test_a_key_is_kept_and_removed(store: Memory, app: Window) -> None:
    vault = app.root.vault
    vault.refresh()
    until(lambda: vault.property("keys"), "the keys")
    assert vault.property("keys")[0] == {"name": "openai", "source": "", "variable": "OPENAI_API_KEY"}
    assert vault.property("keys")[1] == {"name": "elevenlabs", "source": "", "variable": "ELEVENLABS_API_KEY"}
    assert vault.property("whyNot") == ""
    vault.keep("openai", f"  {KEY}\n")
    until(lambda: vault.property("keys")[0]["source"] == "keyring", "the key")
    assert store.kept == {("voicebot", "openai"): KEY}
    until(lambda: app.root.engines.property("ready")["llm"], "the engines")
    row = next(one for one in app.root.engines.property("rows")["llm"] if one["name"] == "openai")
    assert row["ready"] is True
    assert KEY not in str(vault.property("keys")) + str(app.root.engines.property("rows"))
    vault.forget("openai")
    until(lambda: vault.property("keys")[0]["source"] == "", "its end")
    assert store.kept == {}


def test_a_key_is_found_in_no_file_and_no_log(store: Memory, app: Window) -> None:
    logs = set_up(app.root._opened.home)
    app.root.vault.keep("openai", KEY)
    until(lambda: store.kept, "the key")
    app.root.preferences.set("llm.engine", "openai")
    app.root.preferences.flush()
    until(lambda: app.root._opened.home.settings_file.exists(), "the settings")
    logs.close()
    home = app.root._opened.home
    files = [file for folder in (home.config, home.data) for file in folder.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if KEY.encode() in file.read_bytes()]


def test_a_key_that_cannot_be_is_told(store: Memory, app: Window) -> None:
    app.root.vault.keep("openai", "two words")
    until(lambda: app.said, "what is wrong")
    assert "two words" not in app.said[0][0]
    assert store.kept == {}


@pytest.fixture
def no_store() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("no_store")
def test_without_a_keyring_it_says_where_keys_come_from(app: Window) -> None:
    app.root.vault.refresh()
    until(lambda: app.root.vault.property("whyNot"), "the reason")
    assert "OPENAI_API_KEY" in app.root.vault.property("whyNot")
    app.root.vault.keep("openai", KEY)
    until(lambda: app.said, "that it was not kept")
    assert KEY not in app.said[0][0]
