"""Units of measure and their exact sizes, from their definitions (international yard and pound, 1959; US liquid
measure; 1 pyeong = 400/121 m²). A gallon or pint may be the US or the imperial one, a cup that of any kitchen.
"""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction as F

INCH, POUND, US_GALLON, UK_GALLON = F("0.0254"), F("0.45359237"), F("3.785411784"), F("4.54609")


@dataclass(frozen=True)
class Unit:
    """`english` is (singular, plural, *abbreviations), `korean` (name, *short names); `sizes` in the kind's base."""

    kind: str
    sizes: tuple[F, ...]
    english: tuple[str, ...]
    korean: tuple[str, ...]
    seen: str
    """What its name looks like in a reply, in either language."""


UNITS = (
    Unit("length", (F(1000),), ("kilometer", "kilometers", "km"), ("킬로미터", "킬로", "km"), r"kilomet|\bkm|킬로|㎞"),
    Unit("length", (F(1),), ("meter", "meters", "m"), ("미터", "m"), r"\bmet|\bm\b|미터|\dm"),
    Unit("length", (F("0.01"),), ("centimeter", "centimeters", "cm"), ("센티미터", "센티", "cm"), r"centimet|cm|센티"),
    Unit("length", (INCH * 63360,), ("mile", "miles", "mi"), ("마일",), r"mile|\bmi\b|마일"),
    Unit("length", (INCH * 12,), ("foot", "feet", "ft"), ("피트",), r"feet|foot|\bft|피트"),
    Unit("length", (INCH,), ("inch", "inches"), ("인치",), r"inch|인치"),
    Unit("length", (INCH * 36,), ("yard", "yards"), ("야드",), r"yard|\byd|야드"),
    Unit("mass", (F(1),), ("kilogram", "kilograms", "kilos", "kg"), ("킬로그램", "킬로", "kg"), r"kilo|kg|킬로"),
    Unit("mass", (F("0.001"),), ("gram", "grams", "g"), ("그램", "g"), r"\bgram|\bg\b|\dg\b|그램"),
    Unit("mass", (POUND,), ("pound", "pounds", "lbs"), ("파운드",), r"pound|\blb|파운드"),
    Unit("mass", (POUND / 16,), ("ounce", "ounces", "oz"), ("온스",), r"ounce|\boz|온스"),
    Unit("volume", (F(1),), ("liter", "liters", "litres"), ("리터",), r"lit(?:er|re)|\bl\b|리터"),
    Unit("volume", (F("0.001"),), ("milliliter", "milliliters", "ml"), ("밀리리터", "ml"), r"millilit|\bml|밀리"),
    Unit("volume", (US_GALLON, UK_GALLON), ("gallon", "gallons"), ("갤런",), r"gallon|갤런"),
    Unit("volume", (US_GALLON / 8, UK_GALLON / 8), ("pint", "pints"), ("파인트",), r"pint|파인트"),
    Unit("volume", (US_GALLON / 16, F("0.2"), F("0.24"), F("0.25")), ("cup", "cups"), ("컵",), r"cup|컵"),
    Unit(
        "area", (F(1),), ("square meter", "square meters"), ("제곱미터", "평방미터"),
        r"square met|m²|m2|제곱미터|평방미터|㎡",
    ),
    Unit("area", (F("0.09290304"),), ("square foot", "square feet"), ("제곱피트",), r"square f|제곱피트|ft"),
    Unit(
        "speed", (F(1),), ("kilometer per hour", "kilometers per hour", "km/h", "kph"), ("시속 킬로미터",),
        r"kilomet|km|킬로",
    ),
    Unit("speed", (INCH * 63360 / 1000,), ("mile per hour", "miles per hour", "mph"), ("시속 마일",), r"mile|mph|마일"),
    Unit("time", (F(1),), ("second", "seconds"), ("초",), r"second|초"),
    Unit("time", (F(60),), ("minute", "minutes"), ("분",), r"minute|분"),
    Unit("time", (F(3600),), ("hour", "hours"), ("시간",), r"hour|시간"),
    Unit("time", (F(86400),), ("day", "days"), ("일",), r"day|일"),
    Unit("time", (F(604800),), ("week", "weeks"), ("주",), r"week|주"),
)
PYEONG = Unit("area", (F(400, 121),), ("pyeong", "pyeong"), ("평",), r"pyeong|평")

PAIRS = (
    ("kilometer", "mile"),
    ("meter", "foot"),
    ("meter", "yard"),
    ("centimeter", "inch"),
    ("centimeter", "foot"),
    ("kilometer", "meter"),
    ("foot", "inch"),
    ("meter", "centimeter"),
    ("kilogram", "pound"),
    ("gram", "ounce"),
    ("kilogram", "gram"),
    ("pound", "ounce"),
    ("liter", "gallon"),
    ("liter", "pint"),
    ("milliliter", "cup"),
    ("liter", "milliliter"),
    ("square meter", "square foot"),
    ("kilometer per hour", "mile per hour"),
    ("minute", "second"),
    ("hour", "minute"),
    ("day", "hour"),
    ("week", "day"),
)
NAMED = {unit.english[0]: unit for unit in UNITS}
TO_CELSIUS: Callable[[F], F] = lambda fahrenheit: (fahrenheit - 32) * 5 / 9  # noqa: E731
TO_FAHRENHEIT: Callable[[F], F] = lambda celsius: celsius * 9 / 5 + 32  # noqa: E731


def converted(amount: F, source: Unit, target: Unit) -> list[F]:
    """Every value that is right: one, or one for each country's measure."""
    return [amount * here / there for here in source.sizes for there in target.sizes]
