from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.llm.skills.asking import ask
from voicebot.llm.skills import english_numbers, korean_numbers

SMALL = st.integers(0, 999)
SIGNS = st.sampled_from("+-*/")
ENGLISH = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
KOREAN = {"+": "더하기", "-": "빼기", "*": "곱하기", "/": "나누기"}


def worked_out(first: int, one: str, second: int, two: str, third: int) -> Fraction:
    """The sum by school rules, without the program's own parser."""
    if two in "*/" and one in "+-":
        return calculated(Fraction(first), one, calculated(Fraction(second), two, Fraction(third)))
    return calculated(calculated(Fraction(first), one, Fraction(second)), two, Fraction(third))


def calculated(left: Fraction, sign: str, right: Fraction) -> Fraction:
    operations = {"+": left + right, "-": left - right, "*": left * right}
    return left / right if sign == "/" else operations[sign]


def english_result(reply: str) -> Fraction:
    said = reply.rsplit(" is ", 1)[1].rstrip(".").removeprefix("about ").replace("-", " ").split()
    sign = -1 if said[0] == "minus" else 1
    value = english_numbers.read_all(said[1:] if sign < 0 else said)
    assert value is not None, reply
    return sign * value


def korean_result(reply: str) -> Fraction:
    match = re.search(r"[은는] (약 )?(마이너스 )?([^은는]+?)(?:이에요|예요)\.$", reply)
    assert match, reply
    value = korean_numbers.value(match[3].replace(" ", ""))
    assert value is not None, reply
    return -value if match[2] else value


