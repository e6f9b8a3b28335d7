"""A clip as a microphone would hear it: in a room, near or far, with noise, and silence before and after.

Everything here is drawn anew each time a clip is used, so that no two steps of the training hear the same sound.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.checkpoint.corpus import Corpus
from tests.noises import KINDS, noise

RATE = 16_000
Signal = NDArray[np.float32]
Random = np.random.Generator


@dataclass(slots=True)
class Said:
    """A sentence in a scene, with its start and end in seconds."""

    text: str
    start: float
    end: float


@dataclass(slots=True)
class Scene:
    """`samples` with what was said in them, in order; `cut_at` is where a sentence begins that the end cuts off."""

    samples: Signal
    language: str
    said: list[Said] = field(default_factory=list)
    cut_at: float | None = None


def noise_bank(seconds: float = 8.0, seeds: int = 24) -> list[Signal]:
    return [noise(kind, seconds, -26.0, seed) for kind in KINDS if kind != "silence" for seed in range(seeds)]


class Scenery:
    """Draws scenes from a corpus. `bank` is noise, each piece at least as loud as -26 dBFS where it is loud."""

    def __init__(self, corpus: Corpus, bank: list[Signal], random: Random) -> None:
        self._corpus = corpus
        self._bank = bank
        self._random = random
        self._languages = np.array([clip.language for clip in corpus.clips])

    def sentence(self) -> Scene:
        """One sentence, with up to 0.8 s before and after it."""
        return self._joined([self._any_clip()], self._random.uniform(0.0, 0.8), self._random.uniform(0.0, 0.8))

    def several(self, most: int = 5) -> Scene:
        """Sentences one after another, as in a recording."""
        first = self._any_clip()
        numbers = [first, *(self._any_clip(like=first) for _ in range(self._random.integers(1, most)))]
        return self._joined(numbers, self._random.uniform(0.0, 0.8), self._random.uniform(0.0, 0.8))

    def window(self, seconds: float = 30.0) -> Scene:
        """A whole window of Whisper's: the sentence at its end is cut off."""
        first = self._any_clip()
        scene = self._joined([first, *(self._any_clip(like=first) for _ in range(24))], self._random.uniform(0, 0.5), 0)
        scene.samples = scene.samples[: round(seconds * RATE)]
        whole = [one for one in scene.said if one.end <= seconds - 0.1]
        cut = [one for one in scene.said[len(whole) :] if one.start < seconds - 0.3]
        scene.said, scene.cut_at = whole, cut[0].start if cut else None
        return scene

    def emptiness(self, longest: float = 6.0) -> Scene:
        """Nothing said: digital silence, a quiet room, or any noise at any level."""
        length = round(self._random.uniform(0.3, longest) * RATE)
        kind = self._random.random()
        if kind < 0.15:
            return Scene(np.zeros(length, np.float32), "en")
        level = self._random.uniform(-60, 0)
        return Scene(self._noise(length) * np.float32(10 ** (level / 20)), "ko" if kind > 0.9 else "en")

    def _any_clip(self, like: int | None = None) -> int:
        number = int(self._random.integers(len(self._corpus)))
        while like is not None and self._languages[number] != self._languages[like]:
            number = int(self._random.integers(len(self._corpus)))
        return number

    def _joined(self, numbers: list[int], lead: float, trail: float) -> Scene:
        pieces, said, at = [self._pause(lead)], [], lead
        for number in numbers:
            clip, samples = self._corpus[number]
            voice = self._at_another_speed(samples.astype(np.float32) / 32768)
            said.append(Said(clip.text, at, at + len(voice) / RATE))
            gap = self._random.uniform(0.3, 1.5) if number != numbers[-1] else trail
            pieces += [voice, self._pause(gap)]
            at += (len(voice) + len(pieces[-1])) / RATE
        return Scene(self._heard(np.concatenate(pieces)), clip.language, said)

    def _pause(self, seconds: float) -> Signal:
        return np.zeros(round(seconds * RATE), np.float32)

    def _at_another_speed(self, voice: Signal) -> Signal:
        """Faster and higher, or slower and lower: another throat, for it moves the formants too."""
        if self._random.random() < 0.3:
            return voice
        speed = self._random.uniform(0.8, 1.25)
        return np.interp(np.arange(0, len(voice) - 1, speed), np.arange(len(voice)), voice).astype(np.float32)

    def _heard(self, signal: Signal) -> Signal:
        if self._random.random() < 0.3:
            signal = self._in_a_room(signal)
        if self._random.random() < 0.25:
            signal = self._through_another_microphone(signal)
        if self._random.random() < 0.7:
            below = self._random.uniform(3, 40)
            loud = float(np.sqrt(np.mean(signal[signal != 0] ** 2))) if signal.any() else 0.1
            signal = signal + self._noise(len(signal)) * np.float32(loud / 0.05 * 10 ** (-below / 20))
        return signal * np.float32(10 ** (self._random.uniform(-30, 0) / 20))

    def _noise(self, length: int) -> Signal:
        if self._random.random() < 0.3:
            return (self._random.standard_normal(length) * 0.05).astype(np.float32)
        piece = self._bank[self._random.integers(len(self._bank))]
        start = self._random.integers(len(piece))
        return np.resize(np.roll(piece, -start), length)

    def _in_a_room(self, signal: Signal) -> Signal:
        """A tail of echoes that dies away by 60 dB in 0.1 to 0.5 s."""
        times = np.arange(round(0.25 * RATE)) / RATE
        tail = self._random.standard_normal(len(times)) * 10 ** (-3 * times / self._random.uniform(0.1, 0.5))
        answer = tail / np.sqrt(np.sum(tail**2)) * self._random.uniform(0.1, 0.7)
        answer[0] = 1.0
        size = 1 << (len(signal) + len(answer)).bit_length()
        wet = np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(answer, size), size)
        return wet[: len(signal)].astype(np.float32)

    def _through_another_microphone(self, signal: Signal) -> Signal:
        """Lows and highs lifted or lowered by up to 8 dB."""
        size = 1 << len(signal).bit_length()
        tilt = self._random.uniform(-8, 8, 6)
        gain = 10 ** (np.interp(np.linspace(0, 1, size // 2 + 1), np.linspace(0, 1, 6), tilt) / 20)
        return np.fft.irfft(np.fft.rfft(signal, size) * gain, size)[: len(signal)].astype(np.float32)
