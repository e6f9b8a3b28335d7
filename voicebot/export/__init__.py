"""A conversation to take away: as Markdown, as JSON, or as a folder with both and the recordings.

What the parts take is a conversation's Summary and its whole path. Times are in the zone that is given, or in the
machine's own.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from voicebot.export.files import to_file, to_folder
from voicebot.export.json_object import as_json
from voicebot.export.markdown import as_markdown
from voicebot.history import History

__all__ = ["as_json", "as_markdown", "export", "to_file", "to_folder"]

SUFFIXES = {"markdown": ".md", "json": ".json"}


async def export(history: History, conversation: int, kind: str, folder: Path, language: str = "en") -> Path:
    """Write what is shown of a conversation into `folder` and return where it lies; raises StorageError.

    `kind` is "markdown", "json" or "folder". Nothing that is there is overwritten. `language` ("en" or "ko") is that
    of the few words around what was said.
    """
    summary = await history.conversation(conversation)
    turns = await history.path(conversation, limit=-1)
    if kind == "folder":
        return await asyncio.to_thread(to_folder, folder, summary, turns, language)
    return await asyncio.to_thread(to_file, folder, summary, turns, SUFFIXES[kind], language)
