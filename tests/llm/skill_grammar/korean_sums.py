"""How Korean speakers ask for sums."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from . import sums
from .checks import Check, result, says
from .draw import Case, Draw
from .korean import give, is_it, one, tell, topic
from .spoken_numbers import josa, native
from .sums import Sum


def asked_sum(d: Draw, text: str) -> str:
    is_ = josa(text, "은", "는")
    return d.pick(
        is_, f"{topic(d, text)} 얼마야", f"{topic(d, text)} 뭐야", f"{topic(d, text)} {is_it(d, '얼마')}",
        f"{topic(d, text)} 몇이야", f"{text} {give(d, '계산해')}", f"{text} 좀 {give(d, '계산해')}",
        f"{josa(text, '을', '를')} {give(d, '계산해')}", f"{text} 답이 뭐야", f"{topic(d, text)} 얼마인지 {tell(d)}",
        f"{is_} 얼마예요", f"{is_} 몇인가요", f"{text} {tell(d)}", f"{text} 계산해 봐", text, f"{is_} 얼마인가요",
        f"{topic(d, text)} 얼마지", f"{is_} 뭔가요", f"{topic(d, text)} 뭐지",
    )


WORDS = {"+": ("더하기", "더하기", "플러스"), "-": ("빼기", "빼기", "마이너스"), "*": ("곱하기",), "/": ("나누기",)}


def spoken(d: Draw, drawn: Sum) -> str:
    if d.style == "typed" and d.chance(0.6):
        return sums.typed(d, drawn)
    text = d.number(drawn.operands[0])
    for operator, operand in zip(drawn.operators, drawn.operands[1:], strict=True):
        text += f" {d.pick(*WORDS[operator])} {d.number(operand)}"
    return text


def _sum_case(d: Draw, drawn: Sum, text: str) -> Case:
    return one(d, text, result(drawn.value, "ko", "words" if d.in_words else "digits"))


def sum_of_two(d: Draw) -> Case:
    drawn = sums.two(d)
    if d.chance(0.65):
        return _sum_case(d, drawn, asked_sum(d, spoken(d, drawn)))
    left, right = d.number(drawn.operands[0]), d.number(drawn.operands[1])
    to, and_ = josa(right, "을", "를"), josa(left, *(("과", "와") if left[-1] in "십백천만이" else ("이랑", "랑")))
    with_ = josa(left, "과", "와")
    phrase = {
        "+": (f"{left}에 {to} 더하면", f"{and_} {to} 더하면", f"{with_} {to} 더하면", f"{left}에다 {right} 더하면"),
        "-": (f"{left}에서 {to} 빼면", f"{left}에서 {right} 빼면"),
        "*": (f"{left}에 {to} 곱하면", f"{and_} {to} 곱하면", f"{with_} {to} 곱하면"),
        "/": (f"{josa(left, '을', '를')} {josa(right, '으로', '로')} 나누면",),
    }[drawn.operators[0]]
    nouns = {
        "+": f"{josa(left, '과', '와')} {right}의 합", "-": f"{josa(left, '과', '와')} {right}의 차",
        "*": f"{josa(left, '과', '와')} {right}의 곱", "/": "",
    }[drawn.operators[0]]
    if nouns and drawn.value > 0 and d.chance(0.25):
        return _sum_case(d, drawn, asked_sum(d, nouns))
    ending = d.pick("얼마야", "몇이야", "뭐야", "얼마예요", "얼마지", "얼마가 돼", "얼마인가요", "몇이 되지", "")
    return _sum_case(d, drawn, f"{d.pick(*phrase)} {ending}".strip())


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
    name = d.pick("퍼센트", "프로") if d.in_words or d.chance(0.5) else "%"
    text = asked_sum(d, f"{d.number(whole)}의 {d.number(share)}{d.pick('', ' ') if name != '%' else ''}{name}")
    return one(d, text, result(value, "ko", "words" if d.in_words else "digits"))


def power(d: Draw) -> Case:
    base, exponent = d.whole(2, 30), d.whole(3, 12)
    number = d.number(base)
    value, text = d.pick(
        (base**2, f"{number}의 제곱"), (base**2, f"{number} 제곱"), (base**3, f"{number}의 세제곱"),
        (2**exponent, f"{d.number(2)}의 {d.number(exponent)}승"), (base, f"{d.number(base * base)}의 제곱근"),
        (base, f"루트 {d.number(base * base)}"), (2**exponent, f"{d.number(2)}의 {d.number(exponent)}제곱"),
    )
    if d.style == "typed" and d.chance(0.15):
        value, text = base**2, f"{base}^2"
    return one(d, asked_sum(d, text), result(Fraction(value), "ko", "words" if d.in_words else "digits"))


def root(d: Draw) -> Case:
    number = d.pick(2, 3, 5, 8, 10, 20, 50, d.whole(101, 119))
    text = asked_sum(d, d.pick(f"{d.number(number)}의 제곱근", f"루트 {d.number(number)}"))
    return one(d, text, result(Fraction(number**0.5), "ko"))


def part(d: Draw) -> Case:
    half = d.whole(2, 200)
    value, text = d.pick(
        (half, f"{d.number(half * 2)}의 절반"), (half, f"{d.number(half * 2)}의 반"),
        (half * 2, f"{d.number(half)}의 두 배"), (half * 3, f"{d.number(half)}의 세 배"),
        (half, f"{d.number(half * 3)}의 삼분의 일" if d.in_words else f"{half * 3}의 3분의 1"),
    )
    return one(d, asked_sum(d, text), result(Fraction(value), "ko"))


def native_sum(d: Draw) -> Case:
    """Small numbers said in native Korean."""
    while True:
        left, right, more = d.whole(1, 20), d.whole(1, 10), d.chance(0.6)
        value = left + right if more else left - right
        if value > 0 and value not in (left, right):
            break
    first, second = native(left, counting=False), native(right, counting=False)
    plus = d.pick(asked_sum(d, f"{first} 더하기 {second}"), f"{first}에 {josa(second, '을', '를')} 더하면 얼마야")
    minus = d.pick(asked_sum(d, f"{first} 빼기 {second}"), f"{first}에서 {josa(second, '을', '를')} 빼면 몇이야")
    return one(d, plus if more else minus, result(Fraction(value), "ko"))


def by_zero(d: Draw) -> Case:
    number, zero = d.number(d.whole(1, 100)), d.number(0)
    divided = f"{josa(number, '을', '를')} {josa(zero, '으로', '로')} 나누면 얼마야"
    text = d.pick(asked_sum(d, f"{number} 나누기 {zero}"), divided)
    cannot = Check("one cannot divide by zero", says(r"(?:0|영|공)으?로.*나누|나눌 수 없|무한|정의").holds)
    return one(d, text, cannot & says("없|않|못|안|무한|불가", expected="that it cannot be done"))
