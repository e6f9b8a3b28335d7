"""The words of the screen in another language, read from Qt's own translation source (`ui/i18n/ko.ts`).

Reading the source needs no compiled file beside it that could be stale or missing; a few hundred strings take
milliseconds. `pyside6-lupdate` adds what is new.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QObject, QTranslator

from voicebot.resources import data_root


def source_file(language: str) -> Path:
    return data_root() / "ui" / "i18n" / f"{language}.ts"


def read(file: Path) -> dict[tuple[str, str], str]:
    """Translations by context (the name of a QML file) and English text. Raises OSError or ElementTree.ParseError."""
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") != "vanished":
                found[name, message.findtext("source", "")] = translation.text
    return found


class Catalogue(QTranslator):
    """A `QTranslator` over one source file."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = read(source_file(language))

    def isEmpty(self) -> bool:
        return not self._words

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The translation; where there is none, the English itself, for Qt takes an empty text for a translation."""
        return self._words.get((str(context), str(sourceText)), str(sourceText))
