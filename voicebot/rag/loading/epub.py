"""EPUB: a zip of XHTML pages, in the order of a package file (https://www.w3.org/TR/epub-33/); a chapter is a heading.

Read with zipfile, lxml and this room's reader of HTML: EbookLib is AGPL, and no other library for it is well kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from voicebot.rag.loading.archives import archive
from voicebot.rag.loading.dates import seconds
from voicebot.rag.loading.encodings import decoded
from voicebot.rag.loading.failing import ANEW, DAMAGED, damage, left_out, library, unreadable
from voicebot.rag.loading.html import opened, read_page
from voicebot.rag.loading.limits import CHARACTERS, MIB
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded, Section

CONTAINER = "META-INF/container.xml"
RIGHTS = "META-INF/rights.xml"
FONTS_ALONE = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways to lock fonts, which leave the text open (EPUB 3.3, 4.4)."""
PAGE_BYTES = 32 * MIB
PAGES = ("application/xhtml+xml", "text/html")


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    with library(path):
        from lxml import etree
        from selectolax.lexbor import LexborHTMLParser
    with damage(path), archive(path) as book:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        package, folder = _package(path, book, etree, parser)
        sections: list[Section] = []
        notes: list[str] = []
        room = CHARACTERS
        for name in _reading_order(package, folder):
            alive()
            try:
                page = LexborHTMLParser(opened(_text(book, name)))
            except (KeyError, ValueError):
                notes.append(left_out(f"chapter {Path(name).name} was left out, because it is damaged"))
                continue
            outline = Outline(room=room)
            read_page(page, outline, alive)
            sections += outline.sections()
            room = outline.room
            if outline.full:
                notes += outline.notes()
                break
        title = title_of(path, _said(package, "title"))
        return Loaded(title, tuple(sections), seconds(_said(package, "date")), tuple(notes))


def _package(path: Path, book: ZipFile, etree: Any, parser: Any) -> tuple[Any, str]:
    """The package file's root, and the folder that the names in it start from."""
    names = set(book.namelist())
    if CONTAINER not in names:
        raise unreadable(path, DAMAGED, ANEW)
    if RIGHTS in names or _is_locked(book, names, etree, parser):
        raise unreadable(path, "it is locked by its seller", "Add a copy that is not locked")
    container = etree.fromstring(book.read(CONTAINER), parser)
    name = container.find(".//{*}rootfile").get("full-path")
    return etree.fromstring(book.read(name), parser), dirname(name)


def _is_locked(book: ZipFile, names: set[str], etree: Any, parser: Any) -> bool:
    if "META-INF/encryption.xml" not in names:
        return False
    root = etree.fromstring(book.read("META-INF/encryption.xml"), parser)
    return any(method.get("Algorithm") not in FONTS_ALONE for method in root.iter("{*}EncryptionMethod"))


def _reading_order(package: Any, folder: str) -> list[str]:
    """The pages of the spine, as they are called in the zip; the table of contents is left out."""
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    spine = (items.get(reference.get("idref")) for reference in package.iterfind("{*}spine/{*}itemref"))
    pages = dict.fromkeys(
        normpath(join(folder, unquote(item.get("href", ""))))
        for item in spine
        if item is not None and item.get("media-type") in PAGES and "nav" not in item.get("properties", "").split()
    )
    return list(pages)


def _text(book: ZipFile, name: str) -> str:
    with book.open(name) as file:
        text, _ = decoded(file.read(PAGE_BYTES))
    return text


def _said(package: Any, name: str) -> str:
    found = package.find(f"{{*}}metadata/{{http://purl.org/dc/elements/1.1/}}{name}")
    return (found.text or "").strip() if found is not None else ""
