"""The keys of services: entered once, kept in the system's keyring, never shown again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.words import Words
from voicebot.readiness import NotReady, Readiness
from voicebot.secrets import VARIABLES, Secrets

USED = ("openai", "elevenlabs")
"""The keys that an engine of this version asks for."""


class Vault(QObject):
    """`keys` lists {name, source, variable}: where each comes from, "keyring", "environment" or ""."""

    changed = Signal()
    kept = Signal(str)
    """A key was entered or removed: its name."""
    _found = Signal(object)

    def __init__(self, core: Core, secrets: Secrets, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._secrets = secrets
        self._words = words
        self._sources: dict[str, str] = {}
        self._store: Readiness | None = None
        self._found.connect(self._take)
        words.changed.connect(self.changed)

    @Slot()
    def refresh(self) -> None:
        self._core.work(self._look, self._found.emit)

    @Slot(str, str)
    def keep(self, name: str, value: str) -> None:
        """Keep a key in the keyring. It is not kept here, and no screen shows it again."""
        self._change(name, lambda: self._secrets.set(name, value.strip()))

    @Slot(str)
    def forget(self, name: str) -> None:
        self._change(name, lambda: self._secrets.forget(name))

    def _change(self, name: str, change: Any) -> None:
        def changed() -> tuple[dict[str, str], Readiness]:
            change()
            return self._look()

        def answer(found: object) -> None:
            self._found.emit(found)
            self.kept.emit(name)

        self._core.work(changed, answer)

    def _look(self) -> tuple[dict[str, str], Readiness]:
        """Blocks while the keyring answers."""
        return {name: self._secrets.source(name) or "" for name in USED}, self._secrets.store_available()

    def _take(self, found: tuple[dict[str, str], Readiness]) -> None:
        self._sources, self._store = found
        self.changed.emit()

    def _rows(self) -> list[dict[str, str]]:
        return [
            {"name": name, "source": source, "variable": VARIABLES[name]} for name, source in self._sources.items()
        ]

    def _why_not(self) -> str:
        if not isinstance(self._store, NotReady):
            return ""
        return self._words.line(self._store.why, "", self._store.fix)

    keys = Property(list, lambda self: self._rows(), notify=changed)
    whyNot = Property(str, lambda self: self._why_not(), notify=changed)
    """Why no key can be kept here; empty where one can."""
