"""A window lives for days: no number of signals ends it."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
import voicebot.desktop

class Sender(QObject):
    sent = Signal(int)

application = QCoreApplication([])
sender = Sender()
heard = []
sender.sent.connect(heard.append)
for number in range(20_000):
    sender.sent.emit(number)
print(len(heard), heard[-1] == 19_999)
"""


def test_no_number_of_signals_ends_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout) == (0, "20000 True\n"), done.stderr
