"""Facts about the microphone and the speaker, with no judgement: see `diagnosis` for that."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from voicebot.audio.card import Device
from voicebot.audio.resampling import dbfs
from voicebot.audio.soundserver import UNKNOWN, SoundServer
from voicebot.doctor.surroundings import Surroundings
from voicebot.errors import DeviceError
from voicebot.events import Samples

FULL_SCALE = 0.999
"""From here on a sample counts as clipped; 16 bits end at 0.99997, and resampling moves that a little."""
NO_LEVEL = -120.0
"""dBFS, of pure silence."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What the microphone gave. Levels are in dBFS, shares from 0.0 to 1.0 of all samples."""

    samples: int
    seconds: float
    """Between the arrival of the first block and that of the last."""
    rate: float
    """Samples that really arrived in a second; 0.0 when fewer than two blocks came."""
    peak: float
    rms: float
    zeros: float
    clipped: float


@dataclass(frozen=True, slots=True)
class MicrophoneFacts:
    """`wanted` is the name in the settings; `levels` is None when it could not be opened, or gave nothing."""

    wanted: str = ""
    error: DeviceError | None = None
    levels: Levels | None = None


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """`taken` are the samples that it asked for; `latency` is in seconds."""

    wanted: str = ""
    error: DeviceError | None = None
    taken: int = 0
    latency: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """`platform` is `sys.platform`; `asked_rate` is the rate in Hz at which the microphone was opened."""

    platform: str
    asked_rate: int
    microphone: MicrophoneFacts
    speaker: SpeakerFacts
    devices: tuple[Device, ...] = ()
    server: SoundServer = UNKNOWN
    surroundings: Surroundings = field(default_factory=Surroundings)


def measure(blocks: list[tuple[float, Samples]]) -> Levels | None:
    """The levels of what came, each block with its time of arrival in seconds; None when nothing did."""
    samples = np.concatenate([block for _, block in blocks]) if blocks else np.zeros(0, dtype=np.float32)
    if not len(samples):
        return None
    samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    sizes = np.abs(samples)
    seconds = blocks[-1][0] - blocks[0][0]
    after_the_first = len(samples) - len(blocks[0][1])
    return Levels(
        samples=len(samples),
        seconds=seconds,
        rate=after_the_first / seconds if seconds > 0 else 0.0,
        peak=_decibels(float(sizes.max())),
        rms=dbfs(samples),
        zeros=float(np.mean(samples == 0)),
        clipped=float(np.mean(sizes >= FULL_SCALE)),
    )


def _decibels(amplitude: float) -> float:
    return max(NO_LEVEL, 20.0 * float(np.log10(amplitude + 1e-12)))
