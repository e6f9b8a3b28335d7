"""Citations in a reply that is spoken: the first mention of a source is said in words, the others are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicebot.events import Citation
from voicebot.rag.marks import MARKS, finished, numbers
from voicebot.rag.passages import Passage
from voicebot.rag.places import numbered, spoken, titled

REMEMBERED = 1000
"""Characters of the reply in which a source that was just named in words is looked for."""

_LEADS_ON = re.compile(
    r"(?:\b(?:and|by|from|in|of|on|per|see|than|to|under|with)|[:,;(—])\s*\Z|(?:참고|출처)\s*\Z", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:\A|[.!?。…\n][\"'”’»)」]*)\s*\Z")


class Speaking:
    """Turns "[2]" in the pieces of one reply into words: ", the handbook, page 14".

    For what is heard only: on the screen the text stays as it is written. A source is said at its first mention, and
    of its title and place only what the reply has not just said itself. A number that is no source is left out.
    """

    def __init__(self, citations: Sequence[Citation], language: str) -> None:
        self._sources = {citation.number: citation for citation in citations}
        self._language = language
        self._done: set[int] = set()
        self._places: set[tuple[str, str]] = set()
        self._title = ""
        self._since = ""  # the reply since the last mention
        self._held = ""

    def say(self, piece: str) -> str:
        """A piece of the reply that cuts no mark in two, as a sentence does not, as it is to be said."""
        return self.feed(piece) + self.finish()

    def feed(self, delta: str) -> str:
        """More of the reply as it is to be said, cut anywhere. What may become part of a mark is held back."""
        text = self._held + delta
        end = finished(text)
        self._held = text[end:]
        return self._said(text[:end])

    def finish(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return self._said(held)

    def _said(self, text: str) -> str:
        parts, at = [], 0
        for found in MARKS.finditer(text):
            if found["code"]:
                continue
            self._hear(text[at : found.start()])
            parts += [text[at : found.start()], self._mention(found, text[found.end() :])]
            at = found.end()
        self._hear(text[at:])
        return "".join([*parts, text[at:]])

    def _hear(self, text: str) -> None:
        self._since = (self._since + text)[-REMEMBERED:]

    def _mention(self, found: re.Match[str], rest: str) -> str:
        """What is said for a run of marks, fitted in between what stands before it and the `rest` behind it."""
        cited = [self._sources[number] for number in numbers(found["marks"]) if number in self._sources]
        before = self._since
        words = ", ".join(filter(None, map(self._words, cited)))
        if not words:
            return found["stop"]
        follows = "" if found["stop"] or not re.match(r"[ \t]+\w", rest) else ","
        if found["stop"]:
            return f", {words}{found['stop']}"
        if _BEGINS.search(before):
            alone = rest[:1].isspace() and not rest.lstrip()[:1].islower()
            return found["space"] + words[0].upper() + words[1:] + ("." if alone else follows)
        if _LEADS_ON.search(before):
            return f"{found['space']}{words}{follows}"
        return f", {words}{follows}"

    def _words(self, citation: Citation) -> str:
        """What has not been said of a source: all of it, its title, its place, or nothing."""
        if citation.number in self._done:
            return ""
        self._done.add(citation.number)
        title, place = titled(citation.title, self._language), place_of(citation, self._language)
        named = title == self._title or _stands_in(title.removeprefix("the "), self._since)
        placed = bool(place) and _stands_in(place, self._since)
        known = (title, place) in self._places or (named and (placed or not place))
        self._title, self._since = title, ""
        self._places.add((title, place))
        if known:
            return ""
        return place if named else title if placed else spoken(citation.title, place, self._language)


def place_of(citation: Citation, language: str) -> str:
    """The place of a citation in words of `language`, whatever language it was found in."""
    if citation.page is None:
        return citation.place
    kind = Passage(0, 0, "", 0, "", "", citation.path).kind
    return numbered(citation.page, kind, language)


def _stands_in(words: str, text: str) -> bool:
    """Whether a text has these words; "page 1" does not stand in "page 14"."""
    return re.search(rf"(?<!\d){re.escape(words.casefold())}(?!\d)", text.casefold()) is not None
