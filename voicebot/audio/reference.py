"""What went to the speaker, kept for the echo canceller: the same length of it for every length of the microphone.

The speaker's thread puts blocks in, the microphone's takes them out; neither waits for the other. What is taken out is
never older than it must be: an echo may come right after its sound, and a reference that comes after the echo is none.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voicebot.audio.resampling import Resampler
from voicebot.events import Samples

WAITING_BLOCKS = 128
"""Blocks that may wait: more than a second of PortAudio's. If there are more, nobody was listening."""
WINDOW = 1.0
"""Seconds in which the reference's smallest lead is looked for; what is always left over is too old."""
SUBSTITUTE_RATE = 16_000
"""Hz, for a speaker whose 10 ms are not a whole number of samples."""

NOTHING = np.zeros(0, dtype=np.float32)


class Reference:
    """Mono float32 at `sample_rate` Hz, a multiple of 100; silence where nothing was played."""

    def __init__(self) -> None:
        self.sample_rate = SUBSTITUTE_RATE
        self._blocks: deque[tuple[Samples, int]] = deque(maxlen=WAITING_BLOCKS)
        self._kept = NOTHING
        self._from_rate = SUBSTITUTE_RATE
        self._resampler: Resampler | None = None
        self._taken = 0.0
        self._lead = 0
        self._smallest: int | None = None

    def put(self, samples: Samples, sample_rate: int) -> None:
        """Take what goes to the speaker now; on the speaker's thread."""
        if sample_rate:  # 0: the speaker is only just opening, and gives silence
            self._blocks.append((samples.copy(), sample_rate))

    def collect(self) -> bool:
        """Take in what was played since the last time; True when there was sound in it."""
        if len(self._blocks) == WAITING_BLOCKS:
            self.forget()
        sounded = False
        while self._blocks:
            samples, rate = self._blocks.popleft()
            if rate != self._from_rate:
                self._change_rate(rate)
            sounded = sounded or bool(samples.any())
            self._kept = np.concatenate([self._kept, self._resampler.feed(samples) if self._resampler else samples])
        return sounded

    def forget(self) -> None:
        """Nobody listened meanwhile: what was played before is of no use."""
        self._blocks.clear()
        self._kept = NOTHING
        self._smallest = None

    def take(self, seconds: float) -> Samples:
        """The next `seconds`; where there is not so much, silence stands for what was not played in time."""
        count = round(seconds * self.sample_rate)
        taken, self._kept = self._kept[:count], self._kept[count:]
        self._watch(seconds)
        if len(taken) < count:
            taken = np.concatenate([taken, np.zeros(count - len(taken), dtype=np.float32)])
        return taken

    def trim(self, least: float = 0.0) -> None:
        """Drop what is always left over, if that is more than `least` seconds: a speaker's clock that runs fast."""
        if self._smallest is not None and self._smallest > least * self.sample_rate:
            self._kept = self._kept[self._smallest :]
            self._smallest = None

    def _watch(self, seconds: float) -> None:
        left = len(self._kept)
        self._lead = left if self._taken == 0.0 else min(self._lead, left)
        self._taken += seconds
        if self._taken >= WINDOW:
            self._taken, self._smallest = 0.0, self._lead

    def _change_rate(self, rate: int) -> None:
        self._kept = NOTHING
        self._smallest = None
        self._from_rate = rate
        whole = rate % 100 == 0
        self.sample_rate = rate if whole else SUBSTITUTE_RATE
        self._resampler = None if whole else Resampler(rate, SUBSTITUTE_RATE, "LQ")
