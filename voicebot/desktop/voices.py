"""The voices of the engine that speaks: which there are for a language, how each sounds, and those to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.catalogue import Catalogue, Model
from voicebot.desktop.core import Core
from voicebot.desktop.models import Models
from voicebot.desktop.offers import Offers
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.words import Words
from voicebot.errors import VoicebotError

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.tts.base import Voice

ENGINE = "piper"
"""Speaks with the catalogue's voices; "auto" takes it for the languages of those that are here."""
SAMPLE = {
    "en": "Hello. This is how I sound when I answer you.",
    "ko": "안녕하세요. 제가 대답할 때는 이런 목소리예요.",
}
SETTING = {"en": "tts.voice", "ko": "tts.voice_ko"}

Found = tuple[int, "list[Voice] | VoicebotError"]


class Voices(QObject):
    """`english` and `korean` are lists of {id, name}; the first one is the engine's own choice.

    A service is asked for its voices over the network: `looking` meanwhile, and `fault` says why there are none.
    Each engine has voices of its own: another engine begins with its own choice, and finds again what was chosen for
    it before. `offers` are the voices to download.
    """

    changed = Signal()
    _found = Signal(object)

    def __init__(
        self,
        core: Core,
        preferences: Preferences,
        models: Models,
        catalogue: Catalogue,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._preferences = preferences
        self._words = words
        self._voices: list[Voice] = []
        self._fault: VoicebotError | None = None
        self._asked = self._answered = 0
        self._engine = preferences.settings.tts.engine
        self._chosen: dict[str, dict[str, str]] = {}
        """The voices by setting, by the engine for which they were chosen."""
        self._speaking = ""
        self._awaited: Model | None = None
        """A voice to be chosen once its engine speaks: the one before does not know it."""
        self._offers = Offers(
            ENGINE, models, catalogue, words, self._speak_with, self._speaks_with, self, best_first=True
        )
        self._found.connect(self._take)
        preferences.changed.connect(self._follow)
        preferences.carried.connect(self._look_again)
        words.changed.connect(self.changed)

    @Slot()
    def refresh(self) -> None:
        """Ask the engine that speaks now."""
        self._asked += 1
        number = self._asked

        async def look(assistant: Assistant) -> Found:
            try:
                return number, await _voices_of(assistant)
            except VoicebotError as error:
                return number, error

        self._core.ask(look, self._found.emit)
        self.changed.emit()

    @Slot(str, str)
    def preview(self, language: str, voice: str) -> None:
        """Have a voice ("" for the engine's own choice) say a sentence of its language."""
        text = SAMPLE[language]
        self._core.do(lambda assistant: assistant.read_aloud(text, language, voice or None))

    def _look_again(self) -> None:
        if self._asked:
            self.refresh()

    def _take(self, found: Found) -> None:
        number, told = found
        if number != self._asked:  # another engine was asked meanwhile
            return
        self._answered = number
        self._voices, self._fault = ([], told) if isinstance(told, VoicebotError) else (told, None)
        self.changed.emit()

    def _follow(self, name: str) -> None:
        """Another engine speaks: an id that only the one before knows would fail."""
        if name in SETTING.values():
            self._offers.changed.emit()
        if name != "tts.engine":
            return
        before, self._engine = self._engine, self._preferences.settings.tts.engine
        self._offers.forget()
        self._awaited = None
        settings = self._preferences.settings.tts
        self._chosen[before] = {"tts.voice": settings.voice, "tts.voice_ko": settings.voice_ko}
        overridden: list[str] = self._preferences.property("overridden")
        for setting, voice in self._chosen.get(self._engine, dict.fromkeys(SETTING.values(), "")).items():
            if setting not in overridden:
                self._preferences.set(setting, voice)

    def follow_engine(self, name: str) -> None:
        """The engine of this name speaks now: its voices are others, and a voice that waited for it is chosen."""
        if name == self._speaking:
            return
        self._speaking = name
        self._look_again()
        if self._awaited is not None and self._is_piper():
            self._choose(self._awaited)

    def _speak_with(self, voice: Model) -> None:
        """A voice that is here speaks the languages that it can; others are left to the system's."""
        if self._preferences.settings.tts.engine not in ("auto", ENGINE):
            self._preferences.set("tts.engine", "auto")
        if self._is_piper():
            self._choose(voice)
        else:
            self._awaited = voice

    def _choose(self, voice: Model) -> None:
        self._awaited = None
        for language, setting in SETTING.items():
            if voice.speaks(language):
                self._preferences.set(setting, voice.id)

    def _is_piper(self) -> bool:
        return self._speaking.partition("+")[0].partition(":")[0] == ENGINE

    def _speaks_with(self, voice: Model) -> bool:
        settings = self._preferences.settings.tts
        return settings.engine in ("auto", ENGINE) and voice.id in (settings.voice, settings.voice_ko)

    def _of(self, language: str) -> list[dict[str, str]]:
        fitting = [voice for voice in self._voices if language in voice.languages or not voice.languages]
        return [{"id": "", "name": ""}, *({"id": voice.id, "name": voice.name} for voice in fitting)]

    def _why_none(self) -> str:
        fault = self._fault
        return "" if fault is None else self._words.line(fault.what, fault.why, fault.fix)

    english = Property(list, lambda self: self._of("en"), notify=changed)
    korean = Property(list, lambda self: self._of("ko"), notify=changed)
    looking = Property(bool, lambda self: self._asked != self._answered, notify=changed)
    fault = Property(str, lambda self: self._why_none(), notify=changed)
    offers = Property(QObject, lambda self: self._offers, constant=True)


async def _voices_of(assistant: Assistant) -> list[Voice]:
    engine = assistant.speaker.engine
    return await engine.voices() if engine is not None else []
