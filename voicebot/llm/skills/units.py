"""Converting units: "how many kilometres in five miles", "화씨 100도는 섭씨로"; the table is in `measures`."""

from __future__ import annotations

import re
from fractions import Fraction

from voicebot.languages import Language
from voicebot.llm.skills import english, korean, korean_numbers, numbers
from voicebot.llm.skills.korean import ENDING
from voicebot.llm.skills.measures import KOREAN, Unit
from voicebot.llm.skills.quantities import (
    KOREAN_NAME,
    KOREAN_PREFIX,
    KOREAN_SOURCE,
    Quantity,
    english_unit,
    read_english,
    read_korean,
)
from voicebot.llm.skills.question import Context, Question

_PLACES = 4
"""Decimals up to which a result is said exactly."""


def answer(question: Question, context: Context) -> str | None:
    """The amount in the other unit: "Five miles is about eight point zero four seven kilometres." """
    return _in_korean(question) if question.language == "ko" else _in_english(question)


def _in_english(question: Question) -> str | None:
    found = _english_conversion(question.words)
    if found is None:
        return None
    source, target = found
    result, exact = numbers.settle(source.unit.convert(source.amount, target), _PLACES)
    left = " ".join(_halved(amount, unit, question) for amount, unit in source.parts)
    reply = english.sentence(f"{left} is {'' if exact else 'about '}{_english(result, target, question)}")
    return _american(reply) if _AMERICAN.search(question.raw.lower()) else reply


def _in_korean(question: Question) -> str | None:
    found = _korean_conversion(question.text)
    if found is None:
        return None
    source, target, (start, end) = found
    result, exact = numbers.settle(source.unit.convert(source.amount, target), _PLACES)
    left = korean.with_particle(korean.spaced(question.words, start, end), "은")
    return f"{left} {korean.with_particle(_korean(result, target, question, exact), '이에요')}."


def _english(amount: Fraction, unit: Unit, question: Question) -> str:
    return f"{_number(amount, 'en', question)} {unit.singular if amount == 1 else unit.plural}"


def _halved(amount: Fraction, unit: Unit, question: Question) -> str:
    """As `_english`, with halves as people say them: "half a mile", "two and a half miles"."""
    if not question.worded or amount % 1 != Fraction(1, 2) or amount < 0:
        return _english(amount, unit, question)
    if amount < 1:
        return f"half {'an' if unit.singular[0] in 'aeio' or unit.singular == 'hour' else 'a'} {unit.singular}"
    return f"{_number(amount - Fraction(1, 2), 'en', question)} and a half {unit.plural}"


def _korean(amount: Fraction, unit: Unit, question: Question, exact: bool) -> str:
    number = _number(amount, "ko", question)
    if question.worded and unit.korean in _NATIVE_COUNTED and amount.denominator == 1 and 0 < amount < 13:
        number = korean_numbers.say_native(int(amount))
    if unit.korean == "일" and number[-1] in "십백천만":
        number = numbers.say(amount, "ko", worded=False)  # "이십 일" could be twenty-one
    about = "" if exact else "약 "
    prefix = f"{unit.korean_prefix} " if unit.korean_prefix else ""
    return f"{prefix}{about}{number}{'' if number[-1].isdigit() else ' '}{unit.korean}"


_NATIVE_COUNTED = frozenset({"시간", "달", "컵", "큰술", "작은술"})


def _number(amount: Fraction, language: Language, question: Question) -> str:
    return numbers.say(numbers.settle(amount)[0], language, question.worded)


_AMERICAN = re.compile(r"(?:met|lit)ers?\b")


def _american(text: str) -> str:
    return text.replace("metre", "meter").replace("litre", "liter")


def _pair(sources: list[Quantity], targets: list[Unit]) -> tuple[Quantity, Unit] | None:
    """The likeliest source and target of one dimension, preferably not the same unit."""
    pairs = [(s, t) for s in sources for t in targets if s.unit.dimension == t.dimension]
    return next((pair for pair in pairs if pair[0].unit != pair[1]), pairs[0] if pairs else None)


