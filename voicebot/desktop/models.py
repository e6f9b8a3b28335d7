"""The models that can be downloaded: what each is, whether it is here, and how far a download or a check is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from voicebot import downloads
from voicebot.catalogue import Catalogue, Model, in_units
from voicebot.desktop.core import Core
from voicebot.desktop.words import Words
from voicebot.downloads import Progress, Whole
from voicebot.errors import VoicebotError

ROLES = (
    *("name", "languages", "description", "remark", "size", "memory", "licence"),
    *("state", "progress", "detail", "fault"),
)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Standing:
    """How a model stands: "absent", "waiting", "downloading", "paused", "checking", "installed" or "broken".

    `progress` goes from 0.0 to 1.0; `fault` is what went wrong last.
    """

    state: str = "absent"
    progress: float = 0.0
    now: Progress | None = None
    fault: VoicebotError | None = None


Work = Callable[[Model], Awaitable[Standing]]
RESTING = ("absent", "paused", "installed", "broken")


class Models(QAbstractListModel):
    """One model is downloaded or checked at a time; others wait for it. `mirror` gives where else they come from."""

    installedChanged = Signal(str)
    """A model came or went: its name."""
    _stands = Signal(str, object)

    def __init__(
        self,
        core: Core,
        folder: Path,
        mirror: Callable[[], str],
        words: Words,
        catalogue: Catalogue,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._folder = folder
        self._mirror = mirror
        self._words = words
        self._models = {model.name: model for model in catalogue.models}
        self._order = list(self._models)
        self._standings = dict.fromkeys(self._models, Standing())
        self._queue: dict[str, Work] = {}
        self._damaged: set[str] = set()
        """Found damaged, though as long as they should be: only what is absent is downloaded."""
        self._here: set[str] = set()
        self._running = ""
        self._cancel: Callable[[], None] | None = None
        self._stands.connect(self._take)
        words.changed.connect(self._reword)

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Look at what lies on the disk."""
        for model in self._models.values():
            if self._standings[model.name].state in ("absent", "paused", "installed"):
                self._core.work(lambda model=model: self._look(model))  # type: ignore[misc]

    @Slot(str)
    def download(self, name: str) -> None:
        """Fetch a model, or go on with one that was paused or broken off."""
        self._enqueue(name, self._downloaded)

    @Slot(str)
    def pause(self, name: str) -> None:
        """Stop a download or a check; what has arrived stays."""
        if name in self._queue:
            del self._queue[name]
            self._look_later(name)
        elif name == self._running and self._cancel is not None:
            self._cancel()

    @Slot(str)
    def check(self, name: str) -> None:
        """Read a model that is here, and compare it with its checksum."""
        self._enqueue(name, self._checked)

    @Slot(str)
    def remove(self, name: str) -> None:
        """Delete a model, and what is left of a broken download."""
        model = self._models[name]

        async def removed() -> None:
            fault = None
            try:
                await downloads.remove(model, self._folder)
            except VoicebotError as error:
                fault = error
            await asyncio.to_thread(self._look, model, fault)

        self._core.run(removed)

    # -- one after another -------------------------------------------------------------------------------------------

    def _enqueue(self, name: str, work: Work) -> None:
        if name != self._running and name not in self._queue:
            self._queue[name] = work
            self._take(name, replace(self._standings[name], state="waiting", now=None, fault=None))
            self._next()

    def _next(self) -> None:
        if not self._running and self._queue:
            name = next(iter(self._queue))
            self._begin(name, self._queue.pop(name))

    def _begin(self, name: str, work: Work) -> None:
        self._running = name
        model = self._models[name]

        async def done() -> None:
            end: Standing | None = None
            try:
                end = await work(model)
            except VoicebotError as error:
                end = replace(_on_disk(model, self._folder), fault=error)
            finally:
                self._tell(name, end or _on_disk(model, self._folder), last=True)

        self._cancel = self._core.run(done)

    async def _downloaded(self, model: Model) -> Standing:
        def report(progress: Progress) -> None:
            self._tell(model.name, Standing("downloading", _share(progress), progress))

        if model.name in self._damaged:
            await downloads.remove(model, self._folder)
            self._damaged.discard(model.name)
        await downloads.download(model, self._folder, progress=report, mirror=self._mirror() or None)
        return Standing("installed", 1.0)

    async def _checked(self, model: Model) -> Standing:
        def report(progress: Progress) -> None:
            self._tell(model.name, Standing("checking", _share(progress), progress))

        report(Progress(model.name, 0, model.size))
        verdict = await downloads.verify(model, self._folder, progress=report)
        if not isinstance(verdict, Whole):
            self._damaged.add(model.name)
        return Standing("installed" if isinstance(verdict, Whole) else "broken", 1.0)

    def _look(self, model: Model, fault: VoicebotError | None = None) -> None:
        """On a thread: a look at the disk."""
        self._tell(model.name, replace(_on_disk(model, self._folder), fault=fault))

    def _look_later(self, name: str) -> None:
        model = self._models[name]
        self._core.work(lambda: self._look(model))

    def _tell(self, name: str, standing: Standing, *, last: bool = False) -> None:
        """From any thread."""
        self._stands.emit(name, (standing, last))

    # -- the list ----------------------------------------------------------------------------------------------------

    def _take(self, name: str, told: Any) -> None:
        standing, last = told if isinstance(told, tuple) else (told, False)
        self._standings[name] = standing
        row = self.index(self._order.index(name))
        self.dataChanged.emit(row, row)
        if last:
            self._running, self._cancel = "", None
            self._next()
        if standing.state in RESTING and (standing.state == "installed") != (name in self._here):
            self._here ^= {name}
            self.installedChanged.emit(name)

    def _reword(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def roleNames(self) -> dict[int, Any]:
        return {Qt.ItemDataRole.UserRole + number: role.encode() for number, role in enumerate(ROLES)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        model = self._models[self._order[index.row()]]
        number = role - Qt.ItemDataRole.UserRole
        return self._shown(model, ROLES[number]) if 0 <= number < len(ROLES) else None

    def _shown(self, model: Model, role: str) -> Any:
        standing = self._standings[model.name]
        match role:
            case "name" | "licence":
                return getattr(model, role)
            case "size" | "memory":
                return in_units(getattr(model, role))
            case "languages":
                return [] if model.languages == "multilingual" else list(model.languages)
            case "description" | "remark":
                words = getattr(model, role)
                return getattr(words, self._words.language, words.en) if words is not None else ""
            case "detail":
                return self._detail(standing)
            case "fault":
                fault = standing.fault
                return "" if fault is None else self._words.line(fault.what, fault.why, fault.fix)
        return getattr(standing, role)

    def _detail(self, standing: Standing) -> dict[str, Any]:
        """Parts for the screen to put into words: {done, total, speed, left} of what is under way."""
        now = standing.now
        if now is None:
            return {}
        left = -1 if now.seconds_left is None else round(now.seconds_left)
        speed = in_units(round(now.bytes_per_second)) if now.bytes_per_second else ""
        return {"done": in_units(now.done), "total": in_units(now.total), "speed": speed, "left": left}

    count = Property(int, lambda self: len(self._order), constant=True)


def _share(progress: Progress) -> float:
    return progress.done / progress.total if progress.total else 0.0


def _on_disk(model: Model, folder: Path) -> Standing:
    """Blocks for a quick look."""
    if downloads.installed(model, folder):
        return Standing("installed", 1.0)
    here = downloads.arrived(model, folder)
    return Standing("paused", min(1.0, here / model.size)) if here else Standing()
