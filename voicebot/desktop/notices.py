"""What the window tells the person beside the conversation: a line that passes, and one that stays while it is true."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.words import Words
from voicebot.events import NO_TURN, DeviceFound, DeviceLost, Event, Failed, Notice


class Notices(QObject):
    """`said` passes by; `banner` stays until the device is back or the person closes it."""

    said = Signal(str, str)
    """The line, and "failure" or "notice"."""
    bannerChanged = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lost: dict[str, DeviceLost] = {}
        words.changed.connect(self.bannerChanged)

    def apply(self, event: Event) -> None:
        match event:
            case Failed() if event.turn == NO_TURN:
                self.tell(event)
            case Notice():
                self.said.emit(self._words.line(event.what, event.why, event.fix), "notice")
            case DeviceLost():
                self._lost[event.device] = event
                self.bannerChanged.emit()
            case DeviceFound():
                self._lost.pop(event.device, None)
                self.bannerChanged.emit()

    def tell(self, failure: Failed) -> None:
        """Say what went wrong, where no message on the screen can."""
        self.said.emit(self._words.line(failure.what, failure.why, failure.fix), "failure")

    @Slot()
    def dismiss(self) -> None:
        self._lost.clear()
        self.bannerChanged.emit()

    def _banner(self) -> str:
        return next((self._words.line(lost.what, "", lost.fix) for lost in self._lost.values()), "")

    banner = Property(str, _banner, notify=bannerChanged)
