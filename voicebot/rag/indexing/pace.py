"""How long the rest will take, from how long the last of it took."""

from __future__ import annotations

from collections import deque

WINDOW = 20.0
"""Seconds of work that the pace is taken over."""
LEAST = 1.0
"""Seconds of work before a pace is believed."""
OF_A_FILE = 20_000
"""What a file costs besides its bytes, in bytes: starting on it, writing it down."""


class Pace:
    """Amounts of work against the seconds they took; waiting is no work, and is not counted."""

    def __init__(self) -> None:
        self._done: deque[tuple[float, float]] = deque()
        self._seconds = 0.0
        self._amount = 0.0

    def did(self, amount: float, seconds: float) -> None:
        self._done.append((amount, seconds))
        self._amount += amount
        self._seconds += seconds
        while len(self._done) > 1 and self._seconds - self._done[0][1] >= WINDOW:
            old, took = self._done.popleft()
            self._amount -= old
            self._seconds -= took

    def seconds_for(self, amount: float) -> float | None:
        """None while it cannot be known."""
        if self._seconds < LEAST or self._amount <= 0:
            return None
        return amount * self._seconds / self._amount


def cost(size: int) -> int:
    """Of reading a file of `size` bytes, as an amount of work."""
    return size + OF_A_FILE
