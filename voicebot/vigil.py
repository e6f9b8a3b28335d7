"""Listens for the wake word hands-free, keeps it out of what is said after it, and tells when one may just speak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from voicebot.attention import Attention, Attentiveness
from voicebot.audio.vad import BLOCK_SECONDS
from voicebot.audio.wake_word import Detector, WakeWord
from voicebot.bus import Bus
from voicebot.events import NO_TURN, AttentionChanged, Notice, Samples
from voicebot.readiness import NotReady
from voicebot.turn import Turn

BREATH = 0.25
"""Seconds of speech after the phrase that make it "okay nabu what time is it" in one breath: voice activity lags by
0.1 to 0.12 s, and the end of the phrase is known to about 0.1 s."""

Make = Callable[[str], Detector]


class Vigil:
    """Takes every block while hands-free; `make` makes a detector. Times are the loop's, in seconds."""

    def __init__(self, bus: Bus, way: Attentiveness, make: Make = WakeWord) -> None:
        self._bus = bus
        self.make = make
        self._attention = Attention()
        self._detector: Detector | None = None
        self._name = ""
        self._is_made = True
        self._phrase_until: float | None = None
        """When the phrase that was heard ends, until it is known whether speech goes on after it."""
        self._told: tuple[bool, float | None, str] = (True, None, "")
        self.use(way)

    def use(self, way: Attentiveness) -> None:
        """Attend in another way from now on. A wake word that cannot run is told: then only the talk key talks."""
        if way.mode != self._attention.mode:
            self._attention.asleep()
            self._phrase_until = None
        self._attention.mode, self._attention.follow_up = way.mode, way.follow_up
        name = way.wake_word if way.mode == "wake word" else ""
        if name != self._name:
            self._name, self._detector, self._is_made = name, None, not name

    def hear(self, block: Samples, now: float) -> int | None:
        """Take a block; in the one in which the phrase was heard, how many of the newest blocks came after it."""
        if not self._is_made:
            self._detector, self._is_made = self._made(self._name), True
        kept: int | None = None
        if self._detector is not None and self._detector.feed(block):
            self._attention.woken(now)
            self._phrase_until = now - self._detector.lag
            kept = max(0, round(self._detector.lag / BLOCK_SECONDS))
        self.tell(now)
        return kept

    def is_phrase(self, voiced: bool, now: float) -> bool:
        """Whether the newest block, and all before it, still belong to the phrase."""
        if self._phrase_until is None or now >= self._phrase_until + BREATH:
            self._phrase_until = None
            return False
        if voiced:
            return now < self._phrase_until
        if now >= self._phrase_until:
            self._phrase_until = None
        return True

    def allows(self, now: float, *, live: bool) -> bool:
        """Whether speech is for the assistant; while a turn is `live`, the wake word alone interrupts it."""
        if self._attention.mode == "always":
            return True
        return not live and self._phrase_until is None and self._attention.is_awake(now)

    async def ended(self, turn: Turn, outcome: str) -> None:
        """A turn's closer: after an answer, or a failure, one may go on without the wake word."""
        if outcome in ("answered", "failed"):
            now = asyncio.get_running_loop().time()
            self._attention.answered(turn.marks.get("last_sound", now))
            self.tell(now)

    def tell(self, now: float) -> None:
        """Say what has changed, once."""
        phrase = self._detector.phrase if self._detector is not None else ""
        told = (self._attention.is_awake(now), self._attention.until(now), phrase)
        if told != self._told:
            self._told = told
            self._bus.signal(AttentionChanged(NO_TURN, *told))

    def _made(self, name: str) -> Detector | None:
        detector = self.make(name)
        readiness = detector.ready()
        if isinstance(readiness, NotReady):
            what = "the wake word cannot run: only the talk key talks"
            self._bus.signal(Notice(NO_TURN, what, readiness.why, readiness.fix))
            return None
        return detector
