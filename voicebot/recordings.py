"""The folder of recordings: what is older than the person wants, and what a crash left half written, is deleted."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from voicebot.history import History

DAY = 86_400.0
UNDO = 30 * DAY
"""Seconds for which a deleted conversation can be brought back."""
ABANDONED = 3_600.0
"""Seconds after which a half-written recording belongs to no program that still runs: the longest takes 30."""

NAME = re.compile(r"\d{8}-\d{6}-\d{9}-\d+\.(flac|part)")


def new_name(turn: int) -> str:
    """A name that no other recording has, in the order of their beginning."""
    return time.strftime("%Y%m%d-%H%M%S") + f"-{time.time_ns() % 1_000_000_000:09d}-{turn}.flac"


async def forget_old(history: History, folder: Path, days: int) -> None:
    """Delete the recordings in `folder` that are older than `days` days (0 keeps them); their words stay.

    What does not bear the name of a recording, or is a link, is not ours to delete. Raises StorageError.
    """
    for recording in await asyncio.to_thread(_delete_old, folder, days * DAY or float("inf")):
        await history.forget_recording(recording)


def kept(folder: Path) -> tuple[int, int]:
    """How many recordings lie in `folder`, and how many bytes they take. Blocks for as long as the disk takes."""
    sizes = []
    for path in _ours(folder):
        with suppress(OSError):  # gone meanwhile
            sizes.append(path.lstat().st_size)
    return len(sizes), sum(sizes)


async def forget_all(history: History, folder: Path) -> int:
    """Delete every recording in `folder`, and return how many there were; their words stay. Raises StorageError."""
    recordings = await asyncio.to_thread(_ours, folder)
    await asyncio.to_thread(_delete, recordings)
    for recording in recordings:
        await history.forget_recording(recording)
    return len(recordings)


async def forget_deleted(history: History) -> None:
    """Remove for good what was deleted a month ago, with the recordings that nothing else uses. Raises StorageError."""
    recordings = await history.purge(UNDO)
    if recordings:
        await asyncio.to_thread(_delete, recordings)


def _delete(recordings: Sequence[Path]) -> None:
    for path in recordings:
        with suppress(OSError):  # somebody else's, or gone
            if NAME.fullmatch(path.name) and S_ISREG(path.lstat().st_mode):
                path.unlink()


def _delete_old(folder: Path, oldest: float) -> list[Path]:
    """Those that were deleted."""
    deleted = []
    for path in _ours(folder):
        limit = ABANDONED if path.suffix == ".part" else oldest
        with suppress(OSError):  # somebody else's, or gone: the next start tries again
            if time.time() - path.lstat().st_mtime > limit:
                path.unlink()
                deleted.append(path)
    return deleted


def _ours(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if NAME.fullmatch(path.name) and S_ISREG(path.lstat().st_mode)]
    return []
