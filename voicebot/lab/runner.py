"""Carries out the trials of a run, one after another, and goes on with those that one which was stopped had left."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from voicebot.errors import EngineUnavailable, VoicebotError
from voicebot.lab.runs import Result, Run, taken

log = logging.getLogger(__name__)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try: `work` gives its figures and words. `key` is its own in the run: "sphinx|0003|noise:10".

    `weight` is in what its time grows with: seconds of sound, characters of text. Where `work` finds that its engine
    cannot run, no trial of the same `group` is tried any more; the group is the engine unless it says otherwise.
    """

    key: str
    engine: str
    weight: float
    work: Callable[[], Awaitable[Values]]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `now` is the trial that begins ("" in the end); `seconds_left` is None until one was timed.

    Of the trials that are done `failed` have failed; `failure` says why the last of them did.
    """

    done: int
    total: int
    now: str
    seconds_left: float | None
    failed: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: of `total` trials `done` have a result, and `failed` of those a failure."""

    done: int
    failed: int
    total: int
    stopped: bool


async def carry_out(
    run: Run,
    trials: Sequence[Trial],
    progress: Callable[[Progress], None],
    stop: asyncio.Event,
    *,
    again: bool = False,
) -> Outcome:
    """Do the trials that have no result yet (and with `again` those that failed), one at a time, so that none disturbs
    the timing of another.

    A trial that fails is a result too, and the next one begins. Once `stop` is set the trial at work is cancelled
    and leaves nothing. Raises StorageError when results cannot be written, or another program is at this run.
    """
    with taken(run):
        kept = await asyncio.to_thread(run.results)
        state = _State(run, trials, {one.key: one for one in kept if not (again and one.error)})
        for trial in trials:
            if stop.is_set():
                break
            if trial.key not in state.results:
                progress(state.progress(trial.key))
                await _try(trial, state, stop)
        progress(state.progress(""))
        return state.outcome(stopped=stop.is_set() and bool(state.left))


async def _try(trial: Trial, state: _State, stop: asyncio.Event) -> None:
    group = trial.group or trial.engine
    if group in state.unavailable:
        await state.add(Result(trial.key, error=state.unavailable[group]))
        return
    began = time.monotonic()
    try:
        values = await _unless_stopped(trial.work(), stop)
    except VoicebotError as error:
        if isinstance(error, EngineUnavailable):
            state.unavailable[group] = str(error)
        await state.add(Result(trial.key, error=str(error)))
    except Exception as error:
        log.exception("a defect in the trial %s", trial.key)
        await state.add(Result(trial.key, error=f"Something went wrong in the program itself ({type(error).__name__})"))
    else:
        if values is not None:
            state.timed(trial, time.monotonic() - began)
            await state.add(Result(trial.key, values))


async def _unless_stopped(work: Awaitable[Values], stop: asyncio.Event) -> Values | None:
    """What the work gives, or None when it was stopped."""
    working, waiting = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([working, waiting], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        return None
    finally:
        for task in (working, waiting):
            task.cancel()
        await asyncio.wait([working, waiting])


@dataclass(slots=True)
class _State:
    run: Run
    trials: Sequence[Trial]
    results: dict[str, Result]
    unavailable: dict[str, str] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    weighed: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def left(self) -> list[Trial]:
        return [trial for trial in self.trials if trial.key not in self.results]

    async def add(self, result: Result) -> None:
        await asyncio.to_thread(self.run.add, result)
        self.results[result.key] = result

    def timed(self, trial: Trial, seconds: float) -> None:
        self.spent[trial.engine] += seconds
        self.weighed[trial.engine] += trial.weight

    def progress(self, now: str) -> Progress:
        left = self.left
        failures = [one.error for one in self.results.values() if one.error]
        done, last = len(self.trials) - len(left), failures[-1] if failures else ""
        return Progress(done, len(self.trials), now, self._seconds_left(left), len(failures), last)

    def _seconds_left(self, left: Sequence[Trial]) -> float | None:
        """By what each engine took for its trials so far; one that did none yet counts as the mean of the others."""
        weighed = sum(self.weighed.values())
        if not weighed:
            return None
        mean = sum(self.spent.values()) / weighed
        paces = {engine: self.spent[engine] / weight for engine, weight in self.weighed.items() if weight}
        return sum(
            trial.weight * paces.get(trial.engine, mean)
            for trial in left
            if (trial.group or trial.engine) not in self.unavailable
        )

    def outcome(self, *, stopped: bool) -> Outcome:
        results = [self.results[trial.key] for trial in self.trials if trial.key in self.results]
        return Outcome(len(results), sum(bool(one.error) for one in results), len(self.trials), stopped)
