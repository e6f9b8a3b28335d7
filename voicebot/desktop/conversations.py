"""The list of conversations at the side: found by what was said in them, renamed, pinned, deleted and brought back."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

from voicebot.desktop.core import Core
from voicebot.desktop.words import Words

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.history import Summary

FIRST = Qt.ItemDataRole.UserRole + 1
ROLES = ("number", "title", "excerpt", "pinned", "when")
UNDONE = 100
"""Deletions that can be undone, the last first."""
TYPING = 150
"""Milliseconds after the last letter until it is searched for."""


class Conversations(QAbstractListModel):
    """Rows are conversations: the pinned ones, then the latest."""

    arrived = Signal(int, object)
    """From the core's thread: the answer to which question, and what was found."""
    changed = Signal()
    exported = Signal(str)
    removed = Signal(str)
    """A conversation was deleted; its title, for the offer to bring it back."""
    left = Signal()
    """The conversation that is shown was deleted."""

    def __init__(self, core: Core, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._words = words
        self._found: list[Summary] = []
        self._query = ""
        self._current = 0
        self._deleted: deque[int] = deque(maxlen=UNDONE)
        self._asked = self._shown = 0
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self.refresh)
        self.arrived.connect(self._take)
        words.changed.connect(self._retell)

    def show(self, found: Sequence[Summary]) -> None:
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()
        self.changed.emit()

    def set_current(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self.changed.emit()

    def _take(self, number: int, found: Sequence[Summary]) -> None:
        """An answer that later ones have overtaken is nothing any more."""
        if number > self._shown:
            self._shown = number
            self.show(found)

    def _retell(self) -> None:
        if self._found:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._found) - 1, 0))

    @Slot()
    def refresh(self) -> None:
        self._change(lambda _: None)

    @Slot(int, str)
    def rename(self, number: int, title: str) -> None:
        self._change(lambda assistant: assistant.history.rename(number, title.strip()))

    @Slot(int, bool)
    def pin(self, number: int, pinned: bool) -> None:
        self._change(lambda assistant: assistant.history.pin(number, pinned))

    @Slot(int)
    def remove(self, number: int) -> None:
        self._deleted.append(number)
        title = next((one.title for one in self._found if one.id == number), "")
        self._change(lambda assistant: assistant.history.delete(number))
        self.removed.emit(title)
        if number == self._current:
            self.left.emit()

    @Slot()
    def restore(self) -> None:
        """Bring back what was deleted last; once more, what was deleted before it."""
        if self._deleted:
            number = self._deleted.pop()
            self._change(lambda assistant: assistant.history.restore(number))

    @Slot(int, str, str)
    def export(self, number: int, kind: str, folder: str) -> None:
        """Write a conversation as "markdown", "json" or "folder" into `folder`; `exported` says where it lies."""
        target, language = Path(folder), self._words.language
        self._core.ask(lambda assistant: _exported(assistant, number, kind, target, language), self.exported.emit)

    def _change(self, command: Callable[[Assistant], Awaitable[None] | None]) -> None:
        """Carry out `command`, and show the list as it is then."""
        self._asked += 1
        number, query = self._asked, self._query

        async def changed(assistant: Assistant) -> list[Summary]:
            if (waiting := command(assistant)) is not None:
                await waiting
            return await assistant.history.conversations(query)

        def answer(found: list[Summary]) -> None:
            self.arrived.emit(number, found)

        self._core.ask(changed, answer)

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
        return when(one.changed, time.time(), self._words.language)

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


def when(changed: float, now: float, language: str) -> str:
    """The time for today, the date otherwise, as people write them in that language ("en" or "ko")."""
    then, today = time.localtime(changed), time.localtime(now)
    if then[:3] == today[:3]:
        return time.strftime("%H:%M", then)
    if then.tm_year != today.tm_year:
        return time.strftime("%Y-%m-%d", then)
    month = QLocale(language).standaloneMonthName(then.tm_mon, QLocale.FormatType.ShortFormat)
    return f"{month} {then.tm_mday}일" if language == "ko" else f"{month} {then.tm_mday}"


async def _exported(assistant: Assistant, number: int, kind: str, folder: Path, language: str) -> str:
    from voicebot.export import export

    return str(await export(assistant.history, number, kind, folder, language))
