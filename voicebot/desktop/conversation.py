"""The conversation as a list that the screen shows. It changes by the core's events; the screen changes nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from voicebot.desktop.blocks import BlockModel
from voicebot.desktop.entries import BUSY, Entry, Role, Status, changed, of_turn
from voicebot.desktop.words import Words
from voicebot.events import NO_TURN, Event, ReplyDelta, State, StateChanged, Transcript, TurnEnded, TurnId
from voicebot.history import TurnOnPath

Index = QModelIndex | QPersistentModelIndex
REDRAWN = 40
"""Milliseconds between two drawings of an answer while it is written: 25 times a second reads as flowing."""

ROLES = (
    *("turn", "role", "status", "text", "blocks", "what", "why", "fix", "engine", "recorded", "typed"),
    *("version", "versions", "latency", "stages", "clock"),
)


class Conversation(QAbstractListModel):
    """Rows are entries, oldest first."""

    appended = Signal()
    """Something new stands at the end: the screen goes there if it was there before."""
    countChanged = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        words.changed.connect(self._retell)
        self._entries: list[Entry] = []
        self._drawn: dict[int, BlockModel] = {}
        self._dirty: dict[int, Entry] = {}
        self._redraw = QTimer(self, singleShot=True, interval=REDRAWN)
        self._redraw.timeout.connect(self.redraw)

    # -- what the core says ------------------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Change what the event changes."""
        if event.turn == NO_TURN:
            return
        self._begin(event)
        for entry in self._of(event.turn):
            if changed(entry, event):
                self._show(entry, soon=isinstance(event, ReplyDelta))
        if isinstance(event, TurnEnded):
            self._forget_unheard(event)

    def show(self, turns: Sequence[TurnOnPath]) -> None:
        """Another conversation, or this one anew."""
        self.beginResetModel()
        self._entries = [entry for turn in turns for entry in of_turn(turn)]
        self._drawn.clear()
        self._dirty.clear()
        self.endResetModel()
        self.countChanged.emit()

    def prepend(self, turns: Sequence[TurnOnPath]) -> None:
        """Older turns, before those that are shown."""
        older = [entry for turn in turns for entry in of_turn(turn)]
        if older:
            self.beginInsertRows(QModelIndex(), 0, len(older) - 1)
            self._entries[:0] = older
            self.endInsertRows()
            self.countChanged.emit()

    def cut_from(self, turn: TurnId) -> None:
        """Take away this turn and all after it: another version of it begins."""
        row = next((row for row, entry in enumerate(self._entries) if entry.turn >= turn), len(self._entries))
        while len(self._entries) > row:
            self._remove(self._entries[-1])

    def redraw(self) -> None:
        """Draw what has changed since the last time."""
        waiting, self._dirty = self._dirty, {}
        for entry in waiting.values():
            self._show(entry)

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def entry(self, turn: TurnId, role: Role) -> Entry | None:
        return next((one for one in self._of(turn) if one.role is role), None)

    def _of(self, turn: TurnId) -> list[Entry]:
        """A turn has two entries at most, and the live one stands near the end."""
        found = []
        for entry in reversed(self._entries):
            if entry.turn == turn:
                found.append(entry)
            if len(found) == 2 or entry.turn < turn:
                break
        return found[::-1]

    def _begin(self, event: Event) -> None:
        match event:
            case StateChanged(state=State.LISTENING):
                self._add(Entry(event.turn, Role.USER, Status.HEARING, recorded=True))
            case StateChanged(state=State.TRANSCRIBING) | Transcript():
                typed = isinstance(event, Transcript) and event.engine == "typed"
                self._add(Entry(event.turn, Role.USER, Status.RECOGNISING, typed=typed, recorded=not typed))
            case StateChanged(state=State.THINKING) | ReplyDelta():
                self._add(Entry(event.turn, Role.ASSISTANT, Status.THINKING))

    def _add(self, entry: Entry) -> None:
        """Add it unless it is there. A question stands before its answer, also when it is known later."""
        there = self._of(entry.turn)
        if any(one.role is entry.role for one in there):
            return
        row = len(self._entries)
        if there and entry.role is Role.USER:
            row = self._row(there[0])
        entry.started = time.time()
        self.beginInsertRows(QModelIndex(), row, row)
        self._entries.insert(row, entry)
        self.endInsertRows()
        self.countChanged.emit()
        self.appended.emit()

    def _forget_unheard(self, event: TurnEnded) -> None:
        """What was interrupted before a word was known, and an answer that never began, leave nothing."""
        for entry in self._of(event.turn):
            silent = entry.role is Role.USER and entry.status in BUSY and event.outcome == "interrupted"
            empty = entry.role is Role.ASSISTANT and not entry.text and entry.status is not Status.FAILED
            if silent or empty:
                self._remove(entry)

    def _remove(self, entry: Entry) -> None:
        row = self._row(entry)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()
        self._drawn.pop(id(entry), None)
        self._dirty.pop(id(entry), None)
        self.countChanged.emit()

    def _show(self, entry: Entry, *, soon: bool = False) -> None:
        if soon:
            self._dirty[id(entry)] = entry
            if not self._redraw.isActive():
                self._redraw.start()
            return
        if drawn := self._drawn.get(id(entry)):
            drawn.show(entry.blocks())
        index = self.index(self._row(entry), 0)
        self.dataChanged.emit(index, index, [role for role in self.roleNames() if role != BLOCKS])

    def _retell(self) -> None:
        """The language changed: what failed is told in the new one."""
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0))

    def _row(self, entry: Entry) -> int:
        return next(row for row in range(len(self._entries) - 1, -1, -1) if self._entries[row] is entry)

    # -- what the screen asks ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def roleNames(self) -> dict[int, Any]:
        return {FIRST + number: name.encode() for number, name in enumerate(ROLES)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not FIRST <= role < FIRST + len(ROLES):
            return None
        return self._value(self._entries[index.row()], ROLES[role - FIRST])

    def _value(self, entry: Entry, name: str) -> Any:
        match name:
            case "blocks":
                return self._blocks(entry)
            case "versions":
                return list(entry.versions)
            case "latency":
                return entry.latency or 0.0
            case "stages":
                return [{"stage": stage, "seconds": seconds} for stage, seconds in entry.stages]
            case "clock":
                return time.strftime("%H:%M", time.localtime(entry.started)) if entry.started else ""
            case "what" | "why" | "fix":
                return self._words.text(getattr(entry, name))
            case "role" | "status":
                return str(getattr(entry, name))
        return getattr(entry, name)

    def _blocks(self, entry: Entry) -> BlockModel:
        """Made when a row is first shown: ten thousand messages cost nothing until they are."""
        if id(entry) not in self._drawn:
            self._drawn[id(entry)] = BlockModel(entry.blocks(), self)
        return self._drawn[id(entry)]

    count = Property(int, lambda self: len(self._entries), notify=countChanged)


FIRST = Qt.ItemDataRole.UserRole + 1
BLOCKS = FIRST + ROLES.index("blocks")
