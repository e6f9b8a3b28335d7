"""How Korean speakers convert units of measure."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from .checks import Check, quantity
from .draw import Case, Draw
from .korean import give, is_it, one
from .measures import NAMED, PAIRS, PYEONG, TO_CELSIUS, TO_FAHRENHEIT, Unit, converted
from .spoken_numbers import josa, native


def conversion(d: Draw) -> Case:
    first, second = d.pick(*(pair for pair in PAIRS if "per hour" not in pair[0]), ("square meter", "pyeong"))
    pair = [NAMED[first], NAMED.get(second, PYEONG)]
    d.random.shuffle(pair)
    source, target = pair
    amount = d.pick(
        "1", str(d.whole(2, 20)), str(d.whole(2, 100)), str(d.whole(1, 20) * 5), str(d.whole(100, 999)),
        f"{d.whole(1, 20)}.5",
    )
    if source.kind == "time":
        amount = str(d.whole(1, 20) * int(max(target.sizes[0] / source.sizes[0], 1)))
    while Fraction(amount) in (values := converted(Fraction(amount), source, target)) or values[0] < Fraction(1, 100):
        amount = str(int(Fraction(amount) * 10))
    return one(d, _conversion_text(d, amount, source, target), _converted(values, target))


def _conversion_text(d: Draw, amount: str, source: Unit, target: Unit) -> str:
    given = _given(d, amount, source)
    goal = d.pick(*(name for name in target.korean if not (d.in_words and name.isascii())))
    how_many = f"몇 {goal}" if goal != "일" else "며칠"
    choices = [
        f"{josa(given, '은', '는')} {is_it(d, how_many)}", f"{josa(given, '이', '가')} {is_it(d, how_many)}",
        f"{josa(given, '은', '는')} {is_it(d, how_many)}", f"{josa(given, '은', '는')} {how_many}",
    ]
    if not given.endswith("일"):
        choices.append(f"{given} {is_it(d, how_many)}")
    if source.kind != "time" and given.endswith(("킬로", "센티")) and goal == "미터":
        choices.append(f"{josa(given, '을', '를')} 미터로 {give(d, '바꿔')}")
    elif source.kind != "time":
        to = josa(goal, "으로", "로")
        choices += [
            f"{josa(given, '을', '를')} {to} {give(d, '바꿔')}",
            f"{josa(given, '을', '를')} {to} {give(d, '변환해')}", f"{josa(given, '은', '는')} {to} 얼마야",
            f"{given} {to} {give(d, '바꿔')}", f"{given} {to} 변환", f"{josa(given, '이', '가')} {to} 얼마예요",
        ]
    return d.pick(*choices)


def _given(d: Draw, amount: str, unit: Unit) -> str:
    name = d.pick(*(name for name in unit.korean if not (d.in_words and name.isascii())))
    if name == "시간" and "." not in amount and int(amount) < 13 and (d.in_words or d.chance(0.3)):
        return f"{native(int(amount))} 시간"
    if name == "주" and d.chance(0.5):
        name = "주일"
    if d.in_words and "." not in amount and int(amount) < 10 and name not in {
        "초", "분", "일", "주", "주일", "평",
    } and d.chance(0.4):
        return f"{native(int(amount))} {name}"
    if name == "일":
        return f"{amount}일"
    return f"{d.number(amount)}{' ' if d.in_words and d.chance(0.5) else ''}{name}"


def _converted(values: list[Fraction], target: Unit) -> Check:
    plain = quantity(values, target.seen, "ko")
    if target.english[0] != "foot":
        return plain
    both = [(round(value * 12) // 12, round(value * 12) % 12) for value in values]
    return Check(plain.expected, lambda reply: plain.holds(reply) or any(
        quantity(
            [Fraction(feet)], "피트", "ko",
        ).holds(reply) and quantity([Fraction(inches)], "인치", "ko").holds(reply)
        for feet, inches in both))


def temperature(d: Draw) -> Case:
    to_celsius = d.chance(0.5)
    amount = d.whole(0, 220) if d.chance(0.6) else d.pick(0, 20, 25, 30, 37, 70, 72, 90, 98, 100, 350)
    below = not to_celsius and d.chance(0.15) and amount < 60
    exact = (TO_CELSIUS if to_celsius else TO_FAHRENHEIT)(Fraction(-amount if below else amount))
    source, target = ("화씨", "섭씨") if to_celsius else ("섭씨", "화씨")
    if exact in (amount, -amount) or (below and amount == 0):
        return temperature(d)
    given = f"{source} {'영하 ' if below else ''}{d.number(amount)}{d.pick('', ' ') if d.in_words else ''}도"
    text = d.pick(
        f"{josa(given, '은', '는')} {target} {is_it(d, '몇 도')}",
        f"{josa(given, '은', '는')} {target}로 {is_it(d, '몇 도')}", f"{given} {target}로 {give(d, '바꿔')}",
        f"{given}를 {target}로 {give(d, '바꿔')}", f"{given}면 {target}로 {is_it(d, '몇 도')}",
        f"{given}를 {target}로 {give(d, '변환해')}", f"{given}가 {target}로 {is_it(d, '몇 도')}",
        f"{given} {target}로 {is_it(d, '몇 도')}", f"{given}는 {target}로 얼마야",
    )
    return one(d, text, quantity([exact], f"{target}|°[CF]", "ko", tolerance=Fraction(1, 2)))


def speed(d: Draw) -> Case:
    amount, kilometers = d.whole(2, 30) * 5, d.chance(0.5)
    mile = Fraction("1.609344")
    source, target, exact = ("킬로미터", "마일", amount / mile) if kilometers else ("마일", "킬로미터", amount * mile)
    given = f"시속 {d.number(amount)}{source}"
    text = d.pick(
        f"{josa(given, '은', '는')} 시속 {is_it(d, '몇 ' + target)}", f"{josa(given, '은', '는')} 시속 몇 {target}",
        f"{josa(given, '을', '를')} {josa(target, '으로', '로')} {give(d, '바꿔')}",
    )
    return one(d, text, quantity([exact], target, "ko"))
