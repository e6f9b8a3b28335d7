"""Mic Doctor on the screen: it appears by itself when the microphone gives nothing, names the cause, and goes again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.desktop.app import App, Screen, app
from tests.desktop.running import Engines, Window, until, window
from tests.sound.server import SoundServer
from voicebot.desktop.translation import read, source_file
from voicebot.doctor import Cause
from voicebot.events import NO_TURN, DeviceLost, Failed, Level, MicrophoneSilent, NoSpeech


@pytest.fixture
def engines(tmp_path: Path, qt: QGuiApplication) -> Engines:
    return Engines(file=tmp_path / "history.db")


@pytest.fixture
def running(engines: Engines) -> Iterator[Window]:
    with window(engines) as made:
        until(lambda: made.root.talk.property("microphone") == "armed", "the microphone")
        until(lambda: not made.root.mic_doctor.property("looking"), "its first look")
        yield made


def looked(shown: Window) -> None:
    until(lambda: shown.root.mic_doctor.property("looking"), "the look")
    until(lambda: not shown.root.mic_doctor.property("looking"), "its end")


def test_silence_is_no_fault_until_somebody_spoke(running: Window) -> None:
    doctor = running.root.mic_doctor
    running.root.apply(MicrophoneSilent(NO_TURN))
    looked(running)
    assert doctor.property("line") == ""
    running.root.apply(NoSpeech(1, "no speech heard"))
    looked(running)
    assert doctor.property("cause") == Cause.SILENCE
    assert doctor.property("line")
    running.root.apply(Level(NO_TURN, -30.0))
    assert doctor.property("line") == ""


def test_a_microphone_that_is_gone_is_named_and_the_banner_can_be_closed(engines: Engines, running: Window) -> None:
    doctor = running.root.mic_doctor
    assert engines.card is not None
    engines.card.unplug("input")
    until(lambda: doctor.property("cause") == Cause.NO_DEVICE, "the cause")
    until(lambda: doctor.property("line"), "the banner")
    doctor.dismiss()
    assert doctor.property("line") == ""
    running.root.apply(Failed(NO_TURN, "microphone", "there is no microphone"))
    looked(running)
    assert doctor.property("line")
    engines.card.plug("input")
    until(lambda: doctor.property("line") == "", "a microphone that is back")


def test_the_finding_is_in_the_language_of_the_screen(engines: Engines, running: Window) -> None:
    doctor = running.root.mic_doctor
    assert engines.card is not None
    engines.card.unplug("input")
    running.root.apply(DeviceLost(NO_TURN, "microphone", "the microphone stopped working"))
    until(lambda: doctor.property("line"), "the banner")
    english = doctor.property("line")
    running.root.appearance.setProperty("language", "ko")
    assert doctor.property("line") != english
    assert "마이크" in doctor.property("line")
    assert doctor.property("fix") and "plug" not in doctor.property("fix")


def test_the_report_is_copied(running: Window) -> None:
    doctor, copied = running.root.mic_doctor, []
    doctor.copied.connect(lambda: copied.append(True))
    doctor.look()
    looked(running)
    doctor.copyReport()
    assert copied
    report = QGuiApplication.clipboard().text()
    assert "Voicebot" in report
    assert str(Path.home()) not in report


def from_the_command_line() -> dict[str, str]:
    """What `voicebot doctor` says of the microphone."""
    done = subprocess.run(
        [sys.executable, "-m", "voicebot", "doctor", "--json"], capture_output=True, text=True, check=False, timeout=120
    )
    found: dict[str, str] = next(one for one in json.loads(done.stdout) if one["check"] == "microphone")
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_microphone_that_is_muted_at_its_source_says_so_by_itself(
    display: Screen, sound: SoundServer, language: str
) -> None:
    korean = {english: text for (_, english), text in read(source_file("ko")).items()} if language == "ko" else {}

    def word(english: str) -> str:
        return korean.get(english, english)

    with app(display, talk=word("Talk"), VOICEBOT_DESKTOP_LANGUAGE=language) as shown:
        shown.wait_for(word("The microphone is armed: nothing is kept until you talk"))
        try:
            sound.pactl("set-source-mute", "mic", "1")
            shown.click(word("Mute the microphone"), "Button")
            shown.click(word("Unmute the microphone"), "Button")
            display.xdotool("mousemove", 640, 500)
            alert = shown.wait_until(lambda: alerts(shown), "the cause")[0]
            said = from_the_command_line()
            if language == "en":
                assert said["fix"].lower() in alert.lower()
            else:
                assert "마이크" in alert
                assert said["fix"] not in alert
            shown.click(word("Look closer"), "Button")
            shown.wait_for(word("Copy the report"), "Button")
        finally:
            sound.pactl("set-source-mute", "mic", "0")


def alerts(shown: App) -> list[str]:
    return [one["name"] for one in shown.nodes() if one["role"] == "AlertMessage" and one["name"]]


def test_who_asks_sees_the_finding_without_a_banner(engines: Engines, running: Window) -> None:
    doctor = running.root.mic_doctor
    doctor.look()
    looked(running)
    assert doctor.property("cause") == Cause.SILENCE
    assert doctor.property("what")
    assert doctor.property("line") == ""
