"""The conversation as a list that the screen shows. It changes by the core's events; the screen changes nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from voicebot.desktop.blocks import BlockModel
from voicebot.desktop.entries import BUSY, Entry, Role, Status, changed, of_turn
from voicebot.desktop.spending import shown_cost
from voicebot.desktop.words import Words
from voicebot.events import (
    NO_TURN,
    Citation,
    Event,
    Failed,
    Level,
    ReplyDelta,
    Sourced,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
    TurnId,
)

if TYPE_CHECKING:
    from voicebot.history import TurnOnPath

Index = QModelIndex | QPersistentModelIndex
REDRAWN = 40
"""Milliseconds between two drawings of an answer while it is written: 25 times a second reads as flowing."""
TAIL = 8
"""Rows at the end in which the turns stand that events can still be about: the live one and those being closed."""

ROLES = (
    *("turn", "role", "status", "text", "blocks", "what", "why", "fix", "engine", "recorded", "typed"),
    *("version", "versions", "latency", "stages", "cost", "clock", "sources"),
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
        self._latest = NO_TURN
        """The last turn that was heard of."""
        self._over = NO_TURN
        """The last turn that has ended, or that is not to be seen here: no entry is added for those up to it."""
        self._redraw = QTimer(self, singleShot=True, interval=REDRAWN)
        self._redraw.timeout.connect(self.redraw)

    # -- what the core says ------------------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Change what the event changes; what belongs to no turn that is shown here changes nothing."""
        if event.turn == NO_TURN or isinstance(event, Level):
            return
        self._latest = max(self._latest, event.turn)
        self._begin(event)
        for entry in self._of(event.turn):
            if changed(entry, event):
                self._show(entry, soon=isinstance(event, ReplyDelta))
        if isinstance(event, TurnEnded):
            self._over = max(self._over, event.turn)
            self._forget_unheard(event)

    def shows(self, turn: TurnId) -> bool:
        """Whether something of a turn that goes on, or just ended, stands on the screen."""
        return bool(self._of(turn))

    def show(self, turns: Sequence[TurnOnPath], after: TurnId | None = None) -> None:
        """Another conversation: nothing of a turn of the one before appears in it.

        It was gone to after the turn `after` (None: after all that was heard of): later ones may have begun in it.
        """
        after = self._latest if after is None else after
        begun = [entry for entry in self._entries if after < entry.turn]
        kept = {entry.turn for entry in begun}
        self._over = max(self._over, after)
        self._reset([entry for turn in turns if turn.turn not in kept for entry in of_turn(turn)] + begun)

    def show_again(self, turns: Sequence[TurnOnPath]) -> None:
        """This conversation, as it stands in the history; what is being said now goes on."""
        live = self._of(self._latest) if self._latest > self._over else []
        gone_on = {entry.turn for entry in live}
        self._reset([entry for turn in turns if turn.turn not in gone_on for entry in of_turn(turn)] + live)

    def prepend(self, turns: Sequence[TurnOnPath]) -> None:
        """Older turns, before those that are shown."""
        older = [entry for turn in turns for entry in of_turn(turn)]
        if older:
            self.beginInsertRows(QModelIndex(), 0, len(older) - 1)
            self._entries[:0] = older
            self.endInsertRows()
            self.countChanged.emit()

    def cut_from(self, turn: TurnId) -> None:
        """Take away this turn and all after it, also what is being said: another version of it begins."""
        row = next((row for row, entry in enumerate(self._entries) if entry.turn == turn), len(self._entries))
        if row == len(self._entries):
            return
        self._over = self._latest
        self.beginRemoveRows(QModelIndex(), row, len(self._entries) - 1)
        gone, self._entries[row:] = self._entries[row:], []
        self.endRemoveRows()
        for entry in gone:
            self._forget(entry)
        self.countChanged.emit()

    def redraw(self) -> None:
        """Draw what has changed since the last time."""
        waiting, self._dirty = self._dirty, {}
        for entry in waiting.values():
            self._show(entry)

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def entry(self, turn: TurnId, role: Role) -> Entry | None:
        return next((one for one in self._entries if one.turn == turn and one.role is role), None)

    def _of(self, turn: TurnId) -> list[Entry]:
        return [entry for entry in self._entries[-TAIL:] if entry.turn == turn]

    def _begin(self, event: Event) -> None:
        """Add what the event begins. A turn that is over can only be completed by what its signals overtook."""
        over = event.turn <= self._over
        match event:
            case Transcript() if not over or self._of(event.turn):
                self._add(Entry(event.turn, Role.USER, Status.SAID, typed=event.engine == "typed"))
            case Failed() if self._of(event.turn):
                self._add(Entry(event.turn, Role.ASSISTANT, Status.FAILED))
            case _ if over:
                return
            case StateChanged(state=State.LISTENING):
                self._add(Entry(event.turn, Role.USER, Status.HEARING))
            case StateChanged(state=State.TRANSCRIBING):
                self._add(Entry(event.turn, Role.USER, Status.RECOGNISING))
            case StateChanged(state=State.THINKING) | Sourced() | ReplyDelta():
                self._add(Entry(event.turn, Role.ASSISTANT, Status.THINKING))

    def _add(self, entry: Entry) -> None:
        """Add it unless it is there. A question stands before its answer, also when it is known later."""
        there = self._of(entry.turn)
        if any(one.role is entry.role for one in there):
            return
        row = len(self._entries)
        if there:
            row = self._row(there[0]) + (entry.role is Role.ASSISTANT)
        entry.started = time.time()
        self.beginInsertRows(QModelIndex(), row, row)
        self._entries.insert(row, entry)
        self.endInsertRows()
        self.countChanged.emit()
        self.appended.emit()

    def _forget_unheard(self, event: TurnEnded) -> None:
        """What was interrupted before a word was known, and an answer that never began, leave nothing."""
        for entry in self._of(event.turn):
            silent = entry.role is Role.USER and entry.status in BUSY
            empty = entry.role is Role.ASSISTANT and not entry.text and entry.status is not Status.FAILED
            if silent or empty:
                self._remove(entry)

    def _remove(self, entry: Entry) -> None:
        row = self._row(entry)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()
        self._forget(entry)
        self.countChanged.emit()

    def _reset(self, entries: list[Entry]) -> None:
        gone = [entry for entry in self._entries if not any(entry is kept for kept in entries[-TAIL:])]
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()
        for entry in gone:
            self._forget(entry)
        self.countChanged.emit()

    def _forget(self, entry: Entry) -> None:
        """Nothing of an entry stays: its place in memory, by which it is known here, may be another's next."""
        self._dirty.pop(id(entry), None)
        if drawn := self._drawn.pop(id(entry), None):
            drawn.deleteLater()

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
            case "cost":
                return shown_cost(entry.cost)
            case "sources":
                return [shown_source(entry, source) for source in entry.sources]
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


def shown_source(entry: Entry, source: Citation) -> dict[str, Any]:
    """A source for the screen; all are `cited` until it is known which are."""
    return {**asdict(source), "cited": entry.cited is None or source.number in entry.cited}


FIRST = Qt.ItemDataRole.UserRole + 1
BLOCKS = FIRST + ROLES.index("blocks")
