"""The window as a person starts it, telling when it was drawn, when it could be talked to, and how it kept up.

Prints JSON lines: {"first_frame": t}, {"ready": t} (seconds of the wall clock), and at the end of a long answer into a
conversation of `MESSAGES` messages {"frames", "late", "stall"}: frames drawn, those more than 16 ms after the one
before while something changed, and the longest time in milliseconds in which the GUI thread did nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

from voicebot.cli.main import main
from voicebot.desktop import application
from voicebot.desktop.entries import Entry, Role, Status

MESSAGES = 10_000
FRAME = 1 / 60
BEAT = 2
"""Milliseconds between two beats of the GUI thread."""


class Watch(QObject):
    """Sits beside the program; `long` makes it fill the conversation and have a long answer streamed."""

    def __init__(self, program: Any, window: QQuickWindow, long: bool) -> None:
        super().__init__()
        self._root = program.root
        self._window = window
        self._long = long
        self._frames: list[float] = []
        self._beats: list[float] = []
        self._told: set[str] = set()
        window.frameSwapped.connect(self._drawn, Qt.ConnectionType.DirectConnection)
        self._root.talk.changed.connect(self._changed)
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(lambda: self._beats.append(time.perf_counter()))

    def _drawn(self) -> None:
        self._tell("first_frame")
        self._frames.append(time.perf_counter())

    def _changed(self) -> None:
        if self._root.talk.property("microphone") != "closed":
            self._tell("ready")
        if self._long and "ready" in self._told and "asked" not in self._told:
            self._told.add("asked")
            QTimer.singleShot(1000, self._ask)
        if self._beat.isActive() and self._root.talk.property("state") == "idle" and len(self._beats) > 1000:
            self._end()

    def _tell(self, what: str) -> None:
        if what not in self._told:
            self._told.add(what)
            print(json.dumps({what: time.time()}), flush=True)

    def _ask(self) -> None:
        conversation = self._root.conversation
        plain = Entry(0, Role.USER, Status.SAID, "What did I say before this?", typed=True)
        conversation.beginResetModel()
        conversation._entries = [
            replace(plain, turn=-MESSAGES + number, role=(Role.USER, Role.ASSISTANT)[number % 2], sentences={})
            for number in range(MESSAGES)
        ]
        conversation.endResetModel()
        self._root.ask("tell me everything")
        QTimer.singleShot(500, self._begin)

    def _begin(self) -> None:
        self._frames.clear()
        self._beats.clear()
        self._beat.start()

    def _end(self) -> None:
        self._beat.stop()
        gaps = [later - before for before, later in zip(self._frames, self._frames[1:], strict=False)]
        beats = [later - before for before, later in zip(self._beats, self._beats[1:], strict=False)]
        told = {"frames": len(gaps), "late": sum(gap > FRAME * 1.5 for gap in gaps), "stall": 1000 * max(beats)}
        print(json.dumps(told), flush=True)


def watched(long: bool) -> None:
    load = application.Program._load

    def loaded(program: application.Program) -> QQuickWindow:
        window = load(program)
        program.watch = Watch(program, window, long)  # type: ignore[attr-defined]
        return window

    application.Program._load = loaded  # type: ignore[method-assign]


if __name__ == "__main__":
    watched("--long" in sys.argv)
    sys.exit(main([word for word in sys.argv[1:] if word != "--long"]))
