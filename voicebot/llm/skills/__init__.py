"""What the assistant can answer by itself: each module is one skill, `answer` asks them in a fixed order.

A skill answers a question only when the whole of it is its own, so that a stray word never sets one off.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from voicebot.llm.skills.question import LONGEST, Context, Question, understand

__all__ = ["Context", "Question", "answer", "is_about_timers", "load", "understand"]

Skill = Callable[[Question, Context], str | None]


def answer(question: str, language: str, context: Context, *, small_talk: bool = True) -> str | None:
    """The reply of the first skill whose question it is, in one or two short sentences; None when it is nobody's.

    `language` is ISO 639-1: the language to answer in, unless the question is evidently in another. Without
    `small_talk`, greetings and the like are nobody's.
    """
    if not question.strip() or len(question) > LONGEST:
        return None
    understood = understand(question, language)
    if not understood.words:
        return None
    replies = (skill(understood, context) for skill in (_skills() if small_talk else _exact_skills()))
    return next((reply for reply in replies if reply is not None), None)


def is_about_timers(question: str, language: str) -> bool:
    """Whether `answer` would set, tell or cancel a timer; does none of it."""
    from voicebot.llm.skills import timer_answers

    if not question.strip() or len(question) > LONGEST:
        return False
    return timer_answers.is_request(understand(question, language))


def load() -> None:
    """Make the skills ready: some two hundred patterns, a quarter of a second. `answer` does it when it must."""
    _skills()


@cache
def _skills() -> tuple[Skill, ...]:
    from voicebot.llm.skills import conversation

    timers, *others = _exact_skills()
    return (timers, conversation.answer, *others)


@cache
def _exact_skills() -> tuple[Skill, ...]:
    """Those that have one right answer to give."""
    from voicebot.llm.skills import arithmetic, clock, dates, timer_answers, units

    return (timer_answers.answer, clock.answer, dates.answer, units.answer, arithmetic.answer)
