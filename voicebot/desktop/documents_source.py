"""The source of an answer, or of what a search found: the page on which it stands, with the quoted words marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from voicebot.desktop.core import Core
from voicebot.desktop.documents_core import Page, openable, opened


class Source(QObject):
    """`standing` is "" for none, "reading", or how it turned out: "there", "changed" (the quote is not on its page any
    more), "gone", or "unknown" (it is no passage of the collections).
    """

    changed = Signal()
    wanted = Signal()
    """One was clicked: the sheet is to be seen."""
    missing = Signal(str)
    """A file that was to be opened is not there: its name."""
    _took = Signal(int, object)
    """From the core's thread: the page for which request."""
    _looked = Signal(str, bool)

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._cited: dict[str, Any] = {}
        self._page = Page()
        self._standing = ""
        self._request = 0
        self._took.connect(self._take)
        self._looked.connect(self._open)

    @Slot("QVariantMap")
    def open(self, cited: dict[str, Any]) -> None:
        """Show where it stands: {title, place, path, quote, page, passage}, as a citation or a search has it."""
        self._cited, self._page, self._standing = dict(cited), Page(), "reading"
        self._request += 1
        request, passage, quote = self._request, int(cited.get("passage") or 0), str(cited.get("quote") or "")

        def take(page: Page) -> None:
            self._took.emit(request, page)

        self.changed.emit()
        self.wanted.emit()
        self._core.ask(lambda assistant: opened(assistant, passage, quote), take, stage="documents")

    @Slot()
    def openFile(self) -> None:
        """Open the file with the program that the system has for it; a PDF at its page, where that program can."""
        path = self._path()
        if path:
            self._core.work(lambda: openable(path), lambda there: self._looked.emit(path, there))

    def _open(self, path: str, there: bool) -> None:
        address = QUrl.fromLocalFile(path)
        if self._cited.get("page") and path.lower().endswith(".pdf"):
            address.setFragment(f"page={int(self._cited['page'])}")
        if not there or not QDesktopServices.openUrl(address):
            self.missing.emit(Path(path).name)

    def _take(self, request: int, page: Page) -> None:
        if request == self._request:
            self._page = page
            self._standing = self._turned_out(page)
            self.changed.emit()

    def _turned_out(self, page: Page) -> str:
        if page.html:
            return "there" if page.exact else "changed"
        return "gone" if self._cited.get("passage") else "unknown"

    def _path(self) -> str:
        return self._page.path or str(self._cited.get("path") or "")

    standing = Property(str, lambda self: self._standing, notify=changed)
    title = Property(str, lambda self: str(self._cited.get("title") or ""), notify=changed)
    place = Property(str, lambda self: str(self._cited.get("place") or ""), notify=changed)
    quote = Property(str, lambda self: str(self._cited.get("quote") or ""), notify=changed)
    path = Property(str, lambda self: self._path(), notify=changed)
    html = Property(str, lambda self: self._page.html, notify=changed)
    """Of its page, safe; "" when there is none."""
    at = Property(int, lambda self: self._page.at, notify=changed)
    """Where the quote begins, in characters."""
