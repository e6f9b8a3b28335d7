"""The blocks of one message as a list that the screen shows: while it is written, only the last one is drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from voicebot.desktop.markdown import Block

FIRST = Qt.ItemDataRole.UserRole + 1
ROLES = ("kind", "body", "language")


class BlockModel(QAbstractListModel):
    """Rows are blocks; `show` changes those that differ."""

    def __init__(self, blocks: Sequence[Block], parent: QObject) -> None:
        super().__init__(parent)
        self._blocks = list(blocks)

    def show(self, blocks: Sequence[Block]) -> None:
        shared = min(len(blocks), len(self._blocks))
        for row in range(shared):
            if blocks[row] != self._blocks[row]:
                self._blocks[row] = blocks[row]
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        if len(blocks) > shared:
            self.beginInsertRows(QModelIndex(), shared, len(blocks) - 1)
            self._blocks += blocks[shared:]
            self.endInsertRows()
        elif len(self._blocks) > shared:
            self.beginRemoveRows(QModelIndex(), shared, len(self._blocks) - 1)
            del self._blocks[shared:]
            self.endRemoveRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._blocks)

    def roleNames(self) -> dict[int, Any]:
        return {FIRST + number: name.encode() for number, name in enumerate(ROLES)}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not FIRST <= role < FIRST + len(ROLES):
            return None
        return getattr(self._blocks[index.row()], ROLES[role - FIRST])
