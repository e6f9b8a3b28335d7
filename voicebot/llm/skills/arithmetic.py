"""Sums: read in either language, worked out exactly, and said as one sentence."""

from __future__ import annotations

from voicebot.llm.skills import english, english_arithmetic, korean, korean_arithmetic, numbers
from voicebot.llm.skills.expression import Node, Proportion, Value, evaluate, has_operation, largest, say
from voicebot.llm.skills.question import Context, Question


def answer(question: Question, context: Context) -> str | None:
    """The result of the sum that the whole question is: "Seven plus five is twelve." """
    read = korean_arithmetic.read if question.language == "ko" else english_arithmetic.read
    node = read(question.text)
    if node is None or not has_operation(node):
        return None
    try:
        value = evaluate(node)
    except ZeroDivisionError:
        return _by_zero(question)
    except OverflowError:
        return "너무 큰 수라서 말할 수 없어요." if question.language == "ko" else "That number is too long to say."
    except ValueError:
        return _no_root(question)
    return _korean(question, node, value) if question.language == "ko" else _english(question, node, value)


def _english(question: Question, node: Node, value: Value) -> str:
    result, exact = _result(question, node, value)
    verb = "is" if exact else "is about"
    return english.sentence(f"{_said(question, node) or 'the answer'} {verb} {result}")


def _korean(question: Question, node: Node, value: Value) -> str:
    result, exact = _result(question, node, value)
    subject = korean.with_particle(_said(question, node) or "답", "은")
    return f"{subject} {'' if exact else '약 '}{korean.with_particle(result, '이에요')}."


def _said(question: Question, node: Node) -> str | None:
    """The sum as it was asked; in digits throughout once a number is too large for words."""
    return say(node, question.language, question.worded and largest(node) <= numbers.LARGEST_IN_WORDS)


def _result(question: Question, node: Node, value: Value) -> tuple[str, bool]:
    settled, kept = numbers.settle(value.value, places=10 if value.exact else 0)
    said = numbers.say(settled, question.language, question.worded)
    if isinstance(node, Proportion):
        korean_unit = " 퍼센트" if question.worded else "퍼센트"
        said += korean_unit if question.language == "ko" else " percent"
    return said, kept and value.exact and abs(settled) < numbers.LARGEST_IN_FULL


def _by_zero(question: Question) -> str:
    if question.language == "ko":
        return "영으로는 나눌 수 없어요." if question.worded else "0으로는 나눌 수 없어요."
    return "Nothing can be divided by zero."


def _no_root(question: Question) -> str:
    return (
        "음수에는 실수 제곱근이 없어요." if question.language == "ko" else "A negative number has no real square root."
    )
