"""Space as the talk key inside the window: held or tapped, except where it types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtQuick import QQuickWindow

from voicebot.desktop.talk import Talk


class SpaceKey(QObject):
    """An event filter for the window: Space never reaches a focused button, and always reaches a text field."""

    def __init__(self, window: QQuickWindow, talk: Talk) -> None:
        super().__init__(window)
        self._window = window
        self._talk = talk
        self._down = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                return self._is_talk_key(event) and self._key(event)
            case QEvent.Type.FocusOut:
                self._lost()
        return False

    def _is_talk_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if event.type() is QEvent.Type.KeyRelease and self._down:
            return True
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and not self._types()

    def _key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return True
        self._down = event.type() is QEvent.Type.KeyPress
        if self._down:
            self._talk.down()
        else:
            self._talk.up()
        return True

    def _lost(self) -> None:
        if self._down:
            self._down = False
            self._talk.letGo()

    def _types(self) -> bool:
        """Whether what has the focus takes text: it then answers to input methods."""
        focus = QGuiApplication.focusObject()
        if focus is None:
            return False
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QGuiApplication.sendEvent(focus, query)
        return bool(query.value(Qt.InputMethodQuery.ImEnabled))
