"""What the screen tells of the program itself: its version, its changes, and the licences of everything inside."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from voicebot import __version__
from voicebot.about import Component, changes, components, licence_texts
from voicebot.desktop.core import Core


class About(QObject):
    """`parts` are read when they are first asked for; `changed` brings them."""

    changed = Signal()
    _found = Signal(object)

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._parts: list[Component] = []
        self._changes: list[str] = []
        self._found.connect(self._take)

    @Slot()
    def refresh(self) -> None:
        if not self._parts:
            self._core.work(lambda: (components(), changes()), self._found.emit)

    @Slot()
    def openTexts(self) -> None:
        """Show the licences' texts in the system's file manager."""
        folder = licence_texts()
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _take(self, found: tuple[list[Component], list[str]]) -> None:
        self._parts, self._changes = found
        self.changed.emit()

    def _rows(self) -> list[dict[str, str]]:
        return [{"name": one.name, "version": one.version, "licence": one.licence} for one in self._parts]

    version = Property(str, lambda _: __version__, constant=True)
    parts = Property(list, _rows, notify=changed)
    changes = Property(list, lambda self: self._changes, notify=changed)
    hasTexts = Property(bool, lambda _: licence_texts() is not None, constant=True)
