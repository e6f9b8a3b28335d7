"""What the assistant can answer by itself: each module is one skill, `answer` asks them in a fixed order.

A skill answers a question only when the whole of it is its own, so that a stray word never sets one off.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from voicebot.llm.skills.question import LONGEST, Context, Question, understand

__all__ = ["Context", "Question", "answer", "load", "understand"]

Skill = Callable[[Question, Context], str | None]


def answer(question: str, language: str, context: Context) -> str | None:
    """The reply of the first skill whose question it is, in one or two short sentences; None when it is nobody's.

    `language` is ISO 639-1: the language to answer in, unless the question is evidently in another.
    """
    if not question.strip() or len(question) > LONGEST:
        return None
    understood = understand(question, language)
    if not understood.words:
        return None
    replies = (skill(understood, context) for skill in _skills())
    return next((reply for reply in replies if reply is not None), None)


def load() -> None:
    """Make the skills ready: some two hundred patterns, a quarter of a second. `answer` does it when it must."""
    _skills()


@cache
def _skills() -> tuple[Skill, ...]:
    from voicebot.llm.skills import arithmetic, clock, conversation, dates, timer_answers, units

    return (
        timer_answers.answer,
        conversation.answer,
        clock.answer,
        dates.answer,
        units.answer,
        arithmetic.answer,
    )
