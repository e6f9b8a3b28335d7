"""Runs tst_*.qml files with Qt Quick Test: `python tests/qml/runner.py -input FILE`.

The files may import `Voicebot.Testing`, whose `Composer` does what a Korean input method does to the field in focus.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtQml import qmlRegisterSingletonType
from PySide6.QtQuickTest import QUICK_TEST_MAIN

UI = Path(__file__).resolve().parents[2] / "ui"


class Composer(QObject):
    """Sends what an input method sends while a syllable is being put together."""

    @Slot(str)
    def compose(self, syllable: str) -> None:
        self._send(QInputMethodEvent(syllable, []))

    @Slot(str)
    def commit(self, syllable: str) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(syllable)
        self._send(event)

    def _send(self, event: QInputMethodEvent) -> None:
        QCoreApplication.sendEvent(QGuiApplication.focusObject(), event)


def main() -> int:
    """0 when every test passed, otherwise how many failed."""
    qmlRegisterSingletonType(Composer, "Voicebot.Testing", 1, 0, "Composer")
    return QUICK_TEST_MAIN("voicebot", [*sys.argv, "-import", str(UI)])


if __name__ == "__main__":
    sys.exit(main())
