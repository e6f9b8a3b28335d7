"""Recordings that are older than the person wants them to be."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from voicebot.history import History

DAY = 86_400.0


async def forget_old(history: History, folder: Path, days: int) -> None:
    """Delete the recordings in `folder` of turns older than `days` days; their words stay. Raises StorageError.

    A turn that was asked with a file of the person's own keeps that file: it is not ours to delete.
    """
    for turn, recording in await history.recordings_before(time.time() - days * DAY):
        if recording.parent == folder and await asyncio.to_thread(_delete, recording):
            await history.forget_recording(turn)


def _delete(recording: Path) -> bool:
    try:
        recording.unlink(missing_ok=True)
    except OSError:
        return False
    return True
