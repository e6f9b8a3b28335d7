"""flite as a voice of the program, for tests that listen to an answer: the recognisers here hear it well.

`python -m tests.sound.flite_voice WORDS` is `voicebot WORDS` with one more voice, `flite`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from tests.sound.speech import flite
from voicebot import engines
from voicebot.audio.files import read_sound
from voicebot.cli.main import main
from voicebot.readiness import Readiness, Ready
from voicebot.tts.base import Manner, Sound, Voice

RATE = 16_000


class Flite:
    """A sentence at a time, as one piece."""

    name = "flite"
    local = True
    patience = 10.0
    sample_rate = RATE

    def ready(self) -> Readiness:
        return Ready("rms")

    async def warm(self) -> None:
        """Nothing is kept between sentences."""

    async def voices(self) -> list[Voice]:
        return [Voice("rms", "rms", ("en",))]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        yield Sound(await asyncio.to_thread(_spoken, text), RATE)

    async def close(self) -> None:
        """Nothing is open."""


def _spoken(text: str):  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        return read_sound(flite(text, Path(folder) / "said.wav"), RATE)


if __name__ == "__main__":
    engines.TTS["flite"] = lambda workshop, model: Flite()
    sys.exit(main(sys.argv[1:]))
