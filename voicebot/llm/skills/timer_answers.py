"""Setting, telling and cancelling timers, alarms and reminders."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from voicebot.llm.skills import english_timers, korean, korean_timers
from voicebot.llm.skills.question import Context, Question
from voicebot.llm.skills.timer_requests import Ask, Cancel, Request, Start, Which
from voicebot.llm.skills.timer_wording import English, Korean, Wording
from voicebot.llm.skills.times_of_day import TimeOfDay
from voicebot.llm.timers import Alert, Timer, Timers

LONGEST_SECONDS = 31 * 86_400


def answer(question: Question, context: Context) -> str | None:
    """Set, tell or cancel what was asked for, and say so."""
    request = _read(question)
    if request is None:
        return None
    said = Korean(question.worded) if question.language == "ko" else English(question.worded)
    if context.timers is None:
        return None if isinstance(request, Cancel) and request.alone else said.needs_a_conversation
    match request:
        case Start():
            return _start(request, context.timers, context.now, said)
        case Ask(which):
            return _ask(which, context.timers, said)
        case Cancel():
            return _cancel(request, context.timers, said)


def is_request(question: Question) -> bool:
    """Whether it is about a timer, an alarm or a reminder."""
    return bool(question.words) and _read(question) is not None


def _read(question: Question) -> Request | None:
    if question.language == "en":
        return english_timers.read(question.request) or english_timers.read_question(question.text)
    words = question.request_words

    def spaced(start: int, end: int) -> str:
        return korean.spaced(words, start, end)

    return korean_timers.read(question.request, spaced) or korean_timers.read_question(question.text, spaced)


def _start(request: Start, timers: Timers, now: datetime, said: Wording) -> str:
    if request.when is None:
        return said.when_missing(request)
    if timers.full:
        return said.too_many(len(timers.pending))
    moment, length = None, None
    if isinstance(request.when, TimeOfDay):
        moment = request.when.after(now, said.language, request.waking)
        if moment is None:
            return said.past
        delay = Fraction(moment.timestamp() - now.timestamp())
    else:
        delay = length = request.when
    if delay <= 0:
        return said.no_length
    if delay > LONGEST_SECONDS:
        return said.too_long
    title, text = said.title(request, moment), said.ringing(request, moment)
    timers.start(float(delay), Alert(request.kind, request.name, title, text, said.language, length))
    return said.started(request, moment, now)


def _ask(which: Which, timers: Timers, said: Wording) -> str:
    found = _meant(which, timers)
    if not found:
        return said.none_running(which)
    return said.left([(timer, math.ceil(timers.remaining(timer))) for timer in found])


def _cancel(request: Cancel, timers: Timers, said: Wording) -> str | None:
    found = _meant(request.which, timers)
    if not found:
        return None if request.alone or _is_elsewhere(request.which) else said.none_running(request.which)
    if len(found) > 1 and not request.every:
        return said.which_one(found)
    for timer in found:
        timers.cancel(timer)
    return said.cancelled(found)


def _is_elsewhere(which: Which) -> bool:
    """A reminder with a name that nobody set is another program's: "유튜브 알림"."""
    return which.kind == "reminder" and bool(which.name)


def _meant(which: Which, timers: Timers) -> list[Timer]:
    """The running ones of the kind, with the name or the length that was said.

    Where none is of the kind, those that count down: people call one a timer now, an alarm or a reminder then. A moment
    on the clock is only ever called by its own name.
    """
    found = [timer for timer in timers.pending if _is_meant(which, timer.alert)]
    if found or which.kind is None:
        return found
    anyhow = replace(which, kind=None)
    return [t for t in timers.pending if t.alert.seconds is not None and _is_meant(anyhow, t.alert)]


def _is_meant(which: Which, alert: Alert) -> bool:
    if which.kind not in (None, alert.kind) or which.length not in (None, alert.seconds):
        return False
    return _squeezed(which.name) in (_squeezed(alert.name) or _squeezed(alert.text))


def _squeezed(text: str) -> str:
    return text.lower().replace(" ", "")
