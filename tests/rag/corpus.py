"""5,000 passages of the documentation that Debian's packages install: the same ones wherever these packages are.

First every page that answers one of the questions, whole, with all that is like the answer around it; then all that is
in Korean; then other pages of the same documentation, whatever they are about, in the order of a hash of their names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from voicebot.rag.library import Library
from voicebot.rag.loading import read
from voicebot.rag.passages import Loaded, Piece
from voicebot.rag.splitting import split

PASSAGES = 5_000
COLLECTION = "documentation"
QUESTIONS = Path(__file__).with_name("questions.toml")

DOCUMENTATION = Path("/usr/share/doc")
PACKAGES = {
    "python3-doc": "python3-doc/html/**/*.html",
    "debian-faq": "debian/FAQ/*.en.html",
    "debian-faq-ko": "debian/FAQ/ko/*.ko.html",
    "installation-guide-amd64": "installation-guide-amd64/[ek][no]/*.html",
    "apache2-doc": "apache2-doc/manual/[ek][no]/**/*.html",
}
"""Debian's name of each, and the pages of it in English and Korean."""
LISTS = re.compile(r"/_|/(?:genindex[\w-]*|py-modindex|search|contents)\.html$")
"""Pages that only list what is on others, and what is not text."""
UNTRANSLATED = "apache2-doc/manual/ko/"
"""Where a page that nobody has translated is there in English; the translated ones are in EUC-KR."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that answers a question: the end of its path, and words that it holds."""

    file: str
    holds: str

    def is_in(self, path: str, text: str) -> bool:
        return path.endswith(f"/{self.file}") and self.holds in " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, and the places that answer it, each as well as the others; none of what nothing answers."""

    asks: str
    language: str
    places: tuple[Place, ...] = ()

    def is_answered_by(self, path: str, text: str) -> bool:
        return any(place.is_in(path, text) for place in self.places)


@dataclass(frozen=True, slots=True)
class Page:
    """A file, read and cut."""

    path: Path
    loaded: Loaded
    pieces: tuple[Piece, ...]


@cache
def questions() -> tuple[Question, ...]:
    """40 in English and 20 in Korean that the corpus answers, and 10 in each that it does not."""
    listed = tomllib.loads(QUESTIONS.read_text("utf-8"))["question"]
    return tuple(
        Question(one["asks"], one["language"], tuple(Place(**place) for place in one.get("places", ())))
        for one in listed
    )


@cache
def pages() -> tuple[Page, ...]:
    """All of the corpus; skips the test where the documentation is not installed."""
    absent = [package for package, pattern in PACKAGES.items() if not any(DOCUMENTATION.glob(pattern))]
    if absent:
        pytest.skip(f"no documents to search: {', '.join(absent)} not installed (`make test` installs them)")
    found: list[Page] = []
    left = PASSAGES
    for path in _chosen():
        loaded = read(path)
        pieces = split(loaded)[:left]
        found.append(Page(path, loaded, pieces))
        left -= len(pieces)
        if not left:
            break
    return tuple(found)


def fill(library: Library) -> None:
    """Put the corpus into a library, as indexing does."""
    library.add_source(COLLECTION, DOCUMENTATION)
    for page in pages():
        path = str(page.path)
        library.put(COLLECTION, path, 0, 0, sha256(path.encode()).hexdigest(), page.loaded, page.pieces)


def _chosen() -> Iterator[Path]:
    asked = {place.file for question in questions() for place in question.places}
    by_name = {name: DOCUMENTATION / name for name in sorted(_names())}
    answering = [name for name in by_name if any(f"/{name}".endswith(f"/{file}") for file in asked)]
    korean = [name for name in by_name if "/ko/" in name and name not in answering]
    rest = [name for name in by_name if name not in answering and "/ko/" not in name]
    rest.sort(key=lambda name: sha256(name.encode()).digest())
    return (by_name[name] for name in (*answering, *korean, *rest))


def _names() -> Iterator[str]:
    for pattern in PACKAGES.values():
        for path in DOCUMENTATION.glob(pattern):
            name = path.relative_to(DOCUMENTATION).as_posix()
            if LISTS.search(name) or (name.startswith(UNTRANSLATED) and b"EUC-KR" not in path.read_bytes()[:1_000]):
                continue
            yield name
