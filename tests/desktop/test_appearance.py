"""How the window looks, as the settings or the system have it."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from voicebot.desktop import appearance
from voicebot.desktop.appearance import Appearance
from voicebot.desktop.translation import Catalogue
from voicebot.setting_groups import DesktopSettings


class Kept:
    def __init__(self, **settings: object) -> None:
        self.kept: list[tuple[str, object]] = []
        self.look = Appearance(DesktopSettings(**settings), lambda *pair: self.kept.append(pair))  # type: ignore[arg-type]
        self.changes: list[str] = []
        self.look.changed.connect(lambda: self.changes.append("look"))
        self.look.languageChanged.connect(lambda: self.changes.append("language"))

    def end(self) -> None:
        self.look.setProperty("language", "en")


def test_what_is_chosen_is_kept_once_and_told(qt: QGuiApplication) -> None:
    made = Kept(theme="light", language="en")
    for name, value in (("theme", "dark"), ("reducedMotion", True), ("textSize", 1.25), ("language", "ko")):
        made.look.setProperty(name, value)
        made.look.setProperty(name, value)
        assert made.look.property(name) == value
    assert made.kept == [
        ("desktop.theme", "dark"),
        ("desktop.reduced_motion", True),
        ("desktop.text_size", 1.25),
        ("desktop.language", "ko"),
    ]
    assert made.changes == ["look", "look", "look", "language"]
    made.end()


class Hints(QObject):
    """The system's colours, which the offscreen platform does not have."""

    colorSchemeChanged = Signal()
    scheme = Qt.ColorScheme.Unknown

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme


def test_the_theme_follows_the_system(qt: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = Hints()
    monkeypatch.setattr(appearance.QGuiApplication, "styleHints", staticmethod(lambda: hints))
    system, dark, light = Kept(theme="system"), Kept(theme="dark"), Kept(theme="light")
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown):
        hints.scheme = scheme
        hints.colorSchemeChanged.emit()
        assert system.look.property("dark") is (scheme is Qt.ColorScheme.Dark)
        assert (dark.look.property("dark"), light.look.property("dark")) == (True, False)
    assert system.changes == ["look"] * 3


@pytest.mark.parametrize(("system", "language"), [("ko_KR", "ko"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")])
def test_the_language_follows_the_system(
    qt: QGuiApplication, monkeypatch: pytest.MonkeyPatch, system: str, language: str
) -> None:
    monkeypatch.setattr(appearance.QLocale, "system", staticmethod(lambda: QLocale(system)))
    made = Kept(language="system")
    assert made.look.property("languageNow") == language
    made.end()


def test_switching_to_and_fro_leaves_no_translator(qt: QGuiApplication) -> None:
    made = Kept(language="en")
    for _ in range(5):
        made.look.setProperty("language", "ko")
        assert QCoreApplication.translate("Sidebar", "New conversation") == "새 대화"
        made.look.setProperty("language", "en")
        assert QCoreApplication.translate("Sidebar", "New conversation") == "New conversation"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not made.look.findChildren(Catalogue)
