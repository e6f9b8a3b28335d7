"""Recordings and films that are transcribed in the window: one after another, each stopped, read, played, exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStandardPaths,
    Qt,
    QUrl,
    Signal,
    Slot,
)

from voicebot.desktop.core import Core
from voicebot.desktop.passages import Passages
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.transcribing import Step, detail, exported_to, play_from, transcribed
from voicebot.desktop.words import Words
from voicebot.engines import Workshop
from voicebot.errors import VoicebotError

if TYPE_CHECKING:
    from voicebot.stt.base import Segment

ROLES = ("number", "name", "folder", "standing", "share", "detail", "fault", "remarks", "passages")
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Recording:
    """One file. It is "new", "waiting", "loading" (the recogniser), "working", "done", "stopped" or "failed"."""

    number: int
    path: Path
    engine: str = ""
    language: str = ""
    now: Step = field(default_factory=lambda: Step("new"))
    segments: list[Segment] = field(default_factory=list)


class Transcriptions(QAbstractListModel):
    """Rows are recordings. `text` has the passages of the one that is `shown`."""

    changed = Signal()
    exported = Signal(str)
    refused = Signal(str)
    """What was dropped is no file of this machine: its address."""
    _steps = Signal(int, object)
    """From the core's thread."""

    def __init__(
        self, core: Core, workshop: Workshop, preferences: Preferences, words: Words, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._workshop = workshop
        self._preferences = preferences
        self._words = words
        self._all: list[Recording] = []
        self._numbers = count(1)
        self._running: Recording | None = None
        self._cancel: Callable[[], None] | None = None
        self._shown = 0
        self._engine = self._language = ""
        self.passages = Passages(self)
        self._steps.connect(self._take)
        words.changed.connect(self._reword)

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot("QVariantList", result=bool)
    def add(self, addresses: Sequence[QUrl | str]) -> bool:
        """List files that were dropped or chosen; whether there were any. They wait until they are begun."""
        urls = [QUrl(address) for address in addresses]
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        for url in urls:
            if not url.isLocalFile():
                self.refused.emit(url.toDisplayString())
        there = {one.path for one in self._all if one.now.standing == "new"}
        added = [Recording(next(self._numbers), path) for path in dict.fromkeys(files) if path not in there]
        if added:
            self.beginInsertRows(QModelIndex(), len(self._all), len(self._all) + len(added) - 1)
            self._all += added
            self.endInsertRows()
            self.changed.emit()
        return bool(files)

    @Slot()
    def begin(self) -> None:
        """Transcribe every file that was not begun yet, with the engine and the language that are chosen now."""
        for one in self._all:
            if one.now.standing == "new":
                self._enqueue(one)

    @Slot(int)
    def again(self, number: int) -> None:
        """Transcribe a file anew, with the engine and the language that are chosen now."""
        one = self._find(number)
        if one is not None and one.now.standing in ("done", "stopped", "failed"):
            one.segments = []
            self._enqueue(one)
            self.show(self._shown)

    @Slot(int)
    def stop(self, number: int) -> None:
        """Stop a file; what was recognised so far stays."""
        one = self._find(number)
        if one is not None and one.now.standing == "waiting":
            self._show_step(one, Step("new"))
        elif one is not None and one is self._running and self._cancel is not None:
            self._cancel()

    @Slot(int)
    def remove(self, number: int) -> None:
        """Take a file off the list."""
        one = self._find(number)
        if one is None or one is self._running:
            return
        row = self._all.index(one)
        self.beginRemoveRows(QModelIndex(), row, row)
        self._all.remove(one)
        self.endRemoveRows()
        if number == self._shown:
            self.show(self._all[0].number if self._all else 0)
        self.changed.emit()

    @Slot(int)
    def show(self, number: int) -> None:
        """Show the text of a file."""
        one = self._find(number)
        self._shown = number if one is not None else 0
        self.passages.show(one.segments if one is not None else ())
        self.changed.emit()

    @Slot(float)
    def play(self, start: float) -> None:
        """Play the recording that is shown from a passage on; Stop ends it, as it ends an answer."""
        one = self._find(self._shown)
        if one is not None:
            path = one.path
            self._core.do(lambda assistant: play_from(assistant, path, start), stage="speaker")

    @Slot(result=str)
    def copied(self) -> str:
        """The text that is shown, in paragraphs."""
        from voicebot.transcription.formats import paragraphs

        one = self._find(self._shown)
        return "\n\n".join(paragraphs(one.segments)) if one is not None else ""

    @Slot(str)
    def export(self, kind: str) -> None:
        """Write the text that is shown as "txt", "srt", "vtt" or "json" beside its recording; `exported` says where."""
        one = self._find(self._shown)
        if one is not None and one.now.found is not None:
            found, path = one.now.found, one.path
            documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            folders = (path.parent, Path(documents or Path.home()))
            self._core.work(lambda: exported_to(found, folders, kind), self.exported.emit)

    # -- one after another -------------------------------------------------------------------------------------------

    def _enqueue(self, one: Recording) -> None:
        one.engine, one.language = self._engine, self._language
        self._show_step(one, Step("waiting"))
        self._next()

    def _next(self) -> None:
        waiting = next((one for one in self._all if one.now.standing == "waiting"), None)
        if self._running is None and waiting is not None:
            self._running = waiting
            self.show(waiting.number)
            self._cancel = self._core.run(self._work(waiting))

    def _work(self, one: Recording) -> Callable[[], Any]:
        languages = (one.language,) if one.language else self._preferences.settings.stt.languages
        number, path, engine = one.number, one.path, one.engine

        def tell(step: Step) -> None:
            self._steps.emit(number, step)

        async def worked() -> None:
            end = Step("stopped", last=True)
            try:
                end = await transcribed(self._workshop, engine, path, languages, tell)
            except VoicebotError as error:
                end = Step("failed", fault=error, last=True)
            finally:
                tell(end)

        return worked

    def _take(self, number: int, step: Step) -> None:
        one = self._find(number)
        if one is None:
            return
        one.segments += step.segments
        if step.segments and number == self._shown:
            self.passages.add(step.segments)
        self._show_step(one, step)
        if step.last:
            self._running, self._cancel = None, None
            self._next()

    def _show_step(self, one: Recording, step: Step) -> None:
        one.now = step
        row = self.index(self._all.index(one))
        self.dataChanged.emit(row, row)
        self.changed.emit()

    # -- the list ----------------------------------------------------------------------------------------------------

    def _find(self, number: int) -> Recording | None:
        return next((one for one in self._all if one.number == number), None)

    def _reword(self) -> None:
        if self._all:
            self.dataChanged.emit(self.index(0), self.index(len(self._all) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._all)

    def roleNames(self) -> dict[int, Any]:
        return {Qt.ItemDataRole.UserRole + number: role.encode() for number, role in enumerate(ROLES)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = role - Qt.ItemDataRole.UserRole
        return self._role(self._all[index.row()], ROLES[number]) if 0 <= number < len(ROLES) else None

    def _role(self, one: Recording, role: str) -> Any:
        step = one.now
        match role:
            case "number":
                return one.number
            case "name":
                return one.path.name
            case "folder":
                return str(one.path.parent)
            case "standing":
                return step.standing
            case "share":
                share = step.progress.share if step.progress is not None else None
                return -1.0 if share is None else share
            case "detail":
                return detail(step.progress)
            case "fault":
                fault = step.fault
                return "" if fault is None else self._words.line(fault.what, fault.why, fault.fix)
            case "remarks":
                return "\n".join(self._words.line(notice.what, notice.why, notice.fix) for notice in step.notices)
        return len(one.segments)

    def _count(self, *standings: str) -> int:
        return sum(one.now.standing in standings for one in self._all)

    def _set_engine(self, engine: str) -> None:
        self._engine = engine
        self.changed.emit()

    def _set_language(self, language: str) -> None:
        self._language = language
        self.changed.emit()

    def _get_shown_name(self) -> str:
        one = self._find(self._shown)
        return "" if one is None else one.path.name

    def _exportable(self) -> bool:
        one = self._find(self._shown)
        return one is not None and one.now.found is not None and bool(one.segments)

    count = Property(int, lambda self: len(self._all), notify=changed)
    unbegun = Property(int, lambda self: self._count("new"), notify=changed)
    shown = Property(int, lambda self: self._shown, notify=changed)
    shownName = Property(str, _get_shown_name, notify=changed)
    exportable = Property(bool, _exportable, notify=changed)
    engine = Property(str, lambda self: self._engine, _set_engine, notify=changed)
    """As it is named in the settings; empty for the one chosen there."""
    language = Property(str, lambda self: self._language, _set_language, notify=changed)
    """ISO 639-1; empty for those of the settings."""
    text = Property(QObject, lambda self: self.passages, constant=True)
