"""The doctor on a real sound server, with faults that are made real; and `voicebot doctor` says the same."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import voicebot
from tests.sound.faults import changed, noise, spoken, square, telephone, unload
from tests.sound.server import SoundServer
from voicebot.audio.capture import Capture
from voicebot.audio.portaudio import PortAudioCard
from voicebot.audio.soundserver import UNKNOWN, ask
from voicebot.bus import Bus
from voicebot.doctor import Cause, Evidence, diagnose, diagnose_microphone, diagnose_speaker, gather, report
from voicebot.events import MicrophoneSilent
from voicebot.settings import AudioSettings


async def gathered(seconds: float = 1.0) -> Evidence:
    card = PortAudioCard()
    try:
        return await gather(card, AudioSettings(), seconds)
    finally:
        await card.close()


# -- what can be made real on the server that all tests share ----------------------------------------------------------


async def test_muted_at_the_source(sound: SoundServer) -> None:
    with changed(sound, ("set-source-mute", "mic", "1"), ("set-source-mute", "mic", "0")):
        found = diagnose(await gathered())
    assert (found.cause, found.what) == (Cause.MUTED, "the microphone is muted")


async def test_volume_at_zero(sound: SoundServer, tmp_path: Path) -> None:
    with (
        changed(sound, ("set-source-volume", "mic", "0"), ("set-source-volume", "mic", "100%")),
        spoken(sound, noise(-30), tmp_path),
    ):
        found = diagnose(await gathered())
    assert (found.cause, found.what) == (Cause.MUTED, "the volume of the microphone is at zero")


async def test_silence_without_a_mute(sound: SoundServer) -> None:
    evidence = await gathered()
    assert diagnose(evidence).cause is Cause.SILENCE
    assert evidence.microphone.levels is not None
    assert evidence.microphone.levels.zeros == 1.0
    assert diagnose_speaker(evidence).ok
    assert "sound server: pulseaudio" in report(evidence)


@pytest.mark.parametrize("dbfs", [-70.0, -50.0, -25.0])
async def test_a_quiet_room_and_the_level_of_speech_are_fine(sound: SoundServer, tmp_path: Path, dbfs: float) -> None:
    with spoken(sound, noise(dbfs), tmp_path):
        evidence = await gathered()
    assert diagnose(evidence).cause is Cause.NONE
    assert evidence.microphone.levels is not None
    assert evidence.microphone.levels.rms == pytest.approx(dbfs, abs=4.0)  # the server resamples noise away


async def test_clipping(sound: SoundServer, tmp_path: Path) -> None:
    with spoken(sound, square(1.0), tmp_path):
        assert diagnose(await gathered()).cause is Cause.CLIPPING


async def test_the_speaker_is_muted(sound: SoundServer, tmp_path: Path) -> None:
    mute = ("set-sink-mute", "speaker")
    with changed(sound, (*mute, "1"), (*mute, "0")), spoken(sound, noise(-40), tmp_path):
        evidence = await gathered()
    assert diagnose(evidence).cause is Cause.SPEAKER_MUTED
    assert diagnose_microphone(evidence).ok


async def test_a_microphone_with_the_rate_of_a_telephone(sound: SoundServer) -> None:
    with telephone(sound):
        found = diagnose(await gathered())
    assert (found.cause, found.why) == (Cause.WRONG_RATE, "it runs at 8000 Hz, and speech needs 16000")


async def test_a_chosen_device_is_looked_up_by_its_name(sound: SoundServer) -> None:
    with changed(sound, ("set-source-mute", "mic", "1"), ("set-source-mute", "mic", "0")):
        for name in ("", "pulse", "mic", "Remapped Monitor of Null Output"):
            server = await ask(name)
            assert server.source is not None
            assert (server.source.muted, server.source.sample_rate) == (True, 44_100)
    assert (await ask("HDA Intel PCH: ALC257 Analog (hw:0,0)")).source is None


async def test_the_person_knows_of_a_mute_within_two_seconds(sound: SoundServer, tmp_path: Path) -> None:
    """The microphone is open, in a room with noise, and is muted in the system's settings."""
    card, bus = PortAudioCard(), Bus()
    told = bus.subscribe(MicrophoneSilent)
    capture = Capture(card, bus, lambda block: None)
    with spoken(sound, noise(-50), tmp_path):
        await capture.open()
        await asyncio.sleep(0.5)
        with changed(sound, ("set-source-mute", "mic", "1"), ("set-source-mute", "mic", "0")):
            muted_at = time.monotonic()
            await asyncio.wait_for(anext(told), 5)
            found = diagnose(await gather(card, AudioSettings(), 0.3))
            seconds = time.monotonic() - muted_at
    await capture.close()
    await card.close()
    assert found.cause is Cause.MUTED
    assert seconds < 2.0


async def test_without_the_library_nothing_is_known(sound: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pulsectl", None)
    assert await ask() == UNKNOWN


# -- the same from the command line, and what would disturb the other tests --------------------------------------------


def checks(server: SoundServer) -> dict[str, dict[str, object]]:
    found = voicebot("doctor", "--json", **server.environment).json
    assert all(set(check) == {"check", "ok", "detail", "fix"} for check in found)
    return {check["check"]: check for check in found if check["check"] in ("microphone", "speaker")}


async def test_the_command_line_gives_the_same_answer(sound: SoundServer) -> None:
    with changed(sound, ("set-source-mute", "mic", "1"), ("set-source-mute", "mic", "0")):
        evidence, told = await gathered(), await asyncio.to_thread(checks, sound)
    for found in (diagnose_microphone(evidence), diagnose_speaker(evidence)):
        expected = {"check": found.device, "ok": found.ok, "detail": found.detail, "fix": found.fix}
        assert told[found.device] == expected


def test_the_report_is_printed(sound: SoundServer) -> None:
    done = voicebot("doctor", "--report", **sound.environment)
    assert done.status == 0
    assert "\ncause: silence\n" in done.out
    assert voicebot("doctor", "--report", "--json").status == 2


def test_no_device(own_server: SoundServer) -> None:
    """First the microphone alone goes, and the server records the speaker in its place; then everything."""
    unload(own_server, "remap-source")
    told = checks(own_server)
    assert told["microphone"]["detail"] == "there is no microphone: the sound server has none"
    assert told["speaker"]["ok"]
    unload(own_server, "null-sink")
    told = checks(own_server)
    assert told["microphone"]["detail"] == "there is no microphone: the sound server has none"
    assert told["speaker"]["detail"] == "there is no speaker: the sound server has none"


def test_the_sound_server_has_gone(own_server: SoundServer) -> None:
    own_server.stop()
    for check in checks(own_server).values():
        assert check["ok"] is False
        assert check["detail"] == "the sound server does not answer: it has stopped, or was never started"
        assert "PipeWire" in str(check["fix"])


def test_the_sound_server_hangs(own_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server is asked comes back in time. (The program cannot end before PortAudio's call does.)"""
    for name, value in own_server.environment.items():
        monkeypatch.setenv(name, value)
    own_server.hang()
    try:
        started = time.monotonic()
        found = asyncio.run(ask(limit=0.5))
        assert (found.reachable, time.monotonic() - started < 1.5) == (False, True)
    finally:
        own_server.wake()
