"""The sound of a timer that rings: three pairs of notes, made here, so that nothing has to be shipped."""

from __future__ import annotations

import numpy as np

from voicebot.events import Samples

NOTES = (880.0, 1174.7)
"""Hz: A5 and D6, a fourth apart."""
NOTE_SECONDS = 0.16
PAUSE_SECONDS = 0.12
TIMES = 3


def chime(sample_rate: int) -> Samples:
    """About 1.3 seconds of mono float32 at `sample_rate` Hz, peaking at 0.4."""
    pause = np.zeros(round(PAUSE_SECONDS * sample_rate), dtype=np.float32)
    pair = np.concatenate([*(_note(hertz, sample_rate) for hertz in NOTES), pause])
    return np.tile(pair, TIMES)


def _note(hertz: float, sample_rate: int) -> Samples:
    times = np.arange(round(NOTE_SECONDS * sample_rate)) / sample_rate
    swell = np.minimum(1.0, times / 0.005) * np.exp(-times * 14.0)
    tone: Samples = (0.4 * swell * np.sin(2 * np.pi * hertz * times)).astype(np.float32)
    return tone
