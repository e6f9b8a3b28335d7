"""What a reply must mean: each check reads the meaning out of the reply's words, however they are put."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from .spoken_numbers import (
    ENGLISH,
    ENGLISH_VALUE,
    KOREAN_VALUE,
    Numbers,
    decimal,
    english,
    english_ordinal,
    english_runs,
    native,
    roundings,
    sino,
    suffixed,
)

MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
WEEKDAYS = {
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    "ko": ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"],
}
UNIT_SECONDS = {"hour": 3600, "hr": 3600, "h": 3600, "minute": 60, "min": 60, "m": 60, "second": 1, "sec": 1, "s": 1}
KOREAN_UNIT_SECONDS = {"시간": 3600, "분": 60, "초": 1}


@dataclass(frozen=True)
class Check:
    """`expected` says in words what `holds` looks for in a reply."""

    expected: str
    holds: Callable[[str], bool]

    def __and__(self, other: Check) -> Check:
        return Check(f"{self.expected}; {other.expected}", lambda reply: self.holds(reply) and other.holds(reply))


def declined(reply: str) -> bool:
    return re.search(r"language\s+model|언어\s*모델", reply.lower()) is not None


def in_language(language: str) -> Check:
    """An answer, in the language asked for, and not a refusal."""

    def holds(reply: str) -> bool:
        korean = re.search("[가-힣]", reply) is not None
        return bool(reply.strip()) and korean == (language == "ko") and not declined(reply)

    return Check(f"an answer in {language}", holds)


def says(*patterns: str, expected: str = "") -> Check:
    """Every pattern is found in the reply, case aside."""
    found = lambda reply: all(re.search(pattern, reply, re.IGNORECASE) for pattern in patterns)  # noqa: E731
    return Check(expected or "says " + " and ".join(patterns), found)


# -- quantities ------------------------------------------------------------------------------------------------------


def result(exact: Fraction, language: str, form: str = "either") -> Check:
    """The result of a sum: exact when it has at most two decimals, otherwise rounded to two or more."""
    shown = decimal(exact)
    if shown is not None and len(shown.partition(".")[2]) <= 2:
        allowed = {exact}
    else:
        allowed = roundings(exact, abs(exact) / 200, range(10)) | roundings(exact, Fraction(1, 100), range(2, 10))
        form = "either"
    if exact.denominator != 1 or abs(exact) > 999_999:
        form = "either"
    said = f"{shown or float(exact)}" + (f" in {form}" if form != "either" else "")
    return Check(said, lambda reply: Numbers(reply, language).has_any(allowed, form))


def quantity(exact: Iterable[Fraction], unit: str, language: str, tolerance: Fraction | None = None) -> Check:
    """One of the `exact` values, sensibly rounded (half a per cent, or `tolerance`), and its unit's name."""
    allowed: set[Fraction] = set()
    for value in exact:
        near = abs(value) / 200 if tolerance is None else tolerance
        allowed |= {value} if value.denominator == 1 else roundings(value, near, range(8))
    shown = " or ".join(str(round(float(value), 4)) for value in exact)

    def holds(reply: str) -> bool:
        return Numbers(reply, language).has_any(allowed) and re.search(unit, reply, re.IGNORECASE) is not None

    return Check(f"{shown} {unit}", holds)


# -- durations -------------------------------------------------------------------------------------------------------


def durations(reply: str, language: str) -> list[Fraction]:
    """Every stretch of time that a reply names, in seconds: "an hour and ten minutes" is one."""
    return _english_durations(reply) if language == "en" else _korean_durations(reply)


def duration(seconds: Fraction, language: str, tolerance: Fraction = Fraction(0)) -> Check:
    def holds(reply: str) -> bool:
        return any(abs(found - seconds) <= tolerance for found in durations(reply, language))

    return Check(f"the duration {float(seconds):g} s", holds)


def _english_durations(reply: str) -> list[Fraction]:
    tokens = re.findall(r"\d+(?:\.\d+)?|[a-z]+", re.sub(r"(?<=\w)-(?=\w)", " ", reply.lower()))
    found: list[Fraction] = []
    position, open_until = 0, -1
    while position < len(tokens):
        parsed = _english_stretch(tokens, position)
        if parsed is None:
            position += 1
            continue
        seconds, following = parsed
        joined = position == open_until or (position == open_until + 1 and tokens[open_until] == "and")
        if joined:
            found[-1] += seconds
        else:
            found.append(seconds)
        position = open_until = following
    return found


