"""Documents as the window finds them in the core, held in memory: what is added is read when a test says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from voicebot.documents.making import Making
from voicebot.errors import UsageError
from voicebot.rag.loading.kinds import is_document
from voicebot.rag.passages import Collection, Document, Found, Passage, Progress


class Shelf:
    """Has the shape of `voicebot.documents.Documents`. `texts` are the pages of a file, by its name."""

    def __init__(self, texts: dict[str, Sequence[str]] | None = None) -> None:
        self.collection, self.only = "", False
        self.texts = texts or {}
        self.paused = self.by_meaning = False
        self.progress = Progress(0, 0)
        self.on_progress: Callable[[Progress], None] = lambda _: None
        self.sources: dict[str, list[str]] = {}
        self.files: dict[str, list[Document]] = {}
        self.passages: list[Passage] = []

    async def collections(self) -> list[Collection]:
        return [self._collection(name) for name in self.sources]

    def _collection(self, name: str) -> Collection:
        files = self.files[name]
        states = [one.state for one in files]
        passages = sum(one.passages for one in files)
        waiting, failed = states.count("waiting"), states.count("failed")
        return Collection(name, tuple(self.sources[name]), len(files), passages, waiting, failed)

    async def documents(self, collection: str) -> list[Document]:
        return list(self.files.get(collection, []))

    async def add(self, collection: str, paths: Sequence[Path]) -> int:
        inside = [one for path in paths for one in (sorted(path.rglob("*")) if path.is_dir() else [path])]
        found = [one for one in inside if is_document(one)]
        if not found:
            raise UsageError("there is no document in it", fix="choose a PDF, a text or an office file")
        sources, files = self.sources.setdefault(collection, []), self.files.setdefault(collection, [])
        sources += [str(path) for path in paths if str(path) not in sources]
        for path in found:
            number = 1 + sum(map(len, self.files.values()))
            files.append(Document(number, collection, str(path), path.stem, "waiting", size=2000))
        return len(found)

    async def rename(self, collection: str, new: str) -> None:
        self.sources[new], self.files[new] = self.sources.pop(collection), self.files.pop(collection)

    async def remove(self, collection: str, path: str | None = None) -> None:
        if path is None:
            del self.sources[collection], self.files[collection]
        else:
            self.sources[collection].remove(path)
            self.files[collection] = [one for one in self.files[collection] if not one.path.startswith(path)]
        self.passages = [one for one in self.passages if self._has(one)]

    def _has(self, one: Passage) -> bool:
        return any(one.document == file.id for file in self.files.get(one.collection, []))

    def read(self, name: str, *, why: str = "", fix: str = "", notes: tuple[str, ...] = ()) -> None:
        """Read a file; with `why` it cannot be."""
        for files in self.files.values():
            for row, one in enumerate(files):
                if Path(one.path).name == name:
                    files[row] = replace(one, state="failed", why=why, fix=fix) if why else self._read(one, notes)

    def _read(self, one: Document, notes: tuple[str, ...]) -> Document:
        texts = self.texts.get(Path(one.path).name, ("It says nothing.",))
        for page, text in enumerate(texts, start=1):
            number = len(self.passages) + 1
            self.passages.append(
                Passage(number, one.id, one.collection, page - 1, text, one.title, one.path, page=page)
            )
        return replace(one, state="indexed", passages=len(texts), pages=len(texts), notes=notes)

    async def search(self, text: str, collection: str = "", count: int = 10, language: str = "en") -> list[Found]:
        words = text.lower().split()
        hits = [one for one in self.passages if one.collection in (collection or one.collection)]
        found = [Found(one, 1.0, 1.0, ("words",)) for one in hits if any(word in one.text.lower() for word in words)]
        return found[:count]

    async def page(self, passage: int) -> list[Passage]:
        one = next((one for one in self.passages if one.id == passage), None)
        if one is None:
            return []
        return [other for other in self.passages if (other.document, other.page) == (one.document, one.page)]

    async def use(self, making: Making) -> None:
        self.collection, self.only = making.settings.collection, making.settings.only

    async def look_again(self) -> None:
        self.by_meaning = True

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    async def start(self, give_way: Callable[[], Awaitable[None]] | None = None) -> None: ...
    async def close(self) -> None: ...
