"""The settings as the screen shows and changes them: a change takes effect at once, and is written soon after."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QJSValue

from voicebot.desktop.core import Core
from voicebot.desktop.words import Words
from voicebot.engines import Names
from voicebot.errors import SettingsError
from voicebot.session import Session
from voicebot.settings import SETTINGS, Settings, change, replaced

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

SOON = 150
"""Milliseconds after a change before it is written: a slider that is dragged changes many times."""
STAGES = ("stt", "llm", "tts")


class Preferences(QObject):
    """`values` has every setting, called "group_key"; `set` changes one, by its name "group.key".

    A value that cannot be is refused: `faults` says why, by the setting's name, until it is set to one that can.
    """

    changed = Signal(str)
    """A setting has another value: its name."""
    valuesChanged = Signal()
    faultsChanged = Signal()
    carried = Signal()
    """What was changed is in the assistant."""
    _kept = Signal()

    def __init__(self, core: Core, opened: Session, names: Names, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = self._in_force = opened.settings
        self._core = core
        self._opened = opened
        self._names = names
        self._words = words
        self._faults: dict[str, str] = {}
        self._unwritten: dict[str, object] = {}
        self._writing = False
        self._one_after_another = asyncio.Lock()
        self._values = {_key(name): _shown(self.settings, name) for name in SETTINGS}
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.flush)
        self._kept.connect(self._go_on)

    @Slot(str, "QVariant")
    def set(self, name: str, value: object) -> None:
        """Change a setting, by its name "group.key"."""
        value = value.toVariant() if isinstance(value, QJSValue) else value
        try:
            after = replaced(self.settings, name, value)
        except SettingsError as error:
            self._say_fault(name, self._words.line(error.what, error.why, error.fix))
            return
        self._say_fault(name, "")
        if after != self.settings:
            self.settings = self._opened.workshop.settings = after
            self._values = {**self._values, _key(name): _shown(after, name)}
            self._unwritten[name] = value
            self._forget_given_engine(name)
            self._soon.start()
            self.valuesChanged.emit()
            self.changed.emit(name)

    def engine(self, stage: str) -> str:
        """The engine that is wanted for a stage: the one the program was started with, or the settings'."""
        wanted: str = getattr(self._names, stage) or getattr(self.settings, stage).engine
        return wanted

    def will_carry(self, name: str) -> bool:
        """Whether a setting was changed, and the assistant is about to hear of it."""
        return name in self._unwritten

    def flush(self) -> None:
        """Write what was changed, and carry it into the assistant; one such job after another."""
        self._soon.stop()
        if self._writing or not self._unwritten:
            return
        self._writing = True
        unwritten, self._unwritten = self._unwritten, {}
        before, self._in_force = self._in_force, self.settings
        after, names = self.settings, self._names
        self._core.work(lambda: self._write(unwritten))
        self._core.do(lambda assistant: self._carry(assistant, before, after, names))

    def _write(self, values: Mapping[str, object]) -> None:
        try:
            for name, value in values.items():
                change(self._opened.home, name, value)
        finally:
            self._kept.emit()

    async def _carry(self, assistant: Assistant, before: Settings, after: Settings, names: Names) -> None:
        from voicebot.reconfiguring import reconfigure

        async with self._one_after_another:
            try:
                await reconfigure(assistant, before, after, self._opened, names)
            finally:
                self.carried.emit()

    def _go_on(self) -> None:
        self._writing = False
        if self._unwritten:
            self.flush()

    def _forget_given_engine(self, name: str) -> None:
        """An engine that is chosen here stands above the one that the program was started with."""
        stage, _, key = name.partition(".")
        if stage in STAGES and key == "engine":
            given = {of: getattr(self._names, of) for of in STAGES} | {stage: ""}
            self._names = Names(**given)

    def _say_fault(self, name: str, fault: str) -> None:
        if self._faults.get(name, "") != fault:
            self._faults = {**self._faults, name: fault}
            self.faultsChanged.emit()

    values = Property("QVariantMap", lambda self: self._values, notify=valuesChanged)  # type: ignore[arg-type]
    faults = Property("QVariantMap", lambda self: self._faults, notify=faultsChanged)  # type: ignore[arg-type]
    overridden = Property(list, lambda self: sorted(self._opened.overridden), constant=True)


def _key(name: str) -> str:
    return name.replace(".", "_")


def _shown(settings: Settings, name: str) -> Any:
    group, _, key = name.partition(".")
    return _plain(getattr(getattr(settings, group), key))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
