"""The icon in the tray: what Voicebot is doing, and talk, mute, show and quit in its menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from voicebot.desktop.talk import Talk

SIZE = 64
COLOURS = {
    "idle": "#8a8f98",
    "listening": "#d9480f",
    "transcribing": "#b7791f",
    "thinking": "#b7791f",
    "speaking": "#2b8a3e",
}
"""On light and dark panels alike; the state is in the tool tip too, for those who see no colours."""


class Tray(QObject):
    """`show` and `quit` are what the window's owner does."""

    def __init__(self, talk: Talk, show: Callable[[], None], quit_all: Callable[[], None]) -> None:
        super().__init__()
        self._talk = talk
        self._show = show
        self._icon = QSystemTrayIcon(self)
        self._menu = QMenu()
        self._talking = self._menu.addAction("")
        self._talking.triggered.connect(self._talk_or_stop)
        self._muting = self._menu.addAction("")
        self._muting.setCheckable(True)
        self._muting.triggered.connect(lambda muted: talk.setProperty("muted", muted))
        self._menu.addSeparator()
        self._showing = self._menu.addAction("", show)
        self._quitting = self._menu.addAction("", quit_all)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._clicked)
        talk.changed.connect(self.update)
        self.update()

    @staticmethod
    def is_there() -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def update(self) -> None:
        """Show the state, in the language of now."""
        state, muted = str(self._talk.property("state")), bool(self._talk.property("muted"))
        self._icon.setIcon(QIcon(drawn(COLOURS[state], muted)))
        self._icon.setToolTip(f"Voicebot: {self._name(state, muted)}")
        self._talking.setText(self.tr("Talk") if state == "idle" else self.tr("Stop"))
        self._muting.setText(self.tr("Mute the microphone"))
        self._muting.setChecked(muted)
        self._showing.setText(self.tr("Show Voicebot"))
        self._quitting.setText(self.tr("Quit"))

    def be_there(self, there: bool) -> None:
        """Show the icon, or take it away."""
        self._icon.setVisible(there)

    def _name(self, state: str, muted: bool) -> str:
        if muted:
            return self.tr("muted")
        return {
            "idle": self.tr("ready"),
            "listening": self.tr("listening"),
            "transcribing": self.tr("recognising"),
            "thinking": self.tr("thinking"),
            "speaking": self.tr("speaking"),
        }[state]

    def _talk_or_stop(self) -> None:
        if self._talk.property("state") == "idle":
            self._talk.tap()
        else:
            self._talk.stop()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._show()


def drawn(colour: str, muted: bool) -> QPixmap:
    """Voicebot's mark, three bars of a voice, in a colour; struck out when muted."""
    picture = QPixmap(SIZE, SIZE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for x, height in ((10, 24), (26, 48), (42, 32)):
        painter.drawRoundedRect(QRectF(x, (SIZE - height) / 2, 12, height), 6, 6)
    if muted:
        painter.setPen(QPen(QColor(colour), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(8, 56), QPointF(56, 8))
    painter.end()
    return picture
