"""Sums in English: "what is seven plus five", "add five to six", "the square root of nine", typed sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from voicebot.llm.skills import english_numbers
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


def read(text: str) -> Node | None:
    """The sum that the whole question is; None when it is not one."""
    if match := _MADE_OF.fullmatch(text):
        text = f"the sum of {match[1]}"
    text = _bare(text)
    for pattern, build in _PROPORTIONS:
        if match := pattern.fullmatch(text):
            first, second = (_parsed(group) for group in match.groups())
            return build(first, second) if first and second else None
    return _parsed(text)


def _bare(text: str) -> str:
    """The question without "what is" and "equals"."""
    while True:
        if (match := _BEFORE.match(text)) and match.end() < len(text):
            text = text[match.end() :]
        elif (match := _AFTER.search(text)) and match.start() > 0:
            text = text[: match.start()]
        else:
            return text


_BEFORE = re.compile(
    r"(?:what|how (?:much|many))(?: (?:is|are|was|does|do|would|will|makes?|equals?|number is|about))?(?: |$)|"
    r"how about |"
    r"(?:calculate|compute|work out|figure out|evaluate|solve|determine|find(?: out)?|do|try)(?: |$)|"
    r"(?:do |does |would |will |can |if |when |by )?(?:you|we|i|one|it) (?:get|have|obtain|say is|make)(?: (?:if"
    r"|when|by"
    r"|from|for|with|as|out of))?(?: |$)|"
    r"(?:happens |get |be )?(?:if|when) (?:you|we|i|one)(?: (?:were to|take))?(?: |$)|(?:you|we|i) (?=\w+ \w+)|"
    r"(?:the )?(?:answer|result|value|solution|outcome|total|calculation)(?: is)?(?: (?:of|to|for|when|if"
    r"|from))?(?: |$)|"
    r"(?:the )?(?:sum|problem|math|maths|equation|following)(?!(?: of| and)\b)(?: |$)|is (?=the )|to (?=add|sub"
    r"|mul|div)"
)

_MADE_OF = re.compile(
    r"(?:(?:what|how much) )?(?:do|does|is|are) (.+ and .+) (?:make|come to|add up to|sum to|together)"
)

_AFTER = re.compile(
    r"(?: |^)(?:=|equals?(?: to)?|is(?: equal to)?|are|be|makes?|come to|comes to|come out to|come out as"
    r"|add up to|gives?"
    r"|together|altogether|in total|what|how much|how many|what (?:do|would|will) (?:you|i|we) (?:get|have)"
    r"|(?:is|does) it|what number|work out to)$"
)


def _parsed(text: str) -> Node | None:
    words = text.split()
    if len(words) > _MOST_WORDS:
        return None
    for joined in (True, False):
        try:
            parser = _Parser(words, joined)
            return parser.whole()
        except _NotASum:
            continue
    return None


_MOST_WORDS = 60
"""Brackets within brackets cost stack, so a sum has an end."""


class _NotASum(Exception):
    """The words are not a sum, read this way."""


_PLUS = ("plus", "+", "added to", "and add", "add")
_MINUS = ("minus", "-", "take away", "subtract", "less", "takeaway")
_TIMES = ("times", "multiplied by", "multiplied with", "multiply by", "multiply", "time", "*", "x", "multiplied")
_OVER = ("divided by", "divide by", "divided buy", "over", "/", "divide", "divided")
_MOD = ("modulo", "modulus", "mod")
_POWER = (
    "to the power of", "raised to the power of", "to the power", "raised to the power", "^", "raised to", "power",
    "to the exponent", "to the exponent of",
)  # fmt: skip
_OPEN = (
    "(", "open parenthesis", "open parentheses", "open paren", "open bracket", "open brackets", "left parenthesis",
    "left paren", "left bracket", "open the bracket", "open the brackets", "open the parenthesis", "parenthesis",
    "bracket",
)  # fmt: skip
_CLOSE = (
    ")", "close parenthesis", "close parentheses", "close paren", "close bracket", "close brackets",
    "right parenthesis", "right paren", "right bracket", "closed parenthesis", "closed bracket", "closed brackets",
    "close the bracket", "close the brackets", "close the parenthesis", "end parenthesis", "end bracket",
)  # fmt: skip
_MULTIPLES = {
    "double": Fraction(2), "twice": Fraction(2), "doubling": Fraction(2), "triple": Fraction(3), "thrice": Fraction(3),
    "quadruple": Fraction(4), "halve": Fraction(1, 2), "halving": Fraction(1, 2),
}  # fmt: skip
_POWERS = {"square": 2, "squaring": 2, "cube": 3, "cubing": 3}


class _Parser:
    """Recursive descent over words; each method takes what it reads or raises _NotASum.

    expression: term (plus|minus term)*          term: unary (times|over|mod unary)*
    unary:      minus unary | power              power: postfix (to the power of unary)?
    """

    def __init__(self, words: Sequence[str], joined: bool) -> None:
        self._words = words
        self._joined = joined
        self._at = 0

    def whole(self) -> Node:
        node = self._expression()
        while self._at < len(self._words):
            node = self._continued(node)
        return node

    def _expression(self) -> Node:
        node = self._term()
        while True:
            if self._took("subtracted from", "taken from", "taken away from"):
                node = Binary("-", self._term(), node)
            elif self._took(*_PLUS):
                node = Binary("+", node, self._term())
            elif self._took(*_MINUS):
                node = Binary("-", node, self._term())
            else:
                return node

    def _term(self) -> Node:
        node = self._unary()
        while True:
            if self._took(*_TIMES):
                node = Binary("*", node, self._unary())
            elif self._took(*_OVER):
                node = Binary("/", node, self._unary())
            elif self._took(*_MOD):
                node = Binary("mod", node, self._unary())
            else:
                return node

    def _unary(self) -> Node:
        if self._peek(1) not in _ARTICLE_NUMBERS:
            self._took("the", "a")
        if self._took("minus", "negative", "-"):
            return Negative(self._unary())
        return self._power()

    def _power(self) -> Node:
        base = self._postfix()
        if self._took(*_POWER):
            return Binary("^", base, self._unary())
        start = self._at
        if self._took("to the", "raised to the"):
            ordinal = english_numbers.read_ordinal(self._words, self._at)
            if ordinal is not None:
                self._at = ordinal.end
                self._took("power")
                return Binary("^", base, Number(ordinal.value))
            self._at = start
        return base

    def _postfix(self) -> Node:
        node = self._primary()
        while True:
            if self._took("squared", "square"):
                node = Binary("^", node, Number(Fraction(2)))
            elif self._took("cubed", "cube"):
                node = Binary("^", node, Number(Fraction(3)))
            else:
                return node

    def _primary(self) -> Node:
        forms = (self._bracketed, self._root, self._function, self._imperative, self._multiple)
        for form in forms:
            node = form()
            if node is not None:
                return node
        return self._number()

    def _bracketed(self) -> Node | None:
        if not self._took(*_OPEN):
            return None
        node = self._expression()
        self._expect(*_CLOSE)
        return node

    def _root(self) -> Node | None:
        degree = 3 if self._took("cube root", "cubed root", "cubic root", "third root") else 0
        degree = degree or (2 if self._took("square root", "squared root", "square route", "root", "sqrt") else 0)
        if not degree:
            return None
        self._took("of")
        return Root(degree, self._unary())

    def _function(self) -> Node | None:
        for sign, names in _FUNCTIONS:
            if self._took(*names):
                return self._folded(sign)
        if self._took("remainder of", "remainder when", "remainder if", "remainder from"):
            left = self._unary()
            self._took("is", "are")
            self._expect("divided by", "and", "over", "/")
            return Binary("mod", left, self._unary())
        return None

    def _folded(self, sign: Sign) -> Node:
        """The parts after "the sum of": "five and six", "one two and three"."""
        node, count = self._unary(), 1
        while self._at < len(self._words):
            start = self._at
            self._took("and", "from", "with", "by") if sign != "+" else self._took("and", "with", "to", "plus")
            try:
                node, count = Binary(sign, node, self._unary()), count + 1
            except _NotASum:
                self._at = start
                break
        if count < 2 or (count > 2 and sign in ("-", "/")):
            raise _NotASum
        return node

    def _imperative(self) -> Node | None:
        """ "add five to six", "subtract two from ten", "multiply three by four", "square nine"."""
        if self._took("add", "adding", "sum", "add together", "add up"):
            return self._added()
        if self._took("subtract", "subtracting", "take away", "take", "taking", "deduct", "minus"):
            right = self._expression()
            self._took("away")
            self._expect("from")
            return Binary("-", self._term(), right)
        if self._took("multiply", "multiplying", "times"):
            left = self._imperative_left("by", "with", "and", "times")
            return Binary("*", left, self._unary())
        if self._took("divide", "dividing"):
            left = self._imperative_left("by", "buy", "over", "and")
            return Binary("/", left, self._unary())
        if self._took("raise", "raising"):
            return self._power()
        for name, exponent in _POWERS.items():
            if self._took(f"the {name} of", f"{name} of", name):
                return Binary("^", self._unary(), Number(Fraction(exponent)))
        return None

    def _added(self) -> Node:
        node, count = self._term(), 1
        while self._took("to", "and", "with", "plus", "+"):
            node, count = Binary("+", node, self._term()), count + 1
        self._took("together", "up")
        if count < 2:
            raise _NotASum
        return node

    def _imperative_left(self, *joints: str) -> Node:
        left = self._unary()
        self._expect(*joints)
        return left

    def _multiple(self) -> Node | None:
        for name, times in _MULTIPLES.items():
            if self._took(name):
                self._took("of", "the number")
                return Multiple(times, self._unary())
        return None

    def _number(self) -> Node:
        reading = english_numbers.read(self._words, self._at, homophones=True, joined=self._joined)
        if reading is None:
            raise _NotASum
        self._at = reading.end
        node: Node = Number(reading.value)
        if self._took("percent", "percentage"):
            return self._percentage(node)
        if reading.value < 1 and self._took("of"):
            return Multiple(reading.value, self._unary())
        return node

    def _percentage(self, rate: Node) -> Node:
        if self._took("of"):
            self._took("the number")
            return Share(rate, self._unary())
        if self._took("off", "off of", "discount on"):
            return Binary("-", self._unary(), Percentage(rate))
        return Percentage(rate)

    def _continued(self, node: Node) -> Node:
        """What is done next with the result: "and then multiply by three", "all divided by two"."""
        self._expect("and then", "and", "then", "all", "the whole thing", "whole")
        for verbs, joints, sign in _CONTINUATIONS:
            if self._took(*verbs):
                self._took("that", "it", "the result", "this", "the answer", "all of that")
                self._took(*joints)
                node = Binary(sign, node, self._term() if sign in "+-" else self._unary())
                self._took("to that", "to it", "to the result", "from that", "from it", "from the result", "to this")
                return node
        for name, exponent in _POWERS.items():
            if self._took(f"{name} it", f"{name} that", f"{name} the result"):
                return Binary("^", node, Number(Fraction(exponent)))
        for name, times in _MULTIPLES.items():
            if self._took(f"{name} it", f"{name} that", f"{name} the result"):
                return Multiple(times, node)
        raise _NotASum

    def _peek(self, ahead: int) -> str:
        return self._words[self._at + ahead] if self._at + ahead < len(self._words) else ""

    def _took(self, *phrases: str) -> bool:
        """Take the longest of the phrases that stands here."""
        if self._at >= len(self._words):
            return False
        for phrase in _by_first_word(phrases).get(self._words[self._at], ()):
            if tuple(self._words[self._at : self._at + len(phrase)]) == phrase:
                self._at += len(phrase)
                return True
        return False

    def _expect(self, *phrases: str) -> None:
        if not self._took(*phrases):
            raise _NotASum


@cache
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


_ARTICLE_NUMBERS_TEXT = (
    "hundred thousand million billion trillion dozen half third quarter fourth fifth sixth seventh eighth ninth "
    "tenth hundredth thousandth"
)
_ARTICLE_NUMBERS = frozenset(_ARTICLE_NUMBERS_TEXT.split())

_FUNCTIONS: tuple[tuple[Sign, tuple[str, ...]], ...] = (
    ("+", ("sum of", "some of", "total of", "addition of")),
    ("-", ("difference between", "difference of", "subtraction of")),
    ("*", ("product of", "multiplication of")),
    ("/", ("quotient of", "division of", "ratio of")),
)

_CONTINUATIONS: tuple[tuple[tuple[str, ...], tuple[str, ...], Sign], ...] = (
    (("multiply", "multiplied", "times"), ("by", "with", "times"), "*"),
    (("divide", "divided", "over"), ("by",), "/"),
    (("add", "plus"), ("to",), "+"),
    (("subtract", "minus", "take away", "take", "deduct"), (), "-"),
)

_PROPORTIONS: tuple[tuple[re.Pattern[str], Callable[[Node, Node], Node]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(?:percent|percentage|percent is) of (.+?) (?:is|are) (.+)", lambda whole, part: Proportion(part, whole)),
        (r"(?:percent|percentage) (?:is|are) (.+?) (?:out )?of (.+)", Proportion),
        (r"(.+?) (?:is|are|makes) (?:what|how many|which) (?:percent|percentage) of (.+)", Proportion),
        (r"(.+?) (?:as a|in) (?:percent|percentage) of (.+)", Proportion),
        (
            r"times (?:does|do|can|will) (.+?) (?:go|goes|fit|fits) (?:in|into|in to) (.+)",
            lambda by, of: Binary("/", of, by),
        ),
    )
)
