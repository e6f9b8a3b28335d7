"""How long the sound of the speaker is on its way into the microphone, and whether that has changed.

An echo is what was played some time ago, and a talker's voice has nothing to do with it. So the two are correlated,
with the phase transform (GCC-PHAT, Knapp and Carter 1976): an echo is a peak at its delay, in double talk
too. A sound server that buffers anew moves the peak; a voice does not.
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
PLAYED_SHARE, HEARD_SHARE = 0.5, 0.4
"""What of either must be audible: two sounds of which one is short always have a peak."""
AUDIBLE = -55.0
"""dBFS below which a block is not examined."""
HOLD = 3
"""Blocks that count as echo, from one with a peak on: an echo's soft sounds give none."""
SAME = 0.0015
"""Seconds within which two delays are one."""
AGREE, REMEMBER = 3, 16
"""Peaks in a row that make a new delay, and those whose median is the delay until then."""
FRAMES = round(REFERENCE * 100)
BLOCKS = -(-round(HEARD * SAMPLE_RATE) // BLOCK)


class Way:
    """From one speaker to one microphone. Costs 0.9 ms for an audible block while something plays, else nothing."""

    def __init__(self) -> None:
        self.echo = False
        """Whether what is played was in the last blocks."""
        self._frames: deque[Samples] = deque(maxlen=FRAMES)
        self._frame_sounds: deque[bool] = deque(maxlen=FRAMES)
        self._blocks: deque[Samples] = deque(maxlen=BLOCKS)
        self._block_sounds: deque[bool] = deque(maxlen=BLOCKS)
        self._delays: deque[float] = deque(maxlen=REMEMBER)
        self._hold = 0

    @property
    def delay(self) -> float | None:
        """Seconds from the speaker's buffer to the microphone's block; None while it is not known."""
        return float(np.median(self._delays)) if len(self._delays) >= AGREE else None

    def played(self, frame: Samples) -> None:
        """Take 10 ms of what is played, at the speaker's rate."""
        if self._frames and len(self._frames[-1]) != len(frame):
            self._frames.clear()
            self._frame_sounds.clear()
        self._frames.append(frame)
        self._frame_sounds.append(dbfs(frame) > AUDIBLE)

    def changed(self, block: Samples, ahead: int) -> bool:
        """Take a block of the microphone, 512 samples at 16 kHz; True when the way has become another.

        `ahead` samples of it are newer than the newest frame that was played.
        """
        self._blocks.append(block)
        self._block_sounds.append(dbfs(block) > AUDIBLE)
        found = self._peak() if self._block_sounds[-1] else None
        self._hold = HOLD if found is not None else self._hold - 1
        self.echo = self._hold > 0
        return found is not None and self._is_another(found + ahead / SAMPLE_RATE)

    def _is_another(self, delay: float) -> bool:
        before = self.delay
        self._delays.append(delay)
        lately = list(self._delays)[-AGREE:]
        agreed = max(lately) - min(lately) <= SAME
        if before is None or not agreed or min(abs(each - before) for each in lately) <= SAME:
            return False
        self._delays = deque(lately, maxlen=REMEMBER)
        return True

    def _peak(self) -> float | None:
        """The delay at which the two are alike, in seconds."""
        heard = len(self._blocks) == BLOCKS and sum(self._block_sounds) >= HEARD_SHARE * BLOCKS
        played = len(self._frames) == FRAMES and sum(self._frame_sounds) >= PLAYED_SHARE * FRAMES
        if not (heard and played):
            return None
        correlation = _correlation(np.concatenate(self._frames), np.concatenate(self._blocks))
        at = int(np.argmax(correlation))
        return at / SAMPLE_RATE if correlation[at] > PEAK else None


def _correlation(reference: Samples, heard: Samples) -> NDArray[np.floating]:
    """GCC-PHAT for the delays from 0 to 0.5 s, by sample at 16 kHz, in multiples of its RMS."""
    theirs, ours = np.fft.rfft(reference), np.fft.rfft(_at_the_end(heard))
    highest = len(reference) / REFERENCE / 2
    low, high = (round(hertz * REFERENCE) for hertz in (LOW, min(HIGH, highest)))
    both: Spectrum = np.zeros_like(ours)
    both[low:high] = ours[low:high] * np.conj(theirs[low:high])
    both[low:high] /= np.abs(both[low:high]) + 1e-12
    correlation = np.abs(np.fft.irfft(both)[: round((REFERENCE - HEARD) * SAMPLE_RATE)])
    result: NDArray[np.floating] = correlation / (np.sqrt(np.square(correlation).mean()) + 1e-12)
    return result


def _at_the_end(heard: Samples) -> Samples:
    """The last of it, faded in and out, in as much silence as there is reference before it."""
    length = round(HEARD * SAMPLE_RATE)
    padded = np.zeros(round(REFERENCE * SAMPLE_RATE), dtype=np.float32)
    padded[-length:] = heard[-length:] * np.hanning(length)
    return padded
