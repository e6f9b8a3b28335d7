"""Sums in Korean, read without spaces: "칠더하기오", "칠에오를더하면", "구의제곱근", "십의이십퍼센트".

A number can end where a particle begins ("오는" is five and 은/는, "삼이" three and 이/가), so every reading is tried,
the longest number first: each method gives (node, place after it) for every way to read what stands at a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from voicebot.llm.skills import korean_numbers
from voicebot.llm.skills.expression import (
    Binary,
    Multiple,
    Negative,
    Node,
    Number,
    Percentage,
    Proportion,
    Root,
    Share,
    Sign,
)
from voicebot.llm.skills.korean import REQUESTED

_LONGEST = 150
_MOST_BRACKETS = 8

Readings = Iterator[tuple[Node, int]]


def read(text: str) -> Node | None:
    """The sum that the whole question is; None when it is not one."""
    text = _LEADING.sub("", text)
    brackets = len(_OPEN.findall(text))
    if _DEFINITION.fullmatch(text) or len(text) > _LONGEST or brackets > _MOST_BRACKETS or not _STARTS.match(text):
        return None
    for node, end in _Reader(text).question(0):
        if _ENDING.fullmatch(text, end):
            return node
    return None


class _Reader:
    """The ways to read one text. `question` and `expression` are remembered, so that a long text stays quick."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._questions: dict[int, list[tuple[Node, int]]] = {}
        self._expressions: dict[tuple[int, int], list[tuple[Node, int]]] = {}

    def question(self, start: int) -> list[tuple[Node, int]]:
        if start not in self._questions:
            forms = (self.infix, self._verbal, self._remainder, self._nominal, self._proportion)
            self._questions[start] = [reading for form in forms for reading in form(start)]
        return self._questions[start]

    def infix(self, start: int) -> Readings:
        yield from self._expression(start, 1)

    def _verbal(self, start: int) -> Readings:
        """ "칠에 오를 더하고 삼을 곱하면": each verb works on what came before."""
        for left, end in self._expression(start, 1):
            yield from self._verbs(left, end, _FIRST)

    def _verbs(self, left: Node, start: int, particles: tuple[str, ...]) -> Readings:
        for right, end in self._after(particles, start):
            for verb in self._ends(_SECOND, end):
                for sign, on, over in _VERBS:
                    node = Binary(sign, left, right)
                    if match := on.match(self._text, verb):
                        yield from self._verbs(node, match.end(), _NEXT)
                        yield from self._result_forms(node, match.end())
                    for after in range(len(self._text), verb, -1):
                        if over.fullmatch(self._text, verb, after):
                            yield node, after

    def _result_forms(self, node: Node, start: int) -> Readings:
        """ "더한 다음 제곱하면": what is done with the result without another number."""
        for name, build in _RESULT_FORMS:
            if self._text.startswith(name, start):
                yield build(node), start + len(name)

    def _remainder(self, start: int) -> Readings:
        """ "십칠을 오로 나눈 나머지", "십칠 나누기 오의 나머지"."""
        for left, end in self._expression(start, 1):
            if isinstance(left, Binary) and left.sign == "/":
                yield from ((Binary("mod", left.left, left.right), at) for at in self._ends(_REST, end))
            for right, after in self._after(_FIRST, end):
                if match := _REMAINDER.match(self._text, after):
                    yield Binary("mod", left, right), match.end()

    def _nominal(self, start: int) -> Readings:
        """ "칠과 오의 합", "팔과 삼의 차"."""
        for left, end in self._expression(start, 1):
            for right, after in self._after(_BETWEEN, end):
                for name, sign in _NOUNS:
                    for written in ("의" + name, "을" + name, name):
                        if self._text.startswith(written, after):
                            yield Binary(sign, left, right), after + len(written)

    def _proportion(self, start: int) -> Readings:
        """ "이십은 팔십의 몇 퍼센트", "팔십에서 이십은 몇 퍼센트"."""
        for first, end in self._expression(start, 1):
            for second, after in self._after(_TOPIC, end):
                if match := _OF_HOW_MANY_PERCENT.match(self._text, after):
                    yield Proportion(first, second), match.end()
            for second, after in self._after(_OF, end):
                if match := _IS_HOW_MANY_PERCENT.match(self._text, after):
                    yield Proportion(second, first), match.end()

    def _after(self, particles: tuple[str, ...], start: int) -> Readings:
        """An expression after one of the particles."""
        for at in self._ends(particles, start):
            yield from self._expression(at, 1)

    def _ends(self, particles: tuple[str, ...], start: int) -> Iterator[int]:
        return (start + len(particle) for particle in particles if self._text.startswith(particle, start))

    def _expression(self, start: int, least: int) -> list[tuple[Node, int]]:
        """Infix by precedence climbing: operations that bind at least as tightly as `least`."""
        if (start, least) not in self._expressions:
            self._expressions[start, least] = [
                reading for left, end in self._operand(start) for reading in self._climb(left, end, least, _TIGHTEST)
            ]
        return self._expressions[start, least]

    def _climb(self, left: Node, end: int, least: int, most: int) -> Readings:
        for written, sign in _SIGNS:
            binding = _BINDING[sign]
            if least <= binding <= most and self._text.startswith(written, end):
                for right, after in self._expression(end + len(written), binding + (sign != "^")):
                    yield from self._climb(Binary(sign, left, right), after, least, binding)
        yield left, end

    def _operand(self, start: int) -> Readings:
        for sign in ("마이너스", "음수"):
            if self._text.startswith(sign, start):
                for node, end in self._primary(start + len(sign)):
                    yield from self._modified(Negative(node), end)
        if self._text.startswith("-", start):
            for node, end in self._operand(start + 1):
                yield Negative(node), end
        for node, end in self._primary(start):
            yield from self._modified(node, end)

    def _primary(self, start: int) -> Readings:
        if opening := _OPEN.match(self._text, start):
            for node, end in self.question(opening.end()):
                if closing := _CLOSE.match(self._text, end):
                    yield node, closing.end()
        for name, degree in (("루트", 2), ("제곱근", 2), ("세제곱근", 3)):
            if self._text.startswith(name, start):
                for node, end in self._primary(start + len(name)):
                    yield Root(degree, node), end
        for reading in korean_numbers.readings(self._text, start):
            yield Number(reading.value), reading.end

    def _modified(self, node: Node, end: int) -> Readings:
        """ "의 제곱", "의 20 퍼센트", "의 절반", "의 두 배", one after another."""
        for changed, after in self._modifications(node, end):
            yield from self._modified(changed, after)
        yield node, end

    def _modifications(self, node: Node, end: int) -> Readings:
        if isinstance(node, Number) and (match := _PERCENT.match(self._text, end)):
            yield Percentage(node), match.end()
        for name, build in _MODIFIERS:
            for written in ("의" + name, name):
                if self._text.startswith(written, end):
                    yield build(node), end + len(written)
        if self._text.startswith("의", end):
            yield from self._counted(node, end + 1)
        if match := _DISCOUNT.match(self._text, end):
            rate = korean_numbers.value(match["rate"])
            if rate is not None:
                yield Binary("-", node, Percentage(Number(rate))), match.end()

    def _counted(self, node: Node, start: int) -> Readings:
        """A number after 의: percent, times, power, or a fraction."""
        for reading in korean_numbers.readings(self._text, start):
            number = Number(reading.value)
            if match := _PERCENT.match(self._text, reading.end):
                yield Share(number, node), match.end()
            elif self._text.startswith("배", reading.end):
                yield Multiple(reading.value, node), reading.end + 1
            elif match := _POWER.match(self._text, reading.end):
                yield Binary("^", node, number), match.end()
            elif reading.value < 1:
                yield Multiple(reading.value, node), reading.end


