"""Recognisers compared, as tables and plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicebot.lab import stt
from voicebot.lab.report.contents import (
    BarPlot,
    Cell,
    Contents,
    Figure,
    HeatMap,
    Plot,
    Sentence,
    Table,
    Utterance,
    Word,
)
from voicebot.lab.runs import Run
from voicebot.lab.stt_summary import ClipResult, Row

COLUMNS = (
    *("recogniser", "stress", "language", "clips", "failed", "WER", "CER", "real-time factor", "final", "final, 95 %"),
    *("first partial", "memory", "memory of the engine", "failure"),
)
MEBIBYTE = 1 << 20
CLEAN = "as recorded"


def of_recognisers(run: Run) -> Contents:
    """All of a run that compares recognisers. Raises StorageError."""
    found = stt.summary(run)
    table = Table("recognisers", COLUMNS, tuple(map(_cells, found.rows)))
    plots: tuple[Plot, ...] = (*_bars(found.rows), *_heat_maps(found.rows))
    return Contents((table,), plots, tuple(map(_utterance, found.clips)))


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row.engine,
        row.stress or Word(CLEAN),
        row.language,
        Figure(row.clips, "count"),
        Figure(row.failed, "count"),
        Figure.of(row.words),
        Figure.of(row.characters),
        Figure(row.real_time_factor, "times"),
        Figure(row.final, "seconds"),
        Figure(row.final_95, "seconds"),
        Figure(row.first_partial, "seconds"),
        _mebibytes(row.memory),
        _mebibytes(row.engine_memory),
        Sentence(row.failure),
    )


def _mebibytes(size: int | None) -> Figure:
    return Figure(None if size is None else size / MEBIBYTE, "mebibytes")


def _bars(rows: Sequence[Row]) -> Iterator[BarPlot]:
    clean = [row for row in rows if not row.stress]
    named = {
        "WER": [(row, Figure.of(row.words)) for row in clean if row.unit == "words"],
        "CER": [(row, Figure.of(row.characters)) for row in clean if row.unit == "characters"],
        "real-time factor": [(row, Figure(row.real_time_factor, "times")) for row in clean],
        "final": [(row, Figure(row.final, "seconds")) for row in clean],
    }
    for title, figures in named.items():
        known = [(f"{row.engine} ({row.language})", figure) for row, figure in figures if figure.value is not None]
        if known:
            yield BarPlot(title, tuple(known))


def _heat_maps(rows: Sequence[Row]) -> Iterator[HeatMap]:
    """Recognisers by stress in each language, where there is more than the clips as they are."""
    for language in dict.fromkeys(row.language for row in rows):
        own = [row for row in rows if row.language == language]
        stresses = tuple(dict.fromkeys(row.stress for row in own))
        if len(stresses) > 1:
            title = "WER" if own[0].unit == "words" else "CER"
            engines = tuple(dict.fromkeys(row.engine for row in own))
            values = {(row.engine, row.stress or CLEAN): row.rate.rate if row.rate else None for row in own}
            yield HeatMap(f"{title} ({language})", engines, tuple(stress or CLEAN for stress in stresses), values)


def _utterance(clip: ClipResult) -> Utterance:
    who = " · ".join(filter(None, (clip.engine, clip.stress, clip.clip)))
    return Utterance(who, clip.said, clip.errors.alignment if clip.errors else (), clip.failure)
