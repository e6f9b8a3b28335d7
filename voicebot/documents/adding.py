"""What a person adds: collections by their names, files and folders by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR

from voicebot.errors import UsageError
from voicebot.rag.indexing.scanning import scan
from voicebot.rag.loading.kinds import KINDS, is_document


def named(collection: str) -> str:
    """The name as it is kept, without spaces around it; raises UsageError for what is no name on one line."""
    name = collection.strip()
    if not name:
        raise UsageError("a collection needs a name")
    if not name.isprintable():
        raise UsageError("a collection's name is letters and spaces on one line", fix="choose another name")
    return name


def whole(path: Path) -> Path:
    """A path that names its file the same way from wherever it is written: "~/a/../b" and "~/b" are one source."""
    path = path.expanduser()
    return path.resolve() if ".." in path.parts else path.absolute()


def files_in(paths: Sequence[Path]) -> int:
    """How many files these are, those of folders included; raises UsageError for what is not there or not read."""
    return sum(map(_files_of, map(whole, paths)))


def _files_of(path: Path) -> int:
    try:
        state = path.stat()
    except OSError as error:
        why = "" if isinstance(error, FileNotFoundError) else error.strerror or ""
        raise UsageError(f"{path} is not there", why=why) from None
    if S_ISDIR(state.st_mode):
        return len(scan([path], is_document, lambda: None).files)
    if not is_document(path):
        kinds = ", ".join(sorted(KINDS))
        raise UsageError(f"{path} is no document that can be read", fix=f"what can be read: {kinds}")
    return 1
