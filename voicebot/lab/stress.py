"""Sound made worse in known ways: noise, another speed, a telephone, an overdriven microphone.

A stress is written "noise:10" (white, at a signal-to-noise ratio of 10 dB), "noise:pink:10", "noise:cafe.wav:10",
"telephone", "speed:1.2" or "clip:-12"; several, in turn, "speed:1.2+telephone". The same seed gives the same samples.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicebot.audio.files import read_sound
from voicebot.audio.resampling import resample
from voicebot.errors import UsageError
from voicebot.events import Samples
from voicebot.stt.base import SAMPLE_RATE

Random = np.random.Generator
Change = Callable[[Samples, Random], Samples]
Signal = NDArray[np.float64]

SLOWEST, FASTEST = 0.8, 1.25
MOST_DB = 60.0
BLOCK = 512
"""Samples (32 ms) over which a level is taken."""
SPOKEN_DB = 20.0
"""What lies this far below the loudest block is a pause, and does not count in the level of speech."""
LINE_RATE, LOW, HIGH = 8_000, 300.0, 3_400.0
"""A telephone line: its sample rate and the band it passes, in Hz (ITU-T G.711, and G.712 for the band)."""
EDGE = 100.0
"""Hz over which the band's edges fall off."""
LOUDEST, BIAS = 32_635, 132
"""Of the mu-law of ITU-T G.711, in 16-bit units: what is clipped, and what is added before the logarithm."""


def split(text: str) -> list[str]:
    """The stresses of a list with commas, each checked; raises UsageError."""
    found = ["+".join(map(_placed, part.strip().split("+"))) for part in text.split(",") if part.strip()]
    for stress in found:
        parse(stress)
    return found


def _placed(step: str) -> str:
    """A file's noise by its whole path, for a run may go on from another folder."""
    kind, _, rest = step.partition(":")
    file, _, ratio = rest.rpartition(":")
    is_file = kind == "noise" and file not in ("", "white", "pink")
    return f"noise:{Path(file).expanduser().absolute()}:{ratio}" if is_file else step


def applied(stress: str, samples: Samples, seed: str) -> Samples:
    """Mono float32 at 16 kHz under a stress ("" leaves it as it is); raises UsageError, and AudioError for a file."""
    random = np.random.default_rng([zlib.crc32(seed.encode()), zlib.crc32(stress.encode())])
    for change in parse(stress) if len(samples) else ():
        samples = change(samples, random)
    return samples


def parse(stress: str) -> list[Change]:
    """What a stress does to sound, step by step; raises UsageError for one that there is not."""
    return [_change(step) for step in stress.split("+") if stress]


def _change(step: str) -> Change:
    kind, _, value = step.partition(":")
    if kind == "telephone" and not value:
        return lambda samples, _: telephone(samples)
    if kind == "speed":
        speed = _number(step, value, SLOWEST, FASTEST)
        return lambda samples, _: faster(samples, speed)
    if kind == "clip":
        level = _number(step, value, -MOST_DB, 0.0)
        return lambda samples, _: clipped(samples, level)
    if kind == "noise":
        colour, _, ratio = value.rpartition(":")
        decibels = _number(step, ratio, -MOST_DB, MOST_DB)
        return lambda samples, random: with_noise(samples, colour or "white", decibels, random)
    fix = "there are: noise:10, noise:pink:10, noise:FILE:10, telephone, speed:1.2, clip:-12"
    raise UsageError(f"there is no stress {step!r}", fix=fix)


def _number(step: str, text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise UsageError(f"{step!r} is no stress", f"its number must be from {least:g} to {most:g}")
    return number


def with_noise(samples: Samples, colour: str, decibels: float, random: Random) -> Samples:
    """White or pink noise, or that of a file, so far below the speech; the whole is made softer where it would clip.

    The level of the speech is that of its 32 ms blocks within 20 dB of the loudest, for pauses are not speech (as the
    active speech level of ITU-T P.56 leaves them out). Raises AudioError.
    """
    noise = _noise(colour, len(samples), random)
    power = float(np.mean(noise**2))
    if not power:
        return samples
    mixed = samples + noise * np.sqrt(_speech_power(samples) / power / 10 ** (decibels / 10))
    return np.asarray(mixed / max(1.0, float(np.abs(mixed).max())), dtype=np.float32)


def faster(samples: Samples, speed: float) -> Samples:
    """Played at another speed, by resampling: the pitch changes with it, as on a tape."""
    return _within_full_scale(resample(samples, round(SAMPLE_RATE * speed), SAMPLE_RATE))


def telephone(samples: Samples) -> Samples:
    """Through a telephone line: 8 kHz, 300 to 3400 Hz, eight bits of mu-law (ITU-T G.711)."""
    line = _band(resample(samples, SAMPLE_RATE, LINE_RATE).astype(np.float64))
    back = resample(mu_law(line).astype(np.float32), LINE_RATE, SAMPLE_RATE)
    return _within_full_scale(back)[: len(samples)]


def clipped(samples: Samples, level: float) -> Samples:
    """An overdriven microphone: as loud as can be, then cut off at `level` dBFS."""
    loudest, limit = float(np.abs(samples).max(initial=0.0)), 10 ** (level / 20)
    return np.asarray(np.clip(samples / loudest, -limit, limit), np.float32) if loudest else samples


def mu_law(signal: Signal) -> Signal:
    """Samples in [-1, 1] as they come back from the mu-law of ITU-T G.711: 15 segments of 16 steps each way."""
    whole = np.round(np.clip(signal, -1.0, 1.0) * 32_767).astype(np.int64)
    biased = np.minimum(np.abs(whole), LOUDEST) + BIAS
    segment = np.floor(np.log2(biased)).astype(np.int64) - 7
    step = (biased >> (segment + 3)) & 15
    back = (((step << 3) + BIAS) << segment) - BIAS
    return np.asarray(np.sign(whole) * back / 32_767, dtype=np.float64)


def _within_full_scale(samples: Samples) -> Samples:
    return np.asarray(np.clip(samples, -1.0, 1.0), dtype=np.float32)


def _speech_power(samples: Samples) -> float:
    blocks = [samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK)]
    power = np.array([np.mean(block.astype(np.float64) ** 2) for block in blocks])
    return float(power[power >= power.max() / 10 ** (SPOKEN_DB / 10)].mean())


def _noise(colour: str, length: int, random: Random) -> Signal:
    if colour == "white":
        return random.standard_normal(length)
    if colour == "pink":
        return _pink(length, random)
    sound = read_sound(Path(colour).expanduser(), SAMPLE_RATE).astype(np.float64)
    return np.resize(np.roll(sound, -int(random.integers(max(1, len(sound))))), length) if len(sound) else np.zeros(1)


def _pink(length: int, random: Random) -> Signal:
    """Noise whose power falls with the frequency (1/f), from 20 Hz on."""
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    spectrum = np.fft.rfft(random.standard_normal(length)) / np.sqrt(np.maximum(hertz, 20.0))
    return np.asarray(np.fft.irfft(spectrum, length), dtype=np.float64)


def _band(line: Signal) -> Signal:
    """300 to 3400 Hz at 8 kHz, through a filter of zero phase with edges like half a cosine."""
    hertz = np.fft.rfftfreq(len(line), 1 / LINE_RATE)
    inside = np.minimum(hertz - (LOW - EDGE), (HIGH + EDGE) - hertz) / EDGE
    gain = 0.5 - 0.5 * np.cos(np.pi * np.clip(inside, 0.0, 1.0))
    return np.asarray(np.fft.irfft(np.fft.rfft(line) * gain, len(line)), dtype=np.float64)
