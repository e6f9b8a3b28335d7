"""The text of one recording as the screen lists it: passages with the times at which they begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from voicebot.stt.base import Segment

ROLES = ("start", "clock", "words")
Index = QModelIndex | QPersistentModelIndex


class Passages(QAbstractListModel):
    """Grows at its end while a recording is worked on, so that however long it is, a step takes no time."""

    countChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Segment] = []

    def show(self, segments: Sequence[Segment]) -> None:
        self.beginResetModel()
        self._shown = list(segments)
        self.endResetModel()
        self.countChanged.emit()

    def add(self, segments: Sequence[Segment]) -> None:
        first = len(self._shown)
        self.beginInsertRows(QModelIndex(), first, first + len(segments) - 1)
        self._shown += segments
        self.endInsertRows()
        self.countChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def roleNames(self) -> dict[int, Any]:
        return {Qt.ItemDataRole.UserRole + number: role.encode() for number, role in enumerate(ROLES)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        from voicebot.transcription.formats import clock  # the window is there before the core is loaded

        number = role - Qt.ItemDataRole.UserRole
        if not index.isValid() or not 0 <= number < len(ROLES):
            return None
        one = self._shown[index.row()]
        return (one.start, clock(one.start), one.text)[number]

    count = Property(int, lambda self: len(self._shown), notify=countChanged)
