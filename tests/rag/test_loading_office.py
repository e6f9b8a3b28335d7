"""Word, PowerPoint, Excel and EPUB, made with the libraries that write them."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from pptx.util import Inches

from tests.rag.files import epub, packed
from voicebot.errors import Unreadable
from voicebot.rag.loading import read
from voicebot.rag.loading.archives import OLE
from voicebot.rag.passages import Section

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MADE = datetime.datetime(2024, 1, 31, 12, 0)
MADE_SECONDS = 1706702400.0


def why(file: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(file)
    assert file.name in caught.value.what
    assert caught.value.fix
    return caught.value.why


def letter(file: Path) -> Path:
    document = docx.Document()
    document.core_properties.title, document.core_properties.created = "The handbook", MADE
    document.sections[0].header.paragraphs[0].text = "On every page"
    document.add_heading("Holidays", 1)
    document.add_paragraph("You have thirty days.")
    table = document.add_table(2, 2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Year", "Days", "2024", "30"], strict=True):
        cell.text = text
    document.add_heading("병가", 2)
    paragraph = document.add_paragraph("의사의 진단서가 ")
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="1"><w:r><w:t>꼭 </w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="2"><w:r><w:delText>안 </w:delText></w:r></w:del>'))
    paragraph.add_run("필요하다.")
    body: Any = document.element.body
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body.insert(len(body) - 1, parse_xml(control))
    document.save(str(file))
    return file


def slides(file: Path) -> Path:
    show = pptx.Presentation()
    show.core_properties.title, show.core_properties.created = "PowerPoint Presentation", MADE
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text, first.placeholders[1].text = "Our kettle", "It boils.\nIt is blue."
    first.notes_slide.notes_text_frame.text = "Say this slowly."
    second = show.slides.add_slide(show.slide_layouts[6])
    table = second.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for number, text in enumerate(["Part", "Price", "Lid", "3"]):
        table.cell(number // 2, number % 2).text = text
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "Questions?"
    show.save(str(file))
    return file


def workbook(file: Path) -> Path:
    book = openpyxl.Workbook()
    book.properties.title, book.properties.created = "Staff", MADE
    people = book.active
    people.title = "사원"
    for row in [
        ["이름", "Days", "Since", "Full"],
        ["김철수", 30.5, datetime.datetime(2020, 3, 1), True],
        [None] * 4,
        ["Ann", 12, datetime.datetime(2021, 4, 5, 6, 7), False],
    ]:
        people.append(row)
    people["E1"], people["E2"] = "Sum", "=SUM(B2:B4)"
    book.create_sheet("Empty")
    book.create_sheet("Notes").append(["Only this."])
    book.save(file)
    return file


def test_word(tmp_path: Path) -> None:
    document = read(letter(tmp_path / "a.docx"))
    assert (document.title, document.created) == ("The handbook", MADE_SECONDS)
    assert document.sections == (
        Section("You have thirty days.\n\nYear: 2024; Days: 30", ("Holidays",)),
        Section("의사의 진단서가 꼭 필요하다.\n\nIn a control.", ("Holidays", "병가")),
    )


def test_slides_are_pages(tmp_path: Path) -> None:
    document = read(slides(tmp_path / "a.pptx"))
    assert (document.title, document.created) == ("A", MADE_SECONDS)
    assert document.sections == (
        Section("It boils.\nIt is blue.\n\nSay this slowly.", ("Our kettle",), 1),
        Section("Part: Lid; Price: 3", (), 2),
        Section("Questions?", ("Questions?",), 3),
    )


def test_sheets_are_headings(tmp_path: Path) -> None:
    document = read(workbook(tmp_path / "a.xlsx"))
    assert (document.title, document.created) == ("Staff", MADE_SECONDS)
    assert document.sections == (
        Section(
            "이름: 김철수; Days: 30.5; Since: 2020-03-01; Full: yes\n\n"
            "이름: Ann; Days: 12; Since: 2021-04-05 06:07; Full: no",
            ("사원",),
        ),
        Section("Only this.", ("Notes",)),
    )


def test_a_book(tmp_path: Path) -> None:
    chapters = {"one.xhtml": "<h1>One</h1><p>It was dark.</p>", "two.xhtml": "<h1>둘</h1><h2>밤</h2><p>비가 왔다.</p>"}
    document = read(epub(tmp_path / "a.epub", chapters, "The night"))
    assert (document.title, document.created) == ("The night", 1580688000.0)
    assert document.sections == (Section("It was dark.", ("One",)), Section("비가 왔다.", ("둘", "밤")))


def test_a_chapter_that_is_missing_is_left_out(tmp_path: Path) -> None:
    file = epub(tmp_path / "a.epub", {"one.xhtml": "<p>Here.</p>", "b.xhtml": ""})
    entries = {"META-INF/container.xml": "", "OPS/book.opf": "", "OPS/one.xhtml": ""}
    packed(tmp_path / "b.epub", {name: _entry(file, name) for name in entries})
    document = read(tmp_path / "b.epub")
    assert [section.text for section in document.sections] == ["Here."]
    assert document.notes == ("chapter b.xhtml was left out, because it is damaged",)


def _entry(file: Path, name: str) -> bytes:
    from zipfile import ZipFile

    with ZipFile(file) as archive:
        return archive.read(name)


# -- what is not to be opened ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "epub"])
def test_what_is_no_zip_is_damaged(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    for content in (b"hello", b"PK\x03\x04 and then nothing", os.urandom(5000)):
        file.write_bytes(content)
        assert why(file) == "it is damaged, or not what its name says"
    assert why(packed(file, {"other.xml": "<a/>"})) == "it is damaged, or not what its name says"


@pytest.mark.parametrize("write", [letter, slides, workbook])
def test_a_file_that_is_cut_off_or_spoilt_is_named(tmp_path: Path, write: Any) -> None:
    kind = {"letter": "docx", "slides": "pptx", "workbook": "xlsx"}[write.__name__]
    whole = write(tmp_path / f"whole.{kind}").read_bytes()
    file = tmp_path / f"a.{kind}"
    for content in (whole[: len(whole) // 2], whole[:-30], whole[:2000] + b"\xff" * 3000 + whole[5000:]):
        file.write_bytes(content)
        assert why(file) == "it is damaged, or not what its name says"


def test_a_password_of_office(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)
    assert why(file) == "it is protected by a password"
    file.write_bytes(OLE + b"\0" * 2000 + "WordDocument".encode("utf-16-le"))
    assert why(file) == "it is of an older kind than its name says"


def test_a_book_that_is_locked(tmp_path: Path) -> None:
    lock = '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    fonts = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>'
    chapters = {"a.xhtml": "<p>Text.</p>"}
    assert (
        why(epub(tmp_path / "a.epub", chapters, more={"META-INF/encryption.xml": lock})) == "it is locked by its seller"
    )
    assert read(epub(tmp_path / "b.epub", chapters, more={"META-INF/encryption.xml": fonts})).sections


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "epub"])
def test_zip_bombs_are_not_unpacked(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = packed(tmp_path / f"a.{kind}", {"word/document.xml": b"0" * (17 << 20)})
    assert why(file) == "it is packed as tightly as only a trap is"
    monkeypatch.setattr("voicebot.rag.loading.archives.UNPACKED_BYTES", 10 << 20)
    assert why(file) == "unpacked it has 17 MB, far more than a document has"
    monkeypatch.setattr("voicebot.rag.loading.archives.ENTRIES", 2)
    assert why(packed(file, dict.fromkeys("abc", ""))) == "it is made of 3 files, far more than a document has"


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.epub", {"META-INF/container.xml": b" " * (20 << 20)})
    size = (20 << 20).to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(size, (100).to_bytes(4, "little")))
    assert why(file) == "it is damaged, or not what its name says"


BILLION = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    document = f"{BILLION}]><w:document {W}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    file = packed(tmp_path / "a.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    assert why(file) == "it declares entities of its own, which no such file does"
    package = f"{BILLION}]><package><metadata><title>&j;</title></metadata></package>"
    book = epub(tmp_path / "a.epub", {"a.xhtml": "<p>x</p>"})
    packed(
        tmp_path / "b.epub", {"META-INF/container.xml": _entry(book, "META-INF/container.xml"), "OPS/book.opf": package}
    )
    assert "damaged" in why(tmp_path / "b.epub") or "no text" in why(tmp_path / "b.epub")


def test_no_file_outside_the_book_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("sk-secret")
    book = epub(tmp_path / "a.epub", {"a.xhtml": "<p>Text.</p>"})
    package = _entry(book, "OPS/book.opf").decode()
    evil = f'<!DOCTYPE package [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>' + package.replace("A book", "&secret;")
    entries = {name: _entry(book, name) for name in ("META-INF/container.xml", "OPS/a.xhtml")}
    document = read(packed(tmp_path / "b.epub", {**entries, "OPS/book.opf": evil}))
    assert "sk-secret" not in repr(document)
