"""Timers, alarms and reminders asked for in English."""

from __future__ import annotations

import re
from fractions import Fraction

from voicebot.llm.skills import durations, english_mishearings, times_of_day
from voicebot.llm.skills.timer_requests import Ask, Cancel, Request, Start, When, Which
from voicebot.llm.timers import Kind


def read(text: str) -> Request | None:
    """What the whole request asks of the timers; None when it is about something else."""
    text = english_mishearings.corrected(text)
    for reader in (_cancel, read_question, _reminder, _alarm, _timer):
        if request := reader(text):
            return request
    return None


_KINDS: dict[str, Kind] = {"timer": "timer", "countdown": "timer", "alarm": "alarm", "reminder": "reminder"}
_NOUN = r"(?P<noun>timer|alarm|reminder|countdown)"
_THE = r"(?:the|my|that|this|our|a|an|all(?: of)?(?: the| my)?|every|both|any|current)"


def _which(noun: str | None, name: str | None) -> Which:
    """The timers that a noun and what stands before it mean: "five minute timer", "pasta timer"."""
    kind = _KINDS[noun] if noun else None
    name = re.sub(r"^(?:the|my|that|this|other|last|first|running|active|current) ?", "", name or "")
    length = durations.read_english(name) if name else None
    return Which(kind, "" if length is not None else name, length)


# -- cancelling and asking -------------------------------------------------------------------------------------------

_STOP = (
    r"(?:cancel|stop|delete|remove|clear|end|kill|turn off|switch off|shut off|dismiss|abort|scrap|drop|forget"
    r"|reset|silence|get rid of|do away with|disable|deactivate|finish|quit|erase|lose|ditch|call off|shut down|undo)"
)
_CANCEL = (
    re.compile(
        rf"{_STOP} (?P<every>(?:all|every|both|all of)(?: (?:the|my|of my"
        rf"|of the))? )?(?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}(?P<many>s)?"
        r"(?: (?:for|called|named|to|about) (?P<called>.+))?"
    ),
    re.compile(rf"(?:turn|switch|shut) (?P<every>all )?(?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}(?P<many>s)? off"),
    re.compile(
        rf"(?:never mind|forget about|(?:i|we) (?:do not|no longer) (?:need|want)|no more|enough of|no need for"
        rf"|i am done"
        rf" with) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}(?P<many>s)?(?: any more| anymore| any longer| now| after all)?"
    ),
)


def _cancel(text: str) -> Cancel | None:
    if re.fullmatch(rf"{_STOP} (?:everything|all of them|them all|all)", text):
        return Cancel(Which(), every=True)
    if re.fullmatch(r"cancel(?: (?:it|that|this|that one))?", text):
        return Cancel(Which("timer"), alone=True)
    for pattern in _CANCEL:
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            name = groups.get("called") or groups["name"]
            if name and len(name.split()) > 6:
                return None
            every = bool(groups.get("every")) or bool(groups["many"]) or " all " in f" {text} "
            return Cancel(_which(groups["noun"], name), every)
    return None


