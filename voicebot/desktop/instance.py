"""One Voicebot for one person: a second start asks the first to show itself, and ends."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LIMIT = 1000
"""Milliseconds that the first one may take to answer; it only has to read a word."""
AGAIN = 20
"""Milliseconds between two attempts to reach it."""
COMMANDS = ("show", "talk")
TRANSCRIBE = "transcribe "
"""Before the paths of files, as JSON."""
LONGEST = 65_536
"""Bytes of a line: some hundred paths."""


class Instance(QObject):
    """`asked` brings what another start asked for: "show", or "talk" (a tap of the talk key); `given` its files."""

    asked = Signal(str)
    given = Signal(list)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._name = name_for(home)
        self._lock = FileLock(home / "instance.lock")
        self._sockets: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def is_first(self) -> bool:
        """Whether this one is the first; from now on it then hears the others.

        A lock decides, for the system lets go of it in a crash; a server's name would be taken over while it is in use.
        """
        self._home.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Let another one be the first."""
        self._server.close()
        self._lock.release()

    def tell(self, command: str) -> bool:
        """Ask the first one for something; False when there is none."""
        socket, limit = QLocalSocket(), QDeadlineTimer(LIMIT)
        socket.connectToServer(self._name)
        while not socket.waitForConnected(LIMIT):  # it may be starting itself, and not yet hear
            if limit.hasExpired():
                return False
            QThread.msleep(AGAIN)
            socket.connectToServer(self._name)
        socket.write(command.encode() + b"\n")
        socket.waitForBytesWritten(LIMIT)
        socket.disconnectFromServer()
        return True

    def _take(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._sockets.append(socket)
            socket.readyRead.connect(self._read_all)
            socket.disconnected.connect(self._read_all)
        self._read_all()

    def _read_all(self) -> None:
        for socket in self._sockets[:]:
            self._read(socket)
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState and socket in self._sockets:
                self._sockets.remove(socket)
                socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        socket.setReadBufferSize(LONGEST)
        while socket.canReadLine():
            line = bytes(socket.readLine().data()).decode(errors="replace").strip()
            if line in COMMANDS:
                self.asked.emit(line)
            elif line.startswith(TRANSCRIBE):
                self.given.emit(_paths(line.removeprefix(TRANSCRIBE)))
        if socket.bytesAvailable() >= LONGEST:  # no word of ours is so long
            socket.abort()


def with_files(files: Sequence[str]) -> str:
    """The command that hands over files; too many for a line are left out."""
    kept = list(files)
    while len(command := TRANSCRIBE + json.dumps(kept)) >= LONGEST:
        kept.pop()
    return command


def _paths(text: str) -> list[str]:
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
    return []


def name_for(home: Path) -> str:
    """Another home is another Voicebot."""
    return f"voicebot-{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
