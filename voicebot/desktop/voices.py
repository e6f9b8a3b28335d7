"""The voices of the engine that speaks: which there are for a language, and how each sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.preferences import Preferences

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.tts.base import Voice

SAMPLE = {
    "en": "Hello. This is how I sound when I answer you.",
    "ko": "안녕하세요. 제가 대답할 때는 이런 목소리예요.",
}
SETTING = {"en": "tts.voice", "ko": "tts.voice_ko"}


class Voices(QObject):
    """`english` and `korean` are lists of {id, name}; the first one is the engine's own choice."""

    changed = Signal()
    _found = Signal(object)

    def __init__(self, core: Core, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._voices: list[Voice] = []
        self._found.connect(self._take)
        preferences.carried.connect(self._look_again)
        self._looked = False

    @Slot()
    def refresh(self) -> None:
        """Ask the engine that speaks now."""
        self._looked = True
        self._core.ask(_voices_of, self._found.emit)

    @Slot(str, str)
    def preview(self, language: str, voice: str) -> None:
        """Have a voice ("" for the engine's own choice) say a sentence of its language."""
        text = SAMPLE[language]
        self._core.do(lambda assistant: assistant.read_aloud(text, language, voice or None))

    def _look_again(self) -> None:
        if self._looked:
            self.refresh()

    def _take(self, voices: list[Voice]) -> None:
        self._voices = voices
        self.changed.emit()

    def _of(self, language: str) -> list[dict[str, str]]:
        fitting = [voice for voice in self._voices if language in voice.languages or not voice.languages]
        return [{"id": "", "name": ""}, *({"id": voice.id, "name": voice.name} for voice in fitting)]

    english = Property(list, lambda self: self._of("en"), notify=changed)
    korean = Property(list, lambda self: self._of("ko"), notify=changed)


async def _voices_of(assistant: Assistant) -> list[Voice]:
    engine = assistant.speaker.engine
    return await engine.voices() if engine is not None else []
