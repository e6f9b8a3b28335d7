"""What passes between the rooms of `voicebot.rag`: sections of a file, passages of it, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a file under one heading and on one page, as a loader reads it: paragraphs apart by a blank line."""

    text: str
    headings: tuple[str, ...] = ()
    """Outermost first; a sheet's name, a chapter's."""
    page: int | None = None
    """From 1: a page of a PDF, a slide; None where a file has none."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read."""

    title: str
    sections: tuple[Section, ...]
    created: float | None = None
    """Seconds since the epoch, where the file tells it."""
    notes: tuple[str, ...] = ()
    """What was left out of it, and why: one plain sentence each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is kept. `position` counts from 0 within its file; `language` is ISO 639-1."""

    text: str
    position: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, as it is searched, quoted and shown."""

    id: int
    document: int
    collection: str
    position: int
    text: str
    title: str
    path: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    language: str = "en"
    modified: float = 0.0
    """Of the file, in seconds since the epoch."""

    @property
    def kind(self) -> str:
        """The ending of its file, small and without the dot: "pdf"."""
        return Path(self.path).suffix.lower().removeprefix(".")


@dataclass(frozen=True, slots=True)
class Where:
    """What passages must be like to be found; an empty field asks for nothing. Times are seconds since the epoch."""

    collections: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """What of a passage a vector store keeps to filter by; the fields are those of `Where`."""

    collection: str
    document: int
    language: str
    kind: str
    modified: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage by its id, with the score of whoever found it: higher is better, comparable within one search."""

    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found. `score` orders; `relevance` from 0 to 1 says how surely it is about the question."""

    passage: Passage
    score: float
    relevance: float = 0.0
    by: tuple[str, ...] = ()
    """Which searches found it: "words", "meaning"."""


State = Literal["waiting", "indexed", "failed"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a collection; `why` and `fix` where it could not be read, `notes` where something was left out."""

    id: int
    collection: str
    path: str
    title: str
    state: State
    passages: int = 0
    pages: int | None = None
    size: int = 0
    """In bytes."""
    modified: float = 0.0
    indexed: float | None = None
    why: str = ""
    fix: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Files and folders that are searched together. `sources` are the paths that the person added."""

    name: str
    sources: tuple[str, ...]
    documents: int
    passages: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far indexing is, over all collections; `seconds_left` is None while it cannot be known."""

    done: int
    total: int
    """Files."""
    path: str = ""
    """The file that is read now."""
    seconds_left: float | None = None
    paused: bool = False
    embedding: bool = False
    """All files are read; passages are still being made searchable by meaning, and found by their words already.
    `done` and `total` then count passages."""
