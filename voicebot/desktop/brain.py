"""What may think besides the built-in assistant: language model servers found on this machine, one click away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import Preferences
from voicebot.llm.local_servers import LocalServer, find_local_servers


class Brain(QObject):
    """`servers` lists {name, address, models}; `looking` while they are asked."""

    changed = Signal()
    _found = Signal(object)

    def __init__(self, core: Core, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._preferences = preferences
        self._servers: list[LocalServer] = []
        self._looking = False
        self._found.connect(self._take)

    @Slot()
    def refresh(self) -> None:
        """Ask the ports of this machine at which such servers listen."""
        if not self._looking:
            self._looking = True
            self.changed.emit()
            self._core.ask(lambda _: find_local_servers(), self._found.emit)

    @Slot(str, str)
    def use(self, address: str, model: str) -> None:
        """Think with a model of a server that was found."""
        self._preferences.set("llm.base_url", address)
        self._preferences.set("llm.engine", f"openai:{model}")

    def _take(self, servers: list[LocalServer]) -> None:
        self._servers, self._looking = servers, False
        self.changed.emit()

    def _rows(self) -> list[dict[str, Any]]:
        return [{"name": one.name, "address": one.base_url, "models": list(one.models)} for one in self._servers]

    servers = Property(list, lambda self: self._rows(), notify=changed)
    looking = Property(bool, lambda self: self._looking, notify=changed)
