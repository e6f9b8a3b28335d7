"""A recording on its way to disk while it is spoken: FLAC, 16-bit. Keeping it is a rename, dropping it a delete."""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from voicebot.errors import StorageError
from voicebot.events import Samples

log = logging.getLogger(__name__)

BATCH = 16
"""Blocks written at once, about half a second: a thread hop for each would cost more than the writing."""


class Spool:
    """One recording. Blocks are mono float32 at `sample_rate` Hz; the disk is touched on `disk`'s thread only."""

    def __init__(self, path: Path, sample_rate: int, disk: ThreadPoolExecutor) -> None:
        self.path = path
        self._part = path.with_suffix(".part")
        self._sample_rate = sample_rate
        self._disk = disk
        self._loop = asyncio.get_running_loop()
        self._blocks: list[Samples] = []
        self._file: Any = None
        self._written = 0
        self._failure: Exception | None = None

    def write(self, block: Samples) -> None:
        """Take a block; never waits and never raises: a disk that fails is told by `keep`."""
        self._blocks.append(block)
        if len(self._blocks) >= BATCH:
            self._flush()

    async def keep(self) -> Path:
        """Finish the file and give it its name; raises StorageError, and then nothing of it is left."""
        self._flush()
        await self._loop.run_in_executor(self._disk, self._finish)
        if self._failure is not None:
            raise StorageError(
                "the recording could not be saved", why=_reason(self._failure), fix="free some space on the disk"
            )
        return self.path

    async def drop(self) -> None:
        """Delete what was written, also when it was kept already."""
        self._blocks = []
        await self._loop.run_in_executor(self._disk, self._delete)

    def _flush(self) -> None:
        blocks, self._blocks = self._blocks, []
        if blocks:
            self._loop.run_in_executor(self._disk, self._append, np.concatenate(blocks))

    def _append(self, samples: Samples) -> None:
        import soundfile

        if self._failure is not None:
            return
        try:
            self._file = self._file or self._create()
            self._file.write(np.clip(samples, -1.0, 1.0))
            self._written += len(samples)
        except (OSError, soundfile.LibsndfileError) as error:
            log.warning("writing %s failed: %s", self._part, error)
            self._failure = error

    def _create(self) -> Any:
        import soundfile

        self._part.parent.mkdir(parents=True, exist_ok=True)
        self._part.touch()  # the library would not say why it cannot
        return soundfile.SoundFile(self._part, "w", self._sample_rate, channels=1, format="FLAC", subtype="PCM_16")

    def _finish(self) -> None:
        import soundfile

        try:
            if self._failure is None:
                self._close()
                self._part.replace(self.path)
        except (OSError, soundfile.LibsndfileError) as error:
            self._failure = error
        if self._failure is not None:
            self._delete()

    def _close(self) -> None:
        """End the file; the library does not notice when its last samples find no room, so look."""
        import soundfile

        if self._file is None:
            raise OSError("nothing was recorded")
        self._file.close()
        if soundfile.info(self._part).frames != self._written:
            raise OSError("its end found no room")

    def _delete(self) -> None:
        if self._file is not None:
            with suppress(RuntimeError):  # the library's errors
                self._file.close()
        for path in (self._part, self.path):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else str(error)
    return "the disk refused it"
