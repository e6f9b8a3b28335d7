"""The tray's icon: it tells the state, in the language of now, and does what its menu says."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from voicebot.desktop.core import Core
from voicebot.desktop.talk import Talk
from voicebot.desktop.tray import Tray, drawn
from voicebot.events import State, StateChanged

application = QApplication(sys.argv)
done = []
async def nothing():
    raise RuntimeError
talk = Talk(Core(nothing, print), lambda name, value: None, hands_free=False, armed=False)
talk.open = lambda: None
tray = Tray(talk, lambda: done.append("show"), lambda: done.append("quit"))
words = lambda: [action.text() for action in tray._menu.actions() if action.text()]
assert words() == ["Talk", "Mute the microphone", "Show Voicebot", "Quit"], words()
assert tray._icon.toolTip() == "Voicebot: ready"
talk.apply(StateChanged(1, State.SPEAKING))
assert words()[0] == "Stop"
assert tray._icon.toolTip() == "Voicebot: speaking"
tray._muting.trigger()
assert talk.property("muted") and tray._icon.toolTip() == "Voicebot: muted"
tray._showing.trigger()
tray._quitting.trigger()
assert done == ["show", "quit"]
pictures = {drawn(colour, muted).toImage().pixelColor(32, 32).name() + str(muted)
            for colour in ("#112233", "#445566") for muted in (False, True)}
assert len(pictures) == 4
"""


def test_the_tray() -> None:
    """In a process of its own: an application with widgets is one for each process."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