@given(SMALL, SIGNS, SMALL, SIGNS, SMALL)
@settings(deadline=None)
def test_chains_follow_precedence_in_both_languages(first: int, one: str, second: int, two: str, third: int) -> None:
    try:
        expected = worked_out(first, one, second, two, third)
    except ZeroDivisionError:
        assume(False)
    assume(abs(expected) < 10**6)
    words = [english_numbers.say(number).replace("-", " ") for number in (first, second, third)]
    reply = ask(f"what is {words[0]} {ENGLISH[one]} {words[1]} {ENGLISH[two]} {words[2]}")
    assert reply is not None
    assert english_result(reply) == pytest.approx(expected, rel=2e-3)
    counted = [korean_numbers.say(number) for number in (first, second, third)]
    reply = ask(f"{counted[0]} {KOREAN[one]} {counted[1]} {KOREAN[two]} {counted[2]}는 얼마야", "ko")
    assert reply is not None
    assert korean_result(reply) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("what is seven plus five", "Seven plus five is twelve."),
        ("What is 7 + 5?", "7 plus 5 is 12."),
        ("what's twenty three times four"
         " point five", "Twenty-three times four point five is one hundred and three point five."),
        ("one hundred and five divided by seven", "One hundred and five divided by seven is fifteen."),
        ("um hey can you tell me what is two plus for please", "Two plus four is six."),
        ("what is too times ate", "Two times eight is sixteen."),
        ("add five to six", "Five plus six is eleven."),
        ("subtract two from ten", "Ten minus two is eight."),
        ("what do you get if you multiply seven by six", "Seven times six is forty-two."),
        ("multiply three by four and then add two", "Three times four plus two is fourteen."),
        ("what is the sum of one two and three", "One plus two plus three is six."),
        ("sum of one hundred and five", "One hundred plus five is one hundred and five."),
        ("the difference between twelve and five", "Twelve minus five is seven."),
        ("twenty percent of fifty", "Twenty percent of fifty is ten."),
        ("15 percent off 80", "80 minus 15 percent is 68."),
        ("what percent of eighty is twenty", "Twenty as a percentage of eighty is twenty-five percent."),
        ("half of ten plus two", "Half of ten plus two is seven."),
        ("double seven", "Double seven is fourteen."),
        ("two to the power of ten", "Two to the power of ten is one thousand and twenty-four."),
        ("five squared", "Five squared is twenty-five."),
        ("what is the square root of nine", "The square root of nine is three."),
        ("the square root of two", "The square root of two is about one point four one four."),
        ("open bracket seven plus five close bracket times three", "The answer is thirty-six."),
        ("7*(3+4)=", "The answer is 49."),
        ("what is 0.1 plus 0.2", "0.1 plus 0.2 is 0.3."),
        ("minus three times minus four", "Minus three times negative four is twelve."),
        ("seventeen modulo five", "Seventeen modulo five is two."),
        ("one million plus one", "1,000,000 plus 1 is 1,000,001."),
        ("5 divided by 0", "Nothing can be divided by zero."),
        ("the square root of minus four", "A negative number has no real square root."),
        ("nine to the power of nine to the power of nine", "That number is too long to say."),
    ],
)  # fmt: skip
def test_english_as_people_ask(question: str, reply: str) -> None:
    assert ask(question) == reply


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("칠 더하기 오는 얼마야", "칠 더하기 오는 십이예요."),
        ("스물세 곱하기 사", "이십삼 곱하기 사는 구십이예요."),
        ("백오 나누기 칠", "백오 나누기 칠은 십오예요."),
        ("음 저기 칠 빼기 오 좀 알려줘", "칠 빼기 오는 이예요."),
        ("칠에 오를 더하면", "칠 더하기 오는 십이예요."),
        ("칠에서 오를 빼면 몇이에요", "칠 빼기 오는 이예요."),
        ("칠과 오를 곱하면 얼마인가요", "칠 곱하기 오는 삼십오예요."),
        ("육을 삼으로 나눈 값은", "육 나누기 삼은 이예요."),
        ("칠과 오의 합은 얼마입니까", "칠 더하기 오는 십이예요."),
        ("칠에 오를 더하고 삼을 곱하면 얼마지", "답은 삼십육이에요."),
        ("10의 20퍼센트", "10의 20퍼센트는 2예요."),
        ("9의 제곱근", "9의 제곱근은 3이에요."),
        ("이의 십제곱은 뭔가요", "이의 십제곱은 천이십사예요."),
        ("십의 절반은", "십의 절반은 오예요."),
        ("칠의 두 배는", "칠의 두 배는 십사예요."),
        ("3만 5천 더하기 오천은", "35000 더하기 5000은 40000이에요."),
        ("7+5는?", "7 더하기 5는 12예요."),
        ("칠 더하기 오를 계산해 주시겠어요", "칠 더하기 오는 십이예요."),
        ("괄호 열고 칠 더하기 오 괄호 닫고 곱하기 삼은", "답은 삼십육이에요."),
        ("삼 점 일 사 곱하기 이", "삼 점 일사 곱하기 이는 육 점 이팔이에요."),
        ("이십은 팔십의 몇 퍼센트야", "답은 이십오 퍼센트예요."),
        ("80에서 15퍼센트 할인하면", "80 빼기 15퍼센트는 68이에요."),
        ("십칠을 오로 나눈 나머지는", "답은 이예요."),
        ("17 나누기 5의 나머지", "답은 2예요."),
        ("루트 이", "이의 제곱근은 약 일 점 사일사예요."),
        ("십 나누기 삼은", "십 나누기 삼은 약 삼 점 삼삼삼이에요."),
        ("오 나누기 영은", "영으로는 나눌 수 없어요."),
        ("마이너스 사의 제곱근은", "음수에는 실수 제곱근이 없어요."),
        ("구의 구제곱의 구제곱의 구제곱의 구제곱은", "너무 큰 수라서 말할 수 없어요."),
    ],
)
def test_korean_as_people_ask(question: str, reply: str) -> None:
    assert ask(question, "ko") == reply


@pytest.mark.parametrize(
    "verb", ["야", "예요", "에요", "지", "죠", "니", "인가요", "입니까", "일까요", "인지 알려 주세요"]
)
def test_every_level_of_politeness_is_understood(verb: str) -> None:
    assert ask(f"칠 더하기 오는 얼마{verb}", "ko") == "칠 더하기 오는 십이예요."


@pytest.mark.parametrize(
    "question",
    [
        "what is seven",
        "what about a hundred",
        "what do you get for your birthday",
        "제곱근이 뭐야",
        "what is two factor authentication",
        "minus the jokes",
        "add milk to the shopping list",
        "twenty twenty",
        "칠성사이다 얼마야",
        "삼",
        "이 책은 얼마야",
    ],
)
def test_what_is_not_a_sum(question: str) -> None:
    assert ask(question) is None


@pytest.mark.parametrize(
    "question", ["(" * 300 + "1", "-" * 300 + "1", "1+" * 190 + "1", "일더하기" * 90, "괄호열고" * 90]
)
def test_a_hostile_sum_is_declined_and_harms_nothing(question: str) -> None:
    assert ask(question) is None or ask("1 + 1") == "1 plus 1 is 2."
