"""Zip files (docx, pptx, xlsx and epub are ones), and whether it is safe to unpack them.

What the directory of a zip declares is what comes out of it at most: zipfile stops there, and compares checksums. So
the sizes are checked before anything is unpacked.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from voicebot.rag.loading.failing import ANEW, DAMAGED, LOCKED, SUSPECT, UNLOCK, unreadable
from voicebot.rag.loading.limits import ENTRIES, MIB, MOST_PACKED, RATIO_FROM, UNPACKED_BYTES
from voicebot.rag.loading.opening import reachable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins ([MS-CFB] 2.2): Office before 2007, and what Office has locked with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a locked document ([MS-OFFCRYPTO] 1.3.3)."""
PROLOGUE = 4096
"""Bytes of an XML file that may come before its first element."""


@contextmanager
def archive(path: Path) -> Iterator[ZipFile]:
    """A zip that is safe to unpack; raises Unreadable, also for damage that shows while it is read."""
    _refuse_compound(path)
    try:
        with reachable(path), ZipFile(path) as opened:
            _check(path, opened.infolist())
            yield opened
    except (BadZipFile, LargeZipFile, NotImplementedError, EOFError, zlib.error):
        raise unreadable(path, DAMAGED, ANEW) from None


def check_office(path: Path) -> None:
    """Whether an Office file is safe to be given to a library; raises Unreadable.

    Office's XML has no document types (ECMA-376 part 2, 8.1.4), so that one with entities is an attack.
    """
    with archive(path) as opened:
        for entry in opened.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                with opened.open(entry) as file:
                    if b"<!DOCTYPE" in file.read(PROLOGUE).replace(b"\0", b""):
                        raise unreadable(path, "it declares entities of its own, which no such file does", SUSPECT)


def _refuse_compound(path: Path) -> None:
    with reachable(path), path.open("rb") as file:
        if file.read(len(OLE)) != OLE:
            return
        locked = ENCRYPTED in file.read()
    if locked:
        raise unreadable(path, LOCKED, UNLOCK)
    raise unreadable(path, "it is of an older kind than its name says", "Save it as docx, pptx or xlsx")


def _check(path: Path, entries: list[ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise unreadable(path, f"it is made of {len(entries)} files, far more than a document has", SUSPECT)
    size = sum(entry.file_size for entry in entries)
    if size > UNPACKED_BYTES:
        raise unreadable(path, f"unpacked it has {size // MIB} MB, far more than a document has", SUSPECT)
    if any(entry.file_size > RATIO_FROM and entry.file_size > MOST_PACKED * entry.compress_size for entry in entries):
        raise unreadable(path, "it is packed as tightly as only a trap is", SUSPECT)
    if any(entry.flag_bits & 1 for entry in entries):
        raise unreadable(path, LOCKED, UNLOCK)
