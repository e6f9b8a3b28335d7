"""Which global key is for which system, and what every one of them keeps to."""

from __future__ import annotations

import sys

import pytest

from tests.desktop.global_key.ear import Ear
from voicebot.desktop.global_key.base import GlobalKey, best
from voicebot.desktop.global_key.portal import PortalKey
from voicebot.desktop.global_key.pynput_key import PynputKey
from voicebot.desktop.global_key.x11 import X11Key
from voicebot.errors import UsageError


@pytest.mark.parametrize(
    ("platform", "environment", "name"),
    [
        ("linux", {"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0"}, "x11"),
        ("linux", {"DISPLAY": ":0"}, "x11"),
        ("linux", {"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0", "WAYLAND_DISPLAY": "nested"}, "x11"),
        ("linux", {"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, "portal"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "portal"),
        ("linux", {}, "portal"),
        ("win32", {}, "pynput"),
        ("darwin", {"DISPLAY": ":0"}, "pynput"),
    ],
)
def test_the_key_for_a_system(
    platform: str, environment: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for variable in ("XDG_SESSION_TYPE", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert best().name == name


@pytest.mark.parametrize("key", [X11Key(), PortalKey(), PynputKey()], ids=lambda key: str(key.name))
def test_nonsense_is_refused_at_once_and_stopping_is_always_allowed(key: GlobalKey) -> None:
    ear = Ear()
    with pytest.raises(UsageError):
        ear.listen(key, "F99")
    key.stop()
    key.stop()
    assert ear.silent()
