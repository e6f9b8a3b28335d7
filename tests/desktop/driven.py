"""The program as a person starts it, answering besides what stands on its screen: JSON lines in, JSON lines out.

    python -m tests.desktop.driven window --stt sphinx

It changes nothing in the program: it looks at it from the same process, as an assistive technology would.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QWindow
from PySide6.QtQuick import QQuickWindow

from tests.desktop.tree import nodes


class Observer(QObject):
    """Answers on the GUI's thread, one request after another."""

    def __init__(self) -> None:
        super().__init__()
        self._request = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._request = line
            QMetaObject.invokeMethod(self, "answer", Qt.ConnectionType.BlockingQueuedConnection)

    @Slot()
    def answer(self) -> None:
        request = json.loads(self._request)
        result = getattr(self, f"_{request.pop('do')}")(**request)
        print(json.dumps(result, ensure_ascii=False), flush=True)

    def _tree(self) -> list[dict[str, Any]]:
        QAccessible.setActive(True)
        return [node for window in windows() for node in nodes(QAccessible.queryAccessibleInterface(window))]

    def _windows(self) -> list[dict[str, Any]]:
        return [
            {"title": w.title(), "visible": w.isVisible(), "x": w.x(), "y": w.y(), "w": w.width(), "h": w.height()}
            for w in QGuiApplication.topLevelWindows()
        ]

    def _resize(self, width: int, height: int) -> None:
        windows()[0].resize(width, height)

    def _activate(self) -> bool:
        windows()[0].requestActivate()
        return True

    def _grab(self, path: str) -> bool:
        return windows()[0].grabWindow().save(path)

    def _quit(self) -> None:
        QTimer.singleShot(0, QGuiApplication.quit)


def windows() -> list[QQuickWindow]:
    every: list[QWindow] = QGuiApplication.topLevelWindows()
    return [window for window in every if isinstance(window, QQuickWindow) and window.isVisible()]


__all__ = ["QAccessibleInterface"]

if __name__ == "__main__":
    from voicebot.cli.main import main

    QTimer.singleShot(0, lambda: None)
    from voicebot.desktop import application

    plain = application.Program.run

    def watched(program: application.Program) -> int:
        program.observer = Observer()  # type: ignore[attr-defined]
        return plain(program)

    application.Program.run = watched  # type: ignore[method-assign]
    sys.exit(main(sys.argv[1:]))
