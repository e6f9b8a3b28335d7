"""Evidence for the tests: all well, but for what a test changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voicebot.audio.card import Device
from voicebot.audio.soundserver import Endpoint, SoundServer
from voicebot.doctor.evidence import Evidence, Levels, MicrophoneFacts, SpeakerFacts
from voicebot.doctor.surroundings import Surroundings
from voicebot.errors import DeviceError

SOURCE = Endpoint("mic", "Desk Microphone", muted=False, volume=1.0, sample_rate=48_000)
SINK = Endpoint("speaker", "Desk Speaker", muted=False, volume=1.0, sample_rate=48_000)
MONITOR = Endpoint("speaker.monitor", "Monitor of Desk Speaker", False, 1.0, 48_000, is_monitor=True)
SERVER = SoundServer(True, "pulseaudio 16.1", (MONITOR, SOURCE), (SINK,), SOURCE, SINK)
GONE = SoundServer(False)
NONE = SoundServer(None)
WITHOUT_MICROPHONE = replace(SERVER, sources=(MONITOR,), source=MONITOR)

ROOM = Levels(16_000, 0.97, 16_000.0, peak=-55.0, rms=-65.0, zeros=0.0, clipped=0.0)
ZEROS = replace(ROOM, peak=-120.0, rms=-120.0, zeros=1.0)
DEVICES = (Device("pulse", 32, 32), Device("default", 32, 32, default_input=True, default_output=True))


def with_source(**changes: Any) -> SoundServer:
    source = replace(SOURCE, **changes)
    return replace(SERVER, sources=(MONITOR, source), source=source)


def with_sink(**changes: Any) -> SoundServer:
    sink = replace(SINK, **changes)
    return replace(SERVER, sinks=(sink,), sink=sink)


def evidence(
    *,
    levels: Levels | None = ROOM,
    error: DeviceError | None = None,
    taken: int = 24_000,
    speaker_error: DeviceError | None = None,
    server: SoundServer = SERVER,
    surroundings: Surroundings | None = None,
    platform: str = "linux",
    devices: tuple[Device, ...] = DEVICES,
) -> Evidence:
    """An error takes the sound away."""
    return Evidence(
        platform,
        16_000,
        MicrophoneFacts(error=error, levels=None if error is not None else levels),
        SpeakerFacts(error=speaker_error, taken=0 if speaker_error is not None else taken, latency=0.06),
        devices,
        server,
        surroundings or Surroundings(socket=True),
    )
