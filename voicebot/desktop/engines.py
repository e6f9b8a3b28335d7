"""The engines of each stage as the screen lists them: what can run, what the others need, and what each sends away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import STAGES, Preferences
from voicebot.desktop.words import Words
from voicebot.engines import Workshop, readiness_of_all
from voicebot.readiness import Readiness, Ready

Found = list[tuple[str, str, bool, Readiness]]


class Engines(QObject):
    """They are looked for when they are first asked for, since looking loads the keyring; `changed` brings them."""

    changed = Signal()
    _found = Signal(object)

    def __init__(
        self, core: Core, workshop: Workshop, preferences: Preferences, words: Words, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._workshop = workshop
        self._preferences = preferences
        self._words = words
        self._all: Found = []
        self._looked = False
        self._found.connect(self._take)
        words.changed.connect(self.changed)
        preferences.carried.connect(self._look_again)

    @Slot()
    def refresh(self) -> None:
        """Look again: a model was installed, a key entered, a server started."""
        self._looked = True
        workshop = self._workshop
        self._core.work(lambda: readiness_of_all(workshop), self._found.emit)

    def _look_again(self) -> None:
        if self._looked:
            self.refresh()

    def _take(self, found: Found) -> None:
        self._all = found
        self.changed.emit()

    def _known(self) -> Found:
        if not self._looked:
            self.refresh()
        return self._all

    def _chosen(self, stage: str) -> str:
        engine: str = getattr(self._preferences.settings, stage).engine
        return engine

    def _ready(self) -> dict[str, list[str]]:
        """What sends anything away is offered only where the person has chosen it already."""
        return {
            stage: [
                name
                for of, name, is_local, readiness in self._known()
                if of == stage
                and isinstance(readiness, Ready)
                and (is_local or name == self._chosen(stage).partition(":")[0])
            ]
            for stage in STAGES
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {stage: [self._row(*one) for one in self._known() if one[0] == stage] for stage in STAGES}

    def _row(self, stage: str, name: str, is_local: bool, readiness: Readiness) -> dict[str, Any]:
        row: dict[str, Any] = {"stage": stage, "name": name, "local": is_local}
        if isinstance(readiness, Ready):
            return {**row, "ready": True, "why": "", "fix": ""}
        why, fix = self._words.line(readiness.why, "", ""), self._words.line(readiness.why, "", readiness.fix)
        return {**row, "ready": False, "why": why, "fix": fix}

    ready = Property("QVariantMap", lambda self: self._ready(), notify=changed)  # type: ignore[arg-type]
    rows = Property("QVariantMap", lambda self: self._rows(), notify=changed)  # type: ignore[arg-type]