def _english_stretch(tokens: list[str], position: int) -> tuple[Fraction, int] | None:
    """One amount and its unit from `position` on, and where it ends."""
    parsed = _english_amount(tokens, position)
    if parsed is None:
        return None
    amount, position = parsed
    if tokens[position : position + 3] == ["and", "a", "half"]:
        amount, position = amount + Fraction(1, 2), position + 3
    unit = UNIT_SECONDS.get(tokens[position].rstrip("s") or "s") if position < len(tokens) else None
    if unit is None:
        return None
    position += 1
    if tokens[position : position + 3] == ["and", "a", "half"]:
        amount, position = amount + Fraction(1, 2), position + 3
    return amount * unit, position


def _english_amount(tokens: list[str], position: int) -> tuple[Fraction, int] | None:
    if tokens[position] == "half" and tokens[position + 1 : position + 2] in (["a"], ["an"]):
        return Fraction(1, 2), position + 2
    if tokens[position] in {"a", "an"}:
        return Fraction(1), position + 1
    if tokens[position][0].isdigit():
        return Fraction(tokens[position]), position + 1
    for end in range(min(len(tokens), position + 6), position, -1):
        words = " ".join(token for token in tokens[position:end] if token != "and")
        if tokens[end - 1] != "and" and words in ENGLISH_VALUE:
            return Fraction(ENGLISH_VALUE[words]), end
    return None


def _korean_durations(reply: str) -> list[Fraction]:
    found: list[Fraction] = []
    end = -1
    joined = re.sub(r"(?<=[백십]) (?=[일이삼사오육칠팔구십]+ ?[분초])", "", reply)
    for match in re.finditer(r"(?<![가-힣\d.])(\d+(?:\.\d+)?|[가-힣]+?) ?(시간|분|초)( ?반(?![가-힣]))?", joined):
        amount = Fraction(match[1]) if match[1][0].isdigit() else _korean_amount(match[1])
        if amount is None:
            continue
        seconds = (amount + (Fraction(1, 2) if match[3] else 0)) * KOREAN_UNIT_SECONDS[match[2]]
        if found and not joined[end : match.start()].strip(" ,"):
            found[-1] += seconds
        else:
            found.append(seconds)
        end = match.end()
    return found


def _korean_amount(word: str) -> Fraction | None:
    if word == "반":
        return Fraction(1, 2)
    return Fraction(KOREAN_VALUE[word]) if word in KOREAN_VALUE else None


# -- the clock -------------------------------------------------------------------------------------------------------


def clock(moment: datetime, language: str, half_of_day: bool = False) -> Check:
    """The hour and minute; whatever part of the day is named must be right, and with `half_of_day` one must be."""
    tell = _english_clock if language == "en" else _korean_clock

    def holds(reply: str) -> bool:
        text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", reply.lower())
        named = _part_of_day(text, moment.hour, language)
        full = re.search(rf"(?<!\d){moment:%H:%M}(?!\d)", text) is not None and moment.hour not in range(1, 13)
        return tell(text, moment) and named is not False and (named is True or full or not half_of_day)

    return Check(f"the time {moment:%H:%M}", holds)


def _english_clock(text: str, moment: datetime) -> bool:
    hour, minute = moment.hour, moment.minute
    this, following = english(hour % 12 or 12), english((hour + 1) % 12 or 12)
    forms = [f"{hour % 12 or 12}:{minute:02d}", f"{hour:02d}:{minute:02d}", f"{hour}:{minute:02d}"]
    if minute == 0:
        forms += [f"(?:{hour % 12 or 12}|{this}) (?:o'clock|o’clock|[ap]\\.?m|in the|at night)"]
        forms += {0: ["midnight"], 12: ["noon", "midday"]}.get(hour, [])
    else:
        spoken = f"(?:oh|zero|o) {english(minute)}" if minute < 10 else english(minute)
        forms += [f"{this} {spoken}", f"{english(minute)} (?:minutes? )?past {this}"]
        forms += [f"{english(60 - minute)} (?:minutes? )?to {following}"]
        forms += {
            15: [f"quarter past {this}"], 30: [f"half past {this}"], 45: [f"quarter to {following}"],
        }.get(minute, [])
    return any(_alone(text, match) for form in forms for match in re.finditer(rf"(?<![\w:]){form}(?![\w:])", text))


def _alone(text: str, match: re.Match[str]) -> bool:
    """Not a part of a longer number."""
    before = re.findall(r"[a-z]+", text[: match.start()])[-1:] if text[: match.start()].endswith(" ") else []
    after = re.match(r" ([a-z]+)", text[match.end() :])
    return not (set(before) & ENGLISH) and not (after and after[1] in ENGLISH)


