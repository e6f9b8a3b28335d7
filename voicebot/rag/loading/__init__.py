"""Files read into text with headings and pages, one module for each kind.

`read` does it here and now; `reader.Reader` in a child process, for a file from anywhere may hang a library, crash it
or fill the memory. Nothing is executed, and nothing remote is fetched: images, links and DTDs are left alone.

Each module has `load(path, alive)`, gives a `Loaded` and raises `Unreadable`; `alive` is called now and then, and may
raise to leave. docs/decisions/0009-reading-documents.md says which library reads what, and why.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from voicebot.rag.loading.failing import ANEW, unreadable
from voicebot.rag.loading.kinds import KINDS, is_document, kind_of
from voicebot.rag.loading.opening import check, reachable
from voicebot.rag.passages import Loaded

__all__ = ["is_document", "read"]


def _unheard() -> None:
    """For callers that wait however long it takes."""


def read(path: Path, alive: Callable[[], None] = _unheard) -> Loaded:
    """A whole file; blocks, for minutes where it is large. Raises Unreadable."""
    module = KINDS.get(kind_of(path))
    if module is None:
        raise unreadable(path, "files of this kind are not read", "Save it as pdf, docx, pptx, xlsx, html, md or txt")
    check(path)
    with reachable(path):
        loaded: Loaded = import_module(f"{__name__}.{module}").load(path, alive)
    if not loaded.sections:
        raise unreadable(path, "there is no text in it", ANEW)
    return loaded
