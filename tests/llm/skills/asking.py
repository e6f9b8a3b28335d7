"""What the skills' tests share: a Thursday afternoon in Seoul, and a way to ask."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from voicebot.llm.skills import Context, answer
from voicebot.llm.timers import Timers

NOW = datetime(2025, 11, 20, 15, 45, 10, tzinfo=ZoneInfo("Asia/Seoul"))


def ask(
    question: str, language: str = "en", now: datetime = NOW, timers: Timers | None = None, last: str | None = None
) -> str | None:
    """The skills' reply; None when the question is no skill's."""
    return answer(question, language, Context(now, timers, last))
