"""When a turn is over: how long to wait in a silence, by how finished the words sound and how this person pauses.

`TurnEnd.wait` is asked at every block of a silence, with the words that are known by then; `TurnEnd.learn` is told the
pauses of an utterance when it is over. docs/turn-taking.md has the figures that the constants were chosen by.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicebot.finished import finished

LEAST_PAUSE = 0.2
"""Seconds below which a silence lies within a word or between two, and tells nothing of how a person pauses."""
REMEMBERED = 40
"""Pauses that count; older ones are forgotten."""
UNKNOWN_PAUSE, CAUTION = 0.3, 4
"""Somebody who was never heard is taken for a fluent speaker: seconds, and how many pauses that counts for."""
USUAL = 0.8
"""The quantile of a person's pauses that is waited for even when the words sound finished."""
MOST_USUAL = 0.75
"""Seconds that this may add up to: more would make every answer late, for few cut-offs less."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds of silence that end a turn.

    `plain` while no words are known, `shortest` after words that sound finished, `longest` after words that do not.
    Raises ValueError when `longest` is below `shortest`.
    """

    plain: float = 0.55
    shortest: float = 0.45
    longest: float = 2.0

    def __post_init__(self) -> None:
        if not 0.0 < self.shortest <= self.longest:
            raise ValueError(f"longest ({self.longest:g}) must not be below shortest ({self.shortest:g})")


class TurnEnd:
    """The silence that ends a turn. It remembers how the person pauses; `waits` may be changed at any time."""

    def __init__(self, waits: Waits | None = None) -> None:
        self.waits = waits or Waits()
        self._pauses: deque[float] = deque([UNKNOWN_PAUSE] * CAUTION, maxlen=REMEMBERED)
        self._usual = UNKNOWN_PAUSE

    @property
    def usual(self) -> float:
        """Seconds: as long as most of this person's pauses."""
        return self._usual

    def wait(self, text: str | None, language: str) -> float:
        """Seconds of silence, since the last block of speech, after which the turn is over.

        `text` is what was said up to the silence, with or without punctuation; None as long as no recogniser has told
        all of it. `language` is ISO 639-1.
        """
        if text is None or not text.strip():
            return self.waits.plain
        longest = self.waits.longest
        shortest = max(self.waits.shortest, min(self._usual, MOST_USUAL, longest))
        doubt = 1.0 - finished(text, language)
        return shortest + (longest - shortest) * doubt**2

    def learn(self, pauses: Sequence[float]) -> None:
        """Take the silences, in seconds, after which the person went on: inside an utterance, or cut off by its end."""
        self._pauses.extend(pause for pause in pauses if pause >= LEAST_PAUSE)
        self._usual = float(np.quantile(self._pauses, USUAL))
