"""The units that can be converted, with their factors.

Factors are exact by definition, from NIST Special Publication 811 (2008 edition, appendix B) and the SI Brochure (9th
edition, BIPM). Gallons, quarts, pints, cups and spoons are the US ones unless named imperial; a ton is the metric one.
A year has 365 days, as in SP 811, and a month is a twelfth of it; kilobyte and the like are decimal, as SI prefixes
are. Korean: a pyeong is 400/121 m², a geun 600 g, a don 3.75 g, a Korean cup 200 mL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its names; an amount x of it is (x + offset) * factor in its dimension's base unit.

    `korean` is the name after the number; `korean_prefix` the word before it ("섭씨 20도", "시속 60킬로미터").
    """

    dimension: str
    factor: Fraction
    singular: str
    plural: str
    korean: str
    korean_prefix: str = ""
    offset: Fraction = Fraction(0)

    def convert(self, amount: Fraction, to: Unit) -> Fraction:
        """The same amount in another unit of the dimension."""
        return (amount + self.offset) * self.factor / to.factor - to.offset


ENGLISH: dict[str, list[Unit]] = {}
"""Every English name, words joined by spaces, and the units it can mean, the likeliest first."""

KOREAN: dict[tuple[str, str], list[Unit]] = {}
"""Every (prefix, name) in Korean without spaces, and the units it can mean, the likeliest first."""

KOREAN_PREFIXES = ("섭씨", "화씨", "절대온도", "시속", "초속")


def _unit(dimension: str, factor: str, english: str, korean: str, offset: str = "0") -> None:
    """Enter a unit. `english`: singular, plural, and other names; `korean`: its names, "prefix|name" with a prefix."""
    singular, plural, *others = (name.strip() for name in english.split(","))
    prefix, _, name = korean.split(",")[0].strip().rpartition("|")
    unit = Unit(dimension, Fraction(factor), singular, plural, name, prefix, Fraction(offset))
    for alias in _spellings((singular, plural, *others)):
        ENGLISH.setdefault(alias.lower(), []).append(unit)
    for written in korean.split(","):
        prefix, _, alias = written.strip().rpartition("|")
        KOREAN.setdefault((prefix, alias), []).append(unit)


