from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from tests.llm.skills.asking import ask
from voicebot.llm.skills import measures, quantities
from voicebot.llm.skills.measures import Unit

UNITS = sorted({unit for units in measures.ENGLISH.values() for unit in units}, key=lambda unit: unit.singular)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("how many kilometres in five miles", "Five miles is about eight point zero four seven kilometres."),
        ("how many kilometers are there in 5 miles", "5 miles is about 8.047 kilometers."),
        ("convert 5 miles to km", "5 miles is about 8.047 kilometres."),
        ("convert for miles too kilometres", "Four miles is about six point four three seven kilometres."),
        ("10 km is how many miles", "10 kilometres is about 6.214 miles."),
        ("in kilometres what is 5 miles", "5 miles is about 8.047 kilometres."),
        ("100 fahrenheit in celsius", "100 degrees Fahrenheit is about 37.78 degrees Celsius."),
        ("20°C in Fahrenheit?", "20 degrees Celsius is 68 degrees Fahrenheit."),
        ("minus forty celsius in fahrenheit", "Minus forty degrees Celsius is minus forty degrees Fahrenheit."),
        ("how many ounces in a pound", "One pound is sixteen ounces."),
        ("how many ounces are in a cup", "One US cup is eight fluid ounces."),
        ("how tall is five foot eleven in"
         " centimetres", "Five feet eleven inches is one hundred and eighty point three four centimetres."),
        ("half a mile in metres", "Half a mile is eight hundred and four point six seven two metres."),
        ("how many minutes in an hour and a half", "One and a half hours is ninety minutes."),
        ("2 hours and 30 minutes in minutes", "2 hours 30 minutes is 150 minutes."),
        ("how many seconds in a day", "One day is eighty-six thousand four hundred seconds."),
        ("how many days are there in a year", "One year is three hundred and sixty-five days."),
        ("how many megabytes in a gigabyte", "One gigabyte is one thousand megabytes."),
        ("what is 60 mph in km/h", "60 miles per hour is about 96.56 kilometres per hour."),
        ("how many square metres is 30 pyeong", "30 pyeong is about 99.17 square metres."),
    ],
)  # fmt: skip
def test_english_as_people_ask(question: str, reply: str) -> None:
    assert ask(question) == reply


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("5마일은 몇 킬로미터야", "5마일은 약 8.047킬로미터예요."),
        ("다섯 마일은 몇 킬로미터예요", "다섯 마일은 약 팔 점 영사칠 킬로미터예요."),
        ("5마일을 킬로미터로 바꿔 주세요", "5마일은 약 8.047킬로미터예요."),
        ("5마일은 킬로미터로 얼마야", "5마일은 약 8.047킬로미터예요."),
        ("킬로미터로 5마일은 얼마예요", "5마일은 약 8.047킬로미터예요."),
        ("화씨 100도는 섭씨로", "화씨 100도는 섭씨 약 37.78도예요."),
        ("섭씨 이십 도는 화씨로 몇 도인가요", "섭씨 이십 도는 화씨 육십팔 도예요."),
        ("영하 40도는 화씨로 몇 도야", "영하 40도는 화씨 마이너스 40도예요."),
        ("30평은 몇 제곱미터야", "30평은 약 99.17제곱미터예요."),
        ("84제곱미터는 몇 평입니까", "84제곱미터는 25.41평이에요."),
        ("1킬로는 몇 그램이야", "1킬로는 1000그램이에요."),
        ("1킬로는 몇 미터야", "1킬로는 1000미터예요."),
        ("한 시간 반은 몇 분이지", "한 시간 반은 구십 분이에요."),
        ("하루는 몇 시간이에요", "하루는 이십사 시간이에요."),
        ("일주일은 며칠이야", "일주일은 칠 일이에요."),
        ("한 근은 몇 그램이야", "한 근은 육백 그램이에요."),
        ("시속 100킬로는 마일로 얼마야", "시속 100킬로는 시속 약 62.14마일이에요."),
        ("6피트 2인치는 몇 센티미터야", "6피트 2인치는 187.96센티미터예요."),
        ("1기가는 몇 메가야", "1기가는 1000메가바이트예요."),
        ("몇 센티미터가 1미터야", "1미터는 100센티미터예요."),
        ("5마일은 몇 킬로미턴가요", "5마일은 약 8.047킬로미터예요."),
    ],
)
def test_korean_as_people_ask(question: str, reply: str) -> None:
    assert ask(question, "ko") == reply


