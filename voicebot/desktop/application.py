"""The window's program: one instance, the screen, the core behind it, and an orderly end."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QApplication

from voicebot.desktop.core import Core
from voicebot.desktop.instance import Instance, with_files
from voicebot.desktop.keyboard import SpaceKey
from voicebot.desktop.opened_files import OpenedFiles
from voicebot.desktop.rendering import choose_renderer
from voicebot.desktop.root import Root
from voicebot.desktop.tray import Tray, drawn
from voicebot.engines import Names, usable
from voicebot.errors import DeviceError, VoicebotError
from voicebot.events import NO_TURN, Event, Notice
from voicebot.resources import APP_ID, data_root
from voicebot.session import Session, session

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

KOREAN_FONTS = ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo")
M_ARENA_MAX = -8
POLLED = 200
"""Milliseconds between two looks for Ctrl-C: Python's handlers run only when Python does."""


def open_window(names: Names, *, talk: bool = False, background: bool = False, files: Sequence[str] = ()) -> int:
    """Open the window, or raise the one that is there; with `talk`, tap its talk key instead.

    With `background` it stays in the tray, where there is one; `files` are put on the page that transcribes them.

    Ends when the person quits; returns the exit status. Raises VoicebotError.
    """
    _share_memory_pools()
    choose_renderer()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("voicebot")
    application.setApplicationDisplayName("Voicebot")
    application.setDesktopFileName(APP_ID)
    application.setQuitOnLastWindowClosed(False)
    font = application.font()
    font.setFamilies([font.family(), *KOREAN_FONTS])
    application.setFont(font)
    with session(forgiving=True) as opened:
        instance = Instance(opened.home.data)
        if instance.is_first():
            return Program(application, opened, instance, names, background and Tray.is_there(), files).run()
        if files:
            instance.tell(with_files(files))
        elif not background:
            instance.tell("talk" if talk else "show")
        return 0


class Program:
    """Everything that lives as long as the window."""

    def __init__(
        self, application: QApplication, opened: Session, instance: Instance, names: Names,
        background: bool = False, files: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self._application = application
        self._background = background
        self._files = list(files)
        self._opened = opened
        self._instance = instance
        emit: list[Callable[[Event], None]] = []
        self.core = Core(partial(_make, opened, names, lambda event: emit[0](event)), lambda event: emit[0](event))
        self.root = Root(self.core, opened, names)
        emit.append(self.root.events.emit)
        self.engine = QQmlApplicationEngine()
        self.tray: Tray | None = None

    def run(self) -> int:
        application = self._application
        application.setWindowIcon(QIcon(drawn("#5b6472", muted=False)))
        window = self._load()
        self.core.start()  # not before: it loads much, and takes the interpreter from the screen
        keys = SpaceKey(window, self.root.talk)
        window.installEventFilter(keys)
        self._instance.asked.connect(self._asked)
        self._instance.given.connect(self._transcribe)
        opened = OpenedFiles(self._transcribe, application)
        application.installEventFilter(opened)
        self.root.keys.start()
        application.aboutToQuit.connect(self._end)
        if self._background:
            QTimer.singleShot(0, self._begin)
        else:
            window.frameSwapped.connect(self._begin, Qt.ConnectionType.SingleShotConnection)
        if self._files:
            self.root.transcribe(self._files)
        signal.signal(signal.SIGINT, lambda *_: application.quit())
        signal.signal(signal.SIGTERM, lambda *_: application.quit())
        ticking = QTimer(interval=POLLED)
        ticking.timeout.connect(lambda: None)
        ticking.start()
        status = int(application.exec())
        self.engine.deleteLater()  # before what its screens look at
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return status

    def _load(self) -> QQuickWindow:
        self.engine.addImportPath(str(data_root() / "ui"))
        self.root.appearance.languageChanged.connect(self.engine.retranslate)
        self.engine.setInitialProperties({"app": self.root, "visible": not self._background})
        self.engine.quit.connect(self._application.quit)
        self.engine.load(QUrl.fromLocalFile(str(data_root() / "ui" / "Main.qml")))
        found = self.engine.rootObjects()
        if not found or not isinstance(found[0], QQuickWindow):
            raise VoicebotError("the window cannot be drawn", "its files are damaged", "install Voicebot again")
        return found[0]

    def _begin(self) -> None:
        """The first frame is on the screen."""
        self.root.begin()
        for fault in self._opened.faults:
            self.root.apply(Notice(NO_TURN, str(fault), fix=fault.fix))
        self._show_tray()
        self.root.preferences.changed.connect(lambda name: self._show_tray() if name == "desktop.tray" else None)
        self.root.start_at_login(again=True)

    def _show_tray(self) -> None:
        """Have a tray icon, or none, as the settings want it."""
        wanted = self.root.preferences.settings.desktop.tray and Tray.is_there()
        if wanted and self.tray is None:
            self.tray = Tray(self.root.talk, self._show, self._application.quit)
            self.root.appearance.languageChanged.connect(self.tray.update)
        if self.tray is not None:
            self.tray.be_there(wanted)
        self.root.setProperty("hasTray", wanted)

    def _asked(self, command: str) -> None:
        if command == "talk":
            self.root.talk.tap()
        else:
            self._show()

    def _transcribe(self, files: list[str]) -> None:
        self._show()
        self.root.transcribe(files)

    def _show(self) -> None:
        window: Any = self.engine.rootObjects()[0]
        window.show()
        window.raise_()
        window.requestActivate()

    def _end(self) -> None:
        if self.tray is not None:
            self.tray.be_there(False)
        for window in self.engine.rootObjects():
            if isinstance(window, QQuickWindow):
                window.hide()
        self.root.keys.close()
        self.root.preferences.flush()
        self.core.close()
        self._instance.close()


def _share_memory_pools() -> None:
    """glibc gives every thread a pool of its own, up to eight a core, and keeps what lies free in each (mallopt(3))."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


async def _make(opened: Session, names: Names, tell: Callable[[Event], None]) -> Assistant:
    """The assistant, as the settings have it; without a speaker the answers are shown.

    An engine of the settings that there is not is told, and another one stands in: it can be changed in the window.
    """
    import voicebot.desktop.markdown as markdown  # all of this here, for the window is drawn without it
    from voicebot.audio.portaudio import PortAudioCard
    from voicebot.building import build
    from voicebot.llm.timers import Timers

    markdown.reader()  # loaded before the first answer needs it
    card = PortAudioCard()
    holder: list[Assistant] = []
    timers = Timers(lambda text, language: holder[0].announce(text, language))
    opened.workshop.timers = timers
    try:
        silent = not any(device.outputs for device in await card.devices())
    except DeviceError:
        silent = True
    names, wrong = usable(opened.workshop, names)
    for error in wrong:
        tell(Notice(NO_TURN, error.what, error.why, error.fix))
    assistant = build(names, opened, card=card, silent=silent, indexes=True)
    holder.append(assistant)
    assistant.on_close.append(timers.close)
    return assistant
