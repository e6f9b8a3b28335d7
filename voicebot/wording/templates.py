"""Sentences with places for values: matched in English, filled in another language.

"{engine} gave no sign of life for {seconds} seconds" matches a whole string, and what stands at its places are the
values. The other language's template has the same places, and may ask for a particle behind one ("{engine:이/가}"),
or for the value as it is, untranslated ("{stage!r}").
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from voicebot.wording.particles import with_particle

PLACE = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"[^\W\d_]{2,}")
EVERYWHERE = frozenset({
    "an", "and", "are", "at", "be", "cannot", "for", "from", "has", "in", "is", "it", "its", "not", "of", "on", "or",
    "than", "the", "there", "to", "was", "with",
})  # fmt: skip
"""Words that stand in every second sentence, and tell nothing of whose it is."""
PATH = re.compile(r"[/~]|\w:\\|(['\"]).*\1$", re.DOTALL)


def plain(text: str) -> str:
    """With a small letter first: the same message stands at the beginning of a line, and within one."""
    return text[:1].lower() + text[1:]


@dataclass(frozen=True)
class Template:
    """A message in English and in another language."""

    english: str
    other: str

    @cached_property
    def literal(self) -> str:
        """What is not a place."""
        return PLACE.sub(" ", self.english)

    @cached_property
    def is_vague(self) -> bool:
        """With fewer than two telling words of its own it would match what is no message of ours."""
        return len([word for word in WORD.findall(self.literal) if word.lower() not in EVERYWHERE]) < 2

    @cached_property
    def _landmark(self) -> str:
        """Its longest stretch of letters between places, looked for before the whole is matched."""
        pieces = PLACE.split(self.english)[::2]
        return max((piece[1:] if number == 0 else piece for number, piece in enumerate(pieces)), key=len)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pieces = PLACE.split(self.english)
        if pieces[0]:
            pieces[0] = plain(pieces[0])
        pieces[::2] = map(re.escape, pieces[::2])
        pieces[1::2] = (f"(?P<{name}>.+?)" for name in pieces[1::2])
        return re.compile("".join(pieces), re.DOTALL)

    def match(self, text: str) -> Mapping[str, str] | None:
        """The values in `text`, in English; None when it is another message."""
        if self._landmark not in text:
            return None
        starts_with_value = self.english.startswith("{")
        found = self._pattern.fullmatch(text if starts_with_value else plain(text))
        return found.groupdict() if found is not None else None

    def fill(self, values: Mapping[str, str], translate: Callable[[str], str]) -> str:
        """The other language's text, with each value translated when it is a message itself."""
        return "".join(self._filled(values, translate))

    def _filled(self, values: Mapping[str, str], translate: Callable[[str], str]) -> Iterator[str]:
        for literal, name, particle, raw in string.Formatter().parse(self.other):
            yield literal
            if name is not None:
                value = values[name] if raw else translate(values[name])
                yield with_particle(value, particle) if particle else value


def is_name(value: str) -> bool:
    """Whether a value is one word, a path, or in quotation marks: anything but a sentence."""
    return not re.search(r"\s", value) or PATH.match(value) is not None


def is_single(value: str) -> bool:
    """Whether a value is one thing, not the end of one message and the beginning of another."""
    return is_name(value) or not re.search(r"[:.;] ", value)
