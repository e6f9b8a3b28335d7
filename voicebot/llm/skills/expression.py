"""A sum as a tree: working it out exactly, and saying it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from voicebot.languages import Language
from voicebot.llm.skills import korean_numbers, numbers

Sign = Literal["+", "-", "*", "/", "^", "mod"]

MOST_BITS = 4096
"""A power whose digits would take more is refused before it is worked out: about 1,200 decimal digits."""
_ROOT_PLACES = 20


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Percentage:
    """ "20 percent" on its own: a hundredth part in a product, a share of the left side in a sum."""

    rate: Node


@dataclass(frozen=True, slots=True)
class Negative:
    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Root:
    degree: int
    of: Node


@dataclass(frozen=True, slots=True)
class Share:
    """ "20 percent of 50"."""

    rate: Node
    of: Node


@dataclass(frozen=True, slots=True)
class Multiple:
    """ "half of ten", "double seven"."""

    times: Fraction
    of: Node


@dataclass(frozen=True, slots=True)
class Proportion:
    """What percent `part` is of `whole`."""

    part: Node
    whole: Node


Node = Number | Percentage | Negative | Binary | Root | Share | Multiple | Proportion


@dataclass(frozen=True, slots=True)
class Value:
    """What a sum comes to; `exact` is False for an irrational root."""

    value: Fraction
    exact: bool = True


def evaluate(node: Node) -> Value:
    """Work a sum out, exactly where that is possible.

    Raises ZeroDivisionError, OverflowError (too long to be worth saying) and ValueError (a negative number's root).
    """
    match node:
        case Number(value):
            return Value(value)
        case Percentage(rate):
            return _combined(lambda left: left / 100, rate)
        case Negative(of):
            return _combined(lambda left: -left, of)
        case Root(degree, of):
            inner = evaluate(of)
            root = _root(inner.value, degree)
            return Value(root.value, root.exact and inner.exact)
        case Share(rate, of):
            return _combined(lambda left, right: left * right / 100, rate, of)
        case Multiple(times, of):
            return _combined(lambda left: times * left, of)
        case Proportion(part, whole):
            return _combined(lambda left, right: left * 100 / right, part, whole)
        case Binary("^", left, right):
            base, exponent = evaluate(left), evaluate(right)
            power = _power(base.value, exponent.value)
            return Value(power.value, power.exact and base.exact and exponent.exact)
        case Binary("+" | "-" as sign, left, Percentage(rate)) if not isinstance(left, Percentage):
            return evaluate(Binary(sign, left, Share(rate, left)))
        case Binary(sign, left, right):
            return _combined(_OPERATIONS[sign], left, right)


def say(node: Node, language: Language, worded: bool) -> str | None:
    """The sum in words, or None when it would need brackets or a number that cannot be said."""
    try:
        return _Sayer(language, worded).say(node)
    except _Unsayable:
        return None


def has_operation(node: Node) -> bool:
    """Whether there is anything to work out."""
    return not isinstance(node, Number | Percentage | Negative) or (
        isinstance(node, Negative) and has_operation(node.of)
    )


def largest(node: Node) -> Fraction:
    """The largest number written in the sum, whatever its sign."""
    if isinstance(node, Number):
        return abs(node.value)
    parts = (getattr(node, name) for name in _PARTS if hasattr(node, name))
    return max(largest(part) for part in parts)


_PARTS = ("left", "right", "of", "rate", "part", "whole")


# -- working out -----------------------------------------------------------------------------------------------------


_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "mod": lambda left, right: left % right,
}


def _combined(operation: Callable[..., Fraction], *nodes: Node) -> Value:
    values = [evaluate(node) for node in nodes]
    result = operation(*(value.value for value in values))
    if max(result.numerator.bit_length(), result.denominator.bit_length()) > 2 * MOST_BITS:
        raise OverflowError
    return Value(result, all(value.exact for value in values))


def _power(base: Fraction, exponent: Fraction) -> Value:
    if exponent.denominator != 1:
        return _fractional_power(base, exponent)
    if base == 0 and exponent < 0:
        raise ZeroDivisionError
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if base not in (-1, 0, 1) and bits * abs(exponent) > MOST_BITS:
        raise OverflowError
    if base in (-1, 0, 1):
        exponent = exponent if abs(exponent) <= 2 else 2 + exponent % 2
    return Value(base**exponent.numerator)


def _fractional_power(base: Fraction, exponent: Fraction) -> Value:
    if exponent.denominator <= 10:
        root = _root(base, exponent.denominator)
        power = _power(root.value, Fraction(exponent.numerator))
        return Value(power.value, root.exact)
    if base < 0:
        raise ValueError("no real power")
    if base == 0 and exponent < 0:
        raise ZeroDivisionError
    return Value(Fraction(math.pow(base, exponent)), exact=False)


def _root(value: Fraction, degree: int) -> Value:
    if value < 0:
        if degree % 2 == 0:
            raise ValueError("no real root")
        root = _root(-value, degree)
        return Value(-root.value, root.exact)
    top, bottom = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    if top**degree == value.numerator and bottom**degree == value.denominator:
        return Value(Fraction(top, bottom))
    scale = 10**_ROOT_PLACES
    return Value(Fraction(_whole_root(int(value * scale**degree), degree), scale), exact=False)


def _whole_root(value: int, degree: int) -> int:
    """The largest whole number whose power is not above `value`, by bisection."""
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= value else (low, middle - 1)
    return low


# -- saying ----------------------------------------------------------------------------------------------------------


class _Unsayable(Exception):
    """The sum would need brackets, or holds a number whose decimals do not end."""


_ENGLISH_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "mod": "modulo"}
_KOREAN_SIGNS = {"+": "더하기", "-": "빼기", "*": "곱하기", "/": "나누기"}
_ENGLISH_POWERS = {2: "squared", 3: "cubed"}
_ENGLISH_ROOTS = {2: "the square root of", 3: "the cube root of"}
_ENGLISH_MULTIPLES = {
    Fraction(1, 2): "half of", Fraction(1, 3): "a third of", Fraction(1, 4): "a quarter of",
    Fraction(2, 3): "two thirds of", Fraction(3, 4): "three quarters of", Fraction(2): "double", Fraction(3): "triple",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sayer:
    language: Language
    worded: bool

    def say(self, node: Node, above: int = 0) -> str:
        """The node in words; `above` is how tightly what stands around it binds."""
        if _binding(node) < above:
            raise _Unsayable
        return self._korean(node) if self.language == "ko" else self._english(node)

    @property
    def _space(self) -> str:
        """A counter stands apart from a word and close to digits."""
        return " " if self.worded else ""

    def _number(self, value: Fraction) -> str:
        if not numbers.settle(value)[1]:
            raise _Unsayable
        return numbers.say(value, self.language, self.worded)

    def _english(self, node: Node) -> str:
        match node:
            case Number(value):
                return self._number(value)
            case Percentage(rate):
                return f"{self.say(rate, _ATOM)} percent"
            case Negative(of):
                return f"minus {self.say(of, _ATOM)}"
            case Root(degree, of) if degree in _ENGLISH_ROOTS:
                return f"{_ENGLISH_ROOTS[degree]} {self.say(of, _ATOM)}"
            case Share(rate, of):
                return f"{self.say(rate, _ATOM)} percent of {self.say(of, _UNARY)}"
            case Multiple(times, of) if times in _ENGLISH_MULTIPLES:
                return f"{_ENGLISH_MULTIPLES[times]} {self.say(of, _UNARY)}"
            case Proportion(part, whole):
                return f"{self.say(part, _ATOM)} as a percentage of {self.say(whole, _ATOM)}"
            case Binary("^", left, Number(exponent)) if exponent in _ENGLISH_POWERS:
                return f"{self.say(left, _ATOM)} {_ENGLISH_POWERS[int(exponent)]}"
            case Binary("^", left, right):
                return f"{self.say(left, _ATOM)} to the power of {self.say(right, _UNARY)}"
            case Binary(sign, left, right):
                return self._infix(node, f" {_ENGLISH_SIGNS[sign]} ")
        raise _Unsayable

    def _korean(self, node: Node) -> str:
        match node:
            case Number(value):
                return self._number(value)
            case Percentage(rate):
                return self.say(rate, _ATOM) + self._space + "퍼센트"
            case Negative(of):
                return f"마이너스 {self.say(of, _ATOM)}"
            case Root(2 | 3 as degree, of):
                return f"{self.say(of, _ATOM)}의 {'제곱근' if degree == 2 else '세제곱근'}"
            case Share(rate, of):
                return f"{self.say(of, _ATOM)}의 {self.say(rate, _ATOM)}{self._space}퍼센트"
            case Multiple(times, of) if times == Fraction(1, 2):
                return f"{self.say(of, _ATOM)}의 절반"
            case Multiple(times, of) if times.denominator == 1 and 2 <= times <= 10:
                count = korean_numbers.say_native(int(times)) if self.worded else str(times)
                return f"{self.say(of, _ATOM)}의 {count}{self._space}배"
            case Binary("^", left, Number(exponent)) if exponent in (2, 3):
                return f"{self.say(left, _ATOM)}의 {'제곱' if exponent == 2 else '세제곱'}"
            case Binary("^", left, right):
                return f"{self.say(left, _ATOM)}의 {self.say(right, _ATOM)}제곱"
            case Binary("+" | "-" | "*" | "/" as sign, left, right):
                return self._infix(node, f" {_KOREAN_SIGNS[sign]} ")
        raise _Unsayable

    def _infix(self, node: Binary, sign: str) -> str:
        binding = _binding(node)
        right = self.say(node.right, binding + 1)
        if right.startswith("minus "):
            right = "negative" + right.removeprefix("minus")
        return self.say(node.left, binding) + sign + right


_ADDITIVE, _MULTIPLICATIVE, _UNARY, _POWER, _ATOM = range(1, 6)


def _binding(node: Node) -> int:
    match node:
        case Number(value):
            return _ATOM if value >= 0 else _UNARY
        case Percentage():
            return _ATOM
        case Binary("+" | "-"):
            return _ADDITIVE
        case Binary("^"):
            return _POWER
        case Binary() | Proportion():
            return _MULTIPLICATIVE
        case _:
            return _UNARY
