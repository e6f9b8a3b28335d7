"""The real sound card code, on a real sound server."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.sound.server import RATE, SoundServer
from voicebot.audio import card_thread
from voicebot.audio.files import write_sound
from voicebot.audio.playback import Playback
from voicebot.audio.portaudio import MANY_UNDERFLOWS, PortAudioCard
from voicebot.errors import DeviceError
from voicebot.events import Samples

SHARED = """
import asyncio
from pathlib import Path
from voicebot.audio.portaudio import MANY_UNDERFLOWS, PortAudioCard

async def main():
    card = PortAudioCard()
    stream = await card.open_input(None, 16_000, lambda _: None)
    print("open" if stream.alive else "dead", Path("/proc/self/maps").read_text().count("memfd:pulseaudio"))
    await card.close()

asyncio.run(main())
"""
"""Opens the microphone and tells how much memory it shares: libpulse hangs for good when a server with which it
shares some goes away at the wrong moment."""


def tone(seconds: float, hertz: float = 440.0, rate: int = RATE) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def loud_seconds(samples: Samples, threshold: float = 0.05) -> float:
    loud = np.flatnonzero(np.abs(samples) > threshold)
    return float(loud[-1] - loud[0]) / RATE if len(loud) else 0.0


async def test_devices_are_listed(sound: SoundServer) -> None:
    card = PortAudioCard()
    devices = await card.devices()
    assert any(device.default_input for device in devices)
    assert any(device.default_output for device in devices)
    assert "pulse" in {device.name for device in devices}
    await card.close()


async def test_what_is_said_arrives_whole_at_the_asked_rate(sound: SoundServer, tmp_path: Path) -> None:
    write_sound(tmp_path / "tone.wav", tone(1.0), RATE)
    blocks: list[Samples] = []
    card = PortAudioCard()
    stream = await card.open_input(None, RATE, blocks.append)
    await asyncio.to_thread(sound.speak, tmp_path / "tone.wav")
    await asyncio.sleep(0.5)
    await stream.close()
    await card.close()
    assert {len(block) for block in blocks} == {512}
    assert loud_seconds(np.concatenate(blocks)) == pytest.approx(1.0, abs=0.03)


async def test_what_is_played_comes_out_and_is_counted(sound: SoundServer) -> None:
    card = PortAudioCard()
    playback = Playback(card)
    await playback.open(24_000)
    await asyncio.sleep(0.3)  # as in a turn: it is opened while the model thinks
    clip = playback.begin(1, 0)
    await clip.write(tone(1.0, rate=24_000), 24_000)
    clip.end()
    while not clip.finished:
        await playback.progress()
    await asyncio.sleep(playback.latency + 0.5)
    await playback.close()
    await card.close()
    assert clip.played == pytest.approx(clip.sample_rate, abs=1)
    assert playback.underruns == 0
    assert loud_seconds(sound.recorded()) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
async def test_the_speaker_never_runs_dry_at_any_rate(sound: SoundServer, rate: int) -> None:
    card = PortAudioCard()
    playback = Playback(card)
    await playback.open(rate)
    stream = next(iter(card.streams))
    clip = playback.begin(1, 0)
    await clip.write(tone(1.0, rate=rate), rate)
    clip.end()
    while not clip.finished:
        await playback.progress()
    dry = stream.underflows
    await playback.close()
    await card.close()
    assert dry < MANY_UNDERFLOWS, "it is not opened anew with more in the queue"
    assert clip.written == pytest.approx(clip.sample_rate, abs=2)


async def test_a_cut_ends_the_sound_early(sound: SoundServer) -> None:
    card = PortAudioCard()
    playback = Playback(card)
    await playback.open(24_000)
    await asyncio.sleep(0.3)  # as in a turn: it is opened while the model thinks
    clip = playback.begin(1, 0)
    await clip.write(tone(3.0, rate=24_000), 24_000)
    clip.end()
    while clip.played < clip.sample_rate:
        await playback.progress()
    playback.cut()
    await playback.settled()
    played = clip.played / clip.sample_rate
    await asyncio.sleep(1.0)
    await playback.close()
    await card.close()
    assert played < 1.2
    assert loud_seconds(sound.recorded()) < 1.5  # all of it would be 3 s


async def test_a_device_that_is_not_there_is_named(sound: SoundServer) -> None:
    card = PortAudioCard()
    with pytest.raises(DeviceError, match="no input device is called Yeti"):
        await card.open_input("Yeti", RATE, lambda _: None)
    await card.close()


async def test_a_device_is_found_by_a_part_of_its_name(sound: SoundServer) -> None:
    card = PortAudioCard()
    stream = await card.open_input("PULS", RATE, lambda _: None)
    assert stream.sample_rate == RATE
    await stream.close()
    await card.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.05)


async def test_a_sound_server_that_hangs_holds_up_nothing_and_what_opens_late_is_closed(
    sound: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_thread, "CALL_LIMIT", 0.5)
    card = PortAudioCard()
    sound.hang()
    try:
        opening = asyncio.create_task(card.open_input(None, RATE, lambda _: None))
        with pytest.raises(DeviceError, match="does not answer"):
            await card.open_output(None, RATE, lambda _: None)
        with pytest.raises(DeviceError, match="does not answer"):
            await opening
    finally:
        sound.wake()
    await until(lambda: not card.streams and not sound.microphone_is_open())
    monkeypatch.setattr(card_thread, "CALL_LIMIT", 30.0)
    stream = await card.open_input(None, RATE, lambda _: None)
    assert card.streams == {stream}
    await card.close()
    assert not card.streams
    with pytest.raises(DeviceError, match="is closed"):
        await card.devices()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is Linux's")
def test_no_memory_is_shared_with_the_sound_server(sound: SoundServer) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHARED], env=sound.full_environment(), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["open", "0"], done.stderr
