"""A text under rewriting that remembers, for every character, which part of the source it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from voicebot.speakable.parts import Part, Reason, Rephrased, Skipped, Spoken

Wording = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What matches `pattern` is said as `say` says; a string may refer to groups. `reason` may depend on the match."""

    pattern: re.Pattern[str]
    say: str | Wording
    reason: Reason | Callable[[re.Match[str]], Reason]

    def said(self, match: re.Match[str]) -> str:
        return match.expand(self.say) if isinstance(self.say, str) else self.say(match)

    def why(self, match: re.Match[str]) -> Reason:
        return self.reason if isinstance(self.reason, Reason) else self.reason(match)


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    reason: Reason


class Rewriting:
    """The source text, rewritten rule by rule; `text` is what it has become."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._starts = list(range(len(source)))
        self._ends = list(range(1, len(source) + 1))
        self._edits: list[_Edit] = []

    def apply(self, rule: Rule) -> None:
        """Rewrite every match; all characters of a replacement stand for the whole of what it replaced."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in rule.pattern.finditer(self.text):
            said = rule.said(match)
            if said == match[0]:
                continue
            here, after = match.span()
            edit = _Edit(self._starts[here], self._ends[after - 1], rule.why(match))
            text += (self.text[done:here], said)
            starts += self._starts[done:here] + [edit.start] * len(said)
            ends += self._ends[done:here] + [edit.end] * len(said)
            self._edits.append(edit)
            done = after
        if done:
            self.text = "".join(text) + self.text[done:]
            self._starts = starts + self._starts[done:]
            self._ends = ends + self._ends[done:]

    def parts(self) -> list[Part]:
        """The source, part by part: joined, their `text` is the source and their `said` the text."""
        parts: list[Part] = []
        done = 0
        for start, end, said in self._clusters():
            self._skip(parts, done, start)
            _add(parts, self._spoken(start, end, said))
            done = end
        self._skip(parts, done, len(self.source))
        return parts

    def _clusters(self) -> Iterator[tuple[int, int, str]]:
        """Runs of the text that stand for the same piece of the source."""
        first, place = 0, 0
        while place < len(self.text):
            start, end = self._starts[place], self._ends[place]
            while place < len(self.text) and self._starts[place] < end:
                end = max(end, self._ends[place])
                place += 1
            yield start, end, self.text[first:place]
            first = place

    def _spoken(self, start: int, end: int, said: str) -> Part:
        written = self.source[start:end]
        if said == written or said.split() == written.split():
            return Spoken(written, said)
        return Rephrased(written, said, self._reason(start, end))

    def _skip(self, parts: list[Part], start: int, end: int) -> None:
        """What stands for nothing in the text, each stretch with its reason."""
        places = {place for edit in self._edits for place in (edit.start, edit.end) if start < place < end}
        for here, there in pairwise(sorted({start, end} | places)):
            written = self.source[here:there]
            _add(parts, Spoken(written, "") if written.isspace() else Skipped(written, self._reason(here, there)))

    def _reason(self, start: int, end: int) -> Reason:
        """The reason of the first edit there that is not about white space alone."""
        touching = [edit.reason for edit in self._edits if edit.start < end and edit.end > start]
        return next((reason for reason in touching if reason is not Reason.EMPTY), Reason.EMPTY)


def _add(parts: list[Part], part: Part) -> None:
    """Add a part, joined to the one before when both are of the same kind."""
    before = parts[-1] if parts else None
    match before, part:
        case Spoken(), Spoken():
            parts[-1] = Spoken(before.text + part.text, before.said + part.said)
        case Skipped(), Skipped() if before.reason is part.reason:
            parts[-1] = Skipped(before.text + part.text, part.reason)
        case _:
            parts.append(part)
