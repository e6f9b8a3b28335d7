"""Sums as a tree of operands and operators, worked out with exact fractions; each language says them its own way."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .draw import Draw


@dataclass(frozen=True)
class Sum:
    """`operands` as decimal strings, an operator of "+-*/" between each two."""

    operands: tuple[str, ...]
    operators: tuple[str, ...]

    @property
    def value(self) -> Fraction:
        """Multiplication and division first, then from left to right."""
        terms = [Fraction(self.operands[0])]
        for operator, operand in zip(self.operators, map(Fraction, self.operands[1:]), strict=True):
            if operator == "*":
                terms[-1] *= operand
            elif operator == "/":
                terms[-1] /= operand
            else:
                terms.append(operand if operator == "+" else -operand)
        return sum(terms, Fraction(0))

    @property
    def telling(self) -> bool:
        """The result cannot be mistaken for an operand, and is not too long to be said."""
        return abs(self.value) < 10**9 and self.value not in map(Fraction, self.operands)


def two(d: Draw) -> Sum:
    """An everyday sum of two whole numbers."""
    while True:
        operator = d.pick("+", "-", "*", "/")
        size = d.pick(10, 20, 100, 100, 1000, 100_000) if operator in "+-" else d.pick(10, 12, 20, 100)
        left, right = d.whole(1, size), d.whole(2, size)
        if operator == "/" and d.chance(0.8):
            left *= right
        drawn = Sum((str(left), str(right)), (operator,))
        if drawn.telling:
            return drawn


def several(d: Draw) -> Sum:
    """Three or four operands, with precedence to mind; a division comes out even."""
    while True:
        operands, operators = [str(d.whole(2, 30))], []
        for _ in range(d.pick(2, 2, 3)):
            operators.append(d.pick("+", "+", "-", "-", "*", "*", "/"))
            operands.append(str(d.whole(2, 30)))
        drawn = Sum(tuple(operands), tuple(operators))
        if drawn.telling and drawn.value.denominator == 1:
            return drawn


def decimals(d: Draw) -> Sum:
    while True:
        operator = d.pick("+", "-", "*", "/")
        left = f"{d.whole(0, 50)}.{d.pick(1, 2, 5, 7, 25, 75)}"
        right = d.pick(str(d.whole(2, 20)), f"{d.whole(1, 20)}.{d.pick(2, 5, 8)}")
        drawn = Sum((left, right), (operator,))
        if drawn.telling:
            return drawn


def typed(d: Draw, drawn: Sum) -> str:
    """In symbols: "12*7", "20 ÷ 4"."""
    signs = {"+": "+", "-": "-", "*": d.pick("*", "×", "x"), "/": d.pick("/", "÷")}
    space = "" if d.chance(0.4) else " "
    text = drawn.operands[0]
    for operator, operand in zip(drawn.operators, drawn.operands[1:], strict=True):
        text += f"{space}{signs[operator]}{space}{operand}"
    return text
