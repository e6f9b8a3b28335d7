"""Whether what is said is meant for the assistant: always, or after a wake word and for a while after an answer.

Hands-free listening would else answer the telephone and the television. The talk key has nothing to do with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["always", "wake word"]

WINDOW = 6.0
"""Seconds after the wake word in which what is to be answered may begin."""


@dataclass(frozen=True, slots=True)
class Attentiveness:
    """How to attend hands-free: `wake_word` is one of `voicebot.audio.wake_word`, `follow_up` in seconds (0: none)."""

    mode: Mode = "always"
    wake_word: str = "okay_nabu"
    follow_up: float = 8.0


@dataclass(slots=True)
class Attention:
    """Awake or asleep at a time, in seconds on any one clock; it never looks at one itself."""

    mode: Mode = "always"
    follow_up: float = 8.0
    _until: float = float("-inf")

    def is_awake(self, now: float) -> bool:
        """Whether an utterance may begin."""
        return self.mode == "always" or now < self._until

    def until(self, now: float) -> float | None:
        """When it falls asleep; None when it is asleep already, or never will be."""
        return self._until if self.mode != "always" and now < self._until else None

    def woken(self, now: float) -> None:
        """The wake word was heard: for `WINDOW` seconds an utterance may begin."""
        self._until = max(self._until, now + WINDOW)

    def answered(self, now: float) -> None:
        """The answer's last sample sounded at `now`: the follow-up window opens."""
        self._until = max(self._until, now + self.follow_up)

    def asleep(self) -> None:
        """From now on a wake word is needed."""
        self._until = float("-inf")
