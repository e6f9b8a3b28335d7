"""The files of a collection as the screen lists them: how each stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from voicebot.catalogue import in_units
from voicebot.desktop.words import Words

if TYPE_CHECKING:
    from voicebot.rag.passages import Document

ROLES = ("title", "name", "folder", "standing", "passages", "pages", "size", "fault", "remarks")
Index = QModelIndex | QPersistentModelIndex


class Files(QAbstractListModel):
    """Rows are documents. A row stays the same while its document comes further, so that no click is lost."""

    countChanged = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: list[Document] = []
        self._reading = ""
        words.changed.connect(self._retell)

    def show(self, documents: Sequence[Document]) -> None:
        """List these: where they are the same files as before, only what changed of them is told."""
        if [one.id for one in documents] == [one.id for one in self._shown]:
            before, self._shown = self._shown, list(documents)
            for row, (one, other) in enumerate(zip(before, documents, strict=True)):
                if one != other:
                    self._tell(row)
            return
        self.beginResetModel()
        self._shown = list(documents)
        self.endResetModel()
        self.countChanged.emit()

    def read(self, path: str) -> None:
        """The file that is read now; "" for none."""
        for row, one in enumerate(self._shown if path != self._reading else []):
            if one.path in (path, self._reading):
                self._reading = path
                self._tell(row)
        self._reading = path

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))

    def _retell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def roleNames(self) -> dict[int, Any]:
        return {Qt.ItemDataRole.UserRole + number: role.encode() for number, role in enumerate(ROLES)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = role - Qt.ItemDataRole.UserRole
        if not index.isValid() or not 0 <= number < len(ROLES):
            return None
        return self._role(self._shown[index.row()], ROLES[number])

    def _role(self, one: Document, role: str) -> Any:
        match role:
            case "title":
                return one.title or Path(one.path).name
            case "name":
                return Path(one.path).name
            case "folder":
                return str(Path(one.path).parent)
            case "standing":
                return "reading" if one.path == self._reading else one.state
            case "pages":
                return one.pages or 0
            case "size":
                return in_units(one.size)
            case "fault":
                return self._words.line("", one.why, one.fix) if one.state == "failed" else ""
            case "remarks":
                return "\n".join(map(self._words.text, one.notes))
        return one.passages

    count = Property(int, lambda self: len(self._shown), notify=countChanged)
