"""One Voicebot for one person: a second start asks the first to show itself, and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LIMIT = 1000
"""Milliseconds that the first one may take to answer; it only has to read a word."""
COMMANDS = ("show", "talk")


class Instance(QObject):
    """`asked` brings what another start asked for: "show", or "talk" (a tap of the talk key)."""

    asked = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_for(home)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def is_first(self) -> bool:
        """Whether this one is the first; from now on it then hears the others."""
        if self._server.listen(self._name):
            return True
        if self.tell(""):
            return False
        QLocalServer.removeServer(self._name)  # what a crash left
        return self._server.listen(self._name)

    def tell(self, command: str) -> bool:
        """Ask the first one for something; False when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(LIMIT):
            return False
        socket.write(command.encode() + b"\n")
        socket.waitForBytesWritten(LIMIT)
        socket.disconnectFromServer()
        return True

    def _take(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        for line in bytes(socket.readAll().data()).decode(errors="replace").splitlines():
            if line in COMMANDS:
                self.asked.emit(line)


def name_for(home: Path) -> str:
    """Another home is another Voicebot."""
    return f"voicebot-{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
