"""What recognisers hear instead of "set a timer": "said a timer", "shudder timer", "set a diner for ten minutes".

The words are what PocketSphinx made of several voices that asked for timers. They are put right only where a length of
time follows, and never become the timer's name.
"""

from __future__ import annotations

import re

from voicebot.llm.skills import durations


def corrected(text: str) -> str:
    """The request with "set a timer" at its head where that was misheard; otherwise as it came."""
    match = _MISHEARD.fullmatch(text)
    if match is None or durations.read_english(match["length"]) is None:
        return text
    return f"set a timer for {match['length']}{match['rest'] or ''}"


_SET = (
    r"(?:set|sets|setting|said|sad|sat|sit|sits|seat|sent|send|cent|seth|shed|shared|she added|shut|shot|shit"
    r"|should|sir"
    r"|certain|settle|started|starts|starter|starting|starred)"
)
_A = r"(?:a|an|at|the|that|up a|it a|of a|it|of|up|her|our|are|other)"
_SET_A = r"(?:shitty|shudder|shutter|setter|sitter|seta|city|said are|center|santa)"
_TIMER = r"(?:timer|timers|diner|time|time or|time are|time her|timer are|tie mer|tie more|tamer|dimer)"

_MISHEARD = re.compile(
    rf"(?:{_SET}(?: {_A})?|{_SET_A}) {_TIMER} (?:for|of|to) (?P<length>.+?)(?P<rest> (?:called|named|for) .+)?"
)
