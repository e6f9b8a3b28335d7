"""PDF: pages, bookmarks, running titles; damaged, locked, scanned and endless ones."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.rag.files import pdf
from voicebot.errors import Unreadable
from voicebot.rag.loading import read
from voicebot.rag.loading.dates import pdf_seconds, seconds
from voicebot.rag.loading.pdf_lines import lines_of, paragraphs
from voicebot.rag.passages import Section


def why(file: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(file)
    assert file.name in caught.value.what
    assert caught.value.fix
    return caught.value.why


def test_pages_and_title_and_date(tmp_path: Path) -> None:
    document = read(pdf(tmp_path / "a.pdf", ["It boils water.\nIn a minute.", "Never open it."], "The kettle"))
    assert (document.title, document.created) == ("The kettle", 1706670000.0)
    assert document.sections == (Section("It boils water.\nIn a minute.", (), 1), Section("Never open it.", (), 2))


def test_bookmarks_are_headings_where_they_stand(tmp_path: Path) -> None:
    pages = ["Preface\nWelcome.\nChapter 1 Boiling\nIt boils.", "More of it.", "2. Cleaning\nWith vinegar."]
    bookmarks = [("Preface", 0), ("Boiling", 0), ("Cleaning", 2)]
    assert read(pdf(tmp_path / "a.pdf", pages, bookmarks=bookmarks)).sections == (
        Section("Preface\nWelcome.", ("Preface",), 1),
        Section("Chapter 1 Boiling\nIt boils.", ("Boiling",), 1),
        Section("More of it.", ("Boiling",), 2),
        Section("2. Cleaning\nWith vinegar.", ("Cleaning",), 3),
    )


def test_running_titles_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    words = ["Boiling.", "Cleaning.", "Storing.", "Repairing.", "Selling."]
    document = read(pdf(tmp_path / "a.pdf", [f"The kettle {n}\n{word}\nPage {n}" for n, word in enumerate(words)]))
    assert [section.text for section in document.sections] == words


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    contents = "\n".join(f"Chapter {letter} . . . . . . . {number}" for number, letter in enumerate("abcdefg"))
    pages = [contents, *(f"The {letter} thing." for letter in "abcdefghi")]
    assert [section.page for section in read(pdf(tmp_path / "a.pdf", pages)).sections] == list(range(2, 11))
    price_list = read(pdf(tmp_path / "b.pdf", [contents])).sections
    assert price_list[0].text.startswith("Chapter a … 0\n")


def test_words_that_a_line_divides_are_put_together() -> None:
    assert lines_of("mes\ufffesage of Febru\ufffe\r\nary, February\ufffeMarch\r\n\r\nend") == [
        "message of February, February-March",
        "end",
    ]


def test_paragraphs_end_with_a_short_line_that_ends_a_sentence() -> None:
    lines = [
        "A line that is as long as the page is wide, and",
        "its end.",
        "Another one begins here, and is wide as well, and",
    ]
    assert list(paragraphs([*lines, "ends."])) == ["\n".join(lines[:2]), "\n".join([lines[2], "ends."])]


def test_scanned_pages(tmp_path: Path) -> None:
    assert why(pdf(tmp_path / "a.pdf", [None, None])) == "there is no text in it, only pictures of pages"
    document = read(pdf(tmp_path / "b.pdf", [None, "Text.", None]))
    assert document.notes == ("2 of its pages have no text, and may be pictures",)


def test_a_damaged_page_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", ["One.", "Two.", "Three."])
    file.write_bytes(file.read_bytes().replace(b"[5 0 R 7 0 R 9 0 R]", b"[5 0 R 3 0 R 9 0 R]"))
    document = read(file)
    assert [(section.page, section.text) for section in document.sections] == [(1, "One."), (3, "Three.")]
    assert document.notes == ("page 2 was left out, because it is damaged",)


def test_a_password(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", ["Secret."])
    writer = pypdf.PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.encrypt("opensesame", algorithm="AES-256")
    writer.write(tmp_path / "b.pdf")
    assert why(tmp_path / "b.pdf") == "it is protected by a password"


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_what_is_no_pdf(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    assert why(file) == "it is damaged, or not what its name says"


def test_a_file_that_is_cut_off_gives_what_is_there_or_its_name(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "whole.pdf", ["One.", "Two.", "Three."]).read_bytes()
    file = tmp_path / "a.pdf"
    read_some = 0
    for length in range(50, len(whole), 50):
        file.write_bytes(whole[:length])
        try:
            read_some += bool(read(file).sections)
        except Unreadable as error:
            assert error.what == "a.pdf cannot be read"
    assert read_some


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Count 2 ", b"/Count 2147483647 "),  # endless
        (b"[5 0 R 7 0 R]", b"[2 0 R 2 0 R]"),  # its own child
        (b"/Contents 6 0 R", b"/Contents 1 0 R"),  # what is no text
    ],
)
def test_pages_that_lie_or_go_in_a_ring_come_to_an_end(tmp_path: Path, old: bytes, new: bytes) -> None:
    file = pdf(tmp_path / "a.pdf", ["One.", "Two."])
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))
    try:
        assert len(read(file).sections) <= 2
    except Unreadable as error:
        assert error.what == "a.pdf cannot be read"


def test_a_line_of_digits_is_looked_at_once(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", ["Preface.\n" + "1" * 60 + "\n9. Cleaning\nText."], bookmarks=[("Cleaning", 0)])
    assert [section.headings for section in read(file).sections] == [(), ("Cleaning",)]


def test_bookmarks_in_a_ring_come_to_an_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = pdf(tmp_path / "a.pdf", ["One."], bookmarks=[("First", 0), ("Second", 0)])
    file.write_bytes(file.read_bytes().replace(b"(Second) /Parent 4 0 R", b"(Second) /Next 5 0 R /P"))
    assert read(file).sections[0].text == "One."


def test_more_pages_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.rag.loading.pdf.PAGES", 2)
    document = read(pdf(tmp_path / "a.pdf", ["One.", "Two.", "Three."]))
    assert [section.text for section in document.sections] == ["One.", "Two."]
    assert document.notes == ("only its first 2 pages are read",)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20240131120000+09'00'", 1706670000.0),
        ("D:20240131120000Z", 1706702400.0),
        ("D:20240131120000-05'30", 1706722200.0),
        ("D:20240131", 1706659200.0),
        ("D:2024", 1704067200.0),
        ("D:20241331", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_of_pdf(text: str, moment: float | None) -> None:
    assert pdf_seconds(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2024-01-31T12:00:00+09:00", 1706670000.0), ("2024", 1704067200.0), ("2024-02", 1706745600.0), ("soon", None)],
)
def test_dates(text: str, moment: float | None) -> None:
    assert seconds(text) == moment
