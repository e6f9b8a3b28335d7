"""The system's own voice through pyttsx3: espeak-ng on Linux, the speech of macOS and Windows elsewhere.

It lives in a child process, kept warm: a driver that hangs is killed, and what it prints goes to the log. A sentence is
saved to a file and read back, which takes 10 to 15 ms on Linux; playing is this program's own business.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from voicebot.child.process import Child
from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.tts.base import Manner, Sound, Voice

CHUNK_SECONDS = 0.1
STARTING = 20.0
"""Seconds that the system's speech may take to start."""
LEADING_SILENCE = 0.02


class Pyttsx3:
    """A `TextToSpeech` with the system's voices."""

    name = "pyttsx3"
    local = True
    sample_rate = 22_050

    def __init__(self, patience: float = 10.0) -> None:
        self.patience = patience
        self._child = Child("voicebot.tts.pyttsx3:SystemVoice", "the system's voice")

    def ready(self) -> Readiness:
        adds = "a voice, with no network"
        if find_spec("pyttsx3") is None:
            return NotReady("its library is not installed", "pip install pyttsx3", adds)
        if sys.platform.startswith("linux") and not (find_library("espeak-ng") or find_library("espeak")):
            return NotReady("espeak-ng is not installed", "apt install espeak-ng", adds)
        return Ready("the system's own voice")

    async def warm(self) -> None:
        demand("The system's voice", self.ready())
        await self._child.call("voices", patience=STARTING)

    async def voices(self) -> list[Voice]:
        demand("The system's voice", self.ready())
        return [Voice(*one) for one in await self._child.call("voices", patience=STARTING)]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        demand("The system's voice", self.ready())
        pieces = self._child.stream("speak", text, manner.language, manner.voice, manner.rate, patience=self.patience)
        async with aclosing(pieces):
            async for samples, sample_rate in pieces:
                yield Sound(samples, sample_rate)

    async def close(self) -> None:
        await self._child.kill()


class SystemVoice:
    """The child's half: the one process that loads the driver."""

    def __init__(self, alive: Callable[[], None]) -> None:
        import pyttsx3

        self._alive = alive
        self._engine: Any = pyttsx3.init()
        self._own_rate = float(self._engine.getProperty("rate") or 200)
        self._folder = TemporaryDirectory(prefix="voicebot-voice-")
        self._voices = [
            (str(voice.id), str(voice.name), tuple(sorted({_iso(one) for one in voice.languages or ()})))
            for voice in self._engine.getProperty("voices")
        ]

    def voices(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Id, name and languages of each voice."""
        return self._voices

    def speak(self, text: str, language: str, voice: str | None, rate: float) -> Iterator[tuple[Samples, int]]:
        """The sound of a sentence in pieces: samples and their rate in Hz; raises EngineError."""
        import soundfile

        chosen = self._chosen(language, voice)
        if chosen is not None:
            self._engine.setProperty("voice", chosen)
        self._engine.setProperty("rate", round(self._own_rate * rate))
        path = Path(self._folder.name) / "sentence.wav"
        path.unlink(missing_ok=True)
        self._engine.save_to_file(_plain(text), str(path))
        self._engine.runAndWait()
        if not path.exists() or path.stat().st_size == 0:
            raise EngineError("The system's voice made no sound", fix="try another voice")
        samples, sample_rate = soundfile.read(path, dtype="float32", always_2d=True)
        yield from _pieces(_trimmed(samples.mean(axis=1), sample_rate), sample_rate)

    def _chosen(self, language: str, voice: str | None) -> str | None:
        if voice:
            return self._named(voice)
        speaking = [id_ for id_, _, languages in self._voices if language in languages]
        preferred = [id_ for id_ in speaking if id_ in ("gmw/en-us", f"{language}")]
        return next(iter(preferred or speaking), None)

    def _named(self, voice: str) -> str:
        for id_, name, _ in self._voices:
            if voice.casefold() in (id_.casefold(), name.casefold()):
                return id_
        some = ", ".join(id_ for id_, _, _ in self._voices[:5])
        raise EngineError(
            f"The system has no voice called {voice}", f"it has {some} and others", "voicebot say --voices"
        )


def _iso(language: str | bytes) -> str:
    """ "en-us", "en_US" or espeak's b"\\x05en-gb" as ISO 639-1."""
    text = language.decode(errors="ignore") if isinstance(language, bytes) else language
    return "".join(mark for mark in text if mark.isprintable()).replace("_", "-").partition("-")[0].lower()


def _plain(text: str) -> str:
    """Without control characters, which end a C string or are read out."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _trimmed(samples: Samples, sample_rate: int) -> Samples:
    """Without the silence that the voice puts before its first sound, all but 20 ms."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > 0.003)
    start = max(0, int(loud[0]) - int(LEADING_SILENCE * sample_rate)) if len(loud) else 0
    return samples[start:]


def _pieces(samples: Samples, sample_rate: int) -> Iterator[tuple[Samples, int]]:
    step = int(CHUNK_SECONDS * sample_rate)
    for start in range(0, len(samples), step):
        yield samples[start : start + step], sample_rate
