"""A chart with a few lines, as SVG on white, so that it reads in a light page and a dark one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 24, 56
STEPS = 6

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Points from left to right; `marked` is the number of the one that stands out, where the program stands now."""

    name: str
    colour: str
    points: tuple[Point, ...]
    marked: int


def chart(lines: Sequence[Line], x_label: str, y_label: str) -> str:
    """The SVG document; both axes begin at a round number, y at 0."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    x_ticks, y_ticks = _ticks(min(xs), max(xs)), _ticks(0.0, max(ys))
    scale = _Scale(x_ticks[0], x_ticks[-1], y_ticks[-1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *(_rule(scale.x(tick), TOP, scale.x(tick), HEIGHT - BOTTOM) for tick in x_ticks),
        *(_rule(LEFT, scale.y(tick), WIDTH - RIGHT, scale.y(tick)) for tick in y_ticks),
        *(_text(scale.x(tick), HEIGHT - BOTTOM + 20, f"{tick:g}", "middle") for tick in x_ticks),
        *(_text(LEFT - 8, scale.y(tick) + 4, f"{tick:g}", "end") for tick in y_ticks),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_label, "middle"),
        f'<g transform="rotate(-90 16 {HEIGHT / 2})">{_text(16, HEIGHT / 2, y_label, "middle")}</g>',
        *(_drawn(line, scale) for line in lines),
        *(_legend(line, number) for number, line in enumerate(lines)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float
    top: float

    def x(self, value: float) -> float:
        return LEFT + (value - self.left) / (self.right - self.left) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers around a range."""
    rough = (high - low) / STEPS
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, last + 1)]


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#d8dbe0"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#3a3f47">{escape(text)}</text>'


def _drawn(line: Line, scale: _Scale) -> str:
    points = [(scale.x(x), scale.y(y)) for x, y in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{line.colour}"/>' for x, y in points)
    x, y = points[line.marked]
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="none" stroke="{line.colour}" stroke-width="2"/>'
    return f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>{dots}{ring}'


def _legend(line: Line, number: int) -> str:
    x, y = WIDTH - RIGHT - 230, TOP + 20 + 22 * number
    swatch = f'<line x1="{x}" y1="{y - 4}" x2="{x + 22}" y2="{y - 4}" stroke="{line.colour}" stroke-width="3"/>'
    return swatch + _text(x + 30, y, line.name, "start")
