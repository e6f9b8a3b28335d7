"""The window: seconds from exec to its first frame and until it can be talked to, memory, smoothness, and idle CPU."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.bench.__main__ import CannotRun
from tests.bench.program import SCRIPTED, cpu_seconds, memory, sound_server
from tests.desktop.app import Screen
from tests.sound.server import SoundServer

RUNS = 5
SETTLE = 5.0
SECONDS = 20.0
PARAGRAPH = "Paragraph {} says a **few things** in order, with `code` and a list:\n\n- one\n- two"
LONG_ANSWER = "\n\n".join(PARAGRAPH.format(number) for number in range(40))


def measure() -> dict[str, float]:
    with sound_server() as server, on_a_screen() as screen:
        runs = [started(server, screen) for _ in range(RUNS)]
        first, ready, mib = (median(values) for values in zip(*runs, strict=True))
        return {
            "startup.first_frame_seconds": first,
            "startup.window_ready_seconds": ready,
            "startup.window_mib": mib,
            "idle.window_cpu": idle(server, screen),
            **streaming(server, screen),
        }


@contextmanager
def on_a_screen() -> Iterator[Screen]:
    try:
        screen = Screen()
    except FileNotFoundError:
        raise CannotRun("Xvfb is not installed") from None
    try:
        yield screen
    finally:
        screen.close()


class Window:
    """A running window, read line by line."""

    def __init__(self, server: SoundServer, screen: Screen, *words: str, **settings: str) -> None:
        self._home = tempfile.TemporaryDirectory()
        self.began = time.time()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.watched_window", *words],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**server.full_environment(), "DISPLAY": screen.name, "VOICEBOT_HOME": self._home.name, **settings},
        )  # fmt: skip

    def wait_for(self, what: str) -> dict[str, float]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told: dict[str, float] = json.loads(line)
            if what in told:
                return told
        raise CannotRun("the window ended early")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._home.cleanup()


@contextmanager
def window(server: SoundServer, screen: Screen, *words: str, **settings: str) -> Iterator[Window]:
    running = Window(server, screen, *words, **settings)
    try:
        yield running
    finally:
        running.close()


def started(server: SoundServer, screen: Screen) -> tuple[float, float, float]:
    with window(server, screen, "window", *SCRIPTED) as running:
        first = running.wait_for("first_frame")["first_frame"] - running.began
        ready = running.wait_for("ready")["ready"] - running.began
        time.sleep(SETTLE)
        return first, ready, memory(running.process.pid)


def idle(server: SoundServer, screen: Screen) -> float:
    with window(server, screen, "window", *SCRIPTED, VOICEBOT_LISTENING_ARMED="false") as running:
        running.wait_for("first_frame")
        time.sleep(SETTLE)
        before, began = cpu_seconds(running.process.pid), time.perf_counter()
        time.sleep(SECONDS)
        return (cpu_seconds(running.process.pid) - before) / (time.perf_counter() - began)


def streaming(server: SoundServer, screen: Screen) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        reply = Path(folder, "reply.md")
        reply.write_text(LONG_ANSWER, encoding="utf-8")
        engines = ("--stt", "scripted", "--llm", f"scripted:{reply}", "--tts", "scripted")
        with window(server, screen, "--long", "window", *engines) as running:
            told = running.wait_for("frames")
    return {
        "window.streaming_frames": told["frames"],
        "window.streaming_frames_late": told["late"],
        "window.streaming_stall_ms": told["stall"],
    }