_LEFT = r"(?:left|remaining|to go|remain|remains)"
_ON = rf"(?: (?:on|for|in|of|with|until|before|till) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s?)"
_RINGS = (
    r"(?:goes off|go off|rings?|is done|ends?|is up|finish(?:es)?|up|done|over|sounds?|going off|expires?"
    r"|runs out|set for|ring)"
)
_ASK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:how (?:much|long|many (?:minutes|seconds|hours))|what)(?: more)?(?: time| longer)?(?: do i have"
        rf"| have i got| is| are)?"
        rf"(?: there)?(?: still)?(?: the time)? {_LEFT}{_ON}?",
        rf"(?:how much longer|how long|how much time|time left|time remaining|the time left"
        rf"|what is the (?:remaining time|time left))(?: is it| is there)?{_ON}",
        r"how much (?:longer|more time)(?: is (?:it|there|left))?|time (?:left|remaining)"
        r"|what is the (?:remaining time|time (?:left|remaining))",
        rf"how (?:long|much (?:longer|time))(?: is it)?(?: until| before"
        rf"| till)? (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN} {_RINGS}",
        rf"how (?:long|much time) (?:does|has|do) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s? (?:have|got)(?: {_LEFT})?",
        rf"(?:is|are|do i have|have i got) (?:there )?(?:still )?(?:much|any|enough|a lot of"
        rf"|more) (?:more )?time (?:still )?"
        rf"{_LEFT}{_ON}?",
        rf"(?:what|where) (?:is|are) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s? (?:at|on|showing|reading|up to)(?: now)?",
        rf"what does (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN} (?:say|show|read)",
        rf"(?:when|what time) (?:does|will|is|are|do) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s?(?: (?:{_RINGS}"
        rf"|be done|be up|be over|set for))?",
        rf"(?:check|show|list|read|read out|tell me about)(?: me)? (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s?",
        rf"(?:what|which|how many) {_NOUN}s?(?: (?:do i have|are there|have i got|did i set|is))?(?: (?:set|running"
        rf"|active|on|pending))?(?: are (?:set|running|active|on))?",
        rf"(?:are there|do i have|is there|have i got) (?:any|a|an) {_NOUN}s?(?: (?:set|running|active|on|going))?",
        rf"(?:what is )?(?:the )?(?:(?P<name>.+?) )?{_NOUN} status"
        rf"|(?:what is )?(?:the )?status of {_THE} {_NOUN.replace('noun', 'other')}s?",
        rf"(?:how is|what about|how about|what are) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s?(?: (?:doing|going"
        rf"|coming along|looking))?",
        rf"(?:is|are) (?:{_THE} )?(?:(?P<name>.+?) )?{_NOUN}s? (?:still )?(?:done|running|over|up|finished|on|set"
        rf"|active|going)(?: yet)?",
    )
)


def read_question(text: str) -> Ask | None:
    """Which timers the whole question asks about: "how much time is left on the tea timer"."""
    for pattern in _ASK:
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            name = groups.get("name")
            if not name or len(name.split()) <= 4:
                return Ask(_which(groups.get("noun") or groups.get("other"), name))
    return None


# -- setting ---------------------------------------------------------------------------------------------------------

_REMIND = re.compile(
    r"(?:(?P<before>.+?) )??(?:remind me|remember to remind me|(?:give|send) me a reminder|(?:set|create|add|make"
    r"|schedule)(?: me)?"
    r"(?: up)? (?:a|another|my) reminder|(?:i need|i want) a reminder|do not let me forget|new reminder"
    r"|reminder)(?: (?P<rest>.+))?"
)
_TELL = re.compile(
    r"(?:(?P<before>.+?) )??(?:tell me|let me know|notify me|alert me|ping me|nudge me|buzz me"
    r"|give me a shout)(?: (?P<rest>.+))?"
)
_JOINT = re.compile(
    r"(?:(?P<joint>to|that|about)|of|(?:that )?i (?:need|have|want|ought) to|i should|i must) (?P<task>.+)"
)


def _reminder(text: str) -> Start | None:
    match = _REMIND.fullmatch(text)
    if match is None:
        return _told(text)
    before, rest = match["before"], match["rest"] or ""
    when = _when(before) if before else None
    if before and when is None:
        return None
    if when is None:
        when, rest = _when_first(rest)
    task = _JOINT.fullmatch(rest)
    if rest and task is None:
        return None
    said = task["task"] if task else ""
    if when is None and said:
        when, said = _when_last(said)
    return Start("reminder", when, task=_to_you(said), joint=(task["joint"] or "to") if task else "")


