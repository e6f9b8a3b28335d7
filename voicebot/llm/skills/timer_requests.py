"""What people ask of timers, alarms and reminders, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from voicebot.llm.skills.times_of_day import TimeOfDay
from voicebot.llm.timers import Kind

When = Fraction | TimeOfDay
"""Seconds from now, or a moment on the clock."""


@dataclass(frozen=True, slots=True)
class Start:
    """Set one; `when` is None when it was not said. `task` is what to be reminded of, `name` what to call it.

    `joint` is the word before the task: "to", "that" or "about". `waking`: it is to wake somebody, so an hour without
    more is in the morning.
    """

    kind: Kind
    when: When | None = None
    name: str = ""
    task: str = ""
    joint: str = ""
    waking: bool = False


@dataclass(frozen=True, slots=True)
class Which:
    """The ones that are meant: all of a kind (None: any), or those with a name, or with a length in seconds."""

    kind: Kind | None = None
    name: str = ""
    length: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """How much is left."""

    which: Which


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop one, or `every` one that is meant; `alone`: nothing but "cancel" was said, so it may be about no timer."""

    which: Which
    every: bool = False
    alone: bool = False


Request = Start | Ask | Cancel
