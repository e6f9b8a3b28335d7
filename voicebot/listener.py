"""The microphone's blocks in, utterances out: hands-free by voice activity, or between press and release of a key.

Pre-roll is kept in memory while the microphone is open, so that no first word is lost; after a release the blocks
still on their way are waited for, so that no last word is. Speech spools to disk as it comes.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voicebot.attention import Attentiveness
from voicebot.audio.pause import Pause
from voicebot.audio.resampling import dbfs
from voicebot.audio.spool import Spool
from voicebot.audio.vad import BLOCK_SECONDS, SAMPLE_RATE, Edge, Probability, Thresholds, VoiceActivity, why_no_speech
from voicebot.barge_in import CANCEL, RESUME, BargeIn
from voicebot.bus import Bus
from voicebot.draft import LAG, Draft
from voicebot.errors import StorageError
from voicebot.events import (
    NO_TURN,
    Level,
    NoSpeech,
    Notice,
    Samples,
    SpeechEnded,
    SpeechStarted,
    State,
    TurnId,
    Utterance,
)
from voicebot.history import History
from voicebot.partials import Partials
from voicebot.recordings import new_name
from voicebot.speculator import Speculator
from voicebot.turn import Turn, Turns
from voicebot.turn_end import TurnEnd, Waits
from voicebot.vigil import Vigil

log = logging.getLogger(__name__)

DRAIN = 0.1
"""Seconds after a release that are still part of the utterance, beyond the device's own latency."""
ECHO_GUARD = 0.3
"""Seconds after the assistant's last sample in which the open microphone may still hear it."""
CUT_OFF = 1.0
"""Seconds after the end of a turn in which who speaks was cut off by it; later it is an answer to what was said."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How to listen; times in seconds. `recordings` None keeps no sound."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    pre_roll: float = 0.8
    longest: float = 30.0
    barge_in: bool = False
    waits: Waits | None = None
    """How the silence that ends a turn follows the words; None for `thresholds.min_silence` whatever they are."""
    recordings: Path | None = None
    attention: Attentiveness = field(default_factory=Attentiveness)


class Listener:
    """The first stage. `receive` takes every block of the microphone, on the loop, and never waits."""

    def __init__(
        self,
        bus: Bus,
        turns: Turns,
        history: History,
        probability: Probability,
        hearing: Hearing,
        partials: Partials | None = None,
        speculator: Speculator | None = None,
        barge_in: BargeIn | None = None,
    ) -> None:
        self._bus = bus
        self._turns = turns
        self._history = history
        self._hearing = hearing
        self.partials = partials
        self._speculator = speculator
        self._barge_in = barge_in
        self._turn_end = TurnEnd(hearing.waits)
        self._finished_at = -math.inf
        """When the person last finished speaking."""
        self._pause = Pause()
        self._activity = VoiceActivity(probability, hearing.thresholds)
        self._pre_roll: deque[tuple[Samples, float]] = deque(maxlen=_kept(hearing))
        self._draft: Draft | None = None
        self._deaf_until = 0.0
        self._overheard: list[Samples] | None = None
        self._overlong = False
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="recordings")
        self._spools: dict[TurnId, Spool] = {}
        """Recordings that are not kept yet: they go when their turn ends."""
        self._drops: set[asyncio.Task[None]] = set()
        self.hands_free = False
        self.latency = 0.0
        turns.on_cut.append(self._discard)
        self.vigil = Vigil(bus, hearing.attention)
        turns.closers.append(self.vigil.ended)

    @property
    def hearing(self) -> Hearing:
        return self._hearing

    @hearing.setter
    def hearing(self, hearing: Hearing) -> None:
        """Listen in another way from the next block on: voice activity goes on, and nothing that was heard is lost."""
        self._hearing = hearing
        self._activity.thresholds = hearing.thresholds
        self._turn_end.waits = hearing.waits or self._turn_end.waits
        self._pre_roll = deque(self._pre_roll, maxlen=_kept(hearing))
        self.vigil.use(hearing.attention)

    async def close(self) -> None:
        if self._draft is not None:
            self._turns.end(self._draft.turn, "interrupted")
        while self._drops:
            await asyncio.wait(self._drops)
        self._disk.shutdown()

    def press(self) -> TurnId:
        """The talk key went down: what was said just before belongs to it. A live turn is interrupted.

        An utterance that is being spoken goes on: a held key repeats, and its repeats look like releases.
        """
        draft = self._draft or self._begin(self._blocks(self._hearing.pre_roll), by_key=True)
        draft.by_key = True
        draft.released_at = draft.closing_at = None
        return draft.turn.id

    def release(self) -> None:
        """The talk key went up: take what is still on its way, then close the utterance."""
        draft = self._draft
        if draft is not None and draft.by_key and draft.closing_at is None:
            draft.released_at = asyncio.get_running_loop().time()
            draft.closing_at = draft.released_at + self.latency + DRAIN
            draft.turn.start("microphone", self._close_late(draft))
            if self.partials is not None:
                self.partials.pause()

    async def overhear(self, seconds: float) -> Samples:
        """The next `seconds` of the microphone, none of which begins or interrupts a turn."""
        blocks: list[Samples] = []
        self._overheard = blocks
        try:
            await asyncio.sleep(seconds)
        finally:
            self._overheard = None
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)

    def microphone_lost(self) -> None:
        """No more blocks will come: what was said so far is an utterance."""
        self._nobody_speaks()
        if self._draft is not None:
            self._finish(self._draft)

    def microphone_closed(self) -> None:
        """The person closed it: what was being said is dropped."""
        self._nobody_speaks()
        if self._draft is not None:
            self._turns.interrupt("stop")

    def receive(self, block: Samples) -> None:
        """Take one block: 512 samples of float32 at 16 kHz."""
        now = asyncio.get_running_loop().time()
        edge = self._activity.feed(block)
        self._pause.feed(block, voiced=self._activity.voiced)
        self._bus.show(Level(self._draft.turn.id if self._draft else NO_TURN, dbfs(block)))
        if self.hands_free and self._overheard is None:
            self._attend(block, now)
        if self._overheard is not None:
            self._overheard.append(block)
        elif self._draft is not None:
            self._collect(self._draft, block, edge, now)
        elif self._hears_itself(now):
            self._pre_roll.clear()
        else:
            self._pre_roll.append((block, self._activity.last))
            if self.vigil.is_phrase(self._activity.voiced, now):
                self._pre_roll.clear()
            self._overlong = self._overlong and self._activity.speaking
            if self.hands_free and not self._overlong:
                self._wait_for_speech(edge, now)

    def _attend(self, block: Samples, now: float) -> None:
        """The wake word interrupts, and what was said up to its end is no part of what follows."""
        kept = self.vigil.hear(block, now)
        if kept is not None and (self._draft is None or not self._draft.by_key):
            self._turns.interrupt("barge-in")
            self._deaf_until = now
            while len(self._pre_roll) >= max(1, kept):
                self._pre_roll.popleft()

    def _hears_itself(self, now: float) -> bool:
        """Half-duplex: without barge-in the microphone does not count while the speaker sounds, and just after."""
        if self._hearing.barge_in:
            return False
        if self._turns.state is State.SPEAKING and self._turns.current is not None:
            self._deaf_until = now + ECHO_GUARD
        return now < self._deaf_until

    def _wait_for_speech(self, edge: Edge, now: float) -> None:
        if not self.vigil.allows(now, live=self._turns.current is not None):
            return
        if self._turns.current is None:
            if edge is Edge.STARTED or (self._activity.speaking and self._activity.voiced):
                self._begin_at_onset()
        elif self._barge_in is not None and self._turns.state is State.SPEAKING:
            if self._barge_in.hear(self._turns.current, self._activity, now, self._recent):
                self._take_over(self._barge_in.blocks)
        elif self._activity.run >= CANCEL:
            self._take_over(self._blocks(self._activity.run))

    def _take_over(self, blocks: int) -> None:
        """The person has taken the turn; the last `blocks` are what was said. Soon after the last it was cut off."""
        pause = asyncio.get_running_loop().time() - blocks * BLOCK_SECONDS - self._finished_at
        if pause < CUT_OFF:
            self._turn_end.learn([pause])
        self._turns.interrupt("barge-in")
        self._begin(self._blocks(self._hearing.pre_roll) + blocks, by_key=False)

    def _begin_at_onset(self) -> None:
        self._begin(self._blocks(self._hearing.pre_roll) + self._blocks(self._activity.run), by_key=False)

    def _recent(self, blocks: int) -> tuple[list[Samples], list[float]]:
        kept = list(self._pre_roll)[-blocks:]
        return [block for block, _ in kept], [probability for _, probability in kept]

    def _nobody_speaks(self) -> None:
        self._pre_roll.clear()
        if self._barge_in is not None:
            self._barge_in.go_on()

    def _begin(self, blocks: int, *, by_key: bool) -> Draft:
        """Open a turn that has the last `blocks` already."""
        turn = self._turns.open(State.LISTENING)
        draft = Draft(turn, self._new_spool(turn), by_key)
        for block, probability in list(self._pre_roll)[max(0, len(self._pre_roll) - blocks) :]:
            draft.keep(block, probability)
        self._pre_roll.clear()
        self._draft = draft
        now = asyncio.get_running_loop().time()
        draft.last_speech = draft.last_loud = now if by_key else now - self._activity.silence
        self._bus.show(SpeechStarted(turn.id, now))
        return draft

    def _new_spool(self, turn: Turn) -> Spool | None:
        if self._hearing.recordings is None:
            return None
        spool = Spool(self._hearing.recordings / new_name(turn.id), SAMPLE_RATE, self._disk)
        self._spools[turn.id] = spool
        return spool

    @staticmethod
    def _blocks(seconds: float) -> int:
        return round(seconds / BLOCK_SECONDS)

    def _collect(self, draft: Draft, block: Samples, edge: Edge, now: float) -> None:
        draft.keep(block, self._activity.last)
        draft.follow(self._activity.silence, self._activity.voiced)
        draft.last_loud = max(draft.last_loud, now - self._pause.quiet)
        if self._activity.voiced:
            draft.last_speech = now
        done = not draft.by_key and self._is_over(draft, edge)
        if draft.closing_at is not None:
            done = now >= draft.closing_at
        if not done and draft.seconds >= self._hearing.longest:
            done = self._overlong = True
            what = f"an utterance may last {self._hearing.longest:g} seconds; what came after was not taken"
            self._bus.signal(Notice(draft.turn.id, what, fix="pause now and then"))
        self._speculate(draft, now)
        if done:
            self._finish(draft)
        elif self.partials is not None and draft.closing_at is None and draft.turn.speculation is None:
            self.partials.hear(draft.turn, draft.blocks, draft.speech)

    def _is_over(self, draft: Draft, edge: Edge) -> bool:
        """Whether the silence ends the turn; while the words sound unfinished, it takes longer."""
        if self._hearing.waits is None:
            return edge is Edge.ENDED
        if self._activity.voiced:
            return False
        heard = draft.turn.speculation.heard if draft.turn.speculation is not None else None
        text, language = (heard.text, heard.language) if heard is not None else (None, "")
        return self._activity.silence >= self._turn_end.wait(text, language)

    def _speculate(self, draft: Draft, now: float) -> None:
        """At the first sign of a pause begin what the turn would do; when the speech goes on, cancel it."""
        speculator, turn, voiced = self._speculator, draft.turn, self._activity.voiced
        if speculator is None or not speculator.can:
            return
        quiet = self._pause.quiet >= speculator.sign
        draft.soft = draft.soft and voiced
        if turn.speculation is not None:
            if voiced and (not quiet or now - draft.guessed_at > LAG):
                draft.soft = quiet
                speculator.cancel(turn)
        elif quiet and not draft.soft and self._why_no_speech(draft) is None:
            draft.guessed_at = now
            if self.partials is not None:
                self.partials.pause()
            speculator.begin(turn, draft.samples)

    def _why_no_speech(self, draft: Draft) -> str | None:
        return why_no_speech(draft.speech, self._hearing.thresholds.on, draft.blocks)

    async def _close_late(self, draft: Draft) -> None:
        """Close a released utterance also when the microphone gives no more blocks."""
        await asyncio.sleep(self.latency + DRAIN + 5 * BLOCK_SECONDS)
        late = draft.closing_at is not None and draft.closing_at <= asyncio.get_running_loop().time()
        if late and self._draft is draft:
            self._finish(draft)

    def _finish(self, draft: Draft) -> None:
        self._forget_draft()
        turn = draft.turn
        turn.mark("speech_end", draft.ended_at)
        self._finished_at = draft.ended_at
        self._turn_end.learn(draft.pauses)
        self._bus.show(SpeechEnded(turn.id, draft.ended_at))
        reason = self._why_no_speech(draft)
        if reason:
            self._bus.signal(NoSpeech(turn.id, reason))
            self._turns.end(turn, "no speech")
        else:
            turn.start("history", self._commit(draft))

    def _forget_draft(self) -> None:
        self._draft = None
        if self.partials is not None:
            self.partials.stop()

    async def _commit(self, draft: Draft) -> None:
        """On disk before anybody sees it."""
        turn, recording = draft.turn, None
        try:
            recording = await draft.spool.keep() if draft.spool is not None else None
        except StorageError as error:
            self._bus.signal(Notice(turn.id, error.what, error.why, error.fix))
        self._spools.pop(turn.id, None)
        await self._history.begin(turn.id, recording)
        turn.mark("committed")
        ended_at = turn.marks["speech_end"]
        await self._bus.publish(Utterance(turn.id, draft.samples, SAMPLE_RATE, ended_at, recording))

    def _discard(self, turn: Turn) -> None:
        """The turn ended early: an utterance that was not committed leaves nothing."""
        if self._barge_in is not None:
            self._barge_in.forget()
        if self._draft is not None and self._draft.turn is turn:
            self._forget_draft()
        spool = self._spools.pop(turn.id, None)
        if spool is not None:
            task = asyncio.get_running_loop().create_task(spool.drop())
            self._drops.add(task)
            task.add_done_callback(self._drops.discard)


def _kept(hearing: Hearing) -> int:
    """Blocks of the past that an utterance may need: its pre-roll, and the speech that made sure that it is one."""
    certain = max(RESUME + CANCEL, hearing.thresholds.min_speech)
    return math.ceil((hearing.pre_roll + certain) / BLOCK_SECONDS) + 1