def _spellings(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield name
        american = name.replace("metre", "meter").replace("litre", "liter")
        if american != name:
            yield american


_unit("length", "0.001", "millimetre, millimetres, mm, mms, mil, mils", "밀리미터, mm, 밀리, 미리")
_unit("length", "0.01", "centimetre, centimetres, cm, cms, centi", "센티미터, cm, 센티, 센치, 센치미터")
_unit("length", "1", "metre, metres, m", "미터, m, 메타, 메터")
_unit("length", "1000", "kilometre, kilometres, km, kms, k m", "킬로미터, km, 킬로, 키로, 키로미터, 킬로메타")
_unit("length", "0.0254", "inch, inches, in, ins", "인치, in")
_unit("length", "0.3048", "foot, feet, ft, foots", "피트, ft, 풋, 피드")
_unit("length", "0.9144", "yard, yards, yd, yds", "야드, yd")
_unit("length", "1609.344", "mile, miles, mi", "마일, mi")
_unit("length", "1852", "nautical mile, nautical miles, nmi", "해리")
_unit("length", "9460730472580800", "light year, light years, lightyear, lightyears", "광년")

_unit("mass", "0.001", "milligram, milligrams, mg, milligramme, milligrammes", "밀리그램, mg, 밀리그람")
_unit("mass", "1", "gram, grams, g, gramme, grammes", "그램, g, 그람")
_unit(
    "mass", "1000", "kilogram, kilograms, kg, kgs, kilo, kilos, kilogramme, kilogrammes, k g",
    "킬로그램, kg, 킬로, 키로, 키로그램, 킬로그람",
)  # fmt: skip
_unit("mass", "1000000", "metric ton, metric tons, tonne, tonnes, ton, tons, t", "톤, t")
_unit("mass", "907184.74", "short ton, short tons, us ton, us tons, american ton, american tons", "미국톤")
_unit("mass", "453.59237", "pound, pounds, lb, lbs", "파운드, lb")
_unit("mass", "28.349523125", "ounce, ounces, oz", "온스, oz")
_unit("mass", "6350.29318", "stone, stones", "스톤")
_unit("mass", "0.2", "carat, carats", "캐럿")
_unit("mass", "600", "geun, geuns", "근")
_unit("mass", "3.75", "don, dons", "돈")

_unit(
    "temperature", "1",
    "degree Celsius, degrees Celsius, celsius, centigrade, degrees centigrade, degree centigrade, c, degrees c,"
    " degree c,"
    " celsius degrees, degrees, degree",
    "섭씨|도, 섭씨|, |섭씨도, |도, |섭씨, |도씨, |c, |°c", offset="273.15",
)  # fmt: skip
_unit(
    "temperature", "5/9",
    "degree Fahrenheit, degrees Fahrenheit, fahrenheit, f, degrees f, degree f, fahrenheit degrees, degrees, degree",
    "화씨|도, 화씨|, |화씨도, |도, |화씨, |f, |°f", offset="459.67",
)  # fmt: skip
_unit("temperature", "1", "kelvin, kelvins, degrees kelvin, degree kelvin", "켈빈, 절대온도|도, 캘빈, 절대온도|, k")

_unit("volume", "0.001", "millilitre, millilitres, ml, mls, mil, mils", "밀리리터, ml, 밀리, 미리, 미리리터")
_unit("volume", "0.01", "centilitre, centilitres, cl", "센티리터, cl")
_unit("volume", "0.1", "decilitre, decilitres, dl", "데시리터, dl")
_unit("volume", "1", "litre, litres, l", "리터, l, 리타")
_unit(
    "volume", "0.001", "cubic centimetre, cubic centimetres, cc, ccs, cm cubed, cm 3", "시시, cc, 씨씨, 세제곱센티미터"
)
_unit(
    "volume", "1000", "cubic metre, cubic metres, metre cubed, metres cubed, m cubed, m 3",
    "세제곱미터, 입방미터, 루베, m세제곱, m3",
)  # fmt: skip
_unit("volume", "28.316846592", "cubic foot, cubic feet, feet cubed", "세제곱피트, 입방피트")
_unit("volume", "3.785411784", "US gallon, US gallons, gallon, gallons, gal, gals", "갤런, gal, 갈론")
_unit("volume", "0.946352946", "US quart, US quarts, quart, quarts, qt", "쿼트")
_unit("volume", "0.473176473", "US pint, US pints, pint, pints, pt", "파인트")
_unit("volume", "0.2365882365", "US cup, US cups, cup, cups", "미국컵")
_unit(
    "volume", "0.0295735295625",
    "fluid ounce, fluid ounces, US fluid ounce, US fluid ounces, fl oz, ounce, ounces, oz", "액량온스, 온스",
)  # fmt: skip
_unit("volume", "0.01478676478125", "tablespoon, tablespoons, tbsp, tablespoonful, tablespoonfuls", "미국큰술")
_unit("volume", "0.00492892159375", "teaspoon, teaspoons, tsp, teaspoonful, teaspoonfuls", "미국작은술")
_unit("volume", "4.54609", "imperial gallon, imperial gallons, uk gallon, uk gallons, british gallon", "영국갤런")
_unit("volume", "0.56826125", "imperial pint, imperial pints, uk pint, uk pints, british pint", "영국파인트")
_unit("volume", "0.2", "Korean cup, Korean cups", "컵")
_unit("volume", "0.015", "metric tablespoon, metric tablespoons", "큰술, 테이블스푼, 숟갈, 밥숟가락")
_unit("volume", "0.005", "metric teaspoon, metric teaspoons", "작은술, 티스푼, 찻숟가락")
_unit("volume", "158.987294928", "barrel, barrels", "배럴")

_unit(
    "area", "0.0001", "square centimetre, square centimetres, sq cm, cm squared, centimetres squared, cm 2",
    "제곱센티미터, 평방센티미터, cm제곱, 제곱센티",
)  # fmt: skip
_unit(
    "area", "1",
    "square metre, square metres, sq m, sqm, m squared, metre squared, metres squared, m 2, sq metre, sq metres",
    "제곱미터, 평방미터, 헤베, m제곱, m2, 제곱메터, 미터제곱",
)  # fmt: skip
_unit(
    "area", "1000000", "square kilometre, square kilometres, sq km, km squared, kilometres squared, km 2",
    "제곱킬로미터, 평방킬로미터, km제곱, km2, 제곱킬로",
)  # fmt: skip
_unit("area", "0.00064516", "square inch, square inches, sq in, inches squared", "제곱인치, 평방인치")
_unit("area", "0.09290304", "square foot, square feet, sq ft, sqft, feet squared, ft squared", "제곱피트, 평방피트")
_unit("area", "0.83612736", "square yard, square yards, sq yd, yards squared", "제곱야드, 평방야드")
_unit("area", "2589988.110336", "square mile, square miles, sq mi, miles squared", "제곱마일, 평방마일")
_unit("area", "4046.8564224", "acre, acres", "에이커")
_unit("area", "10000", "hectare, hectares, ha", "헥타르, ha")
_unit("area", "100", "are, ares", "아르")
_unit("area", "400/121", "pyeong, pyeong, pyeongs, pyong, pyongs, pyung", "평")

_unit(
    "speed", "1", "metre per second, metres per second, m / s, metres a second, mps, m per second", "초속|미터, 초속|m"
)
_unit(
    "speed", "5/18",
    "kilometre per hour, kilometres per hour, km / h, kph, kmh, kmph, kilometres an hour, km per hour, k p h,"
    " km an hour",
    "시속|킬로미터, 시속|킬로, 시속|키로, 시속|km, |km/h, |킬로미터퍼아워, 시속|키로미터",
)  # fmt: skip
_unit(
    "speed", "0.44704", "mile per hour, miles per hour, mph, m p h, miles an hour, mile an hour",
    "시속|마일, |mph, |마일퍼아워",
)  # fmt: skip
_unit("speed", "0.3048", "foot per second, feet per second, feet a second, ft / s", "초속|피트")
_unit("speed", "463/900", "knot, knots, kn, kt, kts", "노트")

_unit("time", "0.000000001", "nanosecond, nanoseconds, ns", "나노초")
_unit("time", "0.000001", "microsecond, microseconds", "마이크로초")
_unit("time", "0.001", "millisecond, milliseconds, ms", "밀리초")
_unit("time", "1", "second, seconds, sec, secs, s", "초")
_unit("time", "60", "minute, minutes, min, mins, m", "분")
_unit("time", "3600", "hour, hours, hr, hrs, h", "시간")
_unit("time", "86400", "day, days", "일")
_unit("time", "604800", "week, weeks", "주, 주일")
_unit("time", "1209600", "fortnight, fortnights", "이주일")
_unit("time", "2628000", "month, months", "개월, 달")
_unit("time", "31536000", "year, years, yr, yrs", "년, 해")
_unit("time", "315360000", "decade, decades", "십년")
_unit("time", "3153600000", "century, centuries", "세기")

_unit("data", "1", "bit, bits", "비트")
_unit("data", "8", "byte, bytes", "바이트")
for _power, _english, _symbol, _korean in (
    (1, "kilo", "k", "킬로"), (2, "mega", "m", "메가"), (3, "giga", "g", "기가"), (4, "tera", "t", "테라"),
    (5, "peta", "p", "페타"),
):  # fmt: skip
    _short = {"mega": ", meg, megs", "giga": ", gig, gigs", "tera": ", tera"}.get(_english, "")
    _unit(
        "data", str(8 * 1000**_power), f"{_english}byte, {_english}bytes, {_symbol}b, {_symbol}bs{_short}",
        f"{_korean}바이트, {_symbol}b" + (f", {_korean}" if _power > 1 else ""),
    )  # fmt: skip
    _unit("data", str(1000**_power), f"{_english}bit, {_english}bits", f"{_korean}비트")
    _binary = {"kilo": "kibi", "mega": "mebi", "giga": "gibi", "tera": "tebi", "peta": "pebi"}[_english]
    _korean_binary = {"킬로": "키비", "메가": "메비", "기가": "기비", "테라": "테비", "페타": "페비"}[_korean]
    _unit("data", str(8 * 1024**_power), f"{_binary}byte, {_binary}bytes, {_symbol}ib", f"{_korean_binary}바이트")
