"""The global talk key of Windows and macOS, through pynput (the extra `global-key`).

Checked by types and against a stand-in for pynput only: there was neither system to try it on. pynput has no grab of
one key with its release. Its hook brings every key that is pressed; what is not the talk key is compared, and forgotten
at once. The key also reaches the program with the focus.
"""

from __future__ import annotations

import select
import socket
from typing import Any

from voicebot.desktop.global_key.base import Changed, Heard, Reports, Told
from voicebot.desktop.global_key.hearing import Hearing
from voicebot.desktop.global_key.shortcut import Modifier, Shortcut
from voicebot.readiness import NotReady, Readiness, Ready

MODIFIERS = {Modifier.CTRL: "ctrl", Modifier.ALT: "alt", Modifier.SHIFT: "shift", Modifier.SUPER: "cmd"}
SIDES = {"Left": "l", "Right": "r"}

NO_PYNPUT = NotReady("pynput is not installed", "pip install 'voicebot[global-key]'")
NOT_TRUSTED = NotReady(
    "macOS does not let Voicebot hear keys", "allow it in System Settings, Privacy & Security, Accessibility"
)


class PynputKey:
    """A key of Windows or macOS."""

    name = "pynput"

    def __init__(self) -> None:
        self._hearing = Hearing("global-key-pynput")

    def ready(self) -> Readiness:
        keyboard = _keyboard()
        return keyboard if isinstance(keyboard, NotReady) else Ready()

    def start(self, shortcut: str, pressed: Told, released: Told, heard: Heard, changed: Changed) -> None:
        reports = Reports(Shortcut.parse(shortcut), pressed, released, heard, changed)
        self._hearing.begin(reports, _hear)

    def stop(self) -> None:
        self._hearing.end()


class Chord:
    """Follows which modifiers are held, and reports the key when it goes down with exactly those of the shortcut."""

    def __init__(self, key: object, reports: Reports) -> None:
        self._key = key
        self._reports = reports
        self._wanted = {MODIFIERS[modifier] for modifier in reports.shortcut.modifiers}
        self._held: set[str] = set()

    def press(self, key: object, modifier: str | None) -> None:
        """A key went down; `modifier` is its name if it is one ("ctrl", whatever its side)."""
        if key == self._key and self._held == self._wanted and not self._reports.held:
            self._reports.down()
        elif modifier is not None and key != self._key:
            self._held.add(modifier)

    def release(self, key: object, modifier: str | None) -> None:
        """A key came up."""
        if key == self._key and self._reports.held:
            self._reports.up()
        elif modifier is not None:
            self._held.discard(modifier)


def _keyboard() -> Any | NotReady:
    try:
        from pynput import keyboard
    except ImportError:
        return NO_PYNPUT
    return keyboard if getattr(keyboard.Listener, "IS_TRUSTED", True) else NOT_TRUSTED


def _hear(reports: Reports, stopped: socket.socket) -> None:
    keyboard = _keyboard()
    if isinstance(keyboard, NotReady):
        reports.lost(keyboard)
        return
    key = _key(keyboard, reports.shortcut.key)
    if key is None:
        reports.lost(NotReady(f"this system has no {reports.shortcut}", "choose another talk key"))
        return
    chord = Chord(key, reports)
    listener: Any = keyboard.Listener(
        on_press=lambda key: chord.press(*_named(listener, key)),
        on_release=lambda key: chord.release(*_named(listener, key)),
    )
    with listener:
        listener.wait()
        reports.had()
        select.select([stopped], [], [])


def _named(listener: Any, key: Any) -> tuple[object, str | None]:
    """The key without what modifiers did to its character, and its name if it is a modifier itself."""
    plain = listener.canonical(key)
    name = getattr(plain, "name", None)
    return (key, name) if name in MODIFIERS.values() else (plain, None)


def _key(keyboard: Any, name: str) -> Any:
    """pynput's key for a name of `KEYSYMS`; None when the system has none."""
    side, _, modifier = name.partition(" ")
    if side in SIDES and modifier:
        return getattr(keyboard.Key, f"{MODIFIERS[Modifier(modifier)]}_{SIDES[side]}", None)
    if len(name) == 1:
        return keyboard.KeyCode.from_char(name.lower())
    return getattr(keyboard.Key, name.lower().replace(" ", "_"), None)
