"""Plots as SVG to stand inside an HTML page, whose colours they take: bars with intervals, and a heat map.

They need of the page the custom properties --ink, --faint and --accent. Nothing is loaded, and nothing runs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720
LABEL, RIGHT = 250, 90
"""Units left of a bar, for its name, and right of it, for its figure."""
BAR, GAP = 18, 12
CELL = 34
MOST_LETTERS = 38
"""Of a name that fit into the space for it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A named figure, as `shown` in words, and the ends of its interval where it has one."""

    name: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars from zero, none of them negative; an interval is a whisker."""
    top = max([0.0, *(max(row.value, row.high or 0.0) for row in rows)]) or 1.0
    room = WIDTH - LABEL - RIGHT
    parts = [_begin(title, WIDTH, len(rows) * (BAR + GAP) + GAP)]
    for number, row in enumerate(rows):
        y = GAP + number * (BAR + GAP)
        length = room * row.value / top
        parts.append(_text(LABEL - 8, y + 13, _cut(row.name), "end"))
        parts.append(f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR}" fill="var(--accent)"/>')
        end = length
        if row.low is not None and row.high is not None:
            parts.append(_whisker(LABEL + room * row.low / top, LABEL + room * row.high / top, y + BAR / 2))
            end = max(end, room * row.high / top)
        parts.append(_text(LABEL + end + 8, y + 13, row.shown))
    return "\n".join([*parts, "</svg>"])


def heat_map(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Mapping[tuple[str, str], float | None]
) -> str:
    """A matrix of shares by (row, column), from 0.0 (pale) to 1.0 and above (dark); None, or a gap, is a dash."""
    width = max(CELL * 2, (WIDTH - LABEL) // max(1, len(columns)))
    parts = [_begin(title, LABEL + width * len(columns), CELL * (len(rows) + 1))]
    most = max(4, width // 9)
    for across, column in enumerate(columns):
        parts.append(_text(LABEL + (across + 0.5) * width, 22, _cut(column, most), "middle", column))
    for down, row in enumerate(rows, start=1):
        parts.append(_text(LABEL - 8, down * CELL + 22, _cut(row), "end", row))
        for across, column in enumerate(columns):
            value = values.get((row, column))
            parts.append(_cell(LABEL + across * width, down * CELL, width, value))
    return "\n".join([*parts, "</svg>"])


def _cell(x: float, y: float, width: float, value: float | None) -> str:
    depth = 0.0 if value is None or not math.isfinite(value) else min(1.0, max(0.0, value))
    shown = "–" if value is None else f"{value:.1%}"
    return (
        f'<rect x="{x}" y="{y}" width="{width - 2}" height="{CELL - 2}" fill="var(--accent)"'
        f' fill-opacity="{0.06 + 0.64 * depth:.2f}"/>{_text(x + width / 2, y + 21, shown, "middle")}'
    )


def _begin(title: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img"'
        f' aria-label="{escape(title)}" font-size="13" fill="var(--ink)"><title>{escape(title)}</title>'
    )


def _text(x: float, y: float, text: str, anchor: str = "start", whole: str = "") -> str:
    more = f"<title>{escape(whole)}</title>" if whole and whole != text else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}{more}</text>'


def _whisker(left: float, right: float, y: float) -> str:
    lines = f"M{left:.1f} {y}H{right:.1f}M{left:.1f} {y - 5}v10M{right:.1f} {y - 5}v10"
    return f'<path d="{lines}" stroke="var(--ink)" stroke-width="1.5" fill="none"/>'


def _cut(text: str, most: int = MOST_LETTERS) -> str:
    """The end of a name tells more than its beginning: "…/large-v3.pt"."""
    return text if len(text) <= most else "…" + text[1 - most :]
