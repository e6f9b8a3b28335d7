"""Asking again, asking for help, and asking about places that are not on any map, in English."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from .checks import Check, in_language, says
from .draw import Ask, Case, Draw
from .english import city, one, time, today
from .english_sums import sum_of_two
from .english_units import conversion
from .places import NOWHERE

AGAIN = (
    "repeat that", "say that again", "can you repeat that", "what did you say", "pardon", "sorry what was that",
    "come again", "once more please", "could you say that again please", "i didn't catch that", "i didn't hear you",
    "repeat please", "excuse me what did you say", "one more time", "again please", "say again", "say it again",
    "can you say that one more time", "please repeat", "repeat", "sorry i didn't hear that", "what was that",
    "what was that again", "could you repeat that please", "i missed that", "pardon me", "repeat your last answer",
    "say that once more", "would you repeat that", "i beg your pardon", "what did you just say",
    "can you repeat what you said", "repeat what you just said", "sorry could you repeat that", "tell me again",
    "sorry say that again", "i couldn't hear you",
)

HELP = (
    "what can you do", "help", "what can i ask you", "how can you help me", "what are you able to do",
    "what can i say", "what are your skills", "show me what you can do", "what do you know how to do",
    "what features do you have", "help me", "what kind of things can you do", "what can you help me with",
    "what else can you do", "what can i ask", "i need help", "tell me what you can do",
    "what sort of questions can i ask", "how do i use you", "what can you do for me", "what commands do you know",
    "what are your capabilities", "what questions can you answer", "can you help me", "list your skills",
    "what do you do", "what can this thing do", "what things can you do", "what should i ask you",
)


def again(d: Draw) -> Case:
    """The reply to the first question comes again, whole."""
    first = d.pick(time, today, sum_of_two, conversion, city)(d).script[0]
    assert isinstance(first, Ask)
    heard: list[str] = []

    def keep(reply: str) -> bool:
        heard[:] = [reply]
        return first.check.holds(reply)

    keeping = Ask(first.question, Check(first.check.expected, keep))
    same = Check("the same reply again", lambda reply: heard[-1].strip().lower().rstrip(".") in reply.lower())
    return Case("en", d.now, (keeping, Ask(d.surface(d.pick(*AGAIN)), same)))


def nothing_to_repeat(d: Draw) -> Case:
    empty = says(r"nothing|n't|\bno\b|\bnot\b|yet", expected="nothing has been said yet") & in_language("en")
    question = d.pick(
        "repeat that", "say that again", "can you repeat that", "what did you say", "what did you just say",
    )
    return Case("en", d.now, (Ask(d.surface(question), empty),))


def help_me(d: Draw) -> Case:
    skills = says(
        "time", "timer", "date|day", "sum|arithmetic|math|calculat|times|plus|percent", "unit|convert|mile|kilomet",
        expected="names time, date, timers, sums and units",
    )
    return one(d, d.pick(*HELP), skills)


def nowhere(d: Draw) -> Case:
    """A place that is not on the map has no time: above all not the time here."""
    name = d.pick(*NOWHERE)[0]
    name = name if d.style == "written" else name.lower()
    here = {d.now.strftime("%H:%M"), d.now.strftime("%I:%M").lstrip("0")}
    text = d.pick(f"what time is it in {name}", f"what's the time in {name}", f"what time is it in {name} right now")
    unknown = says(r"n't|\bnot\b|\bno\b|never|cannot|unknown|language model", expected="does not know the place")
    honest = Check(unknown.expected, lambda reply: unknown.holds(reply) and not any(clock in reply for clock in here))
    return Case("en", d.now, (Ask(d.surface(text), honest),))
