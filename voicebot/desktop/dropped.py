"""What was dropped on the window, sorted: documents and folders to be searched, everything else to be transcribed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl


def sorted_out(addresses: Sequence[QUrl | str]) -> tuple[list[QUrl], list[QUrl]]:
    """Documents and folders, and the rest, in the order in which they were dropped."""
    from voicebot.rag.loading.kinds import is_document

    documents: list[QUrl] = []
    others: list[QUrl] = []
    for url in [QUrl(address) for address in addresses]:
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        is_text = path is not None and (is_document(path) or path.is_dir())
        (documents if is_text else others).append(url)
    return documents, others
