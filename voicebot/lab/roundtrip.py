"""Text to voice to recogniser and back to text: which recogniser reads which voice, as a matrix."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import msgspec

from voicebot.engines import Workshop
from voicebot.errors import UsageError
from voicebot.events import Samples
from voicebot.lab.hearing import found_errors
from voicebot.lab.runner import Trial, Values
from voicebot.lab.runs import Plan, Result, Run, now
from voicebot.lab.samples import SCHEME, SampleVoice
from voicebot.lab.scoring import Rate, demand_jiwer, rate
from voicebot.lab.texts import Text
from voicebot.lab.tts import Bench, read_options, sample_file


@dataclass(frozen=True, slots=True)
class Options:
    """What a plan of this kind holds: each recogniser hears each text by each voice."""

    voices: list[str]
    recognisers: list[str]
    texts: list[Text]


@dataclass(frozen=True, slots=True)
class Cell:
    """One recogniser on one voice, in one language; the rates are None where nothing was recognised."""

    voice: str
    recogniser: str
    language: str
    trials: int
    failed: int
    words: Rate | None
    characters: Rate | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class RoundtripSummary:
    cells: tuple[Cell, ...]


def plan(voices: Sequence[str], recognisers: Sequence[str], texts: Sequence[Text], name: str = "") -> Plan:
    """A plan for each recogniser on each voice.

    Raises UsageError when there is nothing to compare, and EngineUnavailable where errors cannot be counted.
    """
    demand_jiwer()
    if not (voices and recognisers and texts):
        raise UsageError(
            "there is nothing to compare", fix="Name a voice, a recogniser, and a language that there are texts for"
        )
    options = Options(list(dict.fromkeys(voices)), list(dict.fromkeys(recognisers)), list(texts))
    count = len(options.voices) * len(options.recognisers) * len(texts)
    title = name or f"{', '.join(options.voices)} → {', '.join(options.recognisers)}"
    return Plan("roundtrip", now(), title, msgspec.to_builtins(options), count)


def texts_of_samples(folders: Sequence[str], language: str) -> list[Text]:
    """What is said in folders of samples, each text once; raises UsageError."""
    said = [text for folder in folders for text in SampleVoice.at(folder).files]
    return [Text(text, language) for text in dict.fromkeys(said)]


def sample_voice(folder: str) -> str:
    """The name of a folder of samples as a voice: with its whole path, for a run may go on from elsewhere."""
    return f"{SCHEME}:{SampleVoice.at(folder).folder}"


def options_of(run: Run) -> Options:
    """Raises StorageError for a plan that is not of this kind."""
    found: Options = read_options(run, Options)
    return found


@asynccontextmanager
async def trials(run: Run, workshop: Workshop) -> AsyncIterator[list[Trial]]:
    """The trials of a run, recogniser by recogniser, so that each is loaded once; all of them hear the same sound."""
    options = options_of(run)
    circuit = _Circuit(run, Bench(run, workshop))
    try:
        yield [
            Trial(
                f"{voice}|{recogniser}|{number:04}",
                recogniser,
                len(text.text),
                partial(circuit.round, voice, recogniser, number, text),
                group=f"{voice}|{recogniser}",
            )
            for recogniser in options.recognisers
            for voice in options.voices
            for number, text in enumerate(options.texts, start=1)
        ]
    finally:
        await circuit.bench.close()


def summary(run: Run) -> RoundtripSummary:
    """What the results so far come to, in the plan's order."""
    options, results = options_of(run), {result.key: result for result in run.results()}
    cells = []
    for voice in options.voices:
        for recogniser in options.recognisers:
            for language in dict.fromkeys(text.language for text in options.texts):
                numbers = [number for number, text in enumerate(options.texts, 1) if text.language == language]
                keys = [f"{voice}|{recogniser}|{number:04}" for number in numbers]
                if done := [results[key] for key in keys if key in results]:
                    cells.append(_cell(voice, recogniser, language, done))
    return RoundtripSummary(tuple(cells))


@dataclass(frozen=True, slots=True)
class _Circuit:
    run: Run
    bench: Bench

    async def round(self, voice: str, recogniser: str, number: int, text: Text) -> Values:
        file = sample_file(voice, number)
        kept = self.run.folder / file
        if not await asyncio.to_thread(kept.is_file):
            await self.bench.speak(voice, number, text)
        samples, sample_rate = await asyncio.to_thread(_kept, kept)
        found = await self.bench.recognise(recogniser, samples, sample_rate, text)
        return {"voice": voice, **asdict(text), "sample": file, **found}


def _kept(file: Path) -> tuple[Samples, int]:
    """Every recogniser hears the 16-bit sound that is kept, also the first one."""
    import soundfile

    samples, sample_rate = soundfile.read(file, dtype="float32")
    return samples, int(sample_rate)


def _cell(voice: str, recogniser: str, language: str, results: Sequence[Result]) -> Cell:
    heard = [found for result in results if (found := found_errors(result.values)) is not None]
    return Cell(
        voice,
        recogniser,
        language,
        len(results),
        sum(bool(result.error) for result in results),
        rate(heard, "words") if heard else None,
        rate(heard, "characters") if heard else None,
        next((result.error for result in results if result.error), ""),
    )
