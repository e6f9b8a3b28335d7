"""One turn is one cancel scope, and one state machine says what the assistant is doing.

    idle → listening → transcribing → thinking → speaking → idle

At most one turn is live. Ending it, in whatever way, cuts its sound at once, cancels all its work, drops its queued
events, and only then says that it ended. A new turn may begin meanwhile: nothing of the old one can reach it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from itertools import pairwise
from typing import Any

from voicebot.bus import Bus
from voicebot.errors import RateLimited, VoicebotError
from voicebot.events import NO_TURN, Citation, Cost, Failed, Interrupted, State, StateChanged, TurnEnded, TurnId
from voicebot.speculation import Speculation
from voicebot.spending import Tally, cost_of, counting

log = logging.getLogger(__name__)

STAGES = (
    "speech_end", "committed", "transcript", "passages", "first_token", "first_sentence",
    "first_audio", "first_sound", "last_sound",
)  # fmt: skip
"""The moments of a turn that are kept, in their order, on the loop's clock."""

CLOSING_LIMIT = 5.0
"""Seconds that each step of a turn's end may take before it is given up on, and logged."""

Closer = Callable[["Turn", str], Awaitable[None]]


class Turn:
    """The scope in which a turn's work runs. `marks` are moments of `STAGES`, `written` is the reply so far."""

    def __init__(self, turns: Turns, id: TurnId, typed: bool) -> None:
        self._turns = turns
        self.id = id
        self.typed = typed
        self.chimes = False
        self.voice: str | None = None
        """The voice that this turn is spoken in; None for the one that was chosen for its language."""
        self.ended = False
        self.failure: str | None = None
        self.written = ""
        self.sources: tuple[Citation, ...] = ()
        """What of the person's documents the reply may cite."""
        self.speculation: Speculation | None = None
        """What was begun before this turn was known to be over."""
        self.wasted = 0
        """Replies that were begun in vain, because the person went on speaking."""
        self.tallies = [Tally(id)]
        """What paid engines used: for the turn itself, and for each attempt that began before its end."""
        self.marks: dict[str, float] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.closed = asyncio.get_running_loop().create_future()

    def mark(self, stage: str, at: float | None = None) -> None:
        """Keep the moment of a stage, the first time it comes; now, or `at` on the loop's clock."""
        self.marks.setdefault(stage, asyncio.get_running_loop().time() if at is None else at)

    def unmark(self, *stages: str) -> None:
        """Forget the moments of stages that turned out not to be this turn's."""
        for stage in stages:
            self.marks.pop(stage, None)

    def start(
        self, stage: str, work: Coroutine[Any, Any, None], tally: Tally | None = None
    ) -> asyncio.Task[None]:
        """Run `work` in this turn's scope. When it fails, the turn fails at that stage.

        What it uses of paid engines is on `tally`, or else on the turn's own.
        """
        with counting(tally or self.tallies[0]):
            task = asyncio.get_running_loop().create_task(work, name=f"turn {self.id}: {stage}")
        self.tasks.add(task)
        task.add_done_callback(lambda done: self._finished(stage, done))
        if self.ended:
            task.cancel()
        return task

    async def run(self, stage: str, work: Coroutine[Any, Any, None]) -> bool:
        """`start`, and wait for its end, whatever it is; True when it succeeded.

        Work that will not end is given up on with its turn, so that the stage is there for the next.
        """
        task = self.start(stage, work)
        try:
            await asyncio.wait([task, self.closed], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            task.cancel()
            raise
        return task.done() and not task.cancelled() and task.exception() is None

    def timings(self) -> dict[str, float]:
        """Seconds of each stage, from the one before it that happened, and from the end of speech to the sound.

        What was speculated may come before the turn was committed: its moments are in their true order.
        """
        known = sorted(((stage, self.marks[stage]) for stage in STAGES if stage in self.marks), key=lambda one: one[1])
        spans = {stage: round(at - before, 6) for (_, before), (stage, at) in pairwise(known)}
        if "speech_end" in self.marks and "first_sound" in self.marks:
            spans["speech_end_to_first_audio"] = round(self.marks["first_sound"] - self.marks["speech_end"], 6)
        if known:
            spans["total"] = round(known[-1][1] - known[0][1], 6)
        return spans

    def attempt(self) -> Tally:
        """A tally of its own for what is begun before this turn is known to be over."""
        self.tallies.append(Tally(self.id))
        return self.tallies[-1]

    @property
    def cost(self) -> Cost:
        """What paid engines have used for it so far."""
        return cost_of(self.tallies)

    def _finished(self, stage: str, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._turns.fail(self, stage, error)


class Turns:
    """Opens and ends turns. `on_cut` is called at once when one ends early; `closers` finish it, in order."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._last = NO_TURN
        self._closing: dict[TurnId, asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self.current: Turn | None = None
        self.state = State.IDLE
        self.on_cut: list[Callable[[Turn], None]] = []
        self.closers: list[Closer] = []

    def continue_after(self, last: TurnId) -> None:
        """Number the next turn after `last`."""
        self._last = max(self._last, last)

    @property
    def last(self) -> TurnId:
        """The turn that was opened last, whether it has ended or not."""
        return self._last

    def open(self, state: State, *, typed: bool = False) -> Turn:
        """Begin a turn; one that is live is interrupted by it."""
        self.interrupt("new question")
        self._last += 1
        turn = Turn(self, self._last, typed)
        self.current = turn
        self._idle.clear()
        self._tell(turn, state)
        return turn

    def live(self, id: TurnId) -> Turn | None:
        """The turn, unless it has ended: what belongs to an ended turn is to be dropped."""
        return self.current if self.current is not None and self.current.id == id else None

    def move(self, turn: Turn, state: State) -> None:
        if not turn.ended and state != self.state:
            self._tell(turn, state)

    def interrupt(self, reason: str) -> bool:
        """Cancel the live turn: False when there was none."""
        turn = self.current
        if turn is None:
            return False
        self._bus.signal(Interrupted(turn.id, reason))
        self.end(turn, "interrupted")
        return True

    def fail(self, turn: Turn, stage: str, error: BaseException) -> None:
        """End a turn because a stage failed, with one plain line; what is no VoicebotError goes to the log whole."""
        if turn.ended:
            log.info("turn %d had ended when its %s failed: %s", turn.id, stage, error)
            return
        failure = describe(turn.id, stage, error)
        turn.failure = f"{failure.what}: {failure.why}" if failure.why else failure.what
        self._bus.signal(failure)
        self.end(turn, "failed")

    def end(self, turn: Turn, outcome: str) -> None:
        """End a turn: "answered", "no speech", "interrupted" or "failed"."""
        if turn.ended:
            return
        turn.ended = True
        self.current = None
        if outcome != "answered":
            for cut in self.on_cut:
                cut(turn)
            self._bus.drop(turn.id)
        for task in turn.tasks:
            task.cancel()
        closing = asyncio.get_running_loop().create_task(self._close(turn, outcome), name=f"closing turn {turn.id}")
        self._closing[turn.id] = closing
        closing.add_done_callback(lambda _: self._closed(turn))

    async def settled(self, before: TurnId | None = None) -> None:
        """Wait until the turns that have ended (those before one, if given) are closed: their history is then true."""
        while pending := [task for id, task in self._closing.items() if before is None or id < before]:
            await asyncio.wait(pending)

    async def idle(self) -> None:
        """Wait until no turn is live and all are closed: at the moment in which this returns."""
        while self.current is not None or self._closing:
            await self._idle.wait()

    def _closed(self, turn: Turn) -> None:
        self._closing.pop(turn.id, None)
        turn.closed.set_result(None)
        if self.current is None and not self._closing:
            self._idle.set()

    async def _close(self, turn: Turn, outcome: str) -> None:
        if turn.tasks:
            _, stubborn = await asyncio.wait(tuple(turn.tasks), timeout=CLOSING_LIMIT)
            for task in stubborn:
                log.error("%s did not end within %g s", task.get_name(), CLOSING_LIMIT)
        for closer in self.closers:
            await self._finish(closer, turn, outcome)
        if self.current is None:
            self._tell(turn, State.IDLE)
        self._bus.signal(TurnEnded(turn.id, outcome, turn.timings(), turn.wasted, turn.cost))

    def _tell(self, turn: Turn, state: State) -> None:
        self.state = state
        self._bus.signal(StateChanged(turn.id, state))

    async def _finish(self, closer: Closer, turn: Turn, outcome: str) -> None:
        """Run a closer; one that fails or hangs stops neither the others nor the way to idle."""
        try:
            async with asyncio.timeout(CLOSING_LIMIT):
                [error] = await asyncio.gather(closer(turn, outcome), return_exceptions=True)
        except TimeoutError:
            log.error("turn %d did not close within %g s", turn.id, CLOSING_LIMIT)
        else:
            if error is not None:
                self._bus.signal(describe(turn.id, "history", error))


def describe(turn: TurnId, stage: str, error: BaseException) -> Failed:
    """A failure as an event that a person can read."""
    if isinstance(error, VoicebotError):
        retry_after = error.retry_after if isinstance(error, RateLimited) else None
        return Failed(turn, stage, error.what, error.why, error.fix, retry_after)
    log.error("turn %d: %s failed", turn, stage, exc_info=error)
    return Failed(
        turn, stage, f"something went wrong inside Voicebot ({stage})", type(error).__name__, "the log says more"
    )
