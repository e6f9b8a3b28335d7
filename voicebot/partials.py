"""What a person is saying, while they say it: the recogniser is given the utterance as far as it has come.

A partial is shown and replaced; it is never kept, answered, or waited for. There is one at a time, and one that takes
long only makes the next come later. When the utterance ends the one that runs is cancelled at once, so that the
recogniser is free for the transcript; one that fails is logged, and that turn goes on without.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicebot.audio.vad import BLOCK_SECONDS, why_no_speech
from voicebot.bus import Bus
from voicebot.errors import VoicebotError
from voicebot.events import Partial, Samples
from voicebot.stt.base import PartialSpeechToText, SpeechToText
from voicebot.transcriber import Transcriber
from voicebot.turn import Turn

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds from the beginning of one partial to that of the next, at least: about as often as a word is finished."""
FRESH = 0.3
"""Seconds of new speech, a short word's length, without which there would be nothing new to tell."""


@dataclass(slots=True)
class _Live:
    """The utterance that is being spoken. `engine` None: it goes on without partials."""

    turn: Turn
    engine: PartialSpeechToText | None
    task: asyncio.Task[None] | None = None
    began: float = -EVERY
    counted: int = 0
    fresh: int = 0
    """Blocks of speech since the last partial began."""
    first: bool = True
    text: str = ""

    def is_due(self, now: float) -> bool:
        free = self.task is None or self.task.done()
        return free and now >= self.began + EVERY and self.fresh * BLOCK_SECONDS >= FRESH


class Partials:
    """Publishes a `Partial` now and then while an utterance is spoken.

    Only with an engine that can, and on this machine alone: nothing is sent, or paid for, twice. `on` is the
    probability at which a block is speech.
    """

    def __init__(self, bus: Bus, transcriber: Transcriber, on: float) -> None:
        self._bus = bus
        self._transcriber = transcriber
        self._on = on
        self._live: _Live | None = None

    def hear(self, turn: Turn, blocks: Sequence[Samples], speech: Sequence[float]) -> None:
        """Take an utterance as far as it has come, with the probability of speech in each block; never waits."""
        live = self._live
        if live is None or live.turn is not turn:
            live = self._live = _Live(turn, _able(self._transcriber.engine))
        if live.engine is None:
            return
        live.fresh += sum(probability >= self._on for probability in speech[live.counted :])
        live.counted = len(speech)
        now = asyncio.get_running_loop().time()
        if live.is_due(now):
            live.began, live.fresh = now, 0
            if why_no_speech(speech, self._on, blocks) is None:
                live.task = turn.start("partials", self._recognise(live, live.engine, blocks))

    def pause(self) -> None:
        """The utterance is about to end: cancel what runs. `hear` may go on with it."""
        if self._live is not None and self._live.task is not None:
            self._live.task.cancel()

    def stop(self) -> None:
        """The utterance is over."""
        self.pause()
        self._live = None

    async def _recognise(self, live: _Live, engine: PartialSpeechToText, blocks: Sequence[Samples]) -> None:
        first, live.first = live.first, False
        try:
            async with asyncio.timeout(engine.patience):
                text = await engine.partial(np.concatenate(blocks), self._transcriber.languages, first=first)
        except (VoicebotError, TimeoutError) as error:
            live.engine = None
            why = str(error) or "no answer"
            log.warning("turn %d goes on without partials: %s: %s", live.turn.id, engine.name, why)
        except Exception:
            live.engine = None
            log.exception("turn %d goes on without partials: %s failed", live.turn.id, engine.name)
        else:
            await self._tell(live, text.strip())

    async def _tell(self, live: _Live, text: str) -> None:
        if text and text != live.text:
            live.text = text
            await self._bus.publish(Partial(live.turn.id, text))


def _able(engine: SpeechToText) -> PartialSpeechToText | None:
    return engine if isinstance(engine, PartialSpeechToText) and engine.partials and engine.local else None
