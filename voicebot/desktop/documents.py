"""The documents in the window: the collections, what is on in the conversation, and how far they are read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot

from voicebot.catalogue import Catalogue, Model
from voicebot.desktop.core import Core
from voicebot.desktop.documents_core import Listed, documents_of, listed, name_of
from voicebot.desktop.documents_files import Files
from voicebot.desktop.documents_search import Search
from voicebot.desktop.documents_source import Source
from voicebot.desktop.models import Models
from voicebot.desktop.offers import Offers
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.words import Words
from voicebot.events import Event, Indexing

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.rag.passages import Collection

ENGINE = "sentence-transformers"
"""Runs the catalogue's embedding models."""
TAKEN_UP = (ENGINE, "cross-encoder")
"""Run the models that documents are searched with."""
OFTEN = 400
"""Milliseconds between two looks at the files while they are read: oftener than a file is read, a list flickers."""
FILES_PER_MILLISECOND = 20
"""A longer list is looked at less often: one of a hundred thousand files every five seconds."""


class Documents(QObject):
    """`files` are those of the collection that is `shown`; `passages` what is searched for in it.

    What is on in the conversation is a setting: `documents.collection`.
    """

    changed = Signal()
    progressChanged = Signal()
    refused = Signal(str)
    """What was dropped is no file of this machine: its address."""
    added = Signal(str, int)
    """To which collection, and how many files were found."""
    _took = Signal(object, object)
    """From the core's thread: what takes something here, and that."""

    def __init__(
        self,
        core: Core,
        preferences: Preferences,
        models: Models,
        catalogue: Catalogue,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._core, self._preferences, self._words = core, preferences, words
        self._listed = Listed()
        self._looked = False
        self._draft = ""
        """A collection that was named, and has no files yet."""
        self._shown = ""
        self._open = False
        self._asked = self._taken = 0
        """The numbers of the last look that was begun, and that was taken."""
        self._now = Indexing(0, 0, 0)
        self.file_rows = Files(words, self)
        self.source = Source(core, self)
        self.search = Search(core, words, self)
        self._offers = Offers(ENGINE, models, catalogue, words, self._embed_with, self._embeds_with, self)
        self._took.connect(lambda take, what: take(what))
        self._soon = QTimer(self, singleShot=True, interval=OFTEN)
        self._soon.timeout.connect(self.refresh)
        preferences.changed.connect(self._follow)
        models.installedChanged.connect(self._look_again)
        words.changed.connect(self.changed)

    def apply(self, event: Event) -> None:
        """See how far the files are read."""
        if isinstance(event, Indexing):
            self._now = event
            self.file_rows.read("" if event.embedding or not self._is_busy() else event.path)
            self.progressChanged.emit()
            if not self._soon.isActive():
                self._soon.start(max(OFTEN, self.file_rows.rowCount() // FILES_PER_MILLISECOND))

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Look at what there is."""
        self._asked += 1
        shown, with_files = self._shown, self._open
        take = partial(self._take, self._asked, shown)
        self._ask(lambda assistant: listed(assistant, shown, with_files=with_files), take)

    @Slot(bool)
    def watch(self, open: bool) -> None:
        """Whether the page is open: else the files are not listed."""
        self._open = open
        self.refresh()

    @Slot(str)
    def show(self, name: str) -> None:
        """List the files of another collection."""
        self._shown = name
        self._tell()
        self.refresh()

    @Slot(str, result=bool)
    def make(self, name: str) -> bool:
        """Begin a collection of this name, to be filled; False when there is one, or it is no name."""
        name = name_of(name)
        if not name or name.casefold() in (one.casefold() for one in self._names()):
            return False
        self._draft = self._shown = name
        self.file_rows.show(())
        self._tell()
        return True

    @Slot(str, "QVariantList")
    def add(self, name: str, addresses: Sequence[QUrl | str]) -> None:
        """Add files and folders to a collection; to the one that is on, or a first one, where `name` is empty."""
        urls = [QUrl(address) for address in addresses]
        for url in urls:
            if not url.isLocalFile():
                self.refused.emit(url.toDisplayString())
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        is_dropped = not name
        name = name or self._on() or self.tr("My documents")
        if paths:
            self._shown = name
            take = partial(self._take_added, name, is_dropped)
            self._ask(lambda assistant: documents_of(assistant).add(name, paths), take)

    @Slot(str, str)
    def removeSource(self, name: str, path: str) -> None:
        """Take a file or folder out of a collection; it stays where it is."""
        self._ask(lambda assistant: documents_of(assistant).remove(name, path), lambda _: self.refresh())

    @Slot(str, str)
    def rename(self, name: str, new: str) -> None:
        """Give a collection another name."""
        new = name_of(new)
        if name == self._draft:
            self._draft = self._shown = new or name
            self.changed.emit()
        elif new and new != name:
            self._ask(lambda assistant: documents_of(assistant).rename(name, new), partial(self._take_name, name, new))

    @Slot(str)
    def removeCollection(self, name: str) -> None:
        """Forget a collection; its files stay where they are."""
        if name == self._draft:
            self._draft, self._shown = "", ""
            self.refresh()
            return
        if name == self._on():
            self.use("")
        self._ask(lambda assistant: documents_of(assistant).remove(name), lambda _: self.refresh())

    @Slot(str)
    def use(self, name: str) -> None:
        """Have this collection searched for answers; "" for none."""
        self._preferences.set("documents.collection", name)

    @Slot(bool)
    def keepTo(self, only: bool) -> None:
        """Answer from the documents alone, or not."""
        self._preferences.set("documents.only", only)

    @Slot()
    def pause(self) -> None:
        self._core.do(lambda assistant: documents_of(assistant).pause(), stage="documents")

    @Slot()
    def resume(self) -> None:
        self._core.do(lambda assistant: documents_of(assistant).resume(), stage="documents")

    # -- behind them -------------------------------------------------------------------------------------------------

    def _ask(self, command: Callable[[Assistant], Awaitable[Any]], take: Callable[[Any], None]) -> None:
        self._core.ask(command, lambda found: self._took.emit(take, found), stage="documents")

    def _tell(self) -> None:
        self.search.within(self._shown)
        self.changed.emit()

    def _take(self, number: int, asked: str, found: Listed) -> None:
        if number < self._taken:  # looks overtake each other
            return
        self._taken = number
        self._listed, self._looked = found, True
        if self._draft and self._draft in (one.name for one in found.collections):
            self._draft = ""
        if asked == self._shown and (not self._draft or asked != self._draft):
            self._shown = found.shown
            self.file_rows.show(found.files)
        self._tell()

    def _take_added(self, name: str, is_dropped: bool, count: int) -> None:
        is_new = name not in (one.name for one in self._listed.collections)
        if (is_dropped or is_new) and not self._on():
            self.use(name)
        self._shown = name
        self.added.emit(name, count)
        self.refresh()

    def _take_name(self, name: str, new: str, _: None) -> None:
        if name == self._on():
            self.use(new)
        self._shown = new if self._shown == name else self._shown
        self.refresh()

    def _look_again(self, model: str) -> None:
        """A model came or went: it is taken up where none was."""
        if model.partition(":")[0] in TAKEN_UP:
            self._ask(lambda assistant: documents_of(assistant).look_again(), lambda _: self.refresh())

    def _follow(self, name: str) -> None:
        if name.startswith("documents."):
            self.changed.emit()

    def _embed_with(self, model: Model) -> None:
        self._preferences.set("documents.embeddings", model.name)

    def _embeds_with(self, model: Model) -> bool:
        return self._preferences.settings.documents.embeddings == model.name

    def _engine(self) -> dict[str, Any]:
        lacks = self._listed.lacks
        return {"name": ENGINE, "uninstalled": bool(lacks), "fix": self._words.line(*lacks) if lacks else ""}

    def _names(self) -> list[str]:
        return [*(one.name for one in self._listed.collections), *filter(None, [self._draft])]

    def _on(self) -> str:
        return self._preferences.settings.documents.collection

    def _meaning(self) -> str:
        if self._now.embedding and self._is_busy():
            return "coming"
        return self._listed.meaning

    def _is_busy(self) -> bool:
        return self._now.done < self._now.total

    # -- as the screen sees it ---------------------------------------------------------------------------------------

    def _as_rows(self) -> list[dict[str, Any]]:
        rows = [self._row(one) for one in self._listed.collections]
        if self._draft and self._draft not in (one["name"] for one in rows):
            rows.append({**self._row(None), "name": self._draft})
        return rows

    def _row(self, one: Collection | None) -> dict[str, Any]:
        from voicebot.rag.loading.kinds import is_document

        if one is None:
            return {"name": "", "on": False, "documents": 0, "passages": 0, "waiting": 0, "failed": 0, "sources": []}
        sources = [{"path": path, "file": is_document(Path(path))} for path in one.sources]
        counted = {name: getattr(one, name) for name in ("name", "documents", "passages", "waiting", "failed")}
        return {**counted, "on": one.name == self._on(), "sources": sources}

    def _as_progress(self) -> dict[str, Any]:
        from voicebot.transcription.formats import clock

        now = self._now
        if not self._is_busy():
            return {"busy": False}
        left = "" if now.seconds_left is None else clock(now.seconds_left)
        told = {"done": now.done, "total": now.total, "name": Path(now.path).name, "left": left}
        return {**told, "busy": True, "paused": now.paused, "embedding": now.embedding}

    collections = Property("QVariantList", _as_rows, notify=changed)  # type: ignore[arg-type]
    """{name, on, documents, passages, waiting, failed, sources: [{path, file}]}"""
    looked = Property(bool, lambda self: self._looked, notify=changed)
    shown = Property(str, lambda self: self._shown, notify=changed)
    on = Property(str, lambda self: self._on(), notify=changed)
    """The collection that is searched for answers; "" for none."""
    only = Property(bool, lambda self: self._preferences.settings.documents.only, notify=changed)
    progress = Property("QVariantMap", _as_progress, notify=progressChanged)  # type: ignore[arg-type]
    """{busy, done, total, name, left, paused, embedding}; see `Indexing`."""
    meaning = Property(str, lambda self: self._meaning(), notify=progressChanged)
    """Whether passages are found by their meaning too: "", "coming" (they are being learnt) or "there"."""
    offers = Property(QObject, lambda self: self._offers, constant=True)
    engines = Property("QVariantList", lambda self: [self._engine()], notify=changed)  # type: ignore[arg-type]
    """What the models on offer lack to run, as `Engines` tells it."""
    files = Property(QObject, lambda self: self.file_rows, constant=True)
    sheet = Property(QObject, lambda self: self.source, constant=True)
    passages = Property(QObject, lambda self: self.search, constant=True)
