"""A library and what fills it, in small: terms that are words, a reader that takes a paragraph for a passage."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from voicebot.errors import Unreadable, VoicebotError
from voicebot.rag.indexing import Indexer
from voicebot.rag.library import Library
from voicebot.rag.passages import Loaded, Passage, Piece, Progress, Section, Where

SPLITTER = 1


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def opened(folder: Path, version: int = 1, told: list[VoicebotError] | None = None) -> Library:
    """A library on a folder; `told` gets what a person would be told."""
    notify = (told if told is not None else []).append
    return Library(folder / "library.db", notify=notify, terms=words, version=version)


def paragraphs(text: str) -> tuple[Piece, ...]:
    """What stands under a line with # has it as its heading."""
    pieces: list[Piece] = []
    headings: tuple[str, ...] = ()
    for block in filter(None, re.split(r"\n\s*\n", text.strip())):
        if block.startswith("# "):
            headings = (block[2:],)
        else:
            pieces.append(Piece(block, len(pieces), headings))
    return tuple(pieces)


def hash_of(text: str) -> str:
    return text.encode("utf-8", "replace").hex()


def put(library: Library, path: str, text: str, collection: str = "home", **more: Any) -> int:
    """As if the file had been read; its date is its size."""
    library.add_source(collection, Path(path).parent)
    loaded = Loaded(more.pop("title", Path(path).stem), (Section(text),))
    pieces = more.pop("pieces", None) or paragraphs(text)
    return library.put(
        collection, path, len(text), len(text) * 10**9, hash_of(text), loaded, pieces, SPLITTER, **more
    )


def every_passage(library: Library, where: Where | None = None) -> list[Passage]:
    """In the order of their ids."""
    return library.passages(library.matching(where or Where()))


def passages(library: Library) -> dict[str, list[str]]:
    """The texts of every document in their order, by its collection and path."""
    found: dict[str, list[str]] = {}
    for document in library.documents():
        listed = every_passage(library, Where(documents=(document.id,)))
        in_order = sorted(listed, key=lambda passage: passage.position)
        found[f"{document.collection} {document.path}"] = [passage.text for passage in in_order]
    return found


class PlainReader:
    """Reads text; `read_paths` are the files it was asked for. A file with "broken" in its name cannot be read.

    With `gate` a file is being read until that is set.
    """

    def __init__(self) -> None:
        self.read_paths: list[str] = []
        self.gate: asyncio.Event | None = None
        self.broken_off = 0
        self.closed = 0

    @property
    def names(self) -> list[str]:
        return sorted(Path(path).name for path in self.read_paths)

    async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
        self.read_paths.append(str(path))
        if self.gate is not None:
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                self.broken_off += 1
                raise
        if "broken" in path.name:
            raise Unreadable(f"{path.name} cannot be read", why="it is damaged", fix="save it again")
        return Loaded(path.stem, ()), paragraphs(path.read_text("utf-8"))

    async def close(self) -> None:
        self.closed += 1


def is_text(path: Path) -> bool:
    return path.suffix in (".txt", ".md")


@asynccontextmanager
async def indexing(
    library: Library,
    reader: PlainReader,
    tell: Callable[[Progress], None] = lambda _: None,
    settle: bool = True,
    **more: Any,
) -> AsyncIterator[Indexer]:
    """An indexer that runs, and has done what there is to do unless `settle` is False; it is closed at the end."""
    indexer = Indexer(library, reader, tell=tell, accepts=is_text, **{"watch": False, "splitter": SPLITTER, **more})
    indexer.start()
    try:
        if settle:
            await settled(indexer)
        yield indexer
    finally:
        await indexer.close()
        library.close()


async def settled(indexer: Indexer) -> None:
    async with asyncio.timeout(30):
        await indexer.settled()


async def again(indexer: Indexer) -> None:
    """Look once more, and do what there is to do."""
    indexer.wake()
    await settled(indexer)
