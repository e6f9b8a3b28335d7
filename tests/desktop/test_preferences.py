"""Settings on the screen: each change takes effect at once, is written, and what cannot be is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.running import Engines, Window, until, window
from voicebot.settings import SETTINGS, load

pytestmark = pytest.mark.usefixtures("qt")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db")) as made:
        yield made


def on_disk(app: Window) -> object:
    return load(app.root._opened.home, {}).settings


def test_every_setting_is_shown(app: Window) -> None:
    values = app.root.preferences.property("values")
    assert set(values) == {name.replace(".", "_") for name in SETTINGS}
    assert values["stt_languages"] == ["en", "ko"]


def test_a_change_is_shown_written_and_carried_into_the_assistant(app: Window) -> None:
    settings, changed = app.root.preferences, []
    settings.changed.connect(changed.append)
    carried: list[bool] = []
    settings.carried.connect(lambda: carried.append(True))
    settings.set("tts.rate", 1.5)
    settings.set("stt.languages", "ko, en")
    assert settings.property("values")["tts_rate"] == 1.5
    assert settings.property("values")["stt_languages"] == ["ko", "en"]
    assert changed == ["tts.rate", "stt.languages"]
    until(lambda: carried, "the assistant")
    until(lambda: on_disk(app) == settings.settings, "the file")
    rates: list[float] = []
    app.core.ask(lambda assistant: assistant.speaker.rate, rates.append)
    until(lambda: rates, "the pace")
    assert rates == [1.5]


def test_changes_one_after_another_end_with_the_last(app: Window) -> None:
    settings = app.root.preferences
    for step in range(20):
        settings.set("tts.rate", 1.0 + step / 20)
        if step % 5 == 0:
            settings.flush()
    settings.flush()
    until(lambda: on_disk(app).tts.rate == 1.95, "the last one")  # type: ignore[attr-defined]


def test_what_cannot_be_is_refused_with_a_reason_until_it_can(app: Window) -> None:
    settings = app.root.preferences
    settings.set("tts.rate", 9)
    settings.set("stt.base_url", "not an address")
    settings.set("listening.vad_off", 0.9)
    faults = settings.property("faults")
    assert "from 0.5 to 2" in faults["tts.rate"]
    assert "http://" in faults["stt.base_url"]
    assert "vad_off" in faults["listening.vad_off"]
    assert settings.property("values")["tts_rate"] == 1.0
    app.root.appearance.setProperty("language", "ko")
    settings.set("tts.rate", 9)
    assert "0.5" in settings.property("faults")["tts.rate"]
    assert "must be" not in settings.property("faults")["tts.rate"]
    settings.set("tts.rate", 1.2)
    assert settings.property("faults")["tts.rate"] == ""


def test_what_the_environment_sets_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEBOT_TTS_RATE", "1.5")
    with window(Engines(file=tmp_path / "history.db")) as app:
        assert app.root.preferences.property("overridden") == ["tts.rate"]
        assert app.root.preferences.property("values")["tts_rate"] == 1.5


def test_a_change_just_before_the_end_is_kept(tmp_path: Path) -> None:
    with window(Engines(file=tmp_path / "history.db")) as app:
        app.root.preferences.set("tts.rate", 1.7)
        app.root.preferences.flush()
        opened = app.root._opened
    assert load(opened.home, {}).settings.tts.rate == 1.7


def test_the_microphone_follows_its_settings(app: Window) -> None:
    talk = app.root.talk
    until(lambda: talk.property("microphone") == "armed", "an armed microphone")
    app.root.preferences.set("listening.armed", False)
    until(lambda: talk.property("microphone") == "closed", "a closed one")
    talk.setProperty("watched", True)
    until(lambda: talk.property("microphone") == "armed", "one whose level is looked at")
    talk.setProperty("watched", False)
    until(lambda: talk.property("microphone") == "closed", "a closed one again")
    app.root.preferences.set("listening.mode", "hands-free")
    until(lambda: talk.property("microphone") == "listening", "one that listens")
    assert talk.property("handsFree") is True


def test_devices_are_listed_and_oneself_is_heard(app: Window) -> None:
    devices, stages = app.root.devices, []
    devices.trialChanged.connect(lambda: stages.append(devices.property("trial")))
    devices.refresh()
    until(lambda: devices.property("speakers"), "the devices")
    assert devices.property("microphones") == ["simulated microphone"]
    assert devices.property("speakers") == ["simulated speaker"]
    devices.hearMyself()
    until(lambda: stages[-1:] == [""], "the end of the trial")
    assert stages == ["recording", "playing", ""]
    assert app.rows() == []


def test_a_trial_without_a_microphone_ends_and_says_so(tmp_path: Path) -> None:
    engines = Engines(file=tmp_path / "history.db")
    with window(engines) as app:
        until(lambda: app.root.talk.property("microphone") == "armed", "the microphone")
        app.root.preferences.set("listening.armed", False)
        until(lambda: app.root.talk.property("microphone") == "closed", "a closed one")
        assert engines.card is not None
        engines.card.unplug("input")
        app.root.devices.hearMyself()
        until(lambda: app.said, "what is wrong")
        assert "microphone" in app.said[0][0]
        until(lambda: app.root.devices.property("trial") == "", "the end")


def test_voices_are_listed_by_language_and_tried_out(app: Window) -> None:
    voices = app.root.voices
    voices.refresh()
    until(lambda: len(voices.property("english")) > 1, "the voices")
    assert voices.property("english")[0] == {"id": "", "name": ""}
    before = len(app.ended)
    voices.preview("ko", voices.property("korean")[-1]["id"])
    until(lambda: len(app.ended) > before, "the sentence")
    assert app.rows() == []


def test_recordings_are_counted_and_deleted(tmp_path: Path) -> None:
    with window(Engines(file=tmp_path / "history.db")) as app:
        folder = app.root._opened.home.recordings
        folder.mkdir(parents=True)
        for number in range(3):
            (folder / f"20240101-120000-12345678{number}-7.flac").write_bytes(b"x" * 500)
        (folder / "mine.flac").write_bytes(b"x")
        privacy, deleted = app.root.privacy, []
        privacy.deleted.connect(deleted.append)
        privacy.refresh()
        until(lambda: privacy.property("count") == 3, "the count")
        assert privacy.property("size") == "1.5 kB"
        privacy.deleteAll()
        until(lambda: deleted == [3] and privacy.property("count") == 0, "their end")
        assert [one.name for one in folder.iterdir()] == ["mine.flac"]
