"""An utterance that is being spoken: its sound so far, and when it may be over."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from voicebot.audio.spool import Spool
from voicebot.audio.vad import BLOCK_SECONDS
from voicebot.events import Samples
from voicebot.turn import Turn


@dataclass(slots=True)
class Draft:
    """Blocks of 512 samples of float32 at 16 kHz, each with its probability of speech; times on the loop's clock."""

    turn: Turn
    spool: Spool | None
    by_key: bool
    blocks: list[Samples] = field(default_factory=list)
    speech: list[float] = field(default_factory=list)
    last_speech: float = 0.0
    """When speech was last heard."""
    last_loud: float = 0.0
    """When it was last as loud as speech, which ends some 100 ms before it stops to look like speech."""
    released_at: float | None = None
    closing_at: float | None = None
    pauses: list[float] = field(default_factory=list)
    """Seconds of the silences after which the person went on."""
    silence: float = 0.0
    guessed_at: float = 0.0
    """When the speculation that is under way began."""
    soft: bool = False
    """What goes on is too soft for its loudness to tell where it pauses."""

    @property
    def seconds(self) -> float:
        return len(self.blocks) * BLOCK_SECONDS

    @property
    def samples(self) -> Samples:
        return np.concatenate(self.blocks)

    @property
    def ended_at(self) -> float:
        """When the person finished: let go of the key, or made the last sound of a word."""
        if self.released_at is not None:
            return self.released_at
        return min(self.last_speech, self.last_loud) if self.last_speech - self.last_loud < LAG else self.last_speech

    def keep(self, block: Samples, probability: float) -> None:
        self.blocks.append(block)
        self.speech.append(probability)
        if self.spool is not None:
            self.spool.write(block)

    def follow(self, silence: float, voiced: bool) -> None:
        """Note how long the silence is by now, in seconds, and the pause when it ends."""
        if voiced and self.silence:
            self.pauses.append(self.silence)
        self.silence = silence


LAG = 0.25
"""Seconds for which voice activity may still see speech after its last sound; more than that is soft speech."""
