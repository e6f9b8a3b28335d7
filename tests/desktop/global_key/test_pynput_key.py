"""The key of Windows and macOS, against a stand-in for pynput: neither system is here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import pytest

from tests.desktop.global_key.ear import Ear, press_and_release
from voicebot.desktop.global_key.pynput_key import NO_PYNPUT, NOT_TRUSTED, PynputKey
from voicebot.readiness import Ready


class Key(Enum):
    """Special keys, as pynput names them."""

    f9 = 1
    space = 2
    ctrl = 3
    ctrl_l = 4
    ctrl_r = 5
    alt = 6
    alt_l = 7
    cmd = 8


@dataclass(frozen=True)
class KeyCode:
    """A key that types a character."""

    char: str

    @classmethod
    def from_char(cls, char: str) -> KeyCode:
        return cls(char)


class Listener:
    """pynput's listener: here the test presses the keys."""

    IS_TRUSTED: ClassVar[bool] = True
    last: ClassVar[Listener]

    def __init__(self, on_press: Callable[[object], None], on_release: Callable[[object], None]) -> None:
        self.on_press, self.on_release = on_press, on_release
        Listener.last = self

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing runs."""

    def wait(self) -> None:
        """It is there at once."""

    def canonical(self, key: Key | KeyCode) -> Key | KeyCode:
        if isinstance(key, KeyCode):
            return KeyCode(key.char.lower())
        return {Key.ctrl_l: Key.ctrl, Key.ctrl_r: Key.ctrl, Key.alt_l: Key.alt}.get(key, key)

    def type(self, *keys: object) -> None:
        """Press all of them and release them in the opposite order."""
        for key in keys:
            self.on_press(key)
        for key in reversed(keys):
            self.on_release(key)


@pytest.fixture
def pynput(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("pynput")
    module.keyboard = SimpleNamespace(Key=Key, KeyCode=KeyCode, Listener=Listener)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pynput", module)


@pytest.mark.usefixtures("pynput")
@pytest.mark.parametrize(
    ("shortcut", "keys"),
    [
        ("F9", [Key.f9]),
        ("Ctrl+Alt+Space", [Key.ctrl_l, Key.alt_l, Key.space]),
        ("Right Ctrl", [Key.ctrl_r]),
        ("Ctrl+V", [Key.ctrl_r, KeyCode("V")]),
    ],
)
def test_only_the_shortcut_itself_is_heard(shortcut: str, keys: list[object]) -> None:
    key, ear = PynputKey(), Ear()
    assert key.ready() == Ready()
    ear.listen(key, shortcut)
    assert ear.had() == shortcut
    for others in ([Key.cmd, *keys], [KeyCode("x")], [Key.alt, KeyCode("x")], keys, keys):
        Listener.last.type(*others)
    assert ear.several(8) == press_and_release(shortcut) * 2
    key.stop()
    assert ear.silent()


@pytest.mark.usefixtures("pynput")
def test_a_held_key_that_repeats_is_one_press_and_ends_with_the_hearing() -> None:
    key, ear = PynputKey(), Ear()
    ear.listen(key, "F9")
    ear.had()
    for _ in range(3):
        Listener.last.on_press(Key.f9)
    assert ear.several(2) == ["F9 down", "pressed"]
    key.stop()
    assert ear.next() == "released"
    assert ear.silent()


@pytest.mark.usefixtures("pynput")
def test_a_key_that_the_system_lacks() -> None:
    key, ear = PynputKey(), Ear()
    ear.listen(key, "F24")
    assert ear.refused().why == "this system has no F24"
    key.stop()


@pytest.mark.usefixtures("pynput")
def test_macos_has_to_allow_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Listener, "IS_TRUSTED", False)
    key, ear = PynputKey(), Ear()
    ear.listen(key, "F9")
    assert ear.refused() == NOT_TRUSTED == key.ready()
    key.stop()


def test_without_its_library_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynput", None)
    key, ear = PynputKey(), Ear()
    ear.listen(key, "F9")
    assert ear.refused() == NO_PYNPUT == key.ready()
    assert "voicebot[global-key]" in NO_PYNPUT.fix
    key.stop()
