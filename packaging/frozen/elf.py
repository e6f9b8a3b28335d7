"""What a shared library of Linux needs: other libraries, and how new a C library. Read by binutils' objdump."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class Needs:
    """`libraries` by the names they are looked for (SONAME); `versions` such as "GLIBC_2.34", by library."""

    libraries: frozenset[str] = frozenset()
    versions: frozenset[tuple[str, str]] = frozenset()


def is_elf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == MAGIC
    except OSError:
        return False


def needs(path: Path) -> Needs:
    """Of one file; nothing when it is no ELF file. Raises FileNotFoundError without objdump."""
    if not is_elf(path):
        return Needs()
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=False)
    libraries = frozenset(re.findall(r"^\s+NEEDED\s+(\S+)", done.stdout, re.MULTILINE))
    return Needs(libraries, frozenset(_versions(done.stdout)))


def _versions(listing: str) -> Iterator[tuple[str, str]]:
    library = ""
    for line in listing.partition("Version References:")[2].splitlines():
        heading = re.match(r"\s+required from (\S+):", line)
        if heading:
            library = heading[1]
        elif library and (version := re.match(r"\s+0x\w+ 0x\w+ \d+ (\S+)", line)):
            yield library, version[1]


def files(folder: Path) -> Iterator[Path]:
    """The ELF files of a folder, each once: no symbolic links."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if not (path := Path(place, name)).is_symlink() and is_elf(path))
