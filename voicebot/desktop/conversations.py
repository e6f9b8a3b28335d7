"""The list of conversations at the side: found by what was said in them, renamed, pinned, deleted and brought back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from voicebot.assistant import Assistant
from voicebot.desktop.core import Core
from voicebot.history import Summary

FIRST = Qt.ItemDataRole.UserRole + 1
ROLES = ("number", "title", "excerpt", "pinned", "when")
TYPING = 150
"""Milliseconds after the last letter until it is searched for."""


class Conversations(QAbstractListModel):
    """Rows are conversations: the pinned ones, then the latest."""

    arrived = Signal(object)
    """From the core's thread: what was found."""
    changed = Signal()
    exported = Signal(str)
    removed = Signal(str)
    """A conversation was deleted; its title, for the offer to bring it back."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._found: list[Summary] = []
        self._query = ""
        self._current = 0
        self._deleted = 0
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self.refresh)
        self.arrived.connect(self.show)

    def show(self, found: Sequence[Summary]) -> None:
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()
        self.changed.emit()

    def set_current(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self.changed.emit()

    @Slot()
    def refresh(self) -> None:
        query = self._query
        self._core.ask(lambda assistant: assistant.history.conversations(query), self.arrived.emit)

    @Slot(int, str)
    def rename(self, number: int, title: str) -> None:
        self._change(lambda assistant: assistant.history.rename(number, title.strip()))

    @Slot(int, bool)
    def pin(self, number: int, pinned: bool) -> None:
        self._change(lambda assistant: assistant.history.pin(number, pinned))

    @Slot(int)
    def remove(self, number: int) -> None:
        self._deleted = number
        title = next((one.title for one in self._found if one.id == number), "")
        self.removed.emit(title)
        self._change(lambda assistant: assistant.history.delete(number))

    @Slot()
    def restore(self) -> None:
        """Bring back what was deleted last."""
        number = self._deleted
        self._change(lambda assistant: assistant.history.restore(number))

    @Slot(int, str, str)
    def export(self, number: int, kind: str, folder: str) -> None:
        """Write a conversation as "markdown", "json" or "folder" into `folder`; `exported` says where it lies."""
        target = Path(folder)
        self._core.ask(lambda assistant: _exported(assistant, number, kind, target), self.exported.emit)

    def _change(self, command: Callable[[Assistant], Any]) -> None:
        self._core.do(command)
        self.refresh()

    def _set_query(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._typing.start()
            self.changed.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._found)

    def roleNames(self) -> dict[int, Any]:
        return {FIRST + number: name.encode() for number, name in enumerate(ROLES)}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not FIRST <= role < FIRST + len(ROLES):
            return None
        one = self._found[index.row()]
        match ROLES[role - FIRST]:
            case "number":
                return one.id
            case "title":
                return one.title
            case "excerpt":
                return highlighted(one.excerpt, one.matches)
            case "pinned":
                return one.pinned
        return when(one.changed, time.time())

    query = Property(str, lambda self: self._query, _set_query, notify=changed)
    current = Property(int, lambda self: self._current, notify=changed)
    count = Property(int, lambda self: len(self._found), notify=changed)


def highlighted(excerpt: str, matches: Sequence[tuple[int, int]]) -> str:
    """Safe HTML with the matches in bold."""
    drawn, at = [], 0
    for start, end in matches:
        drawn += [escape(excerpt[at:start]), f"<b>{escape(excerpt[start:end])}</b>"]
        at = end
    return "".join([*drawn, escape(excerpt[at:])])


def when(changed: float, now: float) -> str:
    """The time for today, the date otherwise, as the system writes them."""
    then, today = time.localtime(changed), time.localtime(now)
    if then[:3] == today[:3]:
        return time.strftime("%H:%M", then)
    locale = QLocale()
    if then.tm_year == today.tm_year:
        return locale.standaloneMonthName(then.tm_mon, QLocale.FormatType.ShortFormat) + f" {then.tm_mday}"
    return time.strftime("%Y-%m-%d", then)


async def _exported(assistant: Assistant, number: int, kind: str, folder: Path) -> str:
    from voicebot.export import export

    return str(await export(assistant.history, number, kind, folder))
