"""The program as a person starts it, answering besides what stands on its screen: JSON lines in, JSON lines out.

    python -m tests.desktop.driven window --stt sphinx

It changes nothing in the program: it looks at it from the same process, as an assistive technology would. Three things
around it may be others: its models, which are then those of the folder in TESTS_CATALOGUE, for no test has the bytes
behind a published checksum; the address at which Ollama listens, which is then TESTS_OLLAMA; and PortAudio, whose
microphone refuses as the file in TESTS_MICROPHONE says, for a virtual sound card refuses nobody.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QMimeData, QObject, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QWindow,
)
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.desktop.tree import nodes


class Observer(QObject):
    """Answers on the GUI's thread, one request after another."""

    def __init__(self, root: QObject) -> None:
        super().__init__()
        self._root = root
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
        return small(windows()[0].grabWindow()).save(path, quality=0)

    def _commit(self, text: str) -> bool:
        """Write as an input method does, for no keyboard has every letter."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        return QGuiApplication.sendEvent(QGuiApplication.focusObject(), event)

    def _link(self, address: str) -> list[int] | None:
        """Where on the screen a link stands, for links are no controls of their own."""
        for item in items(windows()[0].contentItem()):
            if item.metaObject().indexOfMethod("linkAt(double,double)") >= 0:
                for x, y in product(range(0, int(item.width()), 6), range(4, int(item.height()), 8)):
                    at = Q_ARG(float, x), Q_ARG(float, y)
                    if QMetaObject.invokeMethod(item, "linkAt", Q_RETURN_ARG(str), *at) == address:
                        place = item.mapToGlobal(x + 3, y)
                        return [round(place.x()), round(place.y())]
        return None

    def _drop(self, paths: list[str]) -> bool:
        """Drop files on the middle of the window, as a file manager does: xdotool cannot."""
        return drop(windows()[0], paths)

    def _hide_in_tray(self) -> bool:
        """Close the window where there is a tray: a virtual screen has none."""
        self._root.setProperty("hasTray", True)
        return windows()[0].close()

    def _quit(self) -> None:
        QTimer.singleShot(0, QGuiApplication.quit)


def drop(window: QQuickWindow, addresses: list[str]) -> bool:
    """Drag files or links to the middle of a window, and drop them; whether they were taken."""
    carried = QMimeData()
    carried.setUrls([QUrl(one) if "://" in one else QUrl.fromLocalFile(one) for one in addresses])
    middle = QPointF(window.width() / 2, window.height() / 2)
    copying, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QGuiApplication.sendEvent(window, QDragEnterEvent(middle.toPoint(), copying, carried, left, none))
    QGuiApplication.sendEvent(window, QDragMoveEvent(middle.toPoint(), copying, carried, left, none))
    dropped = QDropEvent(middle, copying, carried, left, none)
    QGuiApplication.sendEvent(window, dropped)
    return dropped.isAccepted()


def windows() -> list[QQuickWindow]:
    every: list[QWindow] = QGuiApplication.topLevelWindows()
    return [window for window in every if isinstance(window, QQuickWindow) and window.isVisible()]


def items(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from items(child)


def small(image: QImage) -> QImage:
    """The picture with its 256 most frequent colours, the others as the nearest of them."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    colours, where, often = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(often)[::-1][:256]]
    parts, of_kept = (np.stack([c >> 16 & 255, c >> 8 & 255, c & 255], 1).astype(np.int32) for c in (colours, kept))
    nearest = np.concatenate(
        [((some[:, None] - of_kept) ** 2).sum(2).argmin(1) for some in np.array_split(parts, len(parts) // 4096 + 1)]
    )
    indexed = np.ascontiguousarray(nearest.astype(np.uint8)[where].reshape(pixels.shape))
    made = QImage(indexed.data, image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8).copy()
    made.setColorTable([int(colour) for colour in kept])
    return made


def refuse_as(file: Path) -> None:
    """Have the microphone fail as PortAudio fails, with the arguments of its error that `file` holds as JSON."""
    import sounddevice

    class InputStream(sounddevice.InputStream):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            if file.exists():
                what, code, *host = json.loads(file.read_text("utf-8"))
                raise sounddevice.PortAudioError(what, code, *map(tuple, host))
            super().__init__(*args, **kwargs)

    sounddevice.InputStream = InputStream


def listen_at(address: str) -> None:
    """Have Ollama be looked for at another address, and no other server."""
    from voicebot.desktop import brain
    from voicebot.llm.local_servers import find_local_servers

    brain.KNOWN = (("Ollama", address),)  # type: ignore[assignment]
    brain.find_local_servers = lambda: find_local_servers(brain.KNOWN)  # type: ignore[assignment, misc]


if __name__ == "__main__":
    from voicebot.catalogue import Catalogue

    if folder := os.environ.get("TESTS_CATALOGUE"):
        others = Catalogue.load(Path(folder))
        Catalogue.load = lambda root=None: others  # type: ignore[method-assign, assignment]

    if address := os.environ.get("TESTS_OLLAMA"):
        listen_at(address)

    if file := os.environ.get("TESTS_MICROPHONE"):
        refuse_as(Path(file))

    from voicebot.cli.main import main
    from voicebot.desktop import application

    plain = application.Program.run

    def watched(program: application.Program) -> int:
        program.observer = Observer(program.root)  # type: ignore[attr-defined]
        return plain(program)

    application.Program.run = watched  # type: ignore[method-assign]
    sys.exit(main(sys.argv[1:]))
