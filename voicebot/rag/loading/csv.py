"""Tables as text: .csv and .tsv. A row is a paragraph with the names of its columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from voicebot.rag.loading.failing import damage
from voicebot.rag.loading.limits import PARAGRAPH
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.text import text_of
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

DELIMITERS = ",;\t|"
SAMPLE_LINES = 20


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    text, notes = text_of(path)
    outline = Outline()
    with damage(path):
        csv.field_size_limit(PARAGRAPH)
        outline.rows(_rows(text, alive))
    return Loaded(title_of(path), outline.sections(), notes=notes + outline.notes())


def _rows(text: str, alive: Callable[[], None]) -> Iterator[list[str]]:
    lines = text.split("\n")
    for row in csv.reader((line + "\n" for line in lines), delimiter=delimiter(lines[:SAMPLE_LINES])):
        alive()
        yield row


def delimiter(lines: list[str]) -> str:
    """The mark that stands in the most of these lines, as often in each; a comma where none does.

    csv.Sniffer guesses letters, and takes seconds for long lines.
    """

    def regularity(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if line.strip()]
        usual = max(set(counts), key=lambda count: (count > 0, counts.count(count)), default=0)
        return (counts.count(usual) if usual else 0), usual

    return max(DELIMITERS, key=regularity)
