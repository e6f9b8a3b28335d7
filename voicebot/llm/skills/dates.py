"""The calendar: "what day is it tomorrow", "how many days until christmas", "3일 뒤는 무슨 요일이야"."""

from __future__ import annotations

from voicebot.llm.skills import english_dates, korean_dates
from voicebot.llm.skills.question import Context, Question


def answer(question: Question, context: Context) -> str | None:
    """The day, the date, or the time that is left until one: "Tomorrow is Friday, 21 November." """
    forms = korean_dates.FORMS if question.language == "ko" else english_dates.FORMS
    for pattern, form in forms:
        match = pattern.fullmatch(question.text)
        reply = form(match.groupdict(), context.now) if match else None
        if reply is not None:
            return reply
    return None
