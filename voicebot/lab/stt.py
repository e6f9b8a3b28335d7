"""Recognisers compared: how many words each gets wrong, how fast it is, and what it takes.

A trial is one clip, by one recogniser, under one stress ("" is the clip as it is).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path

import msgspec
import numpy as np

from voicebot.audio.files import read_sound
from voicebot.engines import Workshop
from voicebot.errors import AudioError, EngineUnavailable, StorageError, UsageError
from voicebot.lab.clips import LONGEST, Clip
from voicebot.lab.hearing import judged
from voicebot.lab.memory import PeakMemory, resident
from voicebot.lab.recognition import recognise
from voicebot.lab.runner import Trial, Values
from voicebot.lab.runs import Plan, Run, now
from voicebot.lab.scoring import demand_jiwer
from voicebot.lab.stress import applied, parse
from voicebot.lab.stt_summary import SttSummary, summed
from voicebot.lab.warm import OneWarm
from voicebot.stt.base import SAMPLE_RATE, SpeechToText

ADAPTING = frozenset({"sphinx"})
"""Engines that let what they heard count for what comes: they begin anew with each clip, so that no figure hangs on the
order of the clips, or on where a run was stopped."""
QUIET = 1e-4
"""The amplitude of the noise that an engine is tried out with before it is timed: -80 dBFS, which holds no words."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a plan of this kind holds; `skipped` says of each clip that was left out where it stands, and why."""

    engines: list[str]
    clips: list[Clip]
    stresses: list[str]
    seed: int = 0
    skipped: list[str] = field(default_factory=list)


def plan(
    engines: Sequence[str],
    clips: Sequence[Clip],
    stresses: Sequence[str] = (),
    *,
    skipped: Sequence[str] = (),
    name: str = "",
    seed: int = 0,
) -> Plan:
    """A plan for each clip by each engine, as it is and under each stress.

    Raises UsageError for a stress that there is not, or when nothing is to be compared, and EngineUnavailable where
    errors cannot be counted.
    """
    demand_jiwer()
    if not engines or not clips:
        raise UsageError("there is nothing to compare", fix="name a recogniser, and clips with their transcripts")
    for stress in stresses:
        parse(stress)
    options = Options(list(dict.fromkeys(engines)), list(clips), list(dict.fromkeys(("", *stresses))), seed, [*skipped])
    count = len(options.engines) * len(options.clips) * len(options.stresses)
    return Plan("stt", now(), name or ", ".join(options.engines), msgspec.to_builtins(options), count)


def options_of(run: Run) -> Options:
    """Raises StorageError for a plan that is not of this kind."""
    try:
        return msgspec.convert(run.plan.options, Options)
    except msgspec.ValidationError:
        raise StorageError(f"{run.id} is no comparison of recognisers") from None


@asynccontextmanager
async def trials(run: Run, workshop: Workshop) -> AsyncIterator[list[Trial]]:
    """The trials of a run, engine by engine; what they warm is closed in the end."""
    bench = Bench(options_of(run), workshop)
    try:
        yield bench.trials()
    finally:
        await bench.close()


def summary(run: Run) -> SttSummary:
    """What the results so far come to."""
    options = options_of(run)
    return summed(options.engines, options.stresses, options.clips, key_of, run.results())


def key_of(engine: str, number: int, stress: str) -> str:
    """The key of a trial; clips are numbered from 1."""
    return f"{engine}|{number:04}|{stress or 'clean'}"


class Bench:
    """Tries recognisers, one of them warm at a time."""

    def __init__(self, options: Options, workshop: Workshop) -> None:
        self._options = options
        self._engines: OneWarm[SpeechToText] = OneWarm(workshop.stt, _warm)
        self._engine = ""
        self._before: int | None = None
        """Bytes that the program took before the engine was made."""

    def trials(self) -> list[Trial]:
        options = self._options
        numbered = list(enumerate(options.clips, start=1))
        return [
            Trial(
                key_of(engine, number, stress),
                engine,
                clip.seconds,
                partial(self._try, engine, clip, stress),
                f"{engine} {clip.language}",
            )
            for engine, stress, (number, clip) in product(options.engines, options.stresses, numbered)
        ]

    async def close(self) -> None:
        await self._engines.close()

    async def _try(self, name: str, clip: Clip, stress: str) -> Values:
        sound = await asyncio.to_thread(read_sound, Path(clip.path), SAMPLE_RATE)
        sound = await asyncio.to_thread(applied, stress, sound, f"{self._options.seed} {clip.name}")
        if len(sound) > LONGEST * SAMPLE_RATE:
            raise AudioError(f"{clip.name} lasts longer than {LONGEST:g} seconds like this", fix="cut it at a pause")
        engine = await self._warmed(name)
        with PeakMemory() as memory:
            measured = await recognise(engine, sound, (clip.language,))
        measured |= await judged(clip.text, measured["heard"], clip.language)
        measured |= {"clip": clip.name, "said": clip.text, "memory": memory.peak}
        if memory.peak is not None and self._before is not None:
            measured["engine_memory"] = max(0, memory.peak - self._before)
        return measured

    async def _warmed(self, name: str) -> SpeechToText:
        if name != self._engine or name.partition(":")[0] in ADAPTING:
            await self._engines.close()
            self._before = resident()
            self._engine = name
        return await self._engines.get(name)


async def _warm(engine: SpeechToText) -> None:
    """Load it, and let it recognise once, for the first time takes longer; nothing is sent anywhere for that."""
    await engine.warm(lambda _: None)
    if engine.local:
        noise = QUIET * np.random.default_rng(0).standard_normal(SAMPLE_RATE).astype(np.float32)
        with suppress(EngineUnavailable):  # it does not know the language; the trials tell
            await recognise(engine, noise, ("en",))
