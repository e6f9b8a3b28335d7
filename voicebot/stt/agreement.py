"""Which words of an utterance that is still being spoken are certain: LocalAgreement-2.

A word is fixed when two hypotheses in a row have it at the same place (Liu et al. 2020; Macháček et al. 2023,
"Turning Whisper into Real-Time Transcription System"). Fixed words are never recognised again: the recogniser begins
behind them, and they never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

Word = TypeVar("Word")

HELD_BACK = 1
"""Words at the end of a hypothesis that are not fixed yet: the sound may break off within them ("Lon", "London"), and
the mark behind them depends on what follows ("What time?", "What time is it?").
"""


class LocalAgreement(Generic[Word]):
    """The words of one utterance: `fixed` ones, and behind them those of the last hypothesis."""

    def __init__(self) -> None:
        self.fixed: tuple[Word, ...] = ()
        self._open: tuple[Word, ...] = ()

    def hear(self, hypothesis: Sequence[Word]) -> None:
        """Take the words that are recognised now behind those that were `fixed` when it was asked for."""
        agreed = 0
        for before, now in zip(self._open, hypothesis[: len(hypothesis) - HELD_BACK], strict=False):
            if before != now:
                break
            agreed += 1
        self.fixed += tuple(hypothesis[:agreed])
        self._open = tuple(hypothesis[agreed:])

    def doubt(self) -> None:
        """The hypothesis now is not to be trusted: the next one has nothing to agree with."""
        self._open = ()
