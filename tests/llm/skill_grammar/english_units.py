"""How English speakers convert units of measure."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from .checks import Check, quantity
from .draw import Case, Draw
from .english import one
from .measures import NAMED, PAIRS, TO_CELSIUS, TO_FAHRENHEIT, Unit, converted
from .spoken_numbers import english


def conversion(d: Draw) -> Case:
    pair = [NAMED[name] for name in d.pick(*PAIRS)]
    d.random.shuffle(pair)
    source, target = pair
    amount = _amount(d)
    if source.kind == "time":
        amount = str(d.whole(1, 20) * int(max(target.sizes[0] / source.sizes[0], 1)))
    while Fraction(amount) in (values := converted(Fraction(amount), source, target)) or values[0] < Fraction(1, 100):
        amount = str(int(Fraction(amount) * 10))
    many = target.english[1]
    abbreviated = d.style != "heard" and d.chance(0.5)
    given = _given(d, amount, source, abbreviated)
    goal = d.pick(*target.english[2:]) if abbreviated and target.english[2:] else many
    if amount == "1" and d.chance(0.4):
        source_name = source.english[0]
        given = ("an " if source_name[0] in "aio" or source_name == "hour" else "a ") + source_name
    be = "is" if amount == "1" else d.pick("is", "are")
    text = d.pick(
        f"convert {given} to {goal}", f"convert {given} into {goal}", f"what's {given} in {goal}",
        f"what is {given} in {goal}", f"how many {many} {be} {given}", f"how many {many} are in {given}",
        f"how many {many} are there in {given}", f"how many {many} in {given}", f"{given} in {goal}",
        f"{given} to {goal}", f"how much is {given} in {goal}", f"can you convert {given} to {goal}",
        f"could you tell me how many {many} {be} {given}", f"what would {given} be in {goal}",
        f"tell me what {given} is in {goal}", f"how many {many} does {given} make", f"change {given} to {goal}",
        f"what's {given} converted to {goal}", f"{given} is how many {many}", f"turn {given} into {goal}",
    )
    return one(d, text, _converted(amount, source, target))


def _converted(amount: str, source: Unit, target: Unit) -> Check:
    values = converted(Fraction(amount), source, target)
    plain = quantity(values, target.seen, "en")
    if target.english[0] != "foot":
        return plain
    inches = [value * 12 for value in values]
    both = [quantity([Fraction(round(inch) // 12)], "feet|foot|ft", "en") for inch in inches]
    return Check(plain.expected, lambda reply: plain.holds(reply) or any(
        feet.holds(reply) and quantity([Fraction(round(inch) % 12)], "inch", "en").holds(reply)
        for feet, inch in zip(both, inches, strict=True)))


def _amount(d: Draw) -> str:
    return d.pick("1", str(d.whole(2, 20)), str(d.whole(2, 100)), str(d.whole(1, 20) * 5), str(d.whole(100, 999)),
                  f"{d.whole(1, 20)}.5", f"{d.whole(0, 9)}.{d.pick(2, 25, 75, 8)}")


def _given(d: Draw, amount: str, unit: Unit, abbreviated: bool) -> str:
    if abbreviated and unit.english[2:]:
        return amount + d.pick("", " ") + d.pick(*unit.english[2:])
    name = unit.english[0] if amount == "1" else unit.english[1]
    if amount.endswith(".5") and d.in_words and d.chance(0.6):
        whole = int(amount.removesuffix(".5"))
        return f"{english(whole)} and a half {name}" if whole else f"half {_article(unit.english[0])}"
    return f"{d.number(amount)} {name}"


def _article(name: str) -> str:
    return ("an " if name[0] in "aio" or name == "hour" else "a ") + name


def temperature(d: Draw) -> Case:
    amount = d.whole(-20, 220) if d.chance(0.6) else d.pick(0, 20, 25, 30, 37, 70, 72, 90, 98, 100, 350)
    to_celsius = d.chance(0.5)
    exact = (TO_CELSIUS if to_celsius else TO_FAHRENHEIT)(Fraction(amount))
    source, target = ("fahrenheit", "celsius") if to_celsius else ("celsius", "fahrenheit")
    if exact == amount:
        return temperature(d)
    minus = "minus " if d.in_words or d.chance(0.5) else "-"
    number = (minus if amount < 0 else "") + d.number(abs(amount))
    given = f"{number} {d.pick('degrees ', '')}{source if d.style != 'written' else source.title()}"
    if not d.in_words and d.chance(0.3):
        given, target_said = f"{number}{d.pick('°', ' ', '')}{source[0].upper()}", target[0].upper()
    else:
        target_said = target if d.style != "written" else target.title()
    text = d.pick(
        f"convert {given} to {target_said}", f"what's {given} in {target_said}", f"what is {given} in {target_said}",
        f"{given} in {target_said}", f"{given} to {target_said}", f"how much is {given} in {target_said}",
        f"how many degrees {target} is {given}", f"what's {given} in degrees {target}",
        f"can you convert {given} to {target_said}", f"tell me what {given} is in {target_said}",
        f"how hot is {given} in {target_said}",
    )
    return one(d, text, quantity([exact], f"{target}|°{target[0]}", "en", tolerance=Fraction(1, 2)))


def height(d: Draw) -> Case:
    """Feet and inches together."""
    feet, inches = d.whole(4, 6), d.whole(1, 11)
    spoken = d.pick(f"{d.number(feet)} foot {d.number(inches)}", f"{d.number(feet)} feet {d.number(inches)} inches",
                    f"{d.number(feet)} feet and {d.number(inches)} inches", f"{d.number(feet)} feet {d.number(inches)}")
    exact = (feet * 12 + inches) * Fraction("2.54")
    text = d.pick(
        f"what's {spoken} in centimeters", f"how many centimeters is {spoken}", f"convert {spoken} to centimeters",
        f"how tall is {spoken} in centimeters", f"{spoken} in centimeters",
    )
    return one(d, text, quantity([exact], "centimet|cm", "en"))