@pytest.mark.parametrize(
    ("amount", "unit", "target", "expected"),
    [  # from NIST SP 811, appendix B, and its examples
        ("1", "inch", "centimetre", "2.54"),
        ("1", "mile", "kilometre", "1.609344"),
        ("1", "nautical mile", "metre", "1852"),
        ("1", "pound", "kilogram", "0.45359237"),
        ("1", "gallon", "litre", "3.785411784"),
        ("1", "acre", "square metre", "4046.8564224"),
        ("1", "knot", "kilometre per hour", "1.852"),
        ("212", "degree fahrenheit", "degree celsius", "100"),
        ("-40", "degree celsius", "degree fahrenheit", "-40"),
        ("0", "kelvin", "degree celsius", "-273.15"),
        ("1", "year", "day", "365"),
        ("1", "mebibyte", "byte", "1048576"),
    ],
)
def test_the_table_is_exact(amount: str, unit: str, target: str, expected: str) -> None:
    assert measures.ENGLISH[unit][0].convert(Fraction(amount), measures.ENGLISH[target][0]) == Fraction(expected)


@pytest.mark.parametrize("dimension", sorted({unit.dimension for unit in UNITS}))
def test_every_pair_converts_there_and_back_and_is_understood(dimension: str) -> None:
    for one, other in itertools.combinations([unit for unit in UNITS if unit.dimension == dimension], 2):
        check_both_ways(one, other)


def check_both_ways(one: Unit, other: Unit) -> None:
    assert other.convert(one.convert(Fraction(7), other), one) == 7
    assert ask(f"how many {other.plural} in 7 {one.plural}") is not None
    assert ask(f"7 {one.plural} in {other.plural}") is not None
    source, target = korean(one, "7"), korean(other, "몇 ")
    assert ask(f"{source}은 {target}이야", "ko") is not None, f"{source} {target}"


def korean(unit: Unit, number: str) -> str:
    return f"{unit.korean_prefix} {number}{unit.korean}".strip()


def test_every_korean_name_is_read() -> None:
    for prefix, name in measures.KOREAN:
        if name:
            assert quantities.read_korean(f"{prefix}7{name}"), (prefix, name)


def test_a_length_of_days_is_no_day_of_the_month() -> None:
    assert ask("9일은 몇 시간", "ko") == "9일은 216시간이에요."
    assert ask("십 주는 며칠이야", "ko") == "십 주는 70일이에요."
    assert ask("how many minutes are in a day") == "One day is one thousand four hundred and forty minutes."


def test_a_particle_is_no_number_and_a_space_parts_two_units() -> None:
    assert ask("10평이 제곱미터로 얼마예요", "ko") == "10평은 약 33.06제곱미터예요."
    assert ask("3킬로 그램으로 변환", "ko") == "3킬로는 3000그램이에요."


@pytest.mark.parametrize("text", ["일" * 390, "일만" * 195, "이만일" * 130 + "은 몇 미터야"])
def test_no_repetition_takes_long_to_read(text: str) -> None:
    assert ask(text, "ko") is None


@pytest.mark.parametrize(
    "question",
    [
        "what is love in inches",
        "how many people are in london",
        "how many minutes are left of the film",
        "ten dollars in pounds",
        "convert this file to pdf",
        "how tall is mount everest in feet",
        "five miles in kilograms",
        "달까지 거리가 몇 킬로미터야",
        "몇 분이야",
        "한라산은 몇 미터야",
        "5마일은 몇 킬로그램이야",
    ],
)
def test_what_is_not_a_conversion(question: str) -> None:
    assert ask(question) is None
