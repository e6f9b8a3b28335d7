"""The global talk key under Wayland: org.freedesktop.portal.GlobalShortcuts, versions 1 and 2.

The desktop asks the user once, and may bind another key than the one that was preferred. The interface is described at
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
"""

from __future__ import annotations

import socket
from functools import partial

from voicebot.desktop.global_key.base import Changed, Heard, Reports, Told
from voicebot.desktop.global_key.hearing import Hearing
from voicebot.desktop.global_key.shortcut import Shortcut
from voicebot.readiness import NotReady, Readiness
from voicebot.resources import APP_ID

NO_JEEPNEY = NotReady("jeepney is not installed", "pip install jeepney")


class PortalKey:
    """A key that the desktop's portal gives to the program `app_id`."""

    name = "portal"

    def __init__(self, app_id: str = APP_ID) -> None:
        self._app_id = app_id
        self._hearing = Hearing("global-key-portal")

    def ready(self) -> Readiness:
        try:
            from voicebot.desktop.global_key.portal_session import look
        except ImportError:
            return NO_JEEPNEY
        return look()

    def start(self, shortcut: str, pressed: Told, released: Told, heard: Heard, changed: Changed) -> None:
        reports = Reports(Shortcut.parse(shortcut), pressed, released, heard, changed)
        self._hearing.begin(reports, partial(_hear, self._app_id))

    def stop(self) -> None:
        self._hearing.end()


def _hear(app_id: str, reports: Reports, stopped: socket.socket) -> None:
    try:
        from voicebot.desktop.global_key.portal_session import hear
    except ImportError:
        reports.lost(NO_JEEPNEY)
    else:
        hear(app_id, reports, stopped)
