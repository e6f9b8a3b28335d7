"""Evidence from the simulated card, from one that fails, and from one that hangs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from tests.doctor.cases import SERVER, with_source
from voicebot.audio import portaudio
from voicebot.audio.card import Deliver, Device, Render, Stream
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.soundserver import UNKNOWN, SoundServer
from voicebot.clock import run_virtually
from voicebot.doctor import Cause, Evidence, diagnose, diagnose_speaker, gather
from voicebot.doctor.evidence import measure
from voicebot.doctor.surroundings import Surroundings
from voicebot.errors import DeviceError
from voicebot.events import Samples
from voicebot.settings import AudioSettings


def gathered(card: Any, sound: Samples | None = None, server: SoundServer = UNKNOWN) -> tuple[Evidence, float]:
    """The evidence, and the virtual seconds it took."""

    async def ask(microphone: str, speaker: str) -> SoundServer:
        return server

    async def main() -> tuple[Evidence, float]:
        if sound is not None:
            card.speak(sound)
        before = asyncio.all_tasks()
        evidence = await gather(card, AudioSettings(), ask=ask, look=Surroundings)
        assert asyncio.all_tasks() == before
        return evidence, asyncio.get_running_loop().time()

    return run_virtually(main())


def tone(amplitude: float) -> Samples:
    return (amplitude * np.sin(np.arange(32_000) / 10)).astype(np.float32)


def test_a_room_is_fine_and_everything_is_closed_after_a_second() -> None:
    card = SimulatedCard(noise=10 ** (-65 / 20))
    evidence, seconds = gathered(card)
    found = diagnose(evidence)
    assert (found.cause, found.detail) == (Cause.NONE, "simulated microphone, -65 dBFS just now")
    assert diagnose_speaker(evidence).detail == "simulated speaker, 0 ms latency"
    assert 1.0 <= seconds <= 1.1
    assert not card.streams
    assert evidence.microphone.levels is not None
    assert evidence.microphone.levels.rate == pytest.approx(16_000)
    assert not np.concatenate([block.samples for block in card.played]).any(), "it plays nothing but silence"


def test_what_comes_is_judged() -> None:
    assert diagnose(gathered(SimulatedCard())[0]).cause is Cause.SILENCE
    assert diagnose(gathered(SimulatedCard(), server=with_source(muted=True))[0]).cause is Cause.MUTED
    assert diagnose(gathered(SimulatedCard(), tone(0.5))[0]).cause is Cause.NONE
    assert diagnose(gathered(SimulatedCard(), np.clip(tone(3.0), -1, 1))[0]).cause is Cause.CLIPPING


def test_devices_that_are_not_there_are_told_at_once() -> None:
    evidence, seconds = gathered(SimulatedCard(plugged=set()))
    assert diagnose(evidence).cause is Cause.NO_DEVICE
    assert diagnose_speaker(evidence).cause is Cause.NO_DEVICE
    assert seconds == 0.0


def test_a_speaker_without_a_microphone_is_looked_at_all_the_same() -> None:
    evidence, _ = gathered(SimulatedCard(plugged={"output"}))
    assert diagnose(evidence).device == "microphone"
    assert diagnose_speaker(evidence).ok


# -- cards that fail --------------------------------------------------------------------------------------------------


@dataclass
class DeafStream:
    sample_rate: int = 16_000
    latency: float = 0.0
    alive: bool = True
    ailing: bool = False

    async def close(self) -> None:
        self.alive = False


@dataclass
class DeafCard:
    """Opens and then gives nothing; or `fails`; or `hangs` in one of its calls."""

    hangs: str = ""
    fails: DeviceError | None = None
    streams: list[DeafStream] = field(default_factory=list)

    async def devices(self) -> list[Device]:
        await self._do("devices")
        return [Device("card", 1, 1, default_input=True, default_output=True)]

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:
        return await self._open("input")

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> Stream:
        return await self._open("output")

    async def close(self) -> None:
        return None

    async def _open(self, direction: str) -> Stream:
        await self._do(direction)
        if self.fails is not None:
            raise self.fails
        self.streams.append(DeafStream())
        return self.streams[-1]

    async def _do(self, what: str) -> None:
        if what == self.hangs:
            await asyncio.sleep(1000.0)


def test_a_microphone_that_gives_nothing_is_waited_for_and_told() -> None:
    card = DeafCard()
    evidence, seconds = gathered(card, server=SERVER)
    assert diagnose(evidence).cause is Cause.NOTHING
    assert diagnose_speaker(evidence).cause is Cause.NOTHING
    assert seconds == pytest.approx(3.0)
    assert not any(stream.alive for stream in card.streams)


@pytest.mark.parametrize("where", ["devices", "input", "output"])
def test_a_sound_system_that_hangs_is_told_within_seconds(where: str) -> None:
    evidence, seconds = gathered(DeafCard(hangs=where))
    found = diagnose(evidence) if where != "output" else diagnose_speaker(evidence)
    assert (found.cause, found.what) == (Cause.UNOPENED, "the sound system does not answer")
    assert seconds <= 5.0


class PortAudioError(Exception):
    """As sounddevice's: a text, PortAudio's code, and what the system said where PortAudio did not expect it."""


@pytest.mark.parametrize(
    ("failure", "cause"),
    [
        # ALSA's EBUSY, a device that another program holds (PortAudio's pa_linux_alsa.c); WASAPI's in exclusive mode
        (PortAudioError("Error opening InputStream: Device unavailable", -9985), Cause.BUSY),
        # Windows' privacy settings, through MME (https://github.com/PortAudio/portaudio/issues/360)
        (
            PortAudioError(
                "Error opening InputStream: Unanticipated host error", -9999, (0, 1, "Undefined external error.")
            ),
            Cause.REFUSED,
        ),
        (
            PortAudioError("Error opening InputStream: Unanticipated host error", -9999, (2, -13, "Permission denied")),
            Cause.REFUSED,
        ),
        # every other failure of ALSA's to open
        (PortAudioError("Error opening InputStream: Illegal combination of I/O devices", -9993), Cause.UNOPENED),
        # no default input
        (PortAudioError("Error querying device -1"), Cause.NO_DEVICE),
        (ValueError("no input device is called Yeti; there are: none"), Cause.NO_DEVICE),
    ],
)
def test_what_portaudio_says_is_understood(failure: Exception, cause: Cause) -> None:
    """What it raises is put together here: neither a busy sound card nor Windows can be had in a test."""
    error = portaudio._explain("microphone", None, failure)
    assert diagnose(gathered(DeafCard(fails=error))[0]).cause is cause


# -- what is measured -------------------------------------------------------------------------------------------------


def test_levels() -> None:
    block = np.array([0.0, 1.0, -0.5, 0.0], dtype=np.float32)
    levels = measure([(10.0, block), (10.5, block), (11.0, block)])
    assert levels is not None
    assert (levels.samples, levels.seconds, levels.rate) == (12, 1.0, 8.0)
    assert (levels.zeros, levels.clipped) == (0.5, 0.25)
    assert (levels.peak, levels.rms) == (pytest.approx(0.0, abs=0.01), pytest.approx(-5.05, abs=0.01))


def test_levels_of_next_to_nothing() -> None:
    assert measure([]) is None
    assert measure([(1.0, np.zeros(0, dtype=np.float32))]) is None
    one = measure([(1.0, np.full(8, np.nan, dtype=np.float32))])
    assert one is not None
    assert (one.peak, one.zeros, one.rate) == (-120.0, 1.0, 0.0)
