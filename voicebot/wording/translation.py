"""Messages of the core in the person's language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from voicebot.errors import one_line
from voicebot.resources import data_root
from voicebot.wording.templates import Template, is_name, is_single, plain

LANGUAGES = ("en", "ko")
LONGEST = 1000
"""Characters; nothing that the core says is longer, and what a service says need not be searched."""
STOPS = (".", "?", "!", "…")
SENTENCE_ENDS = ("요", *STOPS, ")")
JOINT = re.compile(r": |\. ")
MOST_JOINTS = 8
"""What has more is prose, not a message of ours."""
KEPT = 1024
"""Translations kept: the same few come again and again."""


class Wording:
    """Translates into `language`, in ISO 639-1; English stays as it is, and so does a language that is not there.

    Blocks when it is made, for as long as the disk takes to read one small file.
    """

    def __init__(self, language: str, root: Path | None = None) -> None:
        self.language = language
        file = (data_root() if root is None else root) / "ui" / "i18n" / f"messages.{language}.toml"
        self._book = _Book(_read(file)) if language != "en" and file.is_file() else None

    def text(self, english: str) -> str:
        """A message in the language; itself when it is none of ours, as what a service says."""
        if self._book is None:
            return english
        found = self._book.find(english)
        return english if found is None else found

    def line(self, what: str, why: str = "", fix: str = "") -> str:
        """A failure on one line, as `voicebot.errors.one_line` gives it in English."""
        if self._book is None:
            return one_line(what, why, fix)
        return self._book.line(what, why, fix)


class _Book:
    """The messages of a language, by what they are found with."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._exact = {plain(english): other for english, other in pairs.items() if "{" not in english}
        templates = [Template(english, other) for english, other in pairs.items() if "{" in english]
        self._templates = sorted(templates, key=lambda one: len(one.literal), reverse=True)
        self._places: dict[tuple[str, str], list[int]] = {}
        for number, template in enumerate(self._templates):
            self._places.setdefault(_place_of(template.english), []).append(number)
        self.find = lru_cache(KEPT)(self._find)
        """The message in the other language, the most particular one that matches; None when there is none."""

    def _find(self, english: str) -> str | None:
        exact = self._exact.get(plain(english))
        if exact is not None or not english or len(english) > LONGEST:
            return exact
        found = list(self._meant(english))
        for template, values in found:
            if all(map(is_single, values.values())):
                return template.fill(values, self._text)
        parts = self._in_parts(english) if len(JOINT.findall(english)) <= MOST_JOINTS else None
        if parts is None and found:
            template, values = found[0]
            return template.fill(values, self._text)
        return parts

    def line(self, what: str, why: str, fix: str) -> str:
        """Sentence after sentence; a reason that is no sentence, as the system gives it, stands behind a colon."""
        line, why, fix = map(self._text, (what, why, fix))
        if why:
            are_sentences = line.endswith(SENTENCE_ENDS) and why.endswith(SENTENCE_ENDS)
            line = _joined(line, ". " if are_sentences else ": ", why)
        return _joined(line, ". ", fix) if fix else line

    def _text(self, english: str) -> str:
        found = self.find(english)
        return english if found is None else found

    def _meant(self, english: str) -> Iterator[tuple[Template, Mapping[str, str]]]:
        """The templates that match, with the values; a vague one only with names or messages for values."""
        for template in self._candidates(english):
            values = template.match(english)
            if values is not None:
                named = not template.is_vague or all(map(is_name, values.values()))
                if named or any(self.find(value) is not None for value in values.values()):
                    yield template, values

    def _candidates(self, english: str) -> Iterator[Template]:
        """The templates that begin or end with the same word, or with a value, the most particular first."""
        words = plain(english).split(" ")
        places = (("first", words[0]), ("last", words[-1]), ("", ""))
        numbers = sorted(number for place in places for number in self._places.get(place, ()))
        return (self._templates[number] for number in numbers)

    def _in_parts(self, english: str) -> str | None:
        """What, why and fix joined as `VoicebotError` and `Fault` do it: "settings.toml: it cannot be read"."""
        rest, stop, last = english.rpartition(". ")
        fix, before = (self.find(last), self.find(rest)) if stop else (None, None)
        if fix is not None and before is not None:
            return self.line(rest, "", last)
        head, colon, tail = english.partition(": ")
        if not colon:
            return None
        if self.find(head) is not None:
            return self.line(head, tail, "")
        message = self.find(tail) if is_name(head) else None
        return f"{head}: {message}" if message is not None else None


def _joined(line: str, joint: str, part: str) -> str:
    return f"{line}{' ' if line.endswith(STOPS) else joint}{part}" if line else part


def _place_of(english: str) -> tuple[str, str]:
    """The word that a template begins with, or else the one it ends with, where that is not a value."""
    words = plain(english).split(" ")
    if "{" not in words[0]:
        return "first", words[0]
    return ("last", words[-1]) if "{" not in words[-1] else ("", "")


@cache
def _read(file: Path) -> Mapping[str, str]:
    """English to the other language; the tables of the file only order it."""
    tables: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    return {english: other for table in tables.values() for english, other in table.items()}
