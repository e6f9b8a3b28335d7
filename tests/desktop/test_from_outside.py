"""In the real window: what is inside is told, starting with the computer is switched on, files come from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QFileOpenEvent

from tests.desktop.app import App, Screen, app
from voicebot import __version__, autostart
from voicebot.desktop.instance import LONGEST, with_files
from voicebot.desktop.opened_files import OpenedFiles


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def recordings(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_bytes(b"not really sound")
    return [str(folder / name) for name in names]


def test_about_tells_what_is_inside_and_login_starts_it(display: Screen, config: Path, tmp_path: Path) -> None:
    with app(display) as running:
        running.click("Settings", "Button")
        running.click("About", "Button")
        running.wait_for(f"Voicebot {__version__}")
        running.wait_until(lambda: any(name.startswith("PySide6_Essentials ") for name in running.names()), "Qt's part")
        running.click("Looks", "Button")
        assert not autostart.entry_file().exists()
        running.click("Start Voicebot too")
        running.wait_until(autostart.entry_file().exists, "the entry")
        running.click("Start Voicebot too")
        running.wait_until(lambda: not autostart.entry_file().exists(), "its end")


def test_files_of_a_second_start_are_put_on_their_page(display: Screen, tmp_path: Path) -> None:
    first, second = recordings(tmp_path, "first one.wav", "둘째.mp4")
    with app(display, "window", "--transcribe", first, talk="Back to the conversation") as running:
        shows(running, "first one.wav")
        command = [sys.executable, "-m", "voicebot", "--transcribe", second]
        subprocess.run(command, env={**os.environ, "DISPLAY": display.name}, check=True, timeout=60)
        shows(running, "둘째.mp4")


def shows(running: App, name: str) -> None:
    running.wait_until(lambda: any(name in one for one in running.names()), name)


def test_so_many_files_that_they_fill_a_line_are_cut() -> None:
    command = with_files([f"/home/me/{number:05}.wav" for number in range(10_000)])
    assert len(command) < LONGEST
    assert "/home/me/00000.wav" in command


@pytest.mark.usefixtures("qt")
def test_macos_hands_over_a_file_as_an_event(tmp_path: Path) -> None:
    taken: list[list[str]] = []
    [file] = recordings(tmp_path, "a.wav")
    assert OpenedFiles(taken.append).eventFilter(QObject(), QFileOpenEvent(file))
    assert taken == [[file]]
