"""A run beside an earlier one: what is in both, before and now."""

from __future__ import annotations

from collections.abc import Sequence

from voicebot.lab.report.contents import Cell, Table, Word

TOLD = (
    *("failed", "first audio", "real-time factor", "first partial", "final", "memory", "memory of the engine"),
    *("loudness", "WER", "CER"),
)
"""The columns that say whether something got better."""


def compared(before: Sequence[Table], after: Sequence[Table]) -> list[Table]:
    """For each table of both, the rows that have the same names in both, each as two: earlier and now."""
    by_title = {table.title: table for table in before}
    return [_compared(by_title[table.title], table) for table in after if table.title in by_title]


def _compared(before: Table, after: Table) -> Table:
    told = [column for column in after.columns if column in TOLD and column in before.columns]
    first = after.rows[0] if after.rows else ()
    names = [column for column, cell in zip(after.columns, first, strict=False) if isinstance(cell, str | Word)]
    earlier = {_picked(before, row, names): row for row in before.rows}
    rows: list[tuple[Cell, ...]] = []
    for row in after.rows:
        name = _picked(after, row, names)
        if name in earlier:
            rows.append((*name, Word("earlier"), *_picked(before, earlier[name], told)))
            rows.append((*name, Word("now"), *_picked(after, row, told)))
    return Table(after.title, (*names, "", *told), tuple(rows))


def _picked(table: Table, row: tuple[Cell, ...], columns: Sequence[str]) -> tuple[Cell, ...]:
    by_column = dict(zip(table.columns, row, strict=True))
    return tuple(by_column[column] for column in columns)
