"""Why the microphone or the speaker does not work: one plain cause and one fix, which appears by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.words import Words
from voicebot.events import DeviceFound, DeviceLost, Event, Failed, Level, MicrophoneSilent, NoSpeech

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.doctor import Diagnosis

BRIEFLY = 0.3
"""Seconds of listening when nobody asked: the person is told within two seconds."""
CLOSELY = 1.0
SOUND = -85.0
"""dBFS above which the microphone gives something."""


class MicDoctor(QObject):
    """`what`, `why` and `fix` are the last finding; `line` stands in the conversation until it is mended or closed."""

    changed = Signal()
    copied = Signal()
    _found = Signal(object, str)

    def __init__(self, core: Core, preferences: Preferences, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._preferences = preferences
        self._words = words
        self._finding: Diagnosis | None = None
        self._report = ""
        self._looking = False
        self._silent = False
        self._shown = False
        self._found.connect(self._take)
        words.changed.connect(self.changed)

    def apply(self, event: Event) -> None:
        """Look when the microphone gives nothing, by itself; silence alone matters only to one who has spoken."""
        match event:
            case MicrophoneSilent():
                self._silent = True
                self._look(BRIEFLY, "silence")
            case NoSpeech() if self._silent:
                self._look(BRIEFLY, "trouble")
            case DeviceLost(device="microphone") | Failed(stage="microphone"):
                self._look(BRIEFLY, "trouble")
            case Level() if event.dbfs > SOUND:
                self._mended()
            case DeviceFound(device="microphone"):
                self._mended()

    @Slot()
    def look(self) -> None:
        """Look closely, because the person asked."""
        self._look(CLOSELY, "asked")

    @Slot()
    def dismiss(self) -> None:
        self._shown = False
        self.changed.emit()

    @Slot()
    def copyReport(self) -> None:
        """Put a report of all that was found into the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self.copied.emit()

    def _look(self, seconds: float, because: str) -> None:
        if self._looking:
            return
        self._looking = True
        self.changed.emit()

        async def looked(assistant: Assistant) -> None:
            finding: tuple[Diagnosis, str] | None = None
            try:
                finding = await self._examined(assistant, seconds)
            finally:
                self._found.emit(finding, because)

        self._core.do(looked, stage="doctor")

    async def _examined(self, assistant: Assistant, seconds: float) -> tuple[Diagnosis, str] | None:
        from voicebot.doctor import Cause, diagnose, diagnose_speaker, gather, report

        card = assistant.setup.card
        if card is None:
            return None
        evidence = await gather(card, self._preferences.settings.audio, seconds)
        found = diagnose(evidence)
        if found.cause is Cause.BUSY and assistant.microphone_is_open:  # this program is the other one
            found = diagnose_speaker(evidence)
        return found, report(evidence)

    def _take(self, found: tuple[Diagnosis, str] | None, because: str) -> None:
        """Show the finding above the conversation, unless the person asked and sees it already."""
        from voicebot.doctor import Cause

        self._looking = False
        if found is not None:
            self._finding, self._report = found
            harmless = {Cause.SILENCE, Cause.SPEAKER_MUTED} if because == "silence" else set()
            appears = because != "asked" or self._shown
            self._shown = appears and not self._finding.ok and self._finding.cause not in harmless
        self.changed.emit()

    def _mended(self) -> None:
        self._silent = False
        if self._shown and self._finding is not None and self._finding.device == "microphone":
            self.dismiss()

    def _part(self, name: str) -> str:
        text: str = getattr(self._finding, name) if self._finding is not None else ""
        return self._words.line(text, "", "") if text else ""

    def _line(self) -> str:
        if not self._shown or self._finding is None:
            return ""
        return self._words.line(self._finding.what, self._finding.why, self._finding.fix)

    looking = Property(bool, lambda self: self._looking, notify=changed)
    ok = Property(bool, lambda self: self._finding is not None and self._finding.ok, notify=changed)
    cause = Property(str, lambda self: "" if self._finding is None else str(self._finding.cause), notify=changed)
    what = Property(str, lambda self: self._part("what"), notify=changed)
    why = Property(str, lambda self: self._part("why"), notify=changed)
    fix = Property(str, lambda self: self._part("fix"), notify=changed)
    line = Property(str, lambda self: self._line(), notify=changed)
