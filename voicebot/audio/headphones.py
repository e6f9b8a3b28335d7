"""Whether nothing of the speaker comes back into the microphone, as with headphones.

There an echo canceller has nothing to cancel and never learns a way, and one that has learnt none suppresses whatever
is heard while something plays: the person, that is.
"""

from __future__ import annotations

from collections import deque

import numpy as np

LOOK_BACK = 64
"""Blocks of 32 ms that are looked back on while something plays, two seconds."""
FEWEST = 8
"""Blocks below which nothing is known yet: a quarter of a second, in which most speakers have been heard."""
SHARE = 0.8
"""Of them, those that must be as quiet as the room: speech that comes back is above it for longer than it is not."""
MARGIN = 3.0
"""dB above the room's noise that are still the room."""
ROOM, LOUDEST_ROOM = -60.0, -45.0
"""dBFS of a room in which nothing was heard yet, and the loudest that counts as one."""


class Headphones:
    """Told of every block of the microphone."""

    def __init__(self) -> None:
        self._room: deque[float] = deque(maxlen=2 * LOOK_BACK)
        self._quiet: deque[bool] = deque(maxlen=LOOK_BACK)

    @property
    def on(self) -> bool:
        """True while what is played is not heard."""
        return len(self._quiet) >= FEWEST and sum(self._quiet) >= SHARE * len(self._quiet)

    def hear(self, level: float, *, playing: bool, echo: bool = False) -> None:
        """Take the level of a block in dBFS, whether anything audible is being played, and whether that is in it.

        What is loud and no echo is a person, who says nothing about headphones.
        """
        if not playing:
            self._room.append(level)
        elif level < self._floor() + MARGIN or echo:
            self._quiet.append(not echo)

    def _floor(self) -> float:
        return min(float(np.percentile(self._room, 20)), LOUDEST_ROOM) if self._room else ROOM