def _told(text: str) -> Start | None:
    """ "Tell me in ten minutes to stir": only with the time first, for "tell me about …" is no reminder."""
    match = _TELL.fullmatch(text)
    if match is None:
        return None
    when, rest = (_when(match["before"]), match["rest"] or "") if match["before"] else _when_first(match["rest"] or "")
    task = _JOINT.fullmatch(rest)
    if when is None or (rest and task is None):
        return None
    if task is None:
        return Start("timer", when) if isinstance(when, Fraction) else None
    return Start("reminder", when, task=_to_you(task["task"]), joint=task["joint"] or "to")


_SET = (
    r"(?:(?:set|start|make|create|begin|put on|put|run|give me|get me|add|i need|i want|i would like|schedule|have"
    r"|new|launch|activate"
    r"|set up|set me|use|turn on|can i (?:have|get)|could i (?:have|get)|may i have|let us (?:set|start"
    r"|have))(?: me)?(?: up)? )"
)
_A = r"(?:(?:a|an|the|my|another|new|some|(?:second|third|fourth|fifth|extra|separate)(?= (?:timer|countdown))) )*"
_WAKE = re.compile(
    r"(?:wake me(?: up)?|get me up|wake us(?: up)?|(?:i (?:want|need|have|would like) to (?:wake|get) up)) (?P<when>.+)"
)
_ALARM = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SET}?{_A}(?:(?P<name>.+?) )?(?:alarm|wake up call)(?: clock)?(?: to (?:wake me(?: up)?|go off"
        rf"|ring))? (?P<when>.+)",
        rf"{_SET}?{_A}(?P<when>.+?) (?:alarm|wake up call)",
        rf"(?P<when>.+?) {_SET}{_A}alarm",
    )
)


def _alarm(text: str) -> Start | None:
    if match := _WAKE.fullmatch(text):
        when = _when(match["when"]) or _when(f"at {match['when']}")
        return Start("alarm", when, waking=True) if when is not None else None
    if re.fullmatch(rf"(?:{_SET}{_A})?alarm(?: clock)?", text):
        return Start("alarm")
    for pattern in _ALARM:
        if match := pattern.fullmatch(text):
            name = match.groupdict().get("name") or ""
            when = _when(match["when"]) or _when(f"at {match['when']}")
            if when is not None and len(name.split()) <= 3:
                return Start("alarm", when, name)
    return None


_TIMER = re.compile(rf"{_SET}?{_A}(?:(?P<before>.+?) )?(?:timer|countdown)(?: (?P<after>.+))?")
_LENGTH_FIRST = re.compile(rf"(?:for |in )?(?P<length>.+?) {_SET}{_A}(?:(?P<before>.+?) )?timer")
_COUNT_DOWN = re.compile(
    r"(?:(?:count down|time(?: me)?|run the clock|set the clock)(?: from| for)? (?P<length>.+)"
    r"|(?:tell me|let me know|alert me|notify me|ping me|say) when (?:it has been )?(?P<passed>.+?)"
    r"(?: (?:is|are|has|have)(?: been)? (?:up|over|done|passed|gone|elapsed|gone by|finished))?"
    r"|put (?P<put>.+?) on the (?:clock|timer))"
)
_MOST_NAME_WORDS = 4
_NEVER_IN_NAMES_TEXT = (
    "who what is are was were how why when where which invented do does did has have can could should would will set "
    "get got buy love like hate need use need want broke broken i we you he she they it my your not about with than "
    "that this there if because to from the pause resume restart add more stop cancel shit shitty"
)
_NEVER_IN_NAMES = frozenset(_NEVER_IN_NAMES_TEXT.split())
_NAMES_IT = re.compile(
    r"(?:(?:and )?(?:called|named|call it|labell?ed|titled|with the name|for|to|of)(?: (?:the|my|a|an))?) (.+)"
)
_BEFORE_LENGTH = re.compile(r"(?:^| )(?:for|of|to|at|with|lasting|on|from|in|that lasts)$")


