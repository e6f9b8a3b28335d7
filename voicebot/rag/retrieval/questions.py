"""A spoken follow-up made a full question: "and how much of it can I carry over?" does not say of what."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from voicebot.errors import VoicebotError
from voicebot.rag.places import titled
from voicebot.rag.retrieval.followups import content_words, leans_back
from voicebot.rag.retrieval.inquiry import Inquiry, Rewriter, Search, Tools

log = logging.getLogger(__name__)

LONGEST = 1.5
"""Seconds that a model may take to rewrite a question; the rule does it in a tenth of a millisecond."""
LONGEST_QUESTION = 400
"""Characters: a model that writes more than this has answered instead."""
MOST_WORDS = 12
"""Words of earlier questions that are added."""
FURTHEST = 3
"""Earlier questions that are looked at, where each leans on the one before."""


async def rewrite(state: Search, tools: Tools) -> Search:
    """The search with a question that can stand alone; one that already does is left as it is.

    A rewriter (a language model) is asked where there is one; the rule stands in for it when it fails or is slow.
    """
    inquiry = state.inquiry
    if not inquiry.before or not leans_back(inquiry.question):
        return state
    written = await _written(tools.rewriter, inquiry) if tools.rewriter is not None else ""
    return replace(state, question=written or full_question(inquiry))


def full_question(inquiry: Inquiry) -> str:
    """By rule: a question that leans on what was said, with the content words of that behind it, in brackets."""
    if not leans_back(inquiry.question):
        return inquiry.question
    there = {word.lower() for word in content_words(inquiry.question)}
    added = [word for word in _said_before(inquiry) if word.lower() not in there][:MOST_WORDS]
    return f"{inquiry.question} ({' '.join(added)})" if added else inquiry.question


def _said_before(inquiry: Inquiry) -> list[str]:
    """The content words of the last question, of those it leans on, and of the titles that the answer cited."""
    words: list[str] = []
    questions = [text for role, text in inquiry.before if role == "user"]
    for question in questions[: -FURTHEST - 1 : -1]:
        words += content_words(question)
        if not leans_back(question):
            break
    for title in inquiry.titles:
        words += content_words(titled(title, inquiry.language))
    return list({word.lower(): word for word in reversed(words)}.values())[::-1]


async def _written(rewriter: Rewriter, inquiry: Inquiry) -> str:
    """What the rewriter made of the question, on one line; "" where it made nothing of use."""
    try:
        async with asyncio.timeout(LONGEST):
            written = " ".join((await rewriter(inquiry)).split())
    except (TimeoutError, VoicebotError) as error:
        log.info("the question is completed by rule: %s", error or "the model took too long")
        return ""
    return written if len(written) <= LONGEST_QUESTION else ""
