"""A folder of recordings with their transcripts as a voice: what it says was prepared, and is compared as if spoken.

The folder is of any kind that `manifests` knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicebot.audio.files import read_sound
from voicebot.errors import EngineError, UsageError
from voicebot.lab.manifests import entries_of
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.tts.base import Manner, Sound, Voice

SCHEME = "samples"
"""What its name begins with: "samples:FOLDER"."""
RATE = 48_000
"""Hz: at least that of the recording, for nearly every recording."""


@dataclass(slots=True)
class SampleVoice:
    """A `TextToSpeech` that says only what there is a sample of; `files` are by the words in them."""

    folder: Path
    files: Mapping[str, Path]
    local: bool = True
    patience: float = 10.0
    sample_rate: int = RATE
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = f"{SCHEME}:{self.folder}"

    @classmethod
    def at(cls, folder: str) -> SampleVoice:
        """Raises UsageError when there is no recording with a transcript."""
        place = Path(folder).expanduser().absolute()
        good = [entry for entry in entries_of(place) if entry.text.strip() and not entry.wrong]
        if not good:
            fix = "put NAME.txt beside each NAME.wav, or name a list of files and texts"
            raise UsageError(f"there is no clip to be used in {place}", fix=fix)
        return cls(place, {entry.text.strip(): entry.path for entry in good})

    def ready(self) -> Readiness:
        if not self.folder.is_dir():
            return NotReady(f"there is no folder {self.folder}", "Name a folder with samples")
        return Ready("its samples are here")

    async def warm(self) -> None:
        return None

    async def voices(self) -> list[Voice]:
        return [Voice(self.folder.name, self.folder.name)]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """The sample of `text`, whole. Raises EngineError without one, AudioError when it cannot be read."""
        if text not in self.files:
            raise EngineError(f"there is no sample of this text in {self.folder}")
        yield Sound(await asyncio.to_thread(read_sound, self.files[text], RATE), RATE)

    async def close(self) -> None:
        return None
