"""Sample rates and sample formats, through soxr. The live path runs at native rates and comes here only if it must."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voicebot.events import Samples


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """A whole piece of mono float32 from one rate to another, in Hz."""
    if from_rate == to_rate or len(samples) == 0:
        return samples
    import soxr

    converted: Samples = soxr.resample(samples, from_rate, to_rate)
    return converted.astype(np.float32, copy=False)


def resample_stream(blocks: Iterator[Samples], from_rate: int, to_rate: int) -> Iterator[Samples]:
    """Blocks of one long recording from one rate to another, without a seam between them."""
    if from_rate == to_rate:
        yield from blocks
        return
    import soxr

    stream = soxr.ResampleStream(from_rate, to_rate, num_channels=1, dtype="float32")
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True)


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
