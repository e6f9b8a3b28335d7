from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.llm.skills import english_numbers, korean_numbers, numbers

WHOLE = st.integers(0, 999_999)
LARGE = st.integers(0, 10**13)


def english(text: str) -> Fraction | None:
    return english_numbers.read_all(text.replace("-", " ").split())


@given(LARGE)
@settings(deadline=None)
def test_english_reads_what_it_says(number: int) -> None:
    assert english(english_numbers.say(number)) == number


@given(LARGE)
@settings(deadline=None)
def test_korean_reads_what_it_says(number: int) -> None:
    assert korean_numbers.value(korean_numbers.say(number).replace(" ", "")) == number


@given(st.integers(1, 99))
@settings(deadline=None)
def test_native_korean_is_read_back(number: int) -> None:
    assert korean_numbers.value(korean_numbers.say_native(number)) == number


@given(WHOLE, st.integers(1, 999))
@settings(deadline=None)
def test_decimals_are_read_back_in_both_languages(whole: int, thousandths: int) -> None:
    number = whole + Fraction(thousandths, 1000)
    assert english(numbers.say(number, "en", worded=True)) == number
    assert korean_numbers.value(numbers.say(number, "ko", worded=True).replace(" ", "")) == number
    assert Fraction(numbers.say(number, "en", worded=False)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a hundred", 100),
        ("one hundred five", 105),
        ("one hundred and five", 105),
        ("twelve hundred", 1200),
        ("two thousand and twenty four", 2024),
        ("a million", 10**6),
        ("2.5 million", 2_500_000),
        ("5 thousand 200", 5200),
        ("half a million", 500_000),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("point oh five", Fraction(1, 20)),
        ("four point twenty five", Fraction(17, 4)),
        ("two and a half", Fraction(5, 2)),
        ("three quarters", Fraction(3, 4)),
        ("one third", Fraction(1, 3)),
        ("nought point five", Fraction(1, 2)),
    ],
)
def test_english_as_people_say_it(text: str, number: Fraction) -> None:
    assert english(text) == number


@pytest.mark.parametrize("text", ["twenty fifteen", "five six", "one thousand two thousand", "and five", "a", "point"])
def test_english_that_is_not_one_number(text: str) -> None:
    assert english(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("백오", 105),
        ("일만오천", 15_000),
        ("3만5천", 35_000),
        ("1.5만", 15_000),
        ("2천5백", 2500),
        ("스물세", 23),
        ("스무", 20),
        ("백스물셋", 123),
        ("쉰다섯", 55),
        ("육십", 60),
        ("영점오", Fraction(1, 2)),
        ("공점이오", Fraction(1, 4)),
        ("삼분의이", Fraction(2, 3)),
        ("일억이천만", 120_000_000),
    ],
)
def test_korean_as_people_say_it(text: str, number: Fraction) -> None:
    assert korean_numbers.value(text) == number


@pytest.mark.parametrize("text", ["칠이", "만백천", "두한", "점오", "", "사랑"])
def test_korean_that_is_not_one_number(text: str) -> None:
    assert korean_numbers.value(text) is None


def test_a_number_may_end_before_a_particle_and_digits_are_never_cut() -> None:
    assert [reading.end for reading in korean_numbers.readings("십이는", 0)] == [2, 1]
    assert [reading.value for reading in korean_numbers.readings("12는", 0)] == [12]


@pytest.mark.parametrize(
    ("value", "places", "said", "exact"),
    [
        (Fraction(10, 3), 10, "3.333", False),
        (Fraction(20, 3), 10, "6.667", False),
        (Fraction(1, 7000), 10, "0.0001429", False),
        (Fraction(1000, 3), 10, "333.33", False),
        (Fraction(1, 8), 10, "0.125", True),
        (Fraction(804672, 100_000), 4, "8.047", False),
        (Fraction(123456), 0, "123456", True),
        (Fraction(-7, 2), 10, "minus 3.5", True),
        (Fraction(12_345_678), 10, "12,345,678", True),
    ],
)
def test_rounding_keeps_four_digits_and_whole_numbers_whole(
    value: Fraction, places: int, said: str, exact: bool
) -> None:
    settled, kept = numbers.settle(value, places)
    assert (numbers.say(settled, "en", worded=False), kept) == (said, exact)


def test_words_end_at_a_million() -> None:
    assert numbers.say(Fraction(999_999), "ko", worded=True) == "구십구만 구천구백구십구"
    assert numbers.say(Fraction(1_000_000), "en", worded=True) == "1,000,000"


def test_a_huge_number_is_said_as_a_power_of_ten() -> None:
    assert numbers.say(Fraction(2**200), "en", worded=True) == "1.607 times 10 to the power of 60"
    assert numbers.say(Fraction(2**200), "ko", worded=False) == "1.607 곱하기 10의 60제곱"
