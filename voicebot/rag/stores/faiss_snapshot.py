"""The index on disk: a line about it, then what FAISS writes. It is whole or is not used.

FAISS reads what is damaged without a word, or ends the process over it: so nothing is handed to it before its checksum
was compared.
"""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from voicebot.rag.stores.faiss_index import Growth, Index

log = logging.getLogger(__name__)

FORMAT = "voicebot vectors 1"
LINE = 256
"""Bytes of the first line, filled up with spaces."""
PART = 1 << 20


def writing(file: Path) -> AbstractContextManager[object]:
    """Only one program writes the index at a time; raises filelock.Timeout at once where another does."""
    from filelock import FileLock

    return FileLock(file.with_name(f"{file.name}.lock"), timeout=0)


def write(file: Path, index: Index, identity: str, revision: int) -> None:
    """Replace what was there, at once and whole, also when the power fails; raises OSError.

    Who calls it holds `writing(file)`: a part that a killed program left is written over.
    """
    import faiss

    beside = file.with_name(f"{file.name}.part")
    checksum = 0

    def keep(part: bytes) -> int:
        nonlocal checksum
        checksum = zlib.crc32(part, checksum)
        return out.write(part)

    with beside.open("wb") as out:
        out.write(b" " * LINE)
        faiss.write_index(index.inner, faiss.PyCallbackIOWriter(keep, PART))
        about = {"format": FORMAT, "identity": identity, "revision": revision, "checksum": checksum}
        about |= {"built": index.built, "changed": index.changed}
        out.seek(0)
        out.write(json.dumps(about).encode().ljust(LINE - 1) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def read(file: Path, growth: Growth, identity: str) -> tuple[Index, int] | None:
    """The index and the revision up to which it knows the file of this identity; None where it is of no use."""
    try:
        with file.open("rb") as content:
            return _read(content, growth, identity)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        log.info("the index of the vectors cannot be read and is made anew: %s", error)
        return None


def _read(content: BinaryIO, growth: Growth, identity: str) -> tuple[Index, int] | None:
    import faiss

    about = json.loads(content.read(LINE))
    if about["format"] != FORMAT or about["identity"] != identity:
        return None
    checksum = 0
    for part in iter(partial(content.read, PART), b""):
        checksum = zlib.crc32(part, checksum)
    if checksum != about["checksum"]:
        raise ValueError("its checksum differs")
    content.seek(LINE)
    reading: Callable[[int], bytes] = content.read
    inner = faiss.read_index(faiss.PyCallbackIOReader(reading, PART))
    return Index(inner, growth, about["built"], about["changed"]), about["revision"]
