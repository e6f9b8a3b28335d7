"""The documents in the window: the page, the chip and its menu, the sources of an answer; in every look."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.desktop.driven import drop
from tests.desktop.shelf import Shelf
from tests.desktop.stage import Stage, apart, stage
from tests.desktop.test_accessibility import _stops, faults, operable
from tests.desktop.test_transcriptions_window import beyond
from tests.screenshots.said import ENGLISH
from voicebot.events import (
    Citation,
    Event,
    Indexing,
    ReplyDelta,
    ReplyEnded,
    Sourced,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
)

TURN = 900
QUOTE = "Employees get 25 days of paid leave a year."
HOSTILE = '<img src="http://127.0.0.1:9/a.png"> <b>bold</b> [a link](http://127.0.0.1:9/)'
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 4
PAGE = "\n\n".join(["Something else stands here first."] * 60 + [QUOTE, HOSTILE])


def test_every_look_of_it() -> None:
    apart(looks)


def test_it_is_named_and_reached() -> None:
    apart(reached)


def test_what_is_dropped_is_read_and_put_on() -> None:
    apart(dropped)


def test_the_chip_chooses() -> None:
    apart(chosen)


def test_a_source_opens_at_the_quote() -> None:
    apart(cited)


def made_shelf() -> Shelf:
    return Shelf({"handbook.pdf": ("Welcome.", PAGE), "minutes.md": ("The leave deadline moves to May.",)})


def papers() -> Path:
    from voicebot.resources import find_home

    folder = find_home().data / "papers"
    folder.mkdir(parents=True)
    for name in ("handbook.pdf", "minutes.md", f"{LONG}.txt", "secret.docx"):
        (folder / name).write_text("x", "utf-8")
    return folder


def filled(shown: Stage, shelf: Shelf) -> Path:
    """A collection with a file in every state, one of which is read now; another collection, and a search."""
    folder, documents = papers(), shown.root.documents
    documents.watch(True)
    documents.add("Work", [f"file://{folder / 'minutes.md'}"])
    documents.add("", [f"file://{folder}"])
    shown.wait_until(lambda: len(documents.property("collections")) == 2, "the collections")
    shelf.read("handbook.pdf", notes=("3 pictures were left out",))
    shelf.read("secret.docx", why="it is protected by a password", fix="save it without one")
    documents.show("My documents")
    documents.apply(Indexing(0, 2, 4, str(folder / f"{LONG}.txt"), 75.0))
    documents.refresh()
    shown.wait_until(lambda: any(one.state == "failed" for one in documents.file_rows._shown), "the files")
    return folder


def citations(folder: Path) -> tuple[Citation, ...]:
    path = str(folder / "handbook.pdf")
    passage = 3  # the minutes were not read, the first page is 1
    return (
        Citation(1, "Employee handbook", "page 2", path, QUOTE, 2, passage - 1),
        Citation(2, LONG, "", path, "Welcome.", 1, passage - 2),
        Citation(3, "Minutes", "Deadlines", path, "May", None, 99),
    )


def answer(shown: Stage, found: tuple[Citation, ...], cites: int = 1) -> None:
    text = "You get **25 days** [1]."
    events: tuple[Event, ...] = (
        StateChanged(TURN, State.THINKING),
        Transcript(TURN, "How much leave do I get?", "en", "typed"),
        Sourced(TURN, found),
        ReplyDelta(TURN, text),
        ReplyEnded(TURN, text, found[:cites]),
        TurnEnded(TURN, "answered", {"total": 1.0}),
        StateChanged(TURN, State.IDLE),
    )
    for event in events:
        shown.root.apply(event)
    shown.root.conversation.redraw()
    shown.settle()


def open_page(shown: Stage) -> None:
    shown.window.setProperty("page", "documents")
    shown.settle()


def kind(shown: Stage, name: str) -> QObject:
    return next(one for one in shown.everything() if f"{name}_QMLTYPE" in one.metaObject().className())


def node(shown: Stage, name: str) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        return next((one for one in shown.nodes() if one["name"] == name), None)

    found: dict[str, Any] = shown.wait_until(there, name)
    return found


def click(shown: Stage, name: str) -> None:
    there = node(shown, name)
    place = QPoint(int(there["x"]), int(there["y"])) - shown.window.position()
    QTest.mouseClick(shown.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    shown.picture()


def write(shown: Stage, text: str) -> None:
    for letter in text:
        QTest.keyClick(shown.window, letter)
    shown.settle()


def looks() -> None:
    shelf = made_shelf()
    with stage(ENGLISH, shelf=shelf) as shown:
        folder = filled(shown, shelf)
        answer(shown, citations(folder))
        source = shown.root.documents.source
        for theme, language in product(("light", "dark"), ("en", "ko")):
            shown.root.appearance.setProperty("theme", theme)
            shown.root.appearance.setProperty("language", language)
            for size, width in product((1.0, 1.5), (360, 1040)):
                shown.root.appearance.setProperty("textSize", size)
                shown.resize(width)
                shown.picture()
                open_page(shown)
                picture = shown.picture()
                assert (picture.pixelColor(4, 716).lightness() < 128) == (theme == "dark")
                assert beyond(shown) == []
                shown.uncover()
                source.open({"title": LONG, "place": "page 2", "path": str(folder), "quote": QUOTE, "passage": 2})
                shown.wait_until(lambda: source.property("standing") == "there", "the page")
                shown.picture()
                QTest.keyClick(shown.window, Qt.Key.Key_Escape)
                shown.settle()


def reached() -> None:
    shelf = made_shelf()
    with stage(ENGLISH, shelf=shelf) as shown:
        folder = filled(shown, shelf)
        answer(shown, citations(folder))
        for width in (1040, 360):
            shown.resize(width, 2600)
            assert faults(shown.nodes()) == []
        shown.root.documents.search.setProperty("query", "employees welcome")
        shown.wait_until(lambda: len(shown.root.documents.search.property("found")) == 2, "passages")
        for width in (1040, 360):
            shown.resize(width, 2600)
            open_page(shown)
            assert faults(shown.nodes()) == []
            shown.uncover()
            shown.root.documents.search.setProperty("query", "employees welcome")
        shown.resize(1040, 2600)
        shown.wait_until(lambda: len(shown.root.documents.search.property("found")) == 2, "passages")
        open_page(shown)
        shown.picture()
        stops = _stops(shown, Qt.Key.Key_Tab)
        every = {one["name"] for one in operable(shown.nodes()) if not one["disabled"]}
        assert every - {name for name, _ in stops} == set()
        assert [name for name, seen in stops if not seen] == []
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        assert shown.window.property("page") == ""


def dropped() -> None:
    shelf = made_shelf()
    with stage(ENGLISH, shelf=shelf) as shown:
        folder = papers()
        QTest.keyClick(shown.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        shown.settle()
        assert shown.window.property("page") == "documents"
        node(shown, "Ask about your own files, and hear the answer with the page on which it stands.")
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        assert node(shown, "No documents")["role"] == "Button"
        drop(shown.window, [str(folder)])
        shown.wait_until(lambda: shown.root.documents.property("on") == "My documents", "the collection")
        shown.settle()
        assert shown.window.property("page") == "documents"
        node(shown, "4 files in “My documents”")
        shown.uncover()
        node(shown, "Documents: My documents")
        (folder / "talk.mp3").write_text("x")
        drop(shown.window, [str(folder / "talk.mp3"), str(folder / "minutes.md")])
        shown.settle()
        assert shown.window.property("page") == "transcribe", "what waits to be begun is shown"
        node(shown, "1 file in “My documents”")


def chosen() -> None:
    shelf = made_shelf()
    with stage(ENGLISH, shelf=shelf) as shown:
        filled(shown, shelf)
        on = lambda: shown.root.documents.property("on")  # noqa: E731 - a word, not a function
        assert on() == "Work"
        for name, expected in (("My documents", "My documents"), ("No documents", "")):
            click(shown, f"Documents: {on()}" if on() else "No documents")
            click(shown, name)
            assert on() == expected
        shown.root.documents.use("Work")
        shown.settle()
        click(shown, "Documents: Work")
        assert "Passages are sent to" not in " ".join(one["name"] for one in shown.nodes())
        shown.root.engines._take_used({**shown.root.engines._used, "llm": "openai:gpt-5"})
        node(shown, "Passages are sent to OpenAI with the question.")
        click(shown, "Only from my documents")
        assert shown.root.documents.property("only")
        assert on() == "Work"
        click(shown, "Answers only from: Work")
        click(shown, "Manage…")
        assert shown.window.property("page") == "documents"
        named(shown, shelf)


def closed_alone(shown: Stage) -> None:
    """Escape closes the sheet above the page, and the page after it."""
    sheet, source = kind(shown, "SourceSheet"), shown.root.documents.source
    open_page(shown)
    source.open({"title": "Handbook", "quote": QUOTE, "passage": 2})
    shown.wait_until(lambda: source.property("standing") == "there", "the page")
    QTest.keyClick(shown.window, Qt.Key.Key_Escape)
    shown.settle()
    assert (sheet.property("visible"), shown.window.property("page")) == (False, "documents")
    QTest.keyClick(shown.window, Qt.Key.Key_Escape)
    shown.settle()
    assert shown.window.property("page") == ""


def cited() -> None:
    """By a click on the chip, and on the mark in the text; the quote is seen, and the keyboard moves the page."""
    shelf = made_shelf()
    with stage(ENGLISH, shelf=shelf) as shown:
        answer(shown, citations(filled(shown, shelf)))
        shown.resize(1040)
        message = shown.root.conversation.rowCount()
        sheet, source = kind(shown, "SourceSheet"), shown.root.documents.source
        click(shown, f"Source 1: Employee handbook · page 2, message {message}")
        shown.wait_until(lambda: source.property("standing") == "there", "the page")
        for _ in range(4):
            shown.picture()
        assert sheet.property("visible")
        view = QGuiApplication.focusObject()
        assert view.property("contentY") > 500, "it is scrolled to the quote"
        highlight = (0xF6, 0xE3, 0xAE)
        picture = shown.picture()
        seen = {picture.pixelColor(x, y).getRgb()[:3] for x in range(200, 500, 3) for y in range(150, 560, 2)}
        assert highlight in seen, "the quote is marked, and in sight"
        (page,) = [one for one in shown.nodes() if HOSTILE in one["name"] and one["role"] == "StaticText"]
        assert page["name"].startswith("Something else")
        at = view.property("contentY")
        QTest.keyClick(shown.window, Qt.Key.Key_PageUp)
        shown.settle()
        assert view.property("contentY") < at
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        assert not sheet.property("visible")
        assert not [one for one in shown.nodes() if one["name"].startswith("Source 3")]
        click(shown, f"2 more looked at, message {message}")
        node(shown, f"Source 3: Minutes · Deadlines, message {message}")
        links = [one for one in shown.everything() if one.metaObject().indexOfSignal("linkActivated(QString)") >= 0]
        texts = [one for one in links if "source:1" in str(one.property("text"))]
        assert len(texts) == 1
        texts[0].linkActivated.emit("source:1")  # type: ignore[attr-defined]
        shown.settle()
        assert sheet.property("visible")
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        click(shown, f"Source 3: Minutes · Deadlines, message {message}")
        node(shown, "This document is not in your collections any more. This was quoted from it:")
        node(shown, "May")
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        closed_alone(shown)


def named(shown: Stage, shelf: Shelf) -> None:
    """A collection is begun under a name that no other has; one is removed once that was said twice."""
    shown.resize(1040, 1600)
    click(shown, "New collection")
    assert node(shown, "Name of the collection")["focused"]
    write(shown, "WORK")
    node(shown, "There is a collection of this name")
    write(shown, " of mine")
    QTest.keyClick(shown.window, Qt.Key.Key_Return)
    shown.settle()
    assert shown.root.documents.property("shown") == "WORK of mine"
    node(shown, "Nothing is in it yet: add files or a folder.")
    click(shown, "More about Work")
    click(shown, "Rename")
    assert node(shown, "Name of the collection")["focused"]
    write(shown, "Office")
    QTest.keyClick(shown.window, Qt.Key.Key_Return)
    shown.wait_until(lambda: shown.root.documents.property("on") == "Office", "the other name")
    click(shown, "More about Office")
    click(shown, "Remove the collection")
    assert "Office" in shelf.sources
    click(shown, "Remove")
    shown.wait_until(lambda: "Office" not in shelf.sources, "its end")
