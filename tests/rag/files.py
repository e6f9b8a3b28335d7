"""Documents as programs write them, made for the tests: small, and with what they are asked to hold."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    "<body>{}</body></html>"
)


def pdf(file: Path, pages: Sequence[str | None], title: str = "", bookmarks: Sequence[tuple[str, int]] = ()) -> Path:
    """A PDF with a page for each text, a line each; None is a page with a picture. Bookmarks count from 0."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    first = 5 + len(bookmarks)
    kids = [f"{first + 2 * number} 0 R" for number in range(len(pages))]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    ends = f"/First 5 0 R /Last {4 + len(bookmarks)} 0 R" if bookmarks else ""
    objects.append(f"<< /Type /Outlines /Count {len(bookmarks)} {ends} >>")
    for number, (name, page) in enumerate(bookmarks):
        following = f"/Next {6 + number} 0 R" if number + 1 < len(bookmarks) else ""
        objects.append(f"<< /Title ({name}) /Parent 4 0 R /Dest [{kids[page]} /Fit] {following} >>")
    for number, text in enumerate(pages):
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {first + 2 * number + 1} 0 R >>",
            _stream(text),
        ]
    info = f"<< /Title ({title}) /CreationDate (D:20240131120000+09'00') >>"
    file.write_bytes(_pdf_file([*objects, info]))
    return file


def _stream(text: str | None) -> str:
    lines = text.split("\n") if text is not None else []
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET" if lines else "72 72 400 400 re f"
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf_file(objects: Sequence[str]) -> bytes:
    written = io.BytesIO()
    written.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(written.tell())
        written.write(f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1"))
    start = written.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    written.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    written.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode())
    written.write(f"startxref\n{start}\n%%EOF\n".encode())
    return written.getvalue()


def packed(file: Path, entries: Mapping[str, str | bytes]) -> Path:
    """A zip."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def epub(file: Path, chapters: Mapping[str, str], title: str = "A book", more: Mapping[str, str] = {}) -> Path:
    """A book with the bodies of its chapters by their files' names, and whatever more lies in the zip."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:date>2020-02-03</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {f"OPS/{name}": XHTML.format(body) for name, body in chapters.items()}
    return packed(file, {"META-INF/container.xml": CONTAINER, "OPS/book.opf": package, **pages, **more})
