"""One instance: the second start is heard by the first, and nothing else is."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from tests.desktop.running import until
from voicebot.desktop.instance import LONGEST, Instance, name_for

pytestmark = pytest.mark.usefixtures("qt")

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from voicebot.desktop.instance import Instance

application = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print(instance.is_first(), flush=True)
application.exec()
"""


@contextmanager
def started(home: Path) -> Iterator[Instance]:
    instance = Instance(home)
    try:
        yield instance
    finally:
        instance.close()


def test_the_second_is_heard_by_the_first(tmp_path: Path) -> None:
    with started(tmp_path) as first, started(tmp_path) as second:
        asked: list[str] = []
        first.asked.connect(asked.append)
        assert first.is_first()
        assert not second.is_first()
        assert second.tell("show")
        assert second.tell("talk")
        until(lambda: asked == ["show", "talk"], "both")


def test_another_home_is_another_voicebot(tmp_path: Path) -> None:
    with started(tmp_path / "a") as first, started(tmp_path / "b") as second:
        assert first.is_first()
        assert second.is_first()


def test_when_the_first_has_ended_the_next_is_first(tmp_path: Path) -> None:
    with started(tmp_path) as first:
        assert first.is_first()
    with started(tmp_path) as second:
        assert not second.tell("show")
        assert second.is_first()


def test_one_that_was_killed_leaves_the_place(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", FIRST, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    with other:
        assert other.stdout.readline() == "True\n"
        with started(tmp_path) as second:
            assert not second.is_first()
        other.send_signal(signal.SIGKILL)
    with started(tmp_path) as third, started(tmp_path) as fourth:
        assert third.is_first()
        asked: list[str] = []
        third.asked.connect(asked.append)
        assert fourth.tell("show")
        until(lambda: asked == ["show"], "it")


def test_garbage_is_not_heard_and_does_no_harm(tmp_path: Path) -> None:
    with started(tmp_path) as first, started(tmp_path) as second:
        asked: list[str] = []
        first.asked.connect(asked.append)
        assert first.is_first()
        sockets = []
        for garbage in (b"\xff\xfe\x00\n", b"rm -rf\n" * 50, b"show" * LONGEST, b"sho", b""):
            socket = QLocalSocket()
            socket.connectToServer(name_for(tmp_path))
            assert socket.waitForConnected(1000)
            socket.write(garbage)
            socket.flush()
            sockets.append(socket)
        endless = sockets[2]
        until(lambda: endless.state() is QLocalSocket.LocalSocketState.UnconnectedState, "the end of the endless line")
        sockets[3].write(b"w\n")
        sockets[3].flush()
        until(lambda: asked == ["show"], "the word that came in two")
        assert second.tell("talk")
        until(lambda: asked == ["show", "talk"], "the next")
