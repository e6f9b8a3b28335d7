"""Whether an echo is left in what the canceller gave: after the way of the sound has changed, for a second or three.

A talker's voice has nothing to do with what the speaker plays; an echo that got through is it, some time later. So the
two are correlated, with the phase transform (GCC-PHAT, Knapp and Carter 1976): an echo is a peak at its delay.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voicebot.audio.resampling import dbfs
from voicebot.audio.vad import BLOCK, SAMPLE_RATE
from voicebot.events import Samples

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
FRAMES = round(REFERENCE * 100)
BLOCKS = -(-round(HEARD * SAMPLE_RATE) // BLOCK)


class Residual:
    """Compares block after block; costs 0.9 ms for one that is audible while something plays, and nothing otherwise."""

    def __init__(self) -> None:
        self._reference: deque[Samples] = deque(maxlen=FRAMES)
        self._heard: deque[Samples] = deque(maxlen=BLOCKS)
        self._hold = 0

    def put(self, frame: Samples) -> None:
        """Take 10 ms of what was played, at the speaker's rate."""
        if self._reference and len(self._reference[-1]) != len(frame):
            self._reference.clear()
        self._reference.append(frame)

    def holds(self, block: Samples) -> bool:
        """Whether this block of the cleaned microphone (512 samples at 16 kHz) is an echo."""
        self._heard.append(block)
        self._hold -= 1
        if dbfs(block) > AUDIBLE and self._peak() > PEAK:
            self._hold = HOLD
        return self._hold > 0

    def _peak(self) -> float:
        if len(self._reference) < FRAMES or len(self._heard) < BLOCKS:
            return 0.0
        reference = np.fft.rfft(np.concatenate(self._reference))
        heard = np.fft.rfft(_at_the_end(np.concatenate(self._heard)))
        low, high = (round(hertz * REFERENCE) for hertz in (LOW, min(HIGH, 50 * len(self._reference[-1]))))
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
