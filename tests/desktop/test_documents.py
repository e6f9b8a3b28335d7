"""The documents in the window's model: dropped, listed, searched, put on, removed; the page of a citation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("PySide6.QtQml", exc_type=ImportError)

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QSignalSpy

from tests.desktop.running import Engines, Window, until, window
from tests.desktop.shelf import Shelf
from voicebot.desktop.documents import Documents
from voicebot.events import Indexing
from voicebot.settings import load

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

pytestmark = pytest.mark.usefixtures("qt")
LEAVE = "Employees get 25 days of paid leave a year. <b>It lapses</b> in March."


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({"handbook.pdf": ("Welcome.", LEAVE), "minutes.md": ("The leave deadline moves to May.",)})


@pytest.fixture
def shown(qt: QGuiApplication, shelf: Shelf) -> Iterator[Window]:
    with window(Engines(shelf=shelf)) as made:
        made.root.documents.watch(True)
        yield made


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("handbook.pdf", "minutes.md", "talk.mp3"):
        (folder / name).write_text("x")
    return folder


def address(path: Path) -> QUrl:
    return QUrl.fromLocalFile(str(path))


def rows(documents: Documents) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = documents.property("collections")
    return found


def files(documents: Documents) -> list[dict[str, Any]]:
    model = documents.file_rows
    names = {role: bytes(name).decode() for role, name in model.roleNames().items()}
    return [{name: model.data(model.index(row), role) for role, name in names.items()} for row in range(model.count)]


def added(shown: Window, *paths: Path, collection: str = "") -> Documents:
    documents = shown.root.documents
    told = QSignalSpy(documents.added)
    documents.add(collection, [address(path) for path in paths])
    until(lambda: told.count() and rows(documents) and files(documents), "the files")
    return documents


def test_what_is_dropped_is_sorted(shown: Window, papers: Path) -> None:
    root = shown.root
    assert root.take([address(papers / "talk.mp3")], "") == "transcribe"
    assert root.take([address(papers / "minutes.md")], "") == "documents"
    assert root.take([address(papers)], "") == "documents"
    assert root.take([QUrl("https://example.com/handbook.pdf")], "") == ""
    assert root.take([address(papers / "talk.mp3"), address(papers / "handbook.pdf")], "") == "transcribe"
    until(lambda: len(files(root.documents)) == 4)
    assert root.transcriptions.rowCount() == 1


def test_the_first_documents_are_put_on_at_once(shown: Window, papers: Path) -> None:
    documents = added(shown, papers)
    (row,) = rows(documents)
    assert (row["name"], row["on"], row["documents"], row["waiting"]) == ("My documents", True, 2, 2)
    assert row["sources"] == [{"path": str(papers), "file": False}]
    shown.root.preferences.flush()
    from voicebot.resources import find_home

    until(lambda: load(find_home()).settings.documents.collection == "My documents", "the setting")


def test_files_are_listed_while_the_page_is_open(shown: Window, papers: Path) -> None:
    documents = added(shown, papers)
    documents.watch(False)
    until(lambda: files(documents) == [])
    assert rows(documents)[0]["documents"] == 2
    documents.watch(True)
    until(lambda: len(files(documents)) == 2)


def test_what_the_person_left_off_stays_off(shown: Window, papers: Path) -> None:
    documents = added(shown, papers / "minutes.md")
    documents.use("")
    added(shown, papers / "handbook.pdf", collection="My documents")
    until(lambda: len(files(documents)) == 2)
    assert documents.property("on") == ""
    shown.root.take([address(papers / "minutes.md")], "")
    until(lambda: documents.property("on") == "My documents", "what was dropped on the conversation")


def test_its_name_is_that_of_the_screens_language(shown: Window, papers: Path) -> None:
    shown.root.appearance.setProperty("language", "ko")
    assert rows(added(shown, papers))[0]["name"] == "내 문서"


def test_files_stand_as_they_are_read(shown: Window, papers: Path, shelf: Shelf) -> None:
    documents = added(shown, papers)
    resets = QSignalSpy(documents.file_rows.modelReset)
    documents.apply(Indexing(0, 0, 2, str(papers / "handbook.pdf"), 75.0))
    assert [one["standing"] for one in files(documents)] == ["reading", "waiting"]
    now = documents.property("progress")
    assert (now["name"], now["left"], now["done"], now["total"]) == ("handbook.pdf", "1:15", 0, 2)
    shelf.read("handbook.pdf", notes=("a picture was left out",))
    shelf.read("minutes.md", why="it is empty", fix="write something")
    documents.apply(Indexing(0, 2, 2))
    until(lambda: [one["standing"] for one in files(documents)] == ["indexed", "failed"])
    handbook, minutes = files(documents)
    assert (handbook["pages"], handbook["passages"], handbook["size"]) == (2, 2, "2 kB")
    assert (handbook["remarks"], minutes["fault"]) == ("a picture was left out", "It is empty. Write something")
    assert (documents.property("progress"), rows(documents)[0]["failed"]) == ({"busy": False}, 1)
    assert resets.count() == 0, "a row that is clicked stays the same row"


def test_reading_is_paused_and_gone_on_with(shown: Window, shelf: Shelf) -> None:
    shown.root.documents.pause()
    until(lambda: shelf.paused)
    shown.root.documents.resume()
    until(lambda: not shelf.paused)


def test_meaning_comes_after_words(shown: Window) -> None:
    documents = shown.root.documents
    documents.apply(Indexing(0, 1, 2, embedding=True))
    assert documents.property("meaning") == "coming"


def test_a_model_that_came_is_taken_up(shown: Window) -> None:
    documents = shown.root.documents
    shown.root.models.installedChanged.emit("piper:one")
    shown.root.models.installedChanged.emit("sentence-transformers:bge-m3")
    until(lambda: documents.property("meaning") == "there")


def test_passages_are_found_with_the_words_marked(shown: Window, papers: Path, shelf: Shelf) -> None:
    documents = added(shown, papers)
    shelf.read("handbook.pdf")
    documents.search.setProperty("query", "paid leave")
    assert documents.search.property("busy")
    until(lambda: documents.search.property("found"), "the passage")
    (found,) = documents.search.property("found")
    assert (found["title"], found["place"], found["page"]) == ("handbook", "page 2", 2)
    assert "<b>paid</b> <b>leave</b>" in found["html"]
    assert "&lt;b&gt;It lapses&lt;/b&gt;" in found["html"]
    documents.search.setProperty("query", "")
    assert documents.search.property("found") == []


def test_a_collection_is_begun_filled_and_forgotten(shown: Window, papers: Path) -> None:
    documents = added(shown, papers / "minutes.md")
    assert not documents.make("  my  DOCUMENTS ")
    assert not documents.make(" ")
    assert documents.make("Work")
    assert [row["name"] for row in rows(documents)] == ["My documents", "Work"]
    assert (documents.property("shown"), files(documents)) == ("Work", [])
    documents.refresh()
    added(shown, papers / "handbook.pdf", collection="Work")
    assert [row["on"] for row in rows(documents)] == [True, False]
    documents.use("Work")
    documents.rename("Work", "  The office ")
    until(lambda: [row["name"] for row in rows(documents)] == ["My documents", "The office"])
    assert (documents.property("on"), documents.property("shown")) == ("The office", "The office")
    documents.removeCollection("The office")
    until(lambda: [row["name"] for row in rows(documents)] == ["My documents"])
    assert (documents.property("on"), documents.property("shown")) == ("", "My documents")
    documents.removeSource("My documents", str(papers / "minutes.md"))
    until(lambda: files(documents) == [])


def test_one_that_was_never_filled_is_forgotten_too(shown: Window) -> None:
    documents = shown.root.documents
    documents.make("Work")
    documents.removeCollection("Work")
    until(lambda: rows(documents) == [])


def test_nothing_to_read_is_told(shown: Window, papers: Path) -> None:
    shown.root.documents.add("", [address(papers / "talk.mp3")])
    until(lambda: shown.said, "the reason")
    assert shown.said[0][0].startswith("There is no document in it")
    assert rows(shown.root.documents) == []


def test_what_is_not_on_this_machine_is_refused(shown: Window) -> None:
    documents = shown.root.documents
    refused = QSignalSpy(documents.refused)
    documents.add("", [QUrl("https://example.com/a.pdf")])
    assert refused.at(0) == ["https://example.com/a.pdf"]


def cited(papers: Path, quote: str, passage: int = 2) -> dict[str, Any]:
    path = str(papers / "handbook.pdf")
    return {"title": "Handbook", "place": "page 2", "path": path, "quote": quote, "page": 2, "passage": passage}


@pytest.mark.parametrize(
    ("quote", "passage", "standing"),
    [
        ("25 days of paid leave", 2, "there"),
        ("26 days of paid leave", 2, "changed"),
        ("25 days of paid leave", 99, "gone"),
        ("25 days of paid leave", 0, "unknown"),
    ],
)
def test_a_citation_opens_its_page(
    shown: Window, papers: Path, shelf: Shelf, quote: str, passage: int, standing: str
) -> None:
    added(shown, papers)
    shelf.read("handbook.pdf")
    source = shown.root.documents.source
    wanted = QSignalSpy(source.wanted)
    source.open(cited(papers, quote, passage))
    assert wanted.count() == 1
    until(lambda: source.property("standing") == standing)
    html, at = source.property("html"), source.property("at")
    marked = html.partition('<span class="quoted">')[2].partition("</span>")[0]
    if standing == "there":
        assert (marked, LEAVE[at : at + len(quote)]) == (quote, quote)
        assert "&lt;b&gt;It lapses&lt;/b&gt;" in html
    else:
        assert (html == "") == (standing != "changed")
        assert (source.property("title"), source.property("quote")) == ("Handbook", quote)


def test_the_file_opens_at_its_page_and_nothing_else_does(
    shown: Window, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    source = shown.root.documents.source
    missing = QSignalSpy(source.missing)
    source.open(cited(papers, "x", 0))
    source.openFile()
    until(lambda: opened)
    assert opened == [address(papers / "handbook.pdf").toString() + "#page=2"]
    (papers / "run.sh").write_text("#!/bin/sh")
    for path in (papers / "run.sh", papers / "gone.pdf", papers):
        before = missing.count()
        source.open({**cited(papers, "x", 0), "path": str(path)})
        source.openFile()
        until(lambda before=before: missing.count() > before)  # type: ignore[misc]
    source.open({**cited(papers, "x", 0), "path": "https://example.com/handbook.pdf"})
    source.openFile()
    until(lambda: missing.count() == 4)
    assert len(opened) == 1


def test_a_window_without_documents_goes_on(qt: QGuiApplication) -> None:
    with window(Engines()) as made:
        until(lambda: made.root.documents.property("looked"))
        assert rows(made.root.documents) == []
        assert not made.said


def test_rows_of_the_list_are_asked_for_as_qt_asks(shown: Window) -> None:
    model = shown.root.documents.file_rows
    assert model.data(model.index(5), Qt.ItemDataRole.DisplayRole) is None
    assert model.rowCount() == 0
