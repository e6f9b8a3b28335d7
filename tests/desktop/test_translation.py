"""The words of the screen: Korean where there is a translation, English where there is none, never nothing."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication

from voicebot.desktop import translation
from voicebot.desktop.translation import Catalogue, read, source_file
from voicebot.desktop.words import Words

pytestmark = pytest.mark.usefixtures("qt")

SOURCE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context><name>Main</name>
<message><source>“%1” was deleted</source><translation>“%1”을(를) 지웠습니다</translation></message>
<message><source>Unfinished</source><translation type="unfinished"></translation></message>
<message><source>Gone</source><translation type="vanished">사라짐</translation></message>
</context>
</TS>
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    file = tmp_path / "ko.ts"
    file.write_text(SOURCE, "utf-8")
    monkeypatch.setattr(translation, "source_file", lambda _: file)
    return Catalogue("ko")


def test_what_has_no_translation_stays_english(catalogue: Catalogue) -> None:
    for text in ("Unfinished", "Gone", "Never seen", ""):
        assert catalogue.translate("Main", text) == text
    assert catalogue.translate("Other", "“%1” was deleted") == "“%1” was deleted"


def test_it_can_be_switched_while_running(catalogue: Catalogue) -> None:
    english, korean = "“%1” was deleted", "“%1”을(를) 지웠습니다"
    assert QCoreApplication.translate("Main", english) == english
    QCoreApplication.installTranslator(catalogue)
    assert QCoreApplication.translate("Main", english) == korean
    assert QCoreApplication.translate("Main", "Unfinished") == "Unfinished"
    QCoreApplication.removeTranslator(catalogue)
    assert QCoreApplication.translate("Main", english) == english


def test_the_shipped_words_are_read() -> None:
    assert len(read(source_file("ko"))) > 20
    assert not Catalogue("ko").isEmpty()


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.ts").write_text("<TS>", "utf-8")
    with pytest.raises(ElementTree.ParseError):
        read(tmp_path / "x.ts")


def test_the_cores_words_follow_the_language() -> None:
    words = Words("en")
    told: list[int] = []
    words.changed.connect(lambda: told.append(1))
    english = words.line("the history is not open", "", "choose another one")
    words.use("ko")
    korean = words.line("the history is not open", "", "choose another one")
    assert told == [1]
    assert "history" in english
    assert not any(letter.isascii() and letter.isalpha() for letter in korean)
    assert words.text("no such message at all") == "no such message at all"
