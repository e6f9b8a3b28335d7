"""Voices compared: how soon and how fast each speaks, how it sounds, and how well it is understood.

A trial is one text by one voice. Its sound is kept in the run's folder, to be listened to.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import zlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from voicebot.audio.files import write_sound
from voicebot.engines import Workshop
from voicebot.errors import StorageError, UsageError, VoicebotError
from voicebot.events import Samples
from voicebot.lab import hearing
from voicebot.lab.loudness import measured
from voicebot.lab.runner import Trial, Values
from voicebot.lab.runs import Plan, Result, Run, now
from voicebot.lab.samples import SCHEME
from voicebot.lab.scoring import Rate, demand_jiwer, rate
from voicebot.lab.speaking import Spoken, VoiceName, make_voice, speak
from voicebot.lab.stt import ADAPTING
from voicebot.lab.texts import Text
from voicebot.lab.warm import OneWarm
from voicebot.stt.base import SpeechToText
from voicebot.tts.base import Manner, TextToSpeech

FOLDER = "samples"
"""In a run's folder: the sounds."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a plan of this kind holds; `recogniser` is empty where nothing is to be recognised again."""

    voices: list[str]
    texts: list[Text]
    recogniser: str = ""


@dataclass(frozen=True, slots=True)
class VoiceSummary:
    """One voice in one language. Times in seconds, levels in LUFS and dBFS, shares from 0.0 to 1.0.

    Times are the median of the trials, None for a folder of samples; `lufs`, silences and pauses the mean; `peak` and
    `clipped` the worst. `words` and `characters` are None where nothing was recognised.
    """

    voice: str
    language: str
    trials: int
    failed: int
    first: float | None
    real_time_factor: float | None
    duration: float
    lufs: float | None
    lufs_spread: float | None
    """The difference between its loudest and its softest text."""
    peak: float | None
    clipped: float
    silence_before: float
    silence_after: float
    silence_inside: float
    words: Rate | None
    characters: Rate | None
    failure: str = ""
    """The first sentence that says why a trial failed."""


@dataclass(frozen=True, slots=True)
class TtsSummary:
    voices: tuple[VoiceSummary, ...]


def plan(voices: Sequence[str], texts: Sequence[Text], recogniser: str = "", name: str = "") -> Plan:
    """A plan for each text by each voice; `recogniser` is to hear them, if one is named.

    Raises UsageError when there is nothing to compare, and EngineUnavailable where errors are to be counted and cannot.
    """
    if recogniser:
        demand_jiwer()
    if not voices or not texts:
        raise UsageError("there is nothing to compare", fix="Name a voice, and a language that there are texts for")
    options = Options(list(dict.fromkeys(voices)), list(texts), recogniser)
    count = len(options.voices) * len(texts)
    return Plan("tts", now(), name or ", ".join(options.voices), msgspec.to_builtins(options), count)


def options_of(run: Run) -> Options:
    """Raises StorageError for a plan that is not of this kind."""
    found: Options = read_options(run, Options)
    return found


@asynccontextmanager
async def trials(run: Run, workshop: Workshop) -> AsyncIterator[list[Trial]]:
    """The trials of a run; what they warm is closed in the end."""
    bench = Bench(run, workshop)
    options = options_of(run)
    try:
        yield [
            Trial(
                f"{voice}|{number:04}",
                voice,
                len(text.text),
                partial(bench.say, voice, number, text, options.recogniser),
            )
            for voice in options.voices
            for number, text in enumerate(options.texts, start=1)
        ]
    finally:
        await bench.close()


def summary(run: Run) -> TtsSummary:
    """What the results so far come to, voice by voice in the plan's order."""
    options, results = options_of(run), {result.key: result for result in run.results()}
    found = []
    for voice in options.voices:
        for language in dict.fromkeys(text.language for text in options.texts):
            numbers = [number for number, text in enumerate(options.texts, 1) if text.language == language]
            keys = [f"{voice}|{number:04}" for number in numbers]
            if done := [results[key] for key in keys if key in results]:
                found.append(_summed(voice, language, done))
    return TtsSummary(tuple(found))


