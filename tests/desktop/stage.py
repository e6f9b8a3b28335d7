"""The window without a screen: the real models and the real QML over a core with scripted engines.

A process has one Qt application, so a check runs in a process of its own: `apart(check)` in a test starts it there.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    Q_ARG,
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QMetaObject,
    QObject,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAccessible, QImage, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtWidgets import QApplication

from tests.desktop.shelf import Shelf
from tests.desktop.tree import nodes
from tests.screenshots.said import Conversation, fill
from voicebot.assistant import Assistant
from voicebot.building import build
from voicebot.desktop.core import Core
from voicebot.desktop.keyboard import SpaceKey
from voicebot.desktop.root import Root
from voicebot.engines import Names
from voicebot.resources import data_root
from voicebot.session import Session, session

SECTIONS = ("sound", "hearing", "thinking", "speaking", "talking", "models", "documents", "looks", "privacy", "keys")
"""Of the settings."""
STEPS = 3
"""Of the first minute."""
LIMIT = 30.0
"""Seconds for anything to come about on a busy machine."""
UI = data_root() / "ui"


def apart(check: Callable[[], None], **environment: str) -> None:
    """Run a check of a test file in a process of its own; what it says of a failure is the test's."""
    plain = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", f"from {check.__module__} import {check.__name__} as check; check()"],
        env={**os.environ, **plain, **environment}, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


class Stage:
    """`root` is what the screens are given, `window` the newest one that was loaded."""

    def __init__(self, opened: Session, shelf: Shelf | None = None) -> None:
        emit: list[Callable[[Any], None]] = []
        self.application = QApplication.instance() or QApplication(sys.argv[:1])
        self.core = Core(lambda: _made(opened, shelf), lambda event: emit[0](event))
        self.root = Root(self.core, opened, Names())
        emit.append(self.root.events.emit)
        self.looked_at: QWindow | None = None
        """Another window than the main one, whose nodes are wanted."""
        self.warnings: list[str] = []
        self._engine: QQmlApplicationEngine | None = None
        qInstallMessageHandler(self._told)

    def _told(self, kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            self.warnings.append(text)

    def begin(self) -> None:
        """Start the core, and wait for the conversation that was held last."""
        self.core.start()
        self.root.begin()
        self.wait_until(lambda: self.root.conversations.rowCount() > 0, "the conversations")
        self.wait_until(lambda: self.root.conversation.rowCount() > 0, "the messages")
        self.wait_until(lambda: self.root.engines.property("ready")["llm"], "the engines")

    def load(self) -> None:
        """Load the window anew."""
        self.unload()
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(UI))
        self._engine.setInitialProperties({"app": self.root})
        self.root.appearance.languageChanged.connect(self._engine.retranslate)
        self._engine.load(QUrl.fromLocalFile(str(UI / "Main.qml")))
        assert self._engine.rootObjects(), self.warnings
        self._space = SpaceKey(self.window, self.root.talk)
        self.window.installEventFilter(self._space)
        self.window.requestActivate()
        self.settle()

    def unload(self) -> None:
        if self._engine is not None:
            self.root.appearance.languageChanged.disconnect(self._engine.retranslate)
            self.window.close()
            self._engine.deleteLater()
            self._engine = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def engine(self) -> QQmlApplicationEngine:
        assert self._engine is not None
        return self._engine

    @property
    def window(self) -> QQuickWindow:
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def resize(self, width: int, height: int = 720) -> None:
        self.window.resize(width, height)
        self.settle()

    def show_settings(self, section: str) -> None:
        """Open the settings at a section."""
        QMetaObject.invokeMethod(self.window, "showSettings", Q_ARG(str, section))
        self._look_around()

    def show_first_minute(self, step: int) -> None:
        """Open the first minute at a step, which counts from 0."""
        self.window.setProperty("page", "welcome")
        self.settle()
        minute = next(one for one in self.everything() if "FirstMinute_QMLTYPE" in one.metaObject().className())
        minute.setProperty("step", step)
        self._look_around()

    def uncover(self) -> None:
        """Show the conversation again."""
        QMetaObject.invokeMethod(self.window, "uncover")
        self.settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # no event loop runs to do it

    def _look_around(self) -> None:
        """Wait for what the page asked the core for: engines, devices, keys, servers."""
        asked: list[int] = []
        self.core.work(lambda: 0, asked.append)
        self.wait_until(lambda: asked, "the core")
        self.wait_until(lambda: self.root.engines.property("rows")["llm"], "the engines")
        self.wait_until(lambda: not self.root.brain.property("looking"), "the servers")
        self.settle()

    def settle(self) -> None:
        """Let what was queued happen; nothing is waited for."""
        for _ in range(5):
            self.application.processEvents()

    def picture(self) -> QImage:
        self.settle()
        return self.window.grabWindow()

    def nodes(self) -> list[dict[str, Any]]:
        QAccessible.setActive(True)
        return list(nodes(QAccessible.queryAccessibleInterface(self.looked_at or self.window)))

    def everything(self) -> list[QObject]:
        """Every item and object of the window, also those that lists and loaders have made."""
        found: dict[int, QObject] = {}
        waiting: list[QObject] = [self.window, self.window.contentItem()]
        while waiting:
            one = waiting.pop()
            if id(one) not in found:
                found[id(one)] = one
                waiting += one.children()
                waiting += one.childItems() if isinstance(one, QQuickItem) else []
        return list(found.values())

    def wait_until(self, holds: Callable[[], Any], what: str) -> Any:
        deadline = time.monotonic() + LIMIT
        while not (found := holds()):
            assert time.monotonic() < deadline, f"{what} did not come about"
            self.application.processEvents()
            time.sleep(0.005)
        return found


@contextmanager
def stage(conversations: Sequence[Conversation], language: str = "en", shelf: Shelf | None = None) -> Iterator[Stage]:
    """A window over conversations and documents, until the end of the block. A warning of Qt's fails it."""
    os.environ["VOICEBOT_DESKTOP_REDUCED_MOTION"] = "true"
    os.environ["VOICEBOT_DESKTOP_LANGUAGE"] = language
    with session() as opened:
        asyncio.run(fill(opened.home.history_file, language, conversations))
        shown = Stage(opened, shelf)
        shown.begin()
        shown.load()
        try:
            yield shown
        finally:
            shown.unload()
            shown.root.keys.close()
            shown.core.close()
            qInstallMessageHandler(None)
        assert not shown.warnings, "\n".join(dict.fromkeys(shown.warnings))


async def _made(opened: Session, shelf: Shelf | None) -> Assistant:
    replies = Path(os.environ["VOICEBOT_HOME"], "replies.md")
    await asyncio.to_thread(replies.write_text, "It is so.")
    assistant = build(Names("scripted", f"scripted:{replies}", "scripted"), opened, silent=True)
    if shelf is not None:
        assistant.documents = shelf  # type: ignore[assignment]
    return assistant
