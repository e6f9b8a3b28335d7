"""The microphones and speakers that are there, and hearing oneself: a few seconds, played back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.events import Event, State, StateChanged

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.audio.card import Device

TRIED = 3.0
"""Seconds of oneself: a sentence."""


class Devices(QObject):
    """`microphones` and `speakers` are names, as the settings take them; `trial` is "", "recording" or "playing"."""

    changed = Signal()
    trialChanged = Signal()
    _found = Signal(object)
    _stage = Signal(str)

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._devices: list[Device] = []
        self._trial = ""
        self._found.connect(self._take)
        self._stage.connect(self._set_trial)

    @Slot()
    def refresh(self) -> None:
        """Look again: one may have been plugged in."""
        self._core.ask(_devices_of, self._found.emit)

    @Slot()
    def hearMyself(self) -> None:
        """Record for `TRIED` seconds, and play it; nothing of it is kept."""
        if not self._trial:
            self._set_trial("recording")
            self._core.do(self._try, stage="microphone")

    def apply(self, event: Event) -> None:
        if isinstance(event, StateChanged) and event.state is State.IDLE and self._trial == "playing":
            self._set_trial("")

    async def _try(self, assistant: Assistant) -> None:
        try:
            samples = await assistant.record(TRIED)
            self._stage.emit("playing")
            await assistant.play(samples)
        except BaseException:
            self._stage.emit("")
            raise

    def _take(self, devices: list[Device]) -> None:
        self._devices = devices
        self.changed.emit()

    def _set_trial(self, stage: str) -> None:
        self._trial = stage
        self.trialChanged.emit()

    def _microphones(self) -> list[str]:
        return [device.name for device in self._devices if device.inputs]

    def _speakers(self) -> list[str]:
        return [device.name for device in self._devices if device.outputs]

    microphones = Property(list, lambda self: self._microphones(), notify=changed)
    speakers = Property(list, lambda self: self._speakers(), notify=changed)
    trial = Property(str, lambda self: self._trial, notify=trialChanged)


async def _devices_of(assistant: Assistant) -> list[Device]:
    card = assistant.setup.card
    return await card.devices() if card is not None else []
