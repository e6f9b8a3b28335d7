"""Pure silence: samples that are exactly zero. Every real microphone has noise; zeros mean that it is muted."""

from __future__ import annotations

from voicebot.events import Samples

SECONDS = 1.0
"""A noise gate closes between words, but hardly for so long in the middle of speech."""


class PureSilence:
    """Tells once of each stretch of zeros that lasts `SECONDS`; feed it every block of one microphone."""

    def __init__(self, sample_rate: int) -> None:
        self._enough = round(SECONDS * sample_rate)
        self._zeros = 0
        self._told = False

    def is_news(self, block: Samples) -> bool:
        """Whether this block completes a stretch that was not told of yet."""
        if block.any():
            self._zeros, self._told = 0, False
            return False
        self._zeros += len(block)
        if self._told or self._zeros < self._enough:
            return False
        self._told = True
        return True

    def interrupt(self) -> None:
        """The microphone was closed: what comes later is no part of the same stretch, nor news if it was told."""
        self._zeros = 0
