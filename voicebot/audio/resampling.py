"""Sample rates and sample formats, through soxr. The live path runs at native rates and comes here only if it must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from voicebot.events import Samples


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """A whole piece of mono float32 from one rate to another, in Hz."""
    if from_rate == to_rate or len(samples) == 0:
        return samples
    import soxr

    converted: Samples = soxr.resample(samples, from_rate, to_rate)
    return converted.astype(np.float32, copy=False)


class Resampler:
    """Block after block of one sound (mono float32) from one rate to another, in Hz, without a seam between them.

    `quality` is soxr's: "HQ" holds back up to 40 ms and gives them in bursts, "LQ" (16-bit) up to 20.
    """

    def __init__(self, from_rate: int, to_rate: int, quality: str = "HQ") -> None:
        self.from_rate = from_rate
        self._stream: Any = None
        if from_rate != to_rate:
            import soxr

            self._stream = soxr.ResampleStream(from_rate, to_rate, 1, dtype="float32", quality=quality)

    def feed(self, block: Samples) -> Samples:
        converted: Samples = block if self._stream is None else self._stream.resample_chunk(block)
        return converted

    def end(self) -> Samples:
        """What was held back."""
        nothing = np.zeros(0, dtype=np.float32)
        rest: Samples = nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)
        return rest


class Decimator:
    """Block after block of one sound (mono float32) to a third of its rate, 1 ms late: for a live microphone.

    A symmetric low-pass filter, by the window method (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.5):
    flat to 6.9 kHz at 48 kHz, 60 dB down from 8.7 kHz on.
    """

    FACTOR = 3
    TAPS, BETA, CUTOFF = 95, 5.65, 0.1625
    """The length, Kaiser's beta for 60 dB, and the middle of the edge in cycles per sample (7.8 kHz at 48 kHz)."""

    def __init__(self) -> None:
        times = np.arange(self.TAPS) - self.TAPS // 2
        taps = np.sinc(2 * self.CUTOFF * times) * np.kaiser(self.TAPS, self.BETA)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._kept = np.zeros(self.TAPS - 1, dtype=np.float32)

    def feed(self, block: Samples) -> Samples:
        sound = np.concatenate([self._kept, block])
        whole = max(0, -(-(len(sound) - self.TAPS + 1) // self.FACTOR))
        self._kept = sound[whole * self.FACTOR :]
        if not whole:
            return self._kept[:0]
        windows = np.lib.stride_tricks.sliding_window_view(sound, self.TAPS)[:: self.FACTOR]
        thinned: Samples = windows @ self._taps
        return thinned


def resample_stream(blocks: Iterator[Samples], from_rate: int, to_rate: int) -> Iterator[Samples]:
    """Blocks of one long recording from one rate to another."""
    resampler = Resampler(from_rate, to_rate)
    for block in blocks:
        yield resampler.feed(block)
    if from_rate != to_rate:
        yield resampler.end()


def to_pcm16(samples: Samples) -> bytes:
    """Mono float32 in [-1, 1] as little-endian 16-bit PCM; what is louder is clipped."""
    return (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


def from_pcm16(data: bytes) -> Samples:
    """Little-endian 16-bit PCM as float32 in [-1, 1]."""
    return np.frombuffer(data, dtype="<i2").astype(np.float32) / 32768.0


def dbfs(samples: Samples) -> float:
    """The RMS level of a block relative to full scale, in dB; -120 for silence."""
    if len(samples) == 0:
        return -120.0
    power = float(np.dot(samples, samples)) / len(samples)
    return max(-120.0, 10.0 * float(np.log10(power + 1e-12)))
