"""How a sound moves, and so how sure Silero must be before it counts as speech.

Silero takes music that begins in a quiet room for speech, for a second or for as long as it lasts: bowed and plucked
strings hum as vowels do. But a note rings, and holds its spectrum; a knock rings, and is another sound every 32 ms; a
voice glides from one shape to the next; and noise does not ring. docs/hearing.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicebot.events import Samples

RATE = 16_000
FRAME = 1024
BANDS = 16
LOWEST, HIGHEST = 100.0, 6500.0
"""Hz: where the bands begin and end, evenly spaced on the mel scale."""
LOWEST_PITCH, HIGHEST_PITCH = 45.0, 420.0
DEPTH = 35.0
"""dB below a frame's loudest band; what is softer is background."""
MOST_FRAMES = 128
"""About 4 seconds: more would tell no more, and hold up the event loop."""

RINGS, RINGS_STILL, RINGS_CLEAR = 0.8, 0.88, 0.965
STILL = 2.2
"""dB. In 3,190 utterances the stillest speech that rings moved by 2.37, and nearly all music that passed for speech by
less than 2.1."""

CERTAIN = 0.95
"""Silero is believed, whatever the sound is like: music reaches 0.92, and half of what people say is above this."""

Frames = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Movement:
    """`clearness` of the pitch: the height of the autocorrelation's peak, 0 to 1, median over the frames.

    `spread` is the standard deviation of the bands' levels over all frames, and `step` their mean change from frame to
    frame, both in dB, loudness left out. In speech a step is half the spread; where frames have nothing to do with each
    other it is 1.13 times the spread.
    """

    clearness: float
    spread: float
    step: float

    @property
    def least_probability(self) -> float:
        """Silero's mean probability from which on it is speech."""
        if self.clearness < RINGS:
            return 0.55
        if self.clearness >= RINGS_STILL and self.spread < STILL:
            return CERTAIN
        if self.step > self.spread:
            return 0.88
        return 0.84 if self.clearness >= RINGS_CLEAR else 0.68


def movement(samples: Samples, blocks: Sequence[int], block: int) -> Movement:
    """How a sound (mono float32 at 16 kHz) moves in some of its blocks of `block` samples, given by number."""
    frames = _frames(samples, blocks[:MOST_FRAMES], block)
    shapes = _shapes(frames)
    steps = np.abs(np.diff(shapes, axis=0)) if len(shapes) > 1 else np.zeros(1)
    return Movement(float(np.median(_clearness(frames))), float(shapes.std(axis=0).mean()), float(steps.mean()))


def _frames(samples: Samples, blocks: Sequence[int], block: int) -> Frames:
    """Frames of 64 ms, each with its block in the middle."""
    before = (FRAME - block) // 2
    padded = np.pad(samples.astype(np.float64), (before, FRAME))
    return np.stack([padded[number * block : number * block + FRAME] for number in blocks])


def _shapes(frames: Frames) -> Frames:
    """Each frame's band levels in dB, their mean taken off."""
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME))) ** 2
    levels = 10 * np.log10(power @ _bands().T + 1e-12)
    levels = np.maximum(levels, levels.max(axis=1, keepdims=True) - DEPTH)
    shapes: Frames = levels - levels.mean(axis=1, keepdims=True)
    return shapes


def _bands() -> Frames:
    """Triangles on the mel scale (O'Shaughnessy: 1127 ln(1 + f / 700))."""
    lowest, highest = 1127 * np.log1p(LOWEST / 700), 1127 * np.log1p(HIGHEST / 700)
    centres, width = np.linspace(lowest, highest, BANDS + 2, retstep=True)
    mel = 1127 * np.log1p(np.fft.rfftfreq(FRAME, 1 / RATE) / 700)
    bands: Frames = np.maximum(0.0, 1.0 - np.abs(mel - centres[1:-1, None]) / width)
    return bands


def _clearness(frames: Frames) -> Frames:
    """Autocorrelation at the best pitch period, over that of the window (Boersma 1993)."""
    window = np.hanning(FRAME)
    own = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * window)
    periods = slice(round(RATE / HIGHEST_PITCH), round(RATE / LOWEST_PITCH))
    best: Frames = (own / np.maximum(_autocorrelation(window), 0.05))[:, periods].max(axis=1)
    return best


def _autocorrelation(frames: Frames) -> Frames:
    power = np.abs(np.fft.rfft(frames, 2 * FRAME)) ** 2
    correlation = np.fft.irfft(power)[..., :FRAME]
    shares: Frames = correlation / np.maximum(correlation[..., :1], 1e-12)
    return shares
