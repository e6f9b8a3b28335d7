"""Searching the documents in the window: passages about what is typed, with its words marked."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal

from voicebot.desktop.core import Core
from voicebot.desktop.documents_core import searched
from voicebot.desktop.words import Words

TYPING = 250
"""Milliseconds after the last letter until it is searched for."""


class Search(QObject):
    """Set `query`, and `found` follows; `collection` is the one that is searched."""

    changed = Signal()
    _took = Signal(object, object)
    """From the core's thread: what was searched for, and what was found."""

    def __init__(self, core: Core, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._words = words
        self._query = ""
        self._collection = ""
        self._busy = False
        self._found: list[dict[str, Any]] = []
        self._took.connect(self._take)
        self._typed = QTimer(self, singleShot=True, interval=TYPING)
        self._typed.timeout.connect(self._begin)

    def within(self, collection: str) -> None:
        """Search another collection."""
        if collection != self._collection:
            self._collection = collection
            self._begin()

    def _begin(self) -> None:
        self._typed.stop()
        text, collection, language = self._query.strip(), self._collection, self._words.language
        self._busy = bool(text)
        if not text:
            self._found = []
        self.changed.emit()
        if text:
            take = partial(self._took.emit, (text, collection))
            self._core.ask(lambda assistant: searched(assistant, text, collection, language), take, stage="documents")

    def _take(self, asked: tuple[str, str], found: list[dict[str, Any]]) -> None:
        if asked == (self._query.strip(), self._collection):
            self._found, self._busy = found, False
            self.changed.emit()

    def _set_query(self, query: str) -> None:
        self._query = query
        if query.strip():
            self._busy = True
            self._typed.start()
            self.changed.emit()
        else:
            self._begin()

    query = Property(str, lambda self: self._query, _set_query, notify=changed)
    busy = Property(bool, lambda self: self._busy, notify=changed)
    found = Property("QVariantList", lambda self: self._found, notify=changed)  # type: ignore[arg-type]
    """{passage, title, place, path, page, quote, words, html, by}"""
