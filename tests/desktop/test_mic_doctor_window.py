"""Mic Doctor in the real window, in both languages: each cause is named as `voicebot doctor --json` names it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.app import App, Screen, app
from tests.sound.faults import changed, noise, spoken, square, telephone, unload
from tests.sound.server import SoundServer
from voicebot.desktop.translation import read, source_file
from voicebot.wording import Wording

pytestmark = pytest.mark.timeout(400)
BUSY = ["Error opening InputStream: Device unavailable", -9985]
REFUSED = ["Error opening InputStream: Unanticipated host error", -9999, [0, -13, "Permission denied"]]


class Doctor:
    """The doctor's dialog, and the command line beside it."""

    def __init__(self, running: App, language: str, environment: dict[str, str]) -> None:
        self.running = running
        self._wording = Wording(language)
        self._korean = {english: text for (_, english), text in read(source_file("ko")).items()}
        self._language = language
        self._environment = environment

    def word(self, english: str) -> str:
        return self._korean[english] if self._language == "ko" else english

    def open(self) -> None:
        self.running.click(self.word("Settings"), "Button")
        self.running.click(self.word("Mic Doctor"), "Button")

    def agrees(self, part: str, device: str = "microphone") -> None:
        """The cause that holds `part` is found by both, and the window says it in its language."""
        told = self.from_the_command_line()[device]
        assert part in told["detail"], told
        wanted = {plain(self._wording.line(one, "", "")) for one in (*told["detail"].split(": ", 1), told["fix"])}
        if self._language == "ko":
            assert all(re.search("[가-힣]", one) for one in wanted), wanted
        again = self.word("Look again at the sound")
        self.running.wait_until(lambda: not self.running.wait_for(again)["disabled"], "the end of a look")
        self.running.click(again, "Button")
        self.running.wait_until(lambda: wanted <= set(map(plain, self.running.names())), str(wanted))

    def from_the_command_line(self) -> dict[str, dict[str, str]]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.desktop.driven", "doctor", "--json"],
            capture_output=True, text=True, timeout=120, env={**os.environ, **self._environment},
        )  # fmt: skip
        return {one["check"]: one for one in json.loads(done.stdout)}


def plain(text: str) -> str:
    """Without its figures, which are a little different each time."""
    return re.sub(r"[0-9.]+", "0", text)


@contextmanager
def doctor(display: Screen, language: str, **environment: str) -> Iterator[Doctor]:
    korean = {english: text for (_, english), text in read(source_file("ko")).items()}
    talk = korean["Talk"] if language == "ko" else "Talk"
    with app(display, talk=talk, VOICEBOT_DESKTOP_LANGUAGE=language, **environment) as running:
        made = Doctor(running, language, environment)
        made.open()
        yield made


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_cause_is_named(display: Screen, own_server: SoundServer, language: str, tmp_path: Path) -> None:
    refusal = tmp_path / "refusal"
    refusal.write_text(json.dumps(BUSY), "utf-8")
    with doctor(display, language, TESTS_MICROPHONE=str(refusal), **own_server.environment) as at:
        at.agrees("another program is using the microphone")
        refusal.write_text(json.dumps(REFUSED), "utf-8")
        at.agrees("may not use the microphone")
        refusal.unlink()
        at.agrees("pure silence")
        with changed(own_server, ("set-source-mute", "mic", "1"), ("set-source-mute", "mic", "0")):
            at.agrees("the microphone is muted")
        with spoken(own_server, square(1.0, seconds=90), tmp_path):
            at.agrees("the microphone is too loud")
        with telephone(own_server):
            at.agrees("wrong sample rate")
        with (
            changed(own_server, ("set-sink-mute", "speaker", "1"), ("set-sink-mute", "speaker", "0")),
            spoken(own_server, noise(-40, seconds=90), tmp_path),
        ):
            at.agrees("the speaker is muted", "speaker")
        unload(own_server, "remap-source")
        at.agrees("there is no microphone")
        own_server.stop()
        at.agrees("the sound server does not answer")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_sandbox_without_a_sound_socket_is_named(
    display: Screen, own_server: SoundServer, language: str, tmp_path: Path
) -> None:
    nowhere = {**own_server.environment, "PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_RUNTIME_DIR": str(tmp_path)}
    with doctor(display, language, FLATPAK_ID="io.github.voicebot", **nowhere) as at:
        at.agrees("the sandbox keeps the microphone from Voicebot")