# -- English ---------------------------------------------------------------------------------------------------------


def _english_conversion(words: tuple[str, ...]) -> tuple[Quantity, Unit] | None:
    text = " ".join(words)
    if match := _HOW_MANY.fullmatch(text):
        return _how_many(match["rest"].split())
    if match := _IS_HOW_MANY.fullmatch(text):
        return _split(match["source"].split(), match["target"].split())
    if match := _EQUIVALENT.fullmatch(text):
        return _split(match["source"].split(), match["target"].split())
    while (match := _ASKED_BEFORE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    while (match := _ASKED_AFTER.search(text)) and match.start() > 0:
        text = text[: match.start()]
    return _around_joint(text.split())


_HOW_MANY = re.compile(r"how (?:many|much) (?P<rest>.+)")
_IS_HOW_MANY = re.compile(
    r"(?P<source>.+?) (?:is|are|equals?|makes?|contains?|has|gives?|is equal to|comes to|is about) (?:how many"
    r"|how much|what in)"
    r" (?P<target>.+)"
)
_EQUIVALENT = re.compile(
    r"(?:what is )?(?:the )?(?:(?P<target>.+?) (?:equivalent|value) (?:of|to|for)"
    r"|equivalent in (?P<_>.+?) of) (?P<source>.+)"
)
_ASKED_BEFORE = re.compile(
    r"(?:what (?:is|are|would|does|do|will|about)|how about|how (?:far|long|tall|heavy|hot|cold|warm|big|large"
    r"|fast|quick|high|deep"
    r"|wide|old|much"
    r"|small|cool|short)(?: (?:is|are|would|does|do))?|convert|change|turn|translate|switch|express|put|transform"
    r"|make|calculate"
    r"|work out|give me|show me|do|a conversion of|the conversion of|conversion of|conversion|converting|from|what"
    r"|is|the)(?: |$)"
)
_ASKED_AFTER = re.compile(r"(?: |^)(?:be|is|equal|equals|make|come to|what|how much|conversion)$")

_JOINTS = frozenset({"in", "into", "to", "as", "too"})
_FILLING_TEXT = "be is are equal equals expressed converted measured given the to come equivalent"
_FILLING = frozenset(_FILLING_TEXT.split())


def _around_joint(words: list[str]) -> tuple[Quantity, Unit] | None:
    """ "five miles in kilometres", "in kilometres five miles"."""
    for at in range(1, len(words) - 1):
        if words[at] in _JOINTS:
            source = _without_filling(words[:at])
            if found := _split(source, _without_filling(words[at + 1 :])):
                return found
    if words and words[0] in _JOINTS:
        named = english_unit(words, 1)
        if named:
            rest = words[named[1] :]
            while rest and rest[0] in ("what", "is", "how", "much", "are", "many"):
                rest = rest[1:]
            return _pair(read_english(rest), named[0])
    return None


def _without_filling(words: list[str]) -> list[str]:
    """Without "is", "equal to" and "expressed" at its ends."""
    while words and words[-1] in _FILLING:
        words = words[:-1]
    while words and words[0] in _FILLING:
        words = words[1:]
    return words


def _split(source: list[str], target: list[str]) -> tuple[Quantity, Unit] | None:
    named = english_unit(target, 0)
    if named is None or named[1] != len(target) or not source:
        return None
    return _pair(read_english(source), named[0])


_AFTER_TARGET_TEXT = (
    "are is there in inside to per make makes up equal equals go goes into fit fits do does for of you get from would "
    "within can will have has that contained i we find an a one"
)
_AFTER_TARGET = frozenset(_AFTER_TARGET_TEXT.split())
_AFTER_SOURCE_TEXT = "equal equals have has make makes contain contains be come comes to hold get in it there"
_AFTER_SOURCE = frozenset(_AFTER_SOURCE_TEXT.split())


def _how_many(words: list[str]) -> tuple[Quantity, Unit] | None:
    """ "kilometres are there in five miles", "feet is six metres", "ounces does a pound have"."""
    named = english_unit(words, 0)
    if named is None:
        return _around_joint(_without_filling(words)) if words[0] in ("is", "are", "would", "does", "do") else None
    units, at = named
    end = len(words)
    while end > at + 1 and words[end - 1] in _AFTER_SOURCE:
        end -= 1
    if at == end:
        return None
    while at < end:
        if found := _pair(read_english(words[at:end]), units):
            return found
        if words[at] not in _AFTER_TARGET:
            return None
        at += 1
    return None


# -- Korean ----------------------------------------------------------------------------------------------------------


def _korean_conversion(text: str) -> tuple[Quantity, Unit, tuple[int, int]] | None:
    """The quantity, the unit to have it in, and where in the text the quantity stands."""
    for pattern in _KOREAN_FORMS:
        if match := pattern.fullmatch(text):
            sources = read_korean(match["source"])
            found = _pair(sources, _targets(match.groupdict(), sources))
            if found:
                return *found, match.span("source")
    return None


def _targets(groups: dict[str, str | None], sources: list[Quantity]) -> list[Unit]:
    """The units named; "마일" is miles per hour where a speed is converted."""
    if groups.get("days"):
        return KOREAN["", "일"]
    prefix, name = groups.get("prefix") or "", groups.get("name") or ""
    speeds = KOREAN.get(("시속", name), []) if any(source.unit.dimension == "speed" for source in sources) else []
    return KOREAN.get((prefix, name), []) + speeds


_SOURCE = f"(?P<source>{KOREAN_SOURCE})"
_PARTICLE = "(?:은|는|이|가|을|를|이면|면|에|에는|엔|에서|의|안에|안에는|하고|짜리|이라면|라면|동안)?"
_TARGET = f"(?={KOREAN_PREFIX}|{KOREAN_NAME})(?P<prefix>{KOREAN_PREFIX})?(?P<name>{KOREAN_NAME})?(?:단위|온도)?"
_HOW_MANY_KOREAN = f"(?:(?P<prefix>{KOREAN_PREFIX})?(?:온도)?(?:로|으로)?몇(?P<name>{KOREAN_NAME})|(?P<days>며칠|몇일))"
_INTO = "(?:으로|로)(?:는|은|면|만)?"
_CONVERT = (
    "(?:(?:바꾸|변환하|환산하|고치|계산하|표현하|나타내|치|하|따지|전환하)면|(?:바꿔|변환해?|환산해?|고쳐|계산해?"
    "|표현해?|나타내|전환해?|"
    "해|말하자면|말하면)(?:서)?|바꿀때|변환|환산)?"
)
_HOW_MUCH = f"(?:얼마나|얼마|얼만|몇(?:{KOREAN_NAME})?|며칠|뭐|뭔|무엇|어떻게|어느정도)?"

_KOREAN_FORMS = tuple(
    re.compile(form)
    for form in (
        f"{_SOURCE}{_PARTICLE}{_HOW_MANY_KOREAN}(?:이|가|인가|나|쯤|정도)*{ENDING}",
        f"{_SOURCE}{_PARTICLE}{_TARGET}{_INTO}{_CONVERT}{_HOW_MUCH}(?:쯤|정도)?{ENDING}",
        f"{_TARGET}{_INTO}{_SOURCE}{_PARTICLE}{_CONVERT}{_HOW_MUCH}(?:쯤|정도)?{ENDING}",
        f"{_HOW_MANY_KOREAN}(?:이|가)?{_SOURCE}(?:이|가|과같|와같)?{ENDING}",
        f"{_SOURCE}{_PARTICLE}(?P<prefix>{KOREAN_PREFIX})?(?P<name>{KOREAN_NAME})(?:변환|환산)(?:값)?{ENDING}",
    )
)