# -- the words -------------------------------------------------------------------------------------------------------

_STARTS = re.compile(r"\(|-|괄|소괄|마이너스|음수|루트|제곱근|세제곱근|" + korean_numbers.PATTERN)

_DEFINITION = re.compile(
    "(?:루트|제곱근|세제곱근)(?:이|가|은|는|이란|란)?(?:뭐|뭔|무엇|무슨)[야가지고인데말뜻이에예요까니죠]*"
)
"""What a root is, not that of two: 이 is a particle here."""

_LEADING = re.compile("^(?:그러면|그럼|계산기|계산|암산|수학문제|문제|다음식|식|정답은|답은)*(?=.)")

_ENDING = re.compile(
    "(?:=|은|는|이|가|을|를|이면|면|하면|의|의값|의답|의결과)?(?:다해서|모두|전부|총|합쳐서|다합쳐서)?(?:는|은)?"
    "(?:값|답|정답|결과|결괏값|결과값)?(?:은|는|이|가|을|를)?"
    "(?:어떻게|얼마나|얼마|얼만|몇이나|몇|뭐|뭔|무엇|무어|머|어떤수|무슨수|어떤숫자)?"
    "(?:이|가|로|일|인|나)?"
    f"(?:계산(?:해|하|좀해)?{REQUESTED}|(?:해|풀어|구해|셈해)?{REQUESTED})"
    "(?:이에요|예요|에요|이예요|이야|야|이지|지|지요|죠|이죠|니|이니|냐|이냐|인가|인가요|가요|까|까요|입니까"
    "|인지|지를|인데|"
    "인지요|더라|이더라|이지요|래|이래|이고|려나|을까|을까요|될까|될까요|돼|돼요|되지|되죠|되니|되나|되나요|됩니까"
    "|되냐|되는지|되|"
    "되는거야|나와|나와요|나오|나오지|나오죠|나오니|나오나|나오나요|나옵니까|나올까|나올까요|나오는지|거야|거예요"
    "|거지|것인가|여|요)?"
)

_SIGNS: tuple[tuple[str, Sign], ...] = (
    ("더하기", "+"), ("플러스", "+"), ("+", "+"), ("빼기", "-"), ("마이너스", "-"), ("-", "-"),
    ("곱하기", "*"), ("곱", "*"), ("*", "*"), ("x", "*"), ("나누기", "/"), ("/", "/"), ("^", "^"),
)  # fmt: skip
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
_TIGHTEST = 3


