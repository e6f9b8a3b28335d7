"""The engines of each stage as the screen lists them: what can run, what the others need, and what each sends away."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import STAGES, Preferences
from voicebot.desktop.words import Words
from voicebot.engines import LLM, STT, TTS, Workshop, readiness_of_all
from voicebot.events import Event, Preparing
from voicebot.readiness import Readiness, Ready

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

LIBRARY = ("pip install", "voicebot addons")
"""With this begins the way to mend an engine whose library is missing: no download helps it."""
Found = list[tuple[str, str, bool, Readiness]]


class Engines(QObject):
    """They are looked for when they are first asked for, since looking loads the keyring; `changed` brings them.

    `used` has the engine of each stage that works now, "engine" or "engine:model"; `preparing` the one that will once
    it is ready, or "".
    """

    changed = Signal()
    usedChanged = Signal()
    _uses = Signal(object)
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
        self._used = dict.fromkeys(STAGES, "")
        self._preparing = dict.fromkeys(STAGES, "")
        self._uses.connect(self._take_used)
        self._found.connect(self._take)
        words.changed.connect(self.changed)
        preferences.carried.connect(self._look_again)
        preferences.carried.connect(self.look_at_used)

    @Slot()
    def refresh(self) -> None:
        """Look again: a model was installed, a key entered, a server started."""
        self._looked = True
        workshop = self._workshop
        self._core.work(lambda: readiness_of_all(workshop), self._found.emit)

    def apply(self, event: Event) -> None:
        """See which engine gets ready, and which one works when it is."""
        if isinstance(event, Preparing):
            done = event.done is not None and event.done >= 1.0
            self._preparing = {**self._preparing, event.stage: "" if done else event.engine}
            self.usedChanged.emit()
            if done:
                self.look_at_used()

    def look_at_used(self) -> None:
        """Bring `used` up to date."""
        self._core.ask(_names_of, self._uses.emit)

    @staticmethod
    def stages_of(engine: str) -> list[str]:
        """The stages that have an engine of this name."""
        return [stage for stage, makers in (("stt", STT), ("llm", LLM), ("tts", TTS)) if engine in makers]

    def used_for(self, stage: str) -> str:
        """The engine of a stage that works now, "" before that is known."""
        return self._used[stage]

    def _take_used(self, used: dict[str, str]) -> None:
        self._used = used
        self.usedChanged.emit()

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
        row: dict[str, Any] = {"stage": stage, "name": name, "local": is_local, "host": self._host(stage, name)}
        if isinstance(readiness, Ready):
            return {**row, "ready": True, "why": "", "fix": "", "uninstalled": False}
        why, fix = self._words.line(readiness.why, "", ""), self._words.line(readiness.why, "", readiness.fix)
        uninstalled = readiness.fix.startswith(LIBRARY)
        return {**row, "ready": False, "why": why, "fix": fix, "uninstalled": uninstalled}

    def _host(self, stage: str, name: str) -> str:
        """The server that the person named for an engine; "" for the engine's own service."""
        if name != "openai":
            return ""
        address = getattr(self._preferences.settings, stage).base_url or os.environ.get("OPENAI_BASE_URL", "")
        try:
            return urlsplit(address).netloc.rpartition("@")[2]
        except ValueError:  # no address: its readiness says so
            return ""

    ready = Property("QVariantMap", lambda self: self._ready(), notify=changed)  # type: ignore[arg-type]
    rows = Property("QVariantMap", lambda self: self._rows(), notify=changed)  # type: ignore[arg-type]
    used = Property("QVariantMap", lambda self: self._used, notify=usedChanged)  # type: ignore[arg-type]
    preparing = Property("QVariantMap", lambda self: self._preparing, notify=usedChanged)  # type: ignore[arg-type]


def _names_of(assistant: Assistant) -> dict[str, str]:
    voice = assistant.speaker.engine
    return {
        "stt": assistant.transcriber.engine.name,
        "llm": assistant.responder.engine.name,
        "tts": voice.name if voice is not None else "",
    }
