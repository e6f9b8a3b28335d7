"""The first sign of a pause, in how loud speech is: it comes before voice activity falls.

Silero's probability falls 97 ms (median) to 124 ms (95th percentile) after the last sound of a word. The sound's own
level shows the end at once, and many an end that is none: the closure of a "t" is as quiet. So what is begun at this
sign must be given up at no cost when the speech goes on.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voicebot.audio.vad import BLOCK, BLOCK_SECONDS
from voicebot.events import Samples

STEP = 128
"""Samples whose level is looked at together: 8 ms at 16 kHz, one period of the lowest voice."""
STEP_SECONDS = BLOCK_SECONDS * STEP / BLOCK
FALL, SHARE = 30.0, 0.75
"""Quiet is this many dB below the speech, or this share of the way down to the room's noise, whichever is nearer."""
FORGET = 8.0
"""dB in a second by which the level of speech falls: a sentence ends some 10 dB below its beginning."""
REMEMBER = 64
"""Blocks, about two seconds, in which the quietest is the room."""
SOFTEST = -90.0


class Pause:
    """Follows the level of the microphone, block after block (512 samples of float32 at 16 kHz)."""

    def __init__(self) -> None:
        self.quiet = 0.0
        """Seconds since the last step that was as loud as the speech; grows in steps of 8 ms."""
        self._speech = SOFTEST
        self._softest: deque[float] = deque(maxlen=REMEMBER)

    def feed(self, block: Samples, *, voiced: bool) -> None:
        """Take a block; `voiced` when voice activity calls it speech."""
        levels = _levels(block)
        self._softest.append(float(levels.min()))
        self._speech = max(SOFTEST, self._speech - FORGET * BLOCK_SECONDS)
        if voiced:
            self._speech = max(self._speech, float(levels.max()))
        loud = np.flatnonzero(levels > self._threshold())
        trailing = len(levels) - (int(loud[-1]) + 1 if len(loud) else 0)
        self.quiet = trailing * STEP_SECONDS + (0.0 if len(loud) else self.quiet)

    def _threshold(self) -> float:
        if self._speech == SOFTEST:
            return SOFTEST
        room = float(np.percentile(self._softest, 20))
        return self._speech - min(FALL, SHARE * max(0.0, self._speech - room))


def _levels(block: Samples) -> Samples:
    """The RMS of each step, in dBFS."""
    power = np.square(block).reshape(-1, STEP).mean(axis=1)
    levels: Samples = np.maximum(SOFTEST, 10.0 * np.log10(power + 1e-12))
    return levels
