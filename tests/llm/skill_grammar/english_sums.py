"""How English speakers ask for sums."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from . import sums
from .checks import result, says
from .draw import Case, Draw
from .english import one
from .spoken_numbers import english_ordinal, suffixed
from .sums import Sum


def asked_sum(d: Draw, text: str) -> str:
    """Someone asks what `text` (a noun phrase or a bare sum) is."""
    return d.pick(
        f"what's {text}", f"what's {text}", f"what is {text}", f"what is {text}", f"how much is {text}", text,
        f"calculate {text}", f"can you tell me what {text} is", f"tell me what {text} is", f"compute {text}",
        f"could you work out {text}", f"do you know what {text} is", f"i need to know what {text} is",
        f"work out {text}", f"can you calculate {text}", f"what does {text} equal", f"{text} is what",
        f"{text} equals", f"what's {text} equal to", f"can you do {text}", f"let me know what {text} is",
        f"tell me {text}", f"what would {text} be", f"what about {text}", f"i'd like to know what {text} is",
        f"figure out {text}", f"quick question what's {text}", f"what do you get for {text}",
    )


WORDS = {"+": ("plus",), "-": ("minus",), "*": ("times", "times", "multiplied by"), "/": ("divided by", "over")}


def spoken(d: Draw, drawn: Sum) -> str:
    if d.style == "typed" and d.chance(0.6):
        return sums.typed(d, drawn)
    text = d.number(drawn.operands[0])
    for operator, operand in zip(drawn.operators, drawn.operands[1:], strict=True):
        word = d.pick(*WORDS[operator])
        word = "x" if operator == "*" and d.style == "written" and d.chance(0.3) else word
        text += f" {word} {d.number(operand)}"
    return text


def _sum_case(d: Draw, drawn: Sum, text: str) -> Case:
    form = "words" if d.in_words else "digits"
    return one(d, text, result(drawn.value, "en", form))


def sum_of_two(d: Draw) -> Case:
    drawn = sums.two(d)
    if d.chance(0.65):
        return _sum_case(d, drawn, asked_sum(d, spoken(d, drawn)))
    left, right = d.number(drawn.operands[0]), d.number(drawn.operands[1])
    phrase = {
        "+": (f"the sum of {left} and {right}", f"{left} added to {right}"),
        "-": (f"{left} take away {right}", f"{left} less {right}"),
        "*": (f"the product of {left} and {right}", f"{left} multiplied by {right}"),
        "/": (f"{left} divided by {right}",),
    }[drawn.operators[0]]
    order = {
        "+": (f"add {left} and {right}", f"add {right} to {left}", f"add {left} to {right}"),
        "-": (f"subtract {right} from {left}", f"take {right} away from {left}"),
        "*": (f"multiply {left} by {right}", f"multiply {left} and {right}"),
        "/": (f"divide {left} by {right}",),
    }[drawn.operators[0]]
    asking = ("what do you get if you ", "what do i get if i ", "what do you get when you ")
    ordered = d.pick("", "", "can you ", "please ", "could you ", *asking) + d.pick(*order)
    return _sum_case(d, drawn, d.pick(asked_sum(d, d.pick(*phrase)), ordered))


def sum_of_several(d: Draw) -> Case:
    drawn = sums.several(d)
    return _sum_case(d, drawn, asked_sum(d, spoken(d, drawn)))


def sum_of_decimals(d: Draw) -> Case:
    drawn = sums.decimals(d)
    return _sum_case(d, drawn, asked_sum(d, spoken(d, drawn)))


def percent(d: Draw) -> Case:
    while True:
        share, whole = d.pick(
            5, 10, 15, 20, 25, 30, 50, 75, d.whole(1, 99),
        ), d.pick(d.whole(2, 500), d.whole(1, 50) * 20)
        value = Fraction(share * whole, 100)
        if value not in (share, whole):
            break
    percent_sign = f"{share}%" if not d.in_words and d.chance(0.7) else f"{d.number(share)} percent"
    text = asked_sum(d, f"{percent_sign} of {d.number(whole)}")
    return one(d, text, result(value, "en", "words" if d.in_words else "digits"))


def power(d: Draw) -> Case:
    base = d.whole(2, 30)
    number = d.number(base)
    kinds = [
        (base**2, f"{number} squared"), (base**2, f"the square of {number}"), (base**3, f"{number} cubed"),
        (base, f"the square root of {d.number(base * base)}"), (base, f"the square root of {d.number(base * base)}"),
        (2**d.whole(3, 12), ""), (base**2, f"{number} to the power of {d.number(2)}"),
    ]
    value, text = d.pick(*kinds)
    if not text:
        text = f"{d.number(2)} to the {d.pick('power of ' + d.number(value.bit_length() - 1), _power(d, value))}"
    if d.style == "typed" and d.chance(0.15):
        value, text = base**2, f"{base}^2"
    return one(d, asked_sum(d, text), result(Fraction(value), "en", "words" if d.in_words else "digits"))


def _power(d: Draw, value: int) -> str:
    exponent = value.bit_length() - 1
    return english_ordinal(exponent) + " power" if d.in_words else suffixed(exponent) + " power"


def root(d: Draw) -> Case:
    """A root that does not come out even."""
    number = d.pick(2, 3, 5, 8, 10, 20, 50, d.whole(101, 119))
    text = asked_sum(d, d.pick(f"the square root of {d.number(number)}", f"the root of {d.number(number)}"))
    exact = Fraction(number**0.5)
    return one(d, text, result(exact, "en"))


def part(d: Draw) -> Case:
    half = d.whole(2, 200)
    value, text = d.pick(
        (half, f"half of {d.number(half * 2)}"), (half * 2, f"twice {d.number(half)}"),
        (half * 2, f"double {d.number(half)}"), (half, f"a third of {d.number(half * 3)}"),
        (half, f"a quarter of {d.number(half * 4)}"), (half, f"{d.number(half * 2)} divided by two"),
        (half, f"half of {d.number(half * 2)}"),
    )
    return one(d, asked_sum(d, text), result(Fraction(value), "en"))


def by_zero(d: Draw) -> Case:
    number = d.number(d.whole(1, 100))
    zero = "zero" if d.in_words else "0"
    text = d.pick(asked_sum(d, f"{number} divided by {zero}"), f"divide {number} by {zero}")
    cannot = r"(?:divi\w+ by (?:zero|0|nothing)|by (?:zero|0)|undefined|not defined|infinit)"
    return one(
        d, text, says(cannot, r"can't|cannot|can not|no |n't|not|un|infin", expected="one cannot divide by zero"),
    )
