"""How the window looks: colours, language, motion and the size of its text, by the settings or as the system has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from voicebot.desktop.translation import Catalogue
from voicebot.setting_groups import DesktopSettings

LANGUAGES = ("en", "ko")
Keep = Callable[[str, object], None]
"""Writes a setting, "group.key" and its value, without making anybody wait."""


class Appearance(QObject):
    """What `Theme.qml` is told. Setting a property keeps it, and takes effect at once."""

    changed = Signal()
    languageChanged = Signal()

    def __init__(self, settings: DesktopSettings, keep: Keep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._theme: str = settings.theme
        self._chosen_language: str = settings.language
        self._reduced_motion = settings.reduced_motion
        self._text_size = settings.text_size
        self._catalogue: Catalogue | None = None
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self.changed)
        self._translate()

    @property
    def language_now(self) -> str:
        if self._chosen_language in LANGUAGES:
            return self._chosen_language
        return "ko" if QLocale.system().language() is QLocale.Language.Korean else "en"

    def _is_dark(self) -> bool:
        if self._theme != "system":
            return self._theme == "dark"
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _set_theme(self, theme: str) -> None:
        if theme != self._theme:
            self._theme = theme
            self._keep("desktop.theme", theme)
            self.changed.emit()

    def _set_language(self, language: str) -> None:
        if language != self._chosen_language:
            self._chosen_language = language
            self._keep("desktop.language", language)
            self._translate()
            self.languageChanged.emit()

    def _set_reduced_motion(self, reduced: bool) -> None:
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self._keep("desktop.reduced_motion", reduced)
            self.changed.emit()

    def _set_text_size(self, size: float) -> None:
        if size != self._text_size:
            self._text_size = size
            self._keep("desktop.text_size", size)
            self.changed.emit()

    def _translate(self) -> None:
        if self._catalogue is not None:
            QCoreApplication.removeTranslator(self._catalogue)
            self._catalogue.deleteLater()
            self._catalogue = None
        if self.language_now != "en":
            self._catalogue = Catalogue(self.language_now, self)
            QCoreApplication.installTranslator(self._catalogue)

    theme = Property(str, lambda self: self._theme, _set_theme, notify=changed)
    dark = Property(bool, _is_dark, notify=changed)
    reducedMotion = Property(bool, lambda self: self._reduced_motion, _set_reduced_motion, notify=changed)
    textSize = Property(float, lambda self: self._text_size, _set_text_size, notify=changed)
    language = Property(str, lambda self: self._chosen_language, _set_language, notify=languageChanged)
    languageNow = Property(str, lambda self: self.language_now, notify=languageChanged)
