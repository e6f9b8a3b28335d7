"""How loud a voice is, and what is wrong with its sound: loudness, peak, clipping, silence.

Loudness is that of ITU-R BS.1770-4 (10/2015), in LUFS (the same as LKFS): https://www.itu.int/rec/R-REC-BS.1770.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicebot.audio.resampling import resample
from voicebot.events import Samples

RATE = 48_000
"""Hz: the only rate for which BS.1770-4 gives its filters; other sound is resampled to it."""
SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
"""b0, b1, b2, a1, a2 of the first stage, which stands for the head (BS.1770-4, table 1)."""
HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
"""The same of the second stage (table 2)."""
OFFSET = -0.691
"""dB: with it a 997 Hz sine at full scale in one channel is -3.01 LUFS (BS.1770-4, annex 1)."""
BLOCK, STEP = 0.4, 0.1
"""Seconds: gating blocks overlap by 75 %. What is shorter than one block has no loudness."""
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
"""LUFS below which a block does not count, and LU below the mean of those that do."""
RINGING = 0.5
"""Seconds after which the filters' own sound is below 1e-20: both poles of the second lie at 38 Hz."""

FULL_SCALE = 32_766 / 32_768
"""What 16-bit sound can hold at most, less one step for rounding."""
CLIPPED_RUN = 3
"""Samples at full scale in a row that are a flattened top; a clean peak touches it with one or two."""
SILENT = 10 ** (-50 / 20)
"""A frame whose root mean square is below -50 dBFS is silence."""
FRAME = 0.01
"""Seconds of a frame."""
PAUSE = 0.2
"""Seconds of silence inside speech that are a pause; the closure of a stop consonant is shorter."""


@dataclass(frozen=True, slots=True)
class SoundFigures:
    """What can be measured of a sound; levels in dBFS, times in seconds."""

    duration: float
    lufs: float | None
    """None for what is shorter than 0.4 s, or silent."""
    peak: float | None
    """The highest sample, dBFS; None for pure silence."""
    clipped: float
    """The share of samples at full scale, in runs of at least 3, from 0.0 to 1.0."""
    silence_before: float
    silence_after: float
    silence_inside: float
    """Of pauses of at least 0.2 s, together."""


def measured(samples: Samples, sample_rate: int) -> SoundFigures:
    """The figures of mono float32 in [-1, 1] at `sample_rate` Hz."""
    before, after, inside = silences(samples, sample_rate)
    peak = float(np.max(np.abs(samples), initial=0.0))
    return SoundFigures(
        len(samples) / sample_rate,
        loudness(samples, sample_rate),
        20 * math.log10(peak) if peak else None,
        clipped_share(samples),
        before,
        after,
        inside,
    )


def loudness(samples: Samples, sample_rate: int) -> float | None:
    """The integrated, gated loudness of mono float32 in LUFS; None when it is shorter than 0.4 s or silent."""
    powers = _block_powers(resample(samples, sample_rate, RATE))
    heard = powers[_lufs(powers) > ABSOLUTE_GATE]
    if not len(heard):
        return None
    relative = float(_lufs(heard.mean())) + RELATIVE_GATE
    return float(_lufs(heard[_lufs(heard) > relative].mean()))


def clipped_share(samples: Samples) -> float:
    """The share of samples, from 0.0 to 1.0, that lie in runs at full scale."""
    if not len(samples):
        return 0.0
    lengths = [end - start for start, end in _runs(np.abs(samples) >= FULL_SCALE)]
    return sum(length for length in lengths if length >= CLIPPED_RUN) / len(samples)


def silences(samples: Samples, sample_rate: int) -> tuple[float, float, float]:
    """Seconds of silence before the sound, after it, and in pauses inside; of pure silence all is before."""
    size = max(1, round(FRAME * sample_rate))
    frames = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    loud = np.flatnonzero(np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1)) > SILENT)
    total = len(samples) / sample_rate
    if not len(loud):
        return total, 0.0, 0.0
    start, end = int(loud[0]) * size / sample_rate, (int(loud[-1]) + 1) * size / sample_rate
    pauses = (np.diff(loud) - 1) * size / sample_rate
    return start, max(0.0, total - end), float(pauses[pauses >= PAUSE].sum())


def _block_powers(samples: Samples) -> NDArray[np.float64]:
    """The mean square of each gating block of K-weighted sound at 48 kHz."""
    size, step = round(BLOCK * RATE), round(STEP * RATE)
    if len(samples) < size:
        return np.zeros(0)
    sums = np.concatenate([[0.0], np.cumsum(np.square(_weighted(samples)))])
    starts = np.arange(0, len(samples) - size + 1, step)
    powers: NDArray[np.float64] = (sums[starts + size] - sums[starts]) / size
    return powers


def _weighted(samples: Samples) -> NDArray[np.float64]:
    """K-weighted sound. The filters are applied to the spectrum, with room for what rings after the end."""
    length = 1 << (len(samples) + round(RINGING * RATE) - 1).bit_length()
    spectrum = np.fft.rfft(samples.astype(np.float64), length) * _response(length)
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum, length)[: len(samples)]
    return weighted


@lru_cache(4)
def _response(length: int) -> NDArray[np.complex128]:
    """Both filters' frequency response at the bins of a spectrum of `length` samples."""
    delay = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    response = np.ones(len(delay), dtype=np.complex128)
    for b0, b1, b2, a1, a2 in (SHELF, HIGH_PASS):
        response *= (b0 + b1 * delay + b2 * delay**2) / (1 + a1 * delay + a2 * delay**2)
    return response


def _lufs(power: Any) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        found: NDArray[np.float64] = OFFSET + 10 * np.log10(np.maximum(power, 0.0))
    return found


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where a mask is true, as (start, end) of each stretch."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
