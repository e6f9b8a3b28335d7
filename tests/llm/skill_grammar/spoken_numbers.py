"""Numbers as people say them and as replies say them, in English and Korean: the measure the skills are held against.

Written from the two languages' grammar alone. A number is a `Fraction`; `Numbers(reply, language)` says which numbers a
reply contains, and whether as digits or as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH = {*ONES, *TENS, "hundred", "thousand", "million", "billion", "point", "oh"}
SINO = "영일이삼사오육칠팔구"
NATIVE_ONES = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"]
NATIVE_COUNTING = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
NATIVE_TENS = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
MINUS = r"(?<![\w)])-|minus |negative |마이너스 ?|영하 ?"
KOREAN = "영공일이삼사오육륙칠팔구십백천만억점"


# -- numbers into words ----------------------------------------------------------------------------------------------


def english(number: int, joiner: str = " ", hyphen: str = " ") -> str:
    """`joiner` goes between a hundred and what follows: " " or " and "."""
    if number < 0:
        return "minus " + english(-number, joiner, hyphen)
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten] + (hyphen + ONES[one] if one else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            between = joiner if rest < 100 else " "
            tail = between + english(rest, joiner, hyphen) if rest else ""
            return f"{english(many, joiner, hyphen)} {name}{tail}"
    raise AssertionError(number)


def english_decimal(number: str) -> str:
    """"12.05" becomes "twelve point zero five"."""
    whole, _, part = number.partition(".")
    return english(int(whole)) + (" point " + " ".join(ONES[int(digit)] for digit in part) if part else "")


def english_ordinal(number: int, hyphen: str = " ") -> str:
    words = re.split(r"([ -])", english(number, hyphen=hyphen))
    odd = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
    last = words[-1]
    words[-1] = odd.get(last) or (last[:-2] + "fth" if last.endswith("ve") else re.sub("y$", "ie", last) + "th")
    return "".join(words)


def suffixed(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def sino(number: int, space: str = "") -> str:
    """`space` goes after the ten-thousands, as the spelling rules have it: "만 이천"."""
    if number < 0:
        return "마이너스 " + sino(-number, space)
    if number == 0:
        return "영"
    if number >= 10**8:
        many, rest = divmod(number, 10**8)
        return sino(many) + "억" + (space + sino(rest, space) if rest else "")
    if number >= 10**4:
        many, rest = divmod(number, 10**4)
        return (sino(many) if many > 1 else "") + "만" + (space + sino(rest) if rest else "")
    said = ""
    for size, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        many, number = divmod(number, size)
        if many:
            said += (SINO[many] if many > 1 or not name else "") + name
    return said


def sino_decimal(number: str, space: str = "") -> str:
    whole, _, part = number.partition(".")
    return sino(int(whole)) + (f"{space}점{space}" + "".join(SINO[int(digit)] for digit in part) if part else "")


def native(number: int, counting: bool = True) -> str:
    """1 to 99: before a counter ("두 시간") or alone ("둘")."""
    ten, one = divmod(number, 10)
    if counting and number == 20:
        return "스무"
    return NATIVE_TENS[ten] + (NATIVE_COUNTING if counting else NATIVE_ONES)[one]


# -- Korean particles ------------------------------------------------------------------------------------------------


def josa(word: str, closed: str, open_: str) -> str:
    """`word` with the particle that its last sound asks for: josa("칠", "은", "는")."""
    final = _final(word)
    if closed == "으로" and final == "ㄹ":
        return word + open_
    return word + (closed if final else open_)


def _final(word: str) -> str:
    last = word[-1]
    if last.isdigit():
        return {"2": "", "4": "", "5": "", "9": "", "1": "ㄹ", "7": "ㄹ", "8": "ㄹ"}.get(last, "ㅇ")
    if last == "%":
        return ""
    if "가" <= last <= "힣":
        code = (ord(last) - ord("가")) % 28
        return "" if code == 0 else "ㄹ" if code == 8 else "ㅇ"
    return "ㅇ" if last == "g" else ""


# -- numbers out of replies ------------------------------------------------------------------------------------------


def roundings(exact: Fraction, tolerance: Fraction, places: Iterable[int]) -> set[Fraction]:
    """The ways to round `exact` to so many decimal places that stay within `tolerance` of it."""
    found = set()
    for place in places:
        for towards in (floor, ceil):
            rounded = Fraction(towards(exact * 10**place), 10**place)
            if abs(rounded - exact) <= min(tolerance, Fraction(1, 10**place)):
                found.add(rounded)
    return found


def decimal(number: Fraction) -> str | None:
    """Shortest decimal notation, None when it does not end within nine places."""
    scaled = number * 10**9
    if scaled.denominator != 1:
        return None
    digits = f"{abs(int(scaled)):010d}"
    part = digits[-9:].rstrip("0")
    return ("-" if number < 0 else "") + digits[:-9] + ("." + part if part else "")


class Numbers:
    """The numbers of one reply, as canonical strings: "12.5" in `digits`, "twelve point five" in `words`."""

    def __init__(self, reply: str, language: str) -> None:
        self.language = language
        text = reply.lower().replace("−", "-")
        self.digits = set(_digits(text))
        self.text = _joined_korean(text) if language == "ko" else text
        self.words = set(english_runs(text)) if language == "en" else set()

    def has(self, number: Fraction, form: str = "either") -> bool:
        """Whether the reply says `number`; `form` is "digits", "words" or "either"."""
        shown = decimal(number)
        if shown is None:
            return False
        return (form != "words" and shown in self.digits) or (form != "digits" and self._says(shown))

    def has_any(self, numbers: Iterable[Fraction], form: str = "either") -> bool:
        return any(self.has(number, form) for number in numbers)

    def _says(self, shown: str) -> bool:
        sign, size = shown.startswith("-"), shown.lstrip("-")
        if self.language == "en":
            said = english_decimal(size)
            halves = said.replace(" point five", " and half").removeprefix("zero and ")
            return any(("minus " if sign else "") + form in self.words for form in (said, halves))
        whole, _, part = size.partition(".")
        forms = [sino_decimal(size)]
        if forms[0].startswith("만"):
            forms.append("일" + forms[0])
        if not part and 0 < int(whole) < 100:
            forms += [native(int(whole)), native(int(whole), counting=False)]
        return any(_korean_says(self.text, form, sign) for form in forms)


def _digits(text: str) -> Iterable[str]:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(\d+(?:\.\d+)?)\s?천(?![가-힣]*년)", lambda m: _plain(m[1], 1000), text)
    text = re.sub(r"(\d+)\s?만\s?(\d+)?", lambda m: str(int(m[1]) * 10**4 + int(m[2] or 0)), text)
    for sign, number in re.findall(rf"(?:({MINUS}))?(?<![\d.])(\d+(?:\.\d+)?)", text):
        yield decimal(Fraction(number) * (-1 if sign else 1)) or number
        million = re.search(rf"(?<![\d.]){re.escape(number)} million", text)
        if million:
            yield decimal(Fraction(number) * 10**6) or number


def _plain(number: str, size: int) -> str:
    return decimal(Fraction(number) * size) or number


def english_runs(text: str) -> list[str]:
    """Maximal runs of number words: "one hundred and five" as "one hundred five", "a" before a size as "one"."""
    tokens = re.findall(r"[a-z']+|[^\sa-z]", re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text))
    runs: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        after_that = tokens[index + 2] if index + 2 < len(tokens) else ""
        run = runs[-1]
        if token in ENGLISH:
            run.append("zero" if token == "oh" else token)
        elif token == "a" and following in {"hundred", "thousand", "million"}:
            run.append("one")
        elif token in {"minus", "negative"} and following in ENGLISH:
            runs.append(["minus"])
        elif token == "and" and run and run[-1] in {"hundred", "thousand", "million"} and following in ENGLISH:
            continue
        elif token == "and" and run and following == "a" and after_that == "half":
            runs[-1] = [*run, "and", "half"]
            runs.append([])
        elif run:
            runs.append([])
    return [" ".join(run) for run in runs if run]


def _joined_korean(text: str) -> str:
    """Spaces inside a number in words closed up: "만 이천 삼백" as "만이천삼백", "삼 점 오" as "삼점오"."""
    text = re.sub(rf"(?<=[{KOREAN}]) 점 (?=[{KOREAN}])", "점", text)
    previous = ""
    while previous != text:
        previous = text
        text = re.sub(rf"(?<![가-힣])([{KOREAN}]*[십백천만억점]) (?=[{KOREAN}])", r"\1", text)
    return text


def _korean_says(text: str, form: str, negative: bool) -> bool:
    sign = r"(?:마이너스|영하|음수) ?" if negative else r"(?<!마이너스 )(?<!마이너스)(?<!영하 )(?<!영하)"
    before = "" if negative else r"(?<![가-힣\d])"
    after = rf"(?:(?![{KOREAN}])|(?=이(?:에요|야|고|며|라|다|네|죠|지|었|랍|란)))"
    return re.search(before + sign + form.replace("육", "[육륙]").replace("영", "[영공]") + after, text) is not None


ENGLISH_VALUE = {english(number): number for number in range(1000)}
KOREAN_VALUE = {sino(number): number for number in range(1000)} | {native(number): number for number in range(1, 100)}
