"""The unfinished file: the bytes that have arrived, and where from."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from voicebot.downloads.disk import HASH_BLOCK


class Origin(msgspec.Struct, frozen=True):
    """Where a part came from, and what tells whether the file there is still the same (RFC 9110, section 8.8)."""

    url: str
    etag: str = ""
    """A strong one, or empty: a weak one says nothing about bytes."""
    last_modified: str = ""


class Part:
    """The part of one file. What touches the disk blocks, and is called in a thread, one call at a time."""

    def __init__(self, target: Path, hasher: Callable[[], hashlib._Hash] = hashlib.sha256) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self.origin_path = target.with_name(target.name + ".part.json")
        self.origin: Origin | None = None
        self.done = 0
        self.spliced = False
        """Made of bytes of more than one answer, which may not belong together."""
        self._hasher = hasher
        self._hash = hasher()
        self._file: BinaryIO | None = None

    def length(self) -> int:
        """Bytes on the disk, 0 when there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def digest(self) -> str:
        """Of the bytes so far, by `hasher`."""
        return self._hash.copy().hexdigest()

    def headers(self, url: str) -> dict[str, str]:
        """What to ask `url` for. Where nothing tells whether the file there is the same, the checksum will."""
        if self.done == 0:
            return {}
        headers = {"Range": f"bytes={self.done}-"}
        if self.origin is not None and self.origin.url == url:
            headers["If-Range"] = self.origin.etag or self.origin.last_modified
        return {name: value for name, value in headers.items() if value}

    def follows(self, origin: Origin) -> bool:
        """False when the server says, unasked, that its file is not the one this part is of."""
        mine = self.origin
        return mine is None or mine.url != origin.url or not mine.etag or not origin.etag or mine.etag == origin.etag

    def open(self) -> None:
        """Make it, or take up what an earlier run left; `read_on` then reads that."""
        self.path.touch()
        self._file = self.path.open("r+b", buffering=0)
        with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
            self.origin = msgspec.json.decode(self.origin_path.read_bytes(), type=Origin)

    def read_on(self) -> bool:
        """Hash the next block of what an earlier run left; False at its end."""
        block = self._opened.read(HASH_BLOCK)
        self._hash.update(block)
        self.done += len(block)
        return bool(block)

    def append(self, block: bytes) -> None:
        rest = memoryview(block)
        while rest:
            rest = rest[self._opened.write(rest) :]
        self._hash.update(block)
        self.done += len(block)

    def restart(self, origin: Origin | None) -> None:
        """Empty it; what comes now is from `origin`."""
        self._opened.seek(0)
        self._opened.truncate()
        self._hash = self._hasher()
        self.done = 0
        self.spliced = False
        self.origin = origin
        if origin is not None:
            self.origin_path.write_bytes(msgspec.json.encode(origin))

    def install(self) -> None:
        """Put it in its place in one step that a power cut cannot halve."""
        os.fsync(self._opened.fileno())
        self._opened.close()
        self._file = None
        self.path.replace(self.target)
        self.origin_path.unlink(missing_ok=True)
        if os.name == "posix":
            folder = os.open(self.target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def discard(self) -> None:
        self.close()
        self.path.unlink(missing_ok=True)
        self.origin_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close it; nothing is kept of an empty one."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if self.path.exists() and self.length() == 0:
                self.discard()

    @property
    def _opened(self) -> BinaryIO:
        assert self._file is not None
        return self._file
