"""Somebody speaks while the assistant does: at the first sign the answer pauses, and words cancel it.

What turns out to be no words, or only shows that somebody listens, lets it go on from where it stopped. There is one
decision at a time and it is made here alone, block by block, so that going on never races it. The two stages, and the
times, are LiveKit's (pause first, resume after 2 s; 0.5 s of speech interrupts).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from voicebot.audio.speechlike import movement
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, VoiceActivity, why_no_speech
from voicebot.backchannel import is_backchannel
from voicebot.errors import VoicebotError
from voicebot.events import Samples
from voicebot.stt.base import Heard, Nothing
from voicebot.turn import Turn

log = logging.getLogger(__name__)

LIKELY, SURE = 0.5, 0.95
"""Probabilities of two blocks of speech, one after the other, at which the answer pauses."""
MAYBE, MOVES = 0.7, 3.2
"""Or of each of three, when the sound also moves by so many dB (`voicebot.audio.speechlike`): a held note does not.

On flite's speech one of the two comes 94 ms (median) after the onset, and in half an hour of noises once (a brass
band); two blocks of 0.5 would be 82 ms and 31 times."""
LOOK = 6
"""Blocks in which an onset is looked for: what moves is compared with what was there before."""
CANCEL = 0.5
"""Seconds of speech without a pause, into silence, that cancel the answer (LiveKit's minimum). Its own voice, where the
echo canceller let it through, ends when the answer pauses."""
ENDED = 0.2
"""Seconds of silence after a shorter burst of speech, at which it is asked what was said."""
RESUME = 2.0
"""Seconds after which an answer that was not cancelled goes on, whatever the recogniser does."""

Recognise = Callable[[Samples], Awaitable[Heard | Nothing]]
Recent = Callable[[int], tuple[list[Samples], list[float]]]
"""The last so many blocks of the microphone, and how likely each is speech."""


@dataclass(slots=True)
class _Doubt:
    """An answer that is held because somebody may be speaking."""

    turn: Turn
    since: float
    blocks: int = 0
    """Blocks of the microphone since the speech began."""
    asking: asyncio.Task[None] | None = None
    words: bool | None = None


class BargeIn:
    """Tells when the answer is to be cancelled; holds it and lets it go on meanwhile.

    `hold` is called with True to pause what is spoken, with False to go on. `recognise` tells the words of a burst.
    """

    def __init__(self, hold: Callable[[bool], None], recognise: Recognise) -> None:
        self._hold = hold
        self._recognise = recognise
        self._doubt: _Doubt | None = None

    @property
    def blocks(self) -> int:
        """Blocks of the microphone since the speech began that is in doubt."""
        return self._doubt.blocks if self._doubt is not None else 0

    def hear(self, turn: Turn, activity: VoiceActivity, now: float, recent: Recent) -> bool:
        """Take the newest block while `turn` is being spoken; True when the person has taken the turn."""
        if self._doubt is not None and self._doubt.turn is not turn:
            self.forget()
        if self._doubt is None:
            if _is_onset(*recent(LOOK)):
                self._doubt = _Doubt(turn, now, blocks=max(2, round(activity.run / BLOCK_SECONDS)))
                self._hold(True)
            return False
        self._doubt.blocks += 1
        return self._decide(self._doubt, activity, now, recent)

    def go_on(self) -> None:
        """Nobody spoke after all: the answer goes on."""
        if self._doubt is not None:
            self.forget()
            self._hold(False)

    def forget(self) -> None:
        """The turn in doubt is over."""
        if self._doubt is not None and self._doubt.asking is not None:
            self._doubt.asking.cancel()
        self._doubt = None

    def _decide(self, doubt: _Doubt, activity: VoiceActivity, now: float, recent: Recent) -> bool:
        if doubt.words or (activity.run >= CANCEL and now - doubt.since >= CANCEL):
            return True
        if doubt.words is False or now - doubt.since >= RESUME:
            self.go_on()
        elif activity.voiced and doubt.asking is not None:
            doubt.asking.cancel()
            doubt.asking = None
        elif activity.silence >= ENDED and doubt.asking is None:
            asking = self._ask(doubt, *recent(doubt.blocks), activity.thresholds.on)
            doubt.asking = doubt.turn.start("barge-in", asking)
        return False

    async def _ask(self, doubt: _Doubt, blocks: list[Samples], speech: list[float], on: float) -> None:
        if why_no_speech(speech, on, blocks=blocks) is not None:
            doubt.words = False
            return
        try:
            outcome = await self._recognise(np.concatenate(blocks))
        except VoicebotError as error:
            log.info("what was said over turn %d was not understood: %s", doubt.turn.id, error)
            outcome = Nothing("no speech heard")
        doubt.words = isinstance(outcome, Heard) and not is_backchannel(outcome.text)


def _is_onset(blocks: list[Samples], speech: list[float]) -> bool:
    """Whether somebody has begun to speak in the newest of the last `LOOK` blocks."""
    if len(blocks) < LOOK:
        return False
    if speech[-2] >= LIKELY and speech[-1] >= SURE:
        return True
    return min(speech[-3:]) >= MAYBE and movement(np.concatenate(blocks), range(2, LOOK), BLOCK).spread >= MOVES
