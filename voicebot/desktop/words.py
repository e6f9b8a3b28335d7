"""What the core says, in the language of the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from voicebot.wording import Wording


class Words(QObject):
    changed = Signal()

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self._wording = Wording(language)

    def use(self, language: str) -> None:
        self.language = language
        self._wording = Wording(language)
        self.changed.emit()

    def text(self, english: str) -> str:
        return self._wording.text(english)

    def line(self, what: str, why: str, fix: str) -> str:
        return self._wording.line(what, why, fix)
