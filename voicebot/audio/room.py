"""A simulated room: what comes out of a simulated card's speaker reaches its microphone.

    card = SimulatedCard(room=Room(level=-20.0, drift=50.0))

The loudspeaker distorts, its clock and the microphone's differ, the sound takes its way and is reflected; and now and
then the way's length jumps, as it does when a sound server changes its buffers. Talkers and noises are put on top with
the card's `speak`. The same for the same seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicebot.events import Samples

RATE = 16_000
"""Hz, at the microphone."""
TAPS = 16
"""Samples at the microphone's rate, on each side, from which a sample of the speaker's is interpolated."""
PHASES = 256
REMEMBERED = 1.0
"""Seconds of the speaker that are kept; more than the longest delay."""


@dataclass(frozen=True, slots=True)
class Room:
    """`level` is the echo's in dB, relative to what was played; `delay` in seconds, from the card to the microphone.

    `drift` is how much faster the speaker's clock runs, in parts per million (sound cards differ by up to 100).
    `jumps` are changes of the delay: (loop time, seconds). `distortion` is the drive of a soft clipper (tanh): at 1.0 a
    full-scale sine has 7 % of harmonics, at 0.3 0.7 %. `reverberation` is the time in seconds in which reflections
    fall by 60 dB.
    """

    level: float = -20.0
    delay: float = 0.04
    drift: float = 0.0
    jumps: tuple[tuple[float, float], ...] = ()
    distortion: float = 0.0
    reverberation: float = 0.25
    seed: int = 0

    def delay_at(self, time: float) -> float:
        """Seconds, at a loop time."""
        return self.delay + sum(change for at, change in self.jumps if at <= time)

    def response(self) -> Samples:
        """The impulse response at `RATE`, with the energy of `level`: the direct sound, then decaying reflections."""
        random = np.random.default_rng(self.seed)
        times = np.arange(max(1, round(self.reverberation * RATE))) / RATE
        tail = random.standard_normal(len(times)) * 10 ** (-3 * times / self.reverberation)
        tail *= 0.05 * (times > DIRECT_SECONDS)
        tail[0] = 1.0
        gain = 10 ** (self.level / 20) / np.sqrt(np.square(tail).sum())
        response: Samples = (tail * gain).astype(np.float32)
        return response


DIRECT_SECONDS = 0.003
"""Until the first reflection: a table or a wall about half a metre off."""


class Echo:
    """The sound of a room, as the microphone hears it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._response = room.response()
        self._line = _Line(room.drift)
        self._past = np.zeros(len(self._response) - 1, dtype=np.float32)
        self._next = 0

    def speed(self, direction: str) -> float:
        """How fast a stream's clock runs, relative to the loop's."""
        return 1.0 + self.room.drift * 1e-6 if direction == "output" else 1.0

    def play(self, at: float, samples: Samples, sample_rate: int) -> None:
        """A block that leaves the card at loop time `at`."""
        self._line.append(at, samples, sample_rate)

    def capture(self, first: int, count: int) -> Samples:
        """The echo in `count` samples at `RATE`, the first of them number `first` since loop time 0."""
        if first != self._next:
            self._past[:] = 0.0
        self._next = first + count
        dry = np.concatenate([self._past, self._arriving(first, count)])
        self._past = dry[len(dry) - len(self._past) :]
        return _convolved(dry, self._response)[len(self._past) :]

    def _arriving(self, first: int, count: int) -> Samples:
        """What the loudspeaker gives, late, before the room."""
        times = np.arange(first, first + count) / RATE
        delays = np.array([self.room.delay_at(time) for time in times]) if self.room.jumps else self.room.delay
        sound = self._line.at(times - delays)
        drive = self.room.distortion
        return np.tanh(drive * sound) / np.float32(drive) if drive else sound


class _Line:
    """The last seconds of a speaker, which can be asked for the signal between two samples."""

    def __init__(self, drift: float) -> None:
        self._speed = 1.0 + drift * 1e-6
        self._samples = np.zeros(0, dtype=np.float32)
        self._rate = 0.0
        self._start = 0.0
        self._kernel = np.zeros((0, 0), dtype=np.float32)

    def append(self, at: float, samples: Samples, sample_rate: int) -> None:
        rate = sample_rate * self._speed
        end = self._start + len(self._samples) / self._rate if self._rate else -1.0
        if rate != self._rate or abs(at - end) > 0.5 / rate:
            if rate != self._rate:
                self._kernel = _kernel(sample_rate)
            self._samples, self._rate, self._start = np.zeros(0, dtype=np.float32), rate, at
        self._samples = np.concatenate([self._samples, samples])
        surplus = len(self._samples) - round(REMEMBERED * rate)
        if surplus > 0:
            self._samples, self._start = self._samples[surplus:], self._start + surplus / rate

    def at(self, times: NDArray[np.float64]) -> Samples:
        """The signal at loop times, by a windowed sinc; silence where nothing was played."""
        if not len(self._samples):
            return np.zeros(len(times), dtype=np.float32)
        positions = (times - self._start) * self._rate
        whole = np.floor(positions).astype(int)
        phases = ((positions - whole) * PHASES).astype(int)
        width = self._kernel.shape[1]
        padded = np.concatenate([np.zeros(width, np.float32), self._samples, np.zeros(width, np.float32)])
        indices = whole[:, None] + np.arange(width)[None, :] - width // 2 + 1 + width
        inside = (indices >= 0) & (indices < len(padded))
        taken = np.where(inside, padded[np.clip(indices, 0, len(padded) - 1)], np.float32(0))
        found: Samples = np.einsum("ij,ij->i", taken, self._kernel[phases]).astype(np.float32)
        return found


def _kernel(sample_rate: int) -> Samples:
    """A Hann-windowed sinc for each of `PHASES` positions between two samples, cut off at the microphone's band."""
    cutoff = 0.95 * min(1.0, RATE / sample_rate)
    half = round(TAPS * max(1.0, sample_rate / RATE))
    offsets = np.arange(-half + 1, half + 1)[None, :] - np.arange(PHASES)[:, None] / PHASES
    window = np.cos(np.pi * offsets / (2 * half)) ** 2
    kernel: Samples = (cutoff * np.sinc(cutoff * offsets) * window).astype(np.float32)
    return kernel


def _convolved(signal: Samples, response: Samples) -> Samples:
    size = 1 << (len(signal) + len(response) - 2).bit_length()
    product = np.fft.rfft(signal, size) * np.fft.rfft(response, size)
    return np.fft.irfft(product, size)[: len(signal)].astype(np.float32)
