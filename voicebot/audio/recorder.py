"""A speaker that is a file: what is played into it is kept, as fast as it comes, with no sound card."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np

from voicebot.audio.files import write_sound
from voicebot.audio.playback import Clip, Playback
from voicebot.events import Samples


class Recorder(Playback):
    """Takes clips as `Playback` does; each sample counts as played when it is written."""

    def __init__(self) -> None:
        self._blocks: list[Samples] = []
        super().__init__(None)

    async def open(self, sample_rate: int) -> None:
        self.sample_rate = self.sample_rate or sample_rate

    async def close(self) -> None:
        self._clips.clear()
        self.notify()

    @property
    def is_open(self) -> bool:
        return False

    @property
    def samples(self) -> Samples:
        """All that was played: mono float32 at `sample_rate` Hz."""
        return np.concatenate(self._blocks) if self._blocks else np.zeros(0, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write it as a sound file; raises StorageError or AudioError."""
        write_sound(path, self.samples, self.sample_rate or 16_000)

    def taken(self, clip: Clip) -> None:
        if clip.started_at is None:
            clip.started_at = asyncio.get_running_loop().time()
        while clip.blocks:
            block = clip.blocks.popleft()
            clip.played += len(block)
            self._blocks.append(block)
            self._rendered += 1
        self.notify()

    def notify(self) -> None:
        while self._clips and (self._clips[0].finished or self.was_cut(self._clips[0])):
            self._clips.popleft()
        super().notify()