def _korean_clock(text: str, moment: datetime) -> bool:
    hour, minute = moment.hour, moment.minute
    twelve = hour % 12 or 12
    if re.search(rf"(?<!\d){hour:02d}:{minute:02d}|(?<![\d:]){twelve}:{minute:02d}", text):
        return True
    if minute == 0 and hour in (0, 12) and re.search("자정" if hour == 0 else "정오", text):
        return True
    hours = f"(?:0?{twelve}|0?{hour}|{native(twelve)}|{sino(hour)}) ?시"
    minutes = rf" ?(?:0?{minute}|{sino(minute)}) ?분" + ("| ?반" if minute == 30 else "")
    tail = rf"(?:{minutes})" if minute else r"(?! ?(?:\d+|[일이삼사오육칠팔구십]+) ?분)(?! ?반)(?!간)"
    return re.search(rf"(?<![\d가-힣]){hours}{tail}", text) is not None


PARTS = {
    "en": {
        r"\ba\.?m\b": range(12),
        r"\bp\.?m\b": range(12, 24),
        "in the morning": range(12),
        "in the afternoon": range(12, 19),
        "in the evening": range(16, 24),
        "at night": (*range(18, 24), *range(6)),
        r"\bnoon\b|\bmidday\b": (12,),
        r"\bmidnight\b": (0,),
    },
    "ko": {
        "오전": range(12),
        "오후": range(12, 24),
        "새벽": range(7),
        "아침": range(5, 12),
        "(?<![한대가-힣])낮": range(10, 18),
        "저녁": range(16, 23),
        "(?<![가-힣])밤": (*range(18, 24), *range(5)),
        "정오": (12,),
        "자정": (0,),
    },
}


def _part_of_day(text: str, hour: int, language: str) -> bool | None:
    """Whether the part of the day that is named is right; None when none is named."""
    named = [hour in hours for pattern, hours in PARTS[language].items() if re.search(pattern, text)]
    return all(named) if named else None


# -- the calendar ----------------------------------------------------------------------------------------------------


def calendar_day(day: date, language: str) -> Check:
    """Month and day, and no wrong year."""
    pattern = _english_day(day) if language == "en" else _korean_day(day)

    def holds(reply: str) -> bool:
        text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", reply.lower())
        years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)}
        return re.search(pattern, text) is not None and years <= {day.year}

    return Check(f"the date {day.isoformat()}", holds)


def _english_day(day: date) -> str:
    ordinals = "|".join(english_ordinal(number) for number in range(1, 10))
    words = f"{english_ordinal(day.day)}|{english(day.day)}(?! (?:{ordinals}))"
    number = rf"(?:{day.day}|{suffixed(day.day)}|{words})"
    month = MONTHS[day.month - 1]
    alone = r"(?<!twenty )(?<!thirty )(?<![\w])"
    return rf"{month} (?:the )?{number}(?![\w])|{alone}{number} (?:of )?{month}\b|{day.isoformat()}"


def _korean_day(day: date) -> str:
    month = {6: "유|육", 10: "시|십"}.get(day.month, sino(day.month))
    return rf"(?<![\d가-힣])(?:0?{day.month}|{month}) ?월 ?(?:0?{day.day}|{sino(day.day)}) ?일|{day.isoformat()}"


def weekday(day: date, language: str, also: date | None = None) -> Check:
    """The weekday of `day`, and no other but that of `also`."""
    names = WEEKDAYS[language]
    allowed = {names[day.weekday()]} | ({names[also.weekday()]} if also else set())

    def holds(reply: str) -> bool:
        named = {name for name in names if re.search(rf"(?<![가-힣]){name}", reply.lower())}
        return names[day.weekday()] in named and named <= allowed

    return Check(names[day.weekday()], holds)


def number_of_days(count: int, language: str) -> Check:
    """So many days, as days or as whole weeks and days."""
    holds = _english_days if language == "en" else _korean_days
    return Check(f"{count} days", lambda reply: holds(reply.lower(), count))


def _english_days(reply: str, count: int) -> bool:
    for match in re.finditer(r"[ -]days?\b", reply):
        before = reply[: match.start()]
        runs = english_runs(before)
        in_words = bool(runs) and runs[-1] == english(count) and before.endswith(runs[-1][-3:])
        if in_words or re.search(rf"(?<!\d){count}$", before):
            return True
    return False


def _korean_days(reply: str, count: int) -> bool:
    counted = {2: "이틀", 3: "사흘", 4: "나흘", 5: "닷새", 6: "엿새", 7: "일주일", 8: "여드레", 9: "아흐레", 10: "열흘"}
    also = f"|{counted[count]}" if count in counted else ""
    pattern = rf"(?<![\d가-힣])(?<!월 )(?<!월)(?:{count}|{sino(count)}) ?일(?!요){also}"
    return re.search(pattern, reply) is not None