def _verb(
    sign: Sign, stem: str, infinitive: str, past: str, future: str
) -> tuple[Sign, re.Pattern[str], re.Pattern[str]]:
    """A verb followed by more ("더하고", "더한 다음"), and at the end ("더하면", "더한 값", "더해 줘").

    `infinitive` is the form before 서 and 줘, `past` and `future` those before a noun.
    """
    on = (
        f"(?:{stem}고나서|{stem}고난뒤에?|{stem}고난다음에?|{stem}고서|{stem}고|{infinitive}서|{infinitive}다가"
        f"|{infinitive}|"
        f"{past}(?:다음에?|뒤에?|후에?|값에서?|값을|것에서?|결과에서?|결과를))"
        "(?:거기에서?|거기서|거기다|여기에|여기서|다시|또|그걸|그것을|그다음에?|이를)*"
    )
    over = (
        f"(?:{stem}(?:면|라|자)|{past}(?:값|것|거|건|게|수|결과|답)?|{future}때|{infinitive}(?:{REQUESTED}"
        f"|보면|야|서|라)|"
        f"{infinitive}했을때)"
    )
    return sign, re.compile(on), re.compile(over)


_VERBS = (
    _verb("+", "더하", "더해", "더한", "더할"),
    _verb("+", "합하", "합해", "합한", "합할"),
    _verb("+", "합치", "합쳐", "합친", "합칠"),
    _verb("-", "빼", "빼", "뺀", "뺄"),
    _verb("-", "제하", "제해", "제한", "제할"),
    _verb("*", "곱하", "곱해", "곱한", "곱할"),
    _verb("/", "나누", "나눠", "나눈", "나눌"),
    _verb("/", "나누", "나누어", "나눈", "나눌"),
)


def _particles(written: str) -> tuple[str, ...]:
    """Particles that may stand at a place, the longest first."""
    return tuple(sorted(written.split(), key=len, reverse=True))


_FIRST = _particles("에다가 에다 에서부터 에서 에 을 를 와 과 이랑 랑 하고 그리고 으로부터 로부터")
_NEXT = (*_particles("에다가 에다 에 에서 을 를"), "")
_SECOND = (*_particles("을 를 으로 로 이랑 랑 와 과 하고 만큼"), "")
_BETWEEN = _particles("와의 과의 와 과 이랑 랑 하고 그리고 에 을 를")
_TOPIC = _particles("은 는 이 가 이면 면")
_OF = _particles("에서 중에서 중에 의")

_NOUNS: tuple[tuple[str, Sign], ...] = (
    ("합계", "+"), ("합", "+"), ("덧셈", "+"), ("차이", "-"), ("차", "-"), ("뺄셈", "-"), ("곱셈", "*"), ("곱", "*"),
    ("나눗셈", "/"), ("몫", "/"),
)  # fmt: skip

_OPEN = re.compile(r"\(|(?:소)?괄호(?:를)?(?:열고|열기|시작|열어서|열)")
_CLOSE = re.compile(r"\)|(?:소)?괄호(?:를)?(?:닫고|닫기|끝|닫아서|닫은다음|닫)")
_PERCENT = re.compile("퍼센트|프로|퍼센|percent")
_POWER = re.compile("제곱|승")
_REMAINDER = re.compile("(?:으로|로)?(?:나눈|나누었을때|나눴을때|나누면|나눌때)의?나머지")
_REST = ("의나머지", "나머지")
_OF_HOW_MANY_PERCENT = re.compile("(?:의|에서|에|중)?몇(?:퍼센트|프로)")
_IS_HOW_MANY_PERCENT = re.compile("(?:은|는|이|가)몇(?:퍼센트|프로)")
_DISCOUNT = re.compile(
    f"(?:에서|의)(?P<rate>{korean_numbers.PATTERN})(?:퍼센트|프로)(?:을|를)?"
    "(?:할인(?:하면|한가격|된가격|받으면)?|(?:빼|깎으)면|깎은가격|뺀값)"
)

_Build = Callable[[Node], Node]


def _raised(exponent: int) -> _Build:
    return lambda node: Binary("^", node, Number(Fraction(exponent)))


def _multiplied(times: Fraction) -> _Build:
    return lambda node: Multiple(times, node)


def _rooted(degree: int) -> _Build:
    return lambda node: Root(degree, node)


_MODIFIERS: tuple[tuple[str, _Build], ...] = (
    ("세제곱근", _rooted(3)),
    ("제곱근", _rooted(2)),
    ("루트", _rooted(2)),
    ("세제곱", _raised(3)),
    ("제곱", _raised(2)),
    ("절반", _multiplied(Fraction(1, 2))),
    ("반", _multiplied(Fraction(1, 2))),
)
_RESULT_FORMS: tuple[tuple[str, _Build], ...] = (
    ("제곱하면", _raised(2)),
    ("제곱", _raised(2)),
    ("반으로나누면", _multiplied(Fraction(1, 2))),
    ("두배하면", _multiplied(Fraction(2))),
)
