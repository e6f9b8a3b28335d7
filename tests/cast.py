"""The README's picture: a real conversation on the virtual sound card, drawn as SVG. `python -m tests.cast`.

flite asks aloud; what the terminal shows is drawn as it was printed.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path

from tests.sound.server import SoundServer
from tests.sound.speech import flite

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "chat.svg"
QUESTIONS = ("what is seven plus five", "how many days are there until christmas", "what time is it")
TYPED = ("10의 20퍼센트는 얼마야",)
LINE, LEFT, TOP, WIDTH = 22, 24, 64, 860
STYLES = {"you:": "#8ab4f8", "voicebot:": "#e8eaed", "$": "#81c995", "!": "#f28b82"}


def conversation() -> list[str]:
    """What the terminal shows of a conversation."""
    server = SoundServer()
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("voicebot")), "chat", "--hands-free"],
            env={**server.full_environment(), "VOICEBOT_HOME": folder, "TERM": "dumb"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        time.sleep(6.0)
        for number, question in enumerate(QUESTIONS):
            server.speak(flite(question, Path(folder) / f"{number}.wav"))
            time.sleep(6.0)
        for question in TYPED:
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            time.sleep(5.0)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=20)
    server.remove()
    lines = ["$ voicebot chat --hands-free", *printed.splitlines()]
    for question in TYPED:  # the terminal itself echoes what is typed
        answer = next(i for i in range(len(lines) - 1, 0, -1) if lines[i].startswith("voicebot:"))
        lines.insert(answer, question)
    return lines


def drawn(lines: list[str]) -> str:
    """The lines in a terminal window, as SVG."""
    height = TOP + LINE * len(lines) + 16
    rows = [
        f'<text x="{LEFT}" y="{TOP + LINE * number}" fill="{_colour(line)}" xml:space="preserve">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    dots = [
        f'<circle cx="{24 + 20 * n}" cy="22" r="6" fill="{c}"/>'
        for n, c in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    ]
    font = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', monospace"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"',
            f' font-family="{font}" font-size="14">',
            f'<rect width="{WIDTH}" height="{height}" rx="10" fill="#202124"/>',
            *dots,
            *rows,
            "</svg>",
            "",
        ]
    )


def _colour(line: str) -> str:
    return next((colour for start, colour in STYLES.items() if line.startswith(start)), "#9aa0a6")


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn(conversation()), "utf-8")
