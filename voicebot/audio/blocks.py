"""What a microphone gives, at whatever rate and in whatever pieces, as the blocks that everything above is made for."""

from __future__ import annotations

import numpy as np

from voicebot.audio.card import Deliver
from voicebot.audio.resampling import Decimator, Resampler
from voicebot.audio.vad import BLOCK
from voicebot.events import Samples


class Blocks:
    """Hands on blocks of 512 samples at `to_rate` Hz, as soon as each is whole; for the card's own thread.

    Three times the rate is thinned out with hardly a delay; for any other soxr holds up to 20 ms back.
    """

    def __init__(self, from_rate: int, to_rate: int, deliver: Deliver) -> None:
        is_triple = from_rate == Decimator.FACTOR * to_rate
        self._convert = Decimator() if is_triple else Resampler(from_rate, to_rate, "LQ")
        self._deliver = deliver
        self._rest = np.zeros(0, dtype=np.float32)

    def feed(self, piece: Samples) -> None:
        """Take mono float32 at `from_rate`; it is copied."""
        self._rest = np.concatenate([self._rest, self._convert.feed(piece)])
        while len(self._rest) >= BLOCK:
            block, self._rest = self._rest[:BLOCK], self._rest[BLOCK:]
            self._deliver(block)
