"""What is kept of what the person said: where it lies, how much it is, and away with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from voicebot.catalogue import in_units
from voicebot.desktop.core import Core
from voicebot.recordings import forget_all, kept
from voicebot.resources import Home

if TYPE_CHECKING:
    from voicebot.assistant import Assistant


class Privacy(QObject):
    """`count` recordings that take `size`, in words, in the folder `place`."""

    changed = Signal()
    deleted = Signal(int)
    """So many recordings were deleted."""
    _counted = Signal(object)
    _made = Signal(str)

    def __init__(self, core: Core, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._home = home
        self._count, self._bytes = 0, 0
        self._counted.connect(self._take)
        self._made.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        self.deleted.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        folder = self._home.recordings
        self._core.work(lambda: kept(folder), self._counted.emit)

    @Slot()
    def openFolder(self) -> None:
        """Show the recordings in the system's file manager."""
        folder = self._home.recordings
        self._core.work(lambda: folder.mkdir(parents=True, exist_ok=True), lambda _: self._made.emit(str(folder)))

    @Slot()
    def deleteAll(self) -> None:
        """Delete every recording; the words stay."""
        self._core.ask(self._forgotten, self.deleted.emit)

    async def _forgotten(self, assistant: Assistant) -> int:
        return await forget_all(assistant.history, self._home.recordings)

    def _take(self, found: tuple[int, int]) -> None:
        self._count, self._bytes = found
        self.changed.emit()

    count = Property(int, lambda self: self._count, notify=changed)
    size = Property(str, lambda self: in_units(self._bytes), notify=changed)
    place = Property(str, lambda self: str(self._home.recordings), constant=True)
