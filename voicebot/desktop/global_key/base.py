"""What a global talk key does on every system, and which one is for this system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from voicebot.desktop.global_key.shortcut import Shortcut
from voicebot.readiness import NotReady, Readiness, Ready

BIND_A_COMMAND = "bind a key to `voicebot --talk` in your desktop's settings"
"""The fix that every desktop offers: a command on a key, without its release."""

Told = Callable[[], None]
Heard = Callable[[str], None]
Changed = Callable[[Readiness], None]


class GlobalKey(Protocol):
    """One key of the keyboard, heard whatever program has the focus. It hears that key alone, not what is typed.

    The callbacks come on a thread of the key's own, one after another: they hand over and return, and never raise.
    """

    @property
    def name(self) -> str:
        """The means: "x11", "portal" or "pynput"."""

    def ready(self) -> Readiness:
        """Whether a global key can be had here. Asks the system, for seconds if that hangs: not on the GUI's thread."""

    def start(self, shortcut: str, pressed: Told, released: Told, heard: Heard, changed: Changed) -> None:
        """Begin to hear `shortcut` instead of what was heard before; returns at once. Raises `UsageError` for nonsense.

        `pressed()` and `released()` alternate; a key that is held when the hearing ends counts as released.
        `heard(text)` gets what arrives, for a test panel: "F9 down", "F9 up".
        `changed(Ready)` says that the key is had from now on, `detail` being the system's name for it (the portal lets
        the user choose another one). `changed(NotReady)` says that it could not be had, or was lost.
        """

    def stop(self) -> None:
        """Give the key back, within 2 s even when the system hangs. A key that is held counts as released."""


@dataclass(slots=True)
class Reports:
    """What a key reports while it is heard. Presses and releases alternate, whatever the system sends.

    Once it is `over`, because it was told to stop, only the release of a key that is held remains to be said.
    """

    shortcut: Shortcut
    pressed: Told
    released: Told
    heard: Heard
    changed: Changed
    held: bool = field(default=False, init=False)
    over: bool = field(default=False, init=False)

    def down(self) -> None:
        """The key went down."""
        if self.over:
            return
        self.heard(f"{self.shortcut} down")
        if not self.held:
            self.held = True
            self.pressed()

    def up(self) -> None:
        """The key came up."""
        if not self.over:
            self.heard(f"{self.shortcut} up")
        self.let_go()

    def let_go(self) -> None:
        """Nobody will say any more when the key comes up."""
        if self.held:
            self.held = False
            self.released()

    def had(self, system_name: str = "") -> None:
        """The key is heard from now on."""
        self._change(Ready(system_name or str(self.shortcut)))

    def lost(self, reason: NotReady) -> None:
        """The key is not heard, or not any more."""
        self.let_go()
        self._change(reason)

    def _change(self, readiness: Readiness) -> None:
        if not self.over:
            self.changed(readiness)


def best() -> GlobalKey:
    """The global key for the system and the session that this program runs in."""
    if sys.platform in ("win32", "darwin"):
        from voicebot.desktop.global_key.pynput_key import PynputKey

        return PynputKey()
    if _is_wayland() or not os.environ.get("DISPLAY"):
        from voicebot.desktop.global_key.portal import PortalKey

        return PortalKey()
    from voicebot.desktop.global_key.x11 import X11Key

    return X11Key()


def _is_wayland() -> bool:
    """Under Wayland `DISPLAY` is set too, but an X11 grab hears only what is typed into X11 programs."""
    session = os.environ.get("XDG_SESSION_TYPE", "")
    return session == "wayland" or (session != "x11" and bool(os.environ.get("WAYLAND_DISPLAY")))
