"""A report as one HTML file: no script, nothing loaded, light and dark as the reader's system is."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from voicebot.lab.plots import Bar, bars, heat_map
from voicebot.lab.report.comparison import compared
from voicebot.lab.report.contents import (
    Cell,
    Contents,
    Figure,
    HeatMap,
    Plot,
    Sentence,
    Table,
    Utterance,
    Word,
    contents,
)
from voicebot.lab.report.style import STYLE
from voicebot.lab.report.words import word
from voicebot.lab.runs import Run
from voicebot.lab.scoring import Step
from voicebot.wording import Wording

MOST_SOUND = 24 * 1024 * 1024
"""Bytes of sound in one page: browsers are slow beyond, and mail does not take it."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src data:"
HEADINGS = {"stt": "speech recognition", "tts": "voices", "roundtrip": "round trips"}
MARKS = {"substitute": ("substituted", "s"), "delete": ("missing", "d"), "insert": ("added", "i")}


def as_html(run: Run, earlier: Sequence[Run] = (), language: str = "en") -> str:
    """The page; its own words are in `language` ("en" or "ko"). Raises StorageError."""
    return "\n".join(_Page(run, contents(run), language).lines(earlier)) + "\n"


def shown(figure: Figure) -> str:
    """A figure as it is read, with its interval in brackets."""
    if figure.value is None:
        return "–"
    ends = (figure.low, figure.high)
    interval = f" ({_number(ends[0], figure)}–{_number(ends[1], figure)})" if None not in ends else ""
    return _number(figure.value, figure) + interval


def _number(value: float | None, figure: Figure) -> str:
    forms = {
        "count": "{:.0f}", "share": "{:.1%}", "seconds": "{:.3f} s", "times": "{:.3f}", "lufs": "{:.1f} LUFS",
        "lu": "{:.1f} LU", "dbfs": "{:.1f} dBFS", "p": "{:.3f}", "mebibytes": "{:.0f} MiB",
    }  # fmt: skip
    return forms[figure.unit].format(value)


class _Page:
    def __init__(self, run: Run, found: Contents, language: str) -> None:
        self._run = run
        self._found = found
        self._language = language
        self._wording = Wording(language)
        self._sound_left = MOST_SOUND
        self._sounded: set[Path] = set()

    def lines(self, earlier: Sequence[Run]) -> Iterator[str]:
        plan = self._run.plan
        title = escape(plan.name or self._run.id)
        yield f'<!DOCTYPE html>\n<html lang="{escape(self._language)}">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
        yield f"<p>{self._word('a run of the Lab')} · {self._word(HEADINGS[plan.kind])}</p>\n<h1>{title}</h1>"
        begun = f"{datetime.fromisoformat(plan.created):%Y-%m-%d %H:%M}"
        yield f"<p>{self._word('begun')} {begun} · {escape(self._run.id)} · {self._word('intervals')}</p>"
        for table in self._found.tables:
            yield from self._table(table)
        for plot in self._found.plots:
            yield f"<figure>{self._plot(plot)}</figure>"
        for one in earlier:
            yield f"<h2>{self._word('compared with')} {escape(one.plan.name)} ({escape(one.id)})</h2>"
            for table in compared(contents(one).tables, self._found.tables):
                yield from self._table(table)
        yield from self._word_by_word()
        yield "</main>\n</body>\n</html>"

    def _word(self, name: str) -> str:
        return escape(word(name, self._language))

    def _table(self, table: Table) -> Iterator[str]:
        yield f'<h2>{self._word(table.title)}</h2>\n<div class="wide"><table>\n<thead><tr>'
        yield "".join(f'<th scope="col">{self._word(column)}</th>' for column in table.columns)
        yield "</tr></thead>\n<tbody>"
        for row in table.rows:
            yield f"<tr>{''.join(map(self._cell, row))}</tr>"
        yield "</tbody>\n</table></div>"

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, Figure):
            return f'<td class="figure">{escape(shown(cell))}</td>'
        if isinstance(cell, Sentence):
            return f"<td>{escape(self._wording.text(cell.text))}</td>"
        return f"<td>{self._word(cell.name) if isinstance(cell, Word) else escape(cell)}</td>"

    def _plot(self, plot: Plot) -> str:
        title = word(plot.title, self._language)
        caption = f"<figcaption>{escape(title)}</figcaption>"
        if isinstance(plot, HeatMap):
            return caption + self._heat_map(title, plot)
        rows = [
            Bar(name, figure.value or 0.0, shown(Figure(figure.value, figure.unit)), figure.low, figure.high)
            for name, figure in plot.bars
        ]
        return caption + bars(title, rows)

    def _heat_map(self, title: str, plot: HeatMap) -> str:
        columns = {column: word(column, self._language) for column in plot.columns}
        values = {(row, columns[column]): value for (row, column), value in plot.values.items()}
        return heat_map(title, plot.rows, tuple(columns.values()), values)

    def _word_by_word(self) -> Iterator[str]:
        yield f"<h2>{self._word('word by word')}</h2>\n<p>"
        yield " · ".join(f'<span class="{mark}">{self._word(name)}</span>' for name, mark in MARKS.values())
        yield "</p>"
        for one in self._found.utterances:
            yield f'<section><p class="who">{escape(one.who)}</p>\n<p>{self._said(one)}</p>'
            if one.failure:
                yield f'<p class="failure">{escape(self._wording.text(one.failure))}</p>'
            if one.sample is not None and one.sample not in self._sounded:
                yield self._sound(one.sample)
            yield "</section>"
        if self._sound_left < 0:
            yield f"<p>{self._word('not every sound is in this file')}</p>"

    def _said(self, one: Utterance) -> str:
        return " ".join(map(_marked, one.steps)) if one.steps else escape(one.text)

    def _sound(self, sample: Path) -> str:
        self._sounded.add(sample)
        try:
            content = sample.read_bytes() if self._sound_left > 0 else b""
        except OSError:  # the run's folder may be tidied up by its owner, and the figures still stand
            return ""
        self._sound_left -= len(content)
        if not content or self._sound_left < 0:
            return ""
        data = base64.b64encode(content).decode()
        return f'<audio controls preload="none" src="data:audio/flac;base64,{data}"></audio>'


def _marked(step: Step) -> str:
    said, heard = escape(step.said), escape(step.heard)
    if step.change == "equal":
        return said
    if step.change == "substitute":
        return f'<span class="s"><del>{said}</del> <ins>{heard}</ins></span>'
    if step.change == "delete":
        return f'<span class="d"><del>{said}</del></span>'
    return f'<span class="i"><ins>{heard}</ins></span>'
