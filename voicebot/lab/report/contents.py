"""What stands in a report, before it is a page: tables of figures, plots, and the errors word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicebot.lab import roundtrip, tts
from voicebot.lab.hearing import found_errors
from voicebot.lab.listening import preferences
from voicebot.lab.runs import Run
from voicebot.lab.scoring import Rate, Step

Unit = Literal["count", "share", "seconds", "times", "lufs", "lu", "dbfs", "p", "mebibytes"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, None where there is none, and its 95 % interval where it has one."""

    value: float | None
    unit: Unit
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, rate: Rate | None) -> Figure:
        return cls(None, "share") if rate is None else cls(rate.rate, "share", rate.low, rate.high)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the page's own, as `words` calls it."""

    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message of the program, in English; "" where nothing is to be said."""

    text: str


Cell = str | Figure | Word | Sentence


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under `columns`; what in a row is text names it. Title and columns are the page's own words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class BarPlot:
    """The figures of one column of a table as bars."""

    title: str
    bars: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Error rates by (row, column)."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: dict[tuple[str, str], float | None]


Plot = BarPlot | HeatMap


@dataclass(frozen=True, slots=True)
class Utterance:
    """One trial: who, the text, the alignment where it was recognised, the failure, and the sound."""

    who: str
    text: str
    steps: tuple[Step, ...] = ()
    failure: str = ""
    sample: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    tables: tuple[Table, ...]
    plots: tuple[Plot, ...]
    utterances: tuple[Utterance, ...]


def contents(run: Run) -> Contents:
    """All of a run, as far as it has come. Raises StorageError."""
    if run.plan.kind == "tts":
        return _of_voices(run)
    if run.plan.kind == "roundtrip":
        return _of_roundtrip(run)
    from voicebot.lab.report.recognisers import of_recognisers

    return of_recognisers(run)


def _of_voices(run: Run) -> Contents:
    found = tts.summary(run).voices
    columns = (
        *("voice", "language", "texts", "failed", "first audio", "real-time factor", "duration", "loudness"),
        *("loudness spread", "peak", "clipped", "silence before", "silence after", "pauses", "WER", "CER", "failure"),
    )
    rows = tuple(_voice_row(one) for one in found)
    plots = (
        _bars("first audio", found, lambda one: Figure(one.first, "seconds")),
        _bars("real-time factor", found, lambda one: Figure(one.real_time_factor, "times")),
        _bars("WER", found, lambda one: Figure.of(one.words)),
        _bars("CER", found, lambda one: Figure.of(one.characters)),
    )
    tables = (Table("voices", columns, rows), *_listening(run))
    return Contents(tables, tuple(plot for plot in plots if plot.bars), tuple(_utterances(run)))


def _voice_row(one: tts.VoiceSummary) -> tuple[Cell, ...]:
    return (
        one.voice,
        one.language,
        Figure(one.trials, "count"),
        Figure(one.failed, "count"),
        Figure(one.first, "seconds"),
        Figure(one.real_time_factor, "times"),
        Figure(one.duration, "seconds"),
        Figure(one.lufs, "lufs"),
        Figure(one.lufs_spread, "lu"),
        Figure(one.peak, "dbfs"),
        Figure(one.clipped, "share"),
        Figure(one.silence_before, "seconds"),
        Figure(one.silence_after, "seconds"),
        Figure(one.silence_inside, "seconds"),
        Figure.of(one.words),
        Figure.of(one.characters),
        Sentence(one.failure),
    )


def _bars(title: str, found: Sequence[tts.VoiceSummary], figure: Callable[[tts.VoiceSummary], Figure]) -> BarPlot:
    named = [(f"{one.voice} ({one.language})", figure(one)) for one in found]
    return BarPlot(title, tuple(pair for pair in named if pair[1].value is not None))


def _listening(run: Run) -> Iterator[Table]:
    if found := preferences(run):
        columns = ("first voice", "second voice", "first preferred", "second preferred", "no preference", "share", "p")
        rows = tuple(
            (
                one.first,
                one.second,
                Figure(one.first_preferred, "count"),
                Figure(one.second_preferred, "count"),
                Figure(one.same, "count"),
                Figure(one.share, "share", one.low, one.high),
                Figure(one.p, "p"),
            )
            for one in found
        )
        yield Table("listening test", columns, rows)


def _of_roundtrip(run: Run) -> Contents:
    cells = roundtrip.summary(run).cells
    columns = ("voice", "recogniser", "language", "texts", "failed", "WER", "CER", "failure")
    rows = tuple(
        (
            one.voice,
            one.recogniser,
            one.language,
            Figure(one.trials, "count"),
            Figure(one.failed, "count"),
            Figure.of(one.words),
            Figure.of(one.characters),
            Sentence(one.failure),
        )
        for one in cells
    )
    tables = (Table("round trips", columns, rows), *_listening(run))
    plots = tuple(_heat_maps(cells))
    return Contents(tables, plots, tuple(_utterances(run)))


def _heat_maps(cells: Sequence[roundtrip.Cell]) -> Iterator[HeatMap]:
    for language in dict.fromkeys(cell.language for cell in cells):
        own = [cell for cell in cells if cell.language == language]
        voices = tuple(dict.fromkeys(cell.voice for cell in own))
        recognisers = tuple(dict.fromkeys(cell.recogniser for cell in own))
        for title, rates in (("WER", [cell.words for cell in own]), ("CER", [cell.characters for cell in own])):
            values = {
                (cell.voice, cell.recogniser): rate.rate if rate is not None else None
                for cell, rate in zip(own, rates, strict=True)
            }
            yield HeatMap(f"{title} ({language})", voices, recognisers, values)


def _utterances(run: Run) -> Iterator[Utterance]:
    """The trials of voices; a key ends in the number of its text."""
    texts = (tts.options_of(run) if run.plan.kind == "tts" else roundtrip.options_of(run)).texts
    for result in run.results():
        *who, number = result.key.split("|")
        values, errors = result.values, found_errors(result.values)
        sample = run.folder / values["sample"] if "sample" in values else None
        failure = result.error or values.get("unheard", "")
        text = texts[int(number) - 1].text
        yield Utterance(" → ".join(who), text, errors.alignment if errors else (), failure, sample)