class Bench:
    """Speaks, measures and recognises for the trials of a run: one voice and one recogniser warm at a time."""

    def __init__(self, run: Run, workshop: Workshop) -> None:
        self._folder = run.folder
        self._voices: OneWarm[TextToSpeech] = OneWarm(lambda name: make_voice(workshop, name), lambda one: one.warm())
        self._recognisers: OneWarm[SpeechToText] = OneWarm(workshop.stt, hearing.warm)

    async def say(self, voice: str, number: int, text: Text, recogniser: str) -> Values:
        """One trial; a recogniser that fails does not take the voice's figures with it."""
        spoken, sample = await self.speak(voice, number, text)
        figures = await asyncio.to_thread(measured, spoken.samples, spoken.sample_rate)
        values: Values = {"voice": voice, **asdict(text), "sample": sample, **asdict(figures)}
        if not voice.startswith(f"{SCHEME}:"):
            values |= {"first": spoken.first, "real_time_factor": spoken.seconds / spoken.duration}
        if not recogniser:
            return values
        try:
            return values | await self.recognise(recogniser, spoken.samples, spoken.sample_rate, text)
        except VoicebotError as error:
            return values | {"unheard": str(error)}

    async def speak(self, voice: str, number: int, text: Text) -> tuple[Spoken, str]:
        """The sound, and where it is kept, below the run's folder. Raises EngineError or StorageError."""
        name = VoiceName.parse(voice)
        engine = await self._voices.get(name.engine)
        spoken = await speak(engine, text.text, Manner(text.language, name.voice))
        file = sample_file(voice, number)
        await asyncio.to_thread(_keep, self._folder / file, spoken.samples, spoken.sample_rate)
        return spoken, file

    async def recognise(self, recogniser: str, samples: Samples, sample_rate: int, text: Text) -> Values:
        """What is heard, and its errors. Raises EngineError."""
        if recogniser.partition(":")[0] in ADAPTING:
            await self._recognisers.close()
        engine = await self._recognisers.get(recogniser)
        heard = await hearing.hear(engine, samples, sample_rate, text.language)
        return {"recogniser": recogniser, **await hearing.judged(text.text, heard, text.language)}

    async def close(self) -> None:
        await self._voices.close()
        await self._recognisers.close()


def sample_file(voice: str, number: int) -> str:
    """Where a sample lies below the run's folder; voices that differ only in marks get a file each."""
    plain = re.sub(r"\W+", "-", voice).strip("-")[-60:]
    return f"{FOLDER}/{number:04}-{plain}-{zlib.crc32(voice.encode()):08x}.flac"


def read_options(run: Run, kind: type[Any]) -> Any:
    """A plan's options as `kind`; raises StorageError when they are not."""
    try:
        return msgspec.convert(run.plan.options, kind)
    except msgspec.ValidationError:
        fix = f"delete it with `voicebot lab remove {run.id}`"
        raise StorageError(f"{run.folder / 'plan.json'} is broken", fix=fix) from None


def _keep(file: Path, samples: Samples, sample_rate: int) -> None:
    """Whole or not at all: a later trial may read it. Raises StorageError."""
    part = file.with_name(f".{file.name}")
    try:
        file.parent.mkdir(exist_ok=True)
        write_sound(part, samples, sample_rate)
        part.replace(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written", error.strerror or "") from None


def _summed(voice: str, language: str, results: Sequence[Result]) -> VoiceSummary:
    good = [result.values for result in results if not result.error]
    heard = [found for values in good if (found := hearing.found_errors(values)) is not None]
    loud = [values["lufs"] for values in good if values["lufs"] is not None]
    failures = [result.error or result.values.get("unheard", "") for result in results]
    return VoiceSummary(
        voice,
        language,
        len(results),
        len(results) - len(good),
        _median(values["first"] for values in good if "first" in values),
        _median(values["real_time_factor"] for values in good if "first" in values),
        sum(values["duration"] for values in good),
        statistics.fmean(loud) if loud else None,
        max(loud) - min(loud) if loud else None,
        max((values["peak"] for values in good if values["peak"] is not None), default=None),
        max((values["clipped"] for values in good), default=0.0),
        _mean(values["silence_before"] for values in good),
        _mean(values["silence_after"] for values in good),
        _mean(values["silence_inside"] for values in good),
        rate(heard, "words") if heard else None,
        rate(heard, "characters") if heard else None,
        next(filter(None, failures), ""),
    )


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.median(found) if found else None


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 0.0
