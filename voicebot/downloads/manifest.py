"""What the files of a model are, and prove to be: from the catalogue, or as a hub told of them when they were fetched.

What a hub told is kept as `.manifest.json` among the files, so that they can be checked and removed with no network,
and a download that was broken off goes on with the same commit.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voicebot.catalogue import Hub, Model, RelativePath

NAME = ".manifest.json"
"""No file of a model can be called that: their names begin with a letter, a digit or `_`."""


class Wanted(Struct, frozen=True):
    """One file to have.

    Large files of a hub are proved by their SHA-256, small ones by what Git calls them: the SHA-1 of "blob", their
    length and their bytes (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). A hub tells no other.
    """

    filename: RelativePath
    size: Annotated[int, Meta(ge=0)]
    """Bytes; exact where a hub told them."""
    digest: Annotated[str, Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})\Z")]
    url: str
    algorithm: Literal["sha256", "git-blob"] = "sha256"

    def hasher(self) -> hashlib._Hash:
        """What its bytes are fed to, to be compared with `digest`."""
        if self.algorithm == "sha256":
            return hashlib.sha256()
        return hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)


class Manifest(Struct, frozen=True):
    """Every file of a model, and where a hub had them."""

    files: tuple[Wanted, ...]
    repository: str = ""
    revision: str = ""
    """As it was asked for; the addresses of the files name the commit."""

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def serves(self, hub: Hub) -> bool:
        """Whether it is still of what the catalogue asks for, which may have changed with the program."""
        same = (self.repository, self.revision) == (hub.repository, hub.revision)
        return same and not hub.lacking(file.filename for file in self.files)


def manifest_of(model: Model, home: Path) -> Manifest | None:
    """The files of `model`, which lie in `home` or will; None before its hub was asked. Blocks for a small file."""
    if model.hub is None:
        return Manifest(tuple(Wanted(file.filename, file.size, file.sha256, file.url) for file in model.files))
    kept = kept_in(home)
    return kept if kept is not None and kept.serves(model.hub) else None


def kept_in(home: Path) -> Manifest | None:
    """What was kept, whatever the catalogue says now; None where there is none that can be read."""
    try:
        return msgspec.json.decode((home / NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def keep(manifest: Manifest, home: Path) -> None:
    """Write it down, in one step that a power cut cannot halve."""
    new = home / f"{NAME}.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    new.replace(home / NAME)
