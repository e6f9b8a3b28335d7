"""How the window starts and ends: one instance, a tap from outside, broken settings, Ctrl-C, nothing left over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.cli.program import SCRIPTED, VOICEBOT
from tests.desktop.app import Screen, app
from voicebot.resources import find_home


def start_again(display: Screen, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DISPLAY": display.name}
    return subprocess.run([VOICEBOT, *words], env=environment, capture_output=True, text=True, timeout=60)


def test_a_second_start_raises_the_first(display: Screen) -> None:
    with app(display, "window", *SCRIPTED) as running:
        second = start_again(display)
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert len([one for one in running.do("windows") if one["title"] == "Voicebot"]) == 1


def test_a_tap_from_outside_talks(display: Screen) -> None:
    """Where the desktop gives no global key, it can run a command on one. Without a microphone this says so."""
    with app(display, "window", *SCRIPTED) as running:
        running.wait_gone("Getting scripted ready…")
        assert start_again(display, "--talk").returncode == 0
        running.wait_until(
            lambda: [one for one in running.names() if "microphone" in one.lower() and "Plug" in one]
            or running.find("Listening"),
            "an answer to the tap",
        )


def test_broken_settings_do_not_keep_it_closed(display: Screen) -> None:
    file = find_home().settings_file
    file.parent.mkdir(parents=True)
    file.write_text("[listening]\nmode = 'telepathy'\n", encoding="utf-8")
    with app(display, "window", *SCRIPTED) as running:
        running.wait_until(
            lambda: [one for one in running.names() if "telepathy" in one], "a word on the setting that is wrong"
        )


def test_nothing_is_left_over(display: Screen) -> None:
    with app(display, "window") as running:
        running.wait_gone("Getting sphinx ready…")
        family = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive


def test_without_a_screen_it_talks_in_the_terminal() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [VOICEBOT], env=environment, input="what is two plus two\n", capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "four" in done.stdout.lower()


def test_the_command_line_names_the_window() -> None:
    done = subprocess.run([sys.executable, "-m", "voicebot", "--help"], capture_output=True, text=True, timeout=60)
    assert "window" in done.stdout
    assert Path(VOICEBOT).exists()
