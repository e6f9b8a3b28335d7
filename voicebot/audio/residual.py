"""Whether an echo is left in what the canceller gave: after the way of the sound has changed, for a second or three.

A talker's voice has nothing to do with what the speaker plays; an echo that got through is it, some time later. So the
two are correlated, with the phase transform (GCC-PHAT, Knapp and Carter 1976): an echo is a peak at its delay.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from voicebot.audio.resampling import dbfs
from voicebot.audio.vad import BLOCK, SAMPLE_RATE
from voicebot.events import Samples

Spectrum = NDArray[np.complexfloating]

REFERENCE, HEARD = 0.8, 0.3
"""Seconds of the speaker and of the microphone that are compared: an echo may be half a second late."""
LOW, HIGH = 300, 6000
"""Hz between which they are."""
PEAK = 12.0
"""How far above the RMS of the correlation its peak stands where there is an echo: see docs/echo.md."""
HOLD = 3
"""Blocks that count as echo, from one with a peak on: an echo's soft sounds give none."""
AUDIBLE = -55.0
"""dBFS below which a block is not examined."""
PLAYED_SHARE, HEARD_SHARE = 0.5, 0.4
"""What of either must be audible: two sounds of which one is short always have a peak."""
FRAMES = round(REFERENCE * 100)
BLOCKS = -(-round(HEARD * SAMPLE_RATE) // BLOCK)


class Played:
    """The last 0.8 s of what the speaker played."""

    def __init__(self) -> None:
        self._frames: deque[Samples] = deque(maxlen=FRAMES)
        self._audible: deque[bool] = deque(maxlen=FRAMES)
        self._spectrum: Spectrum | None = None

    def put(self, frame: Samples) -> None:
        """Take 10 ms, at the speaker's rate."""
        if self._frames and len(self._frames[-1]) != len(frame):
            self._frames.clear()
            self._audible.clear()
        self._frames.append(frame)
        self._audible.append(dbfs(frame) > AUDIBLE)
        self._spectrum = None

    @property
    def sounds(self) -> bool:
        """Whether there is enough of it for a comparison."""
        return len(self._frames) == FRAMES and sum(self._audible) >= PLAYED_SHARE * FRAMES

    @property
    def highest(self) -> int:
        """The highest frequency in it, in Hz."""
        return 50 * len(self._frames[-1])

    def spectrum(self) -> Spectrum:
        if self._spectrum is None:
            self._spectrum = np.fft.rfft(np.concatenate(self._frames))
        return self._spectrum


class Residual:
    """Compares block after block; costs 0.9 ms for one that is audible while something plays, and nothing otherwise."""

    def __init__(self, played: Played) -> None:
        self._played = played
        self._heard: deque[Samples] = deque(maxlen=BLOCKS)
        self._audible: deque[bool] = deque(maxlen=BLOCKS)
        self._hold = 0

    def holds(self, block: Samples) -> bool:
        """Whether this block of a microphone (512 samples at 16 kHz) is an echo."""
        self._heard.append(block)
        self._audible.append(dbfs(block) > AUDIBLE)
        self._hold -= 1
        if self._audible[-1] and self._peak() > PEAK:
            self._hold = HOLD
        return self._hold > 0

    def _peak(self) -> float:
        sounds = len(self._heard) == BLOCKS and sum(self._audible) >= HEARD_SHARE * BLOCKS
        if not (sounds and self._played.sounds):
            return 0.0
        reference = self._played.spectrum()
        heard = np.fft.rfft(_at_the_end(np.concatenate(self._heard)))
        low, high = (round(hertz * REFERENCE) for hertz in (LOW, min(HIGH, self._played.highest)))
        both = np.zeros_like(heard)
        both[low:high] = heard[low:high] * np.conj(reference[low:high])
        both[low:high] /= np.abs(both[low:high]) + 1e-12
        correlation = np.fft.irfft(both)[: round((REFERENCE - HEARD) * SAMPLE_RATE)]
        return float(np.abs(correlation).max() / (np.sqrt(np.square(correlation).mean()) + 1e-12))


def _at_the_end(heard: Samples) -> Samples:
    """The last of it, faded in and out, in as much silence as there is reference before it."""
    length = round(HEARD * SAMPLE_RATE)
    padded = np.zeros(round(REFERENCE * SAMPLE_RATE), dtype=np.float32)
    padded[-length:] = heard[-length:] * np.hanning(length)
    return padded