def _timer(text: str) -> Start | None:
    if match := _COUNT_DOWN.fullmatch(text):
        length = durations.read_english(match["length"] or match["passed"] or match["put"])
        return Start("timer", length) if length is not None else None
    if match := _LENGTH_FIRST.fullmatch(text):
        length = durations.read_english(match["length"])
        return Start("timer", length, match["before"] or "") if length is not None else None
    if match := _TIMER.fullmatch(text):
        return _described(match["before"] or "", match["after"] or "")
    return None


def _described(before: str, after: str) -> Start | None:
    """From "ten minute pasta" or "pasta" before "timer", and "for ten minutes called pasta" after it."""
    length, name, rest = _length_in(before)
    if length is None:
        name = before
        length, first, rest = _length_in(after) if after else (None, "", "")
        if length is None:
            rest = after
        name = name or _bare_name(_BEFORE_LENGTH.sub("", first))
    else:
        name, rest = f"{name} {rest}".strip(), after
    name = name or _bare_name(rest)
    words = name.split()
    if (rest and not _bare_name(rest)) or len(words) > _MOST_NAME_WORDS or _NEVER_IN_NAMES.intersection(words):
        return None
    return Start("timer", length, name)


def _length_in(text: str) -> tuple[Fraction | None, str, str]:
    """The longest length of time in the text, what stands before it, and what after."""
    words = text.split()[:_MOST_WORDS]
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            length = durations.read_english(" ".join(words[start : start + size]))
            if length is not None:
                after = [word for word in words[start + size :] if word != "long"]
                return length, " ".join(words[:start]), " ".join(after)
    return None, "", text


_MOST_WORDS = 14


def _bare_name(text: str) -> str:
    """ "called pasta", "for the pasta" → "pasta"; "" when it names nothing."""
    match = _NAMES_IT.fullmatch(text)
    return match[1] if match else ""


# -- when ------------------------------------------------------------------------------------------------------------


def _when(text: str) -> When | None:
    """ "in five minutes", "five minutes from now", "at half past seven", "tomorrow at eight"; all of the text."""
    away = re.fullmatch(r"(?:(?:in|after|for) )?(?P<length>.+?)(?:(?: from now| later|s? time| or so))?", text)
    length: Fraction | None = durations.read_english(away["length"]) if away else None
    if length is not None:
        return length
    for word in ("at", "for", "by", "on", "around", "to"):
        if text.startswith(word + " "):
            rest = text.removeprefix(word + " ")
            return times_of_day.read_english(rest)
    return times_of_day.read_english(text) if _MOMENT.search(text) else None


_MOMENT = re.compile(
    r"\b(?:am|pm|oclock|noon|midday|midnight|tomorrow|tonight|today|morning|afternoon|evening|past|at)\b|day\b"
)
_MOST_WHEN = 9


def _when_first(text: str) -> tuple[When | None, str]:
    """The longest time at the start, and what follows it."""
    words = text.split()
    for cut in range(min(len(words), _MOST_WHEN), 0, -1):
        when = _when(" ".join(words[:cut])) if words[0] not in ("to", "that", "about", "of") else None
        if when is not None:
            return when, " ".join(words[cut:])
    return None, text


def _when_last(text: str) -> tuple[When | None, str]:
    """The longest time at the end, and what stands before it."""
    words = text.split()
    for cut in range(max(1, len(words) - _MOST_WHEN), len(words)):
        if words[cut] in _STARTS_WHEN:
            when = _when(" ".join(words[cut:]))
            if when is not None:
                return when, " ".join(words[:cut])
    return None, text


_STARTS_WHEN = frozenset(("in", "at", "after", "by", "on", "tomorrow", "today", "tonight", "this"))

_YOURS = {"my": "your", "me": "you", "i": "you", "mine": "yours", "myself": "yourself", "am": "are", "our": "your"}


def _to_you(task: str) -> str:
    """ "call my mum" → "call your mum"."""
    return " ".join(_YOURS.get(word, word) for word in task.split())
