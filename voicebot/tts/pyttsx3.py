"""The system's own voice through pyttsx3: espeak-ng on Linux, the speech of macOS and Windows elsewhere.

It lives in a child process, kept warm: a driver that hangs is killed, and what it prints goes to the log. Playing is
this program's own business: the driver only makes the sound.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from ctypes import CDLL, string_at
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from voicebot.child.process import Child
from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.tts.base import Manner, Sound, Voice

Alive = Callable[[], None]
Listed = tuple[str, str, tuple[str, ...]]

PREFERRED = {"en": "gmw/en-US", "ko": "ko"}
"""The first choice among espeak's voices of a language."""

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
        if sys.platform.startswith("linux") and not _espeak_is_there():
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

    def __init__(self, alive: Alive) -> None:
        self._driver: Espeak | SavingDriver = Espeak(alive) if sys.platform.startswith("linux") else SavingDriver(alive)

    def voices(self) -> list[Listed]:
        """Id, name and languages of each voice."""
        return self._driver.voices

    def speak(self, text: str, language: str, voice: str | None, rate: float) -> Iterator[tuple[Samples, int]]:
        """The sound of a sentence in pieces: samples and their rate in Hz; raises EngineError."""
        samples, sample_rate = self._driver.say(_plain(text), self._chosen(language, voice), rate)
        if not len(samples):
            raise EngineError("the system's voice made no sound", fix="try another voice")
        yield from _pieces(_trimmed(samples, sample_rate), sample_rate)

    def _chosen(self, language: str, voice: str | None) -> str | None:
        if voice:
            return self._named(voice)
        speaking = [id_ for id_, _, languages in self._driver.voices if language in languages]
        preferred = [id_ for id_ in speaking if id_ == PREFERRED.get(language)]
        return next(iter(preferred or speaking), None)

    def _named(self, voice: str) -> str:
        for id_, name, _ in self._driver.voices:
            if voice.casefold() in (id_.casefold(), name.casefold()):
                return id_
        some = ", ".join(id_ for id_, _, _ in self._driver.voices[:5])
        what = f"the system has no voice called {voice}"
        raise EngineError(what, f"it has {some} and others", "`voicebot say --voices` lists them")


class Espeak:
    """espeak-ng through pyttsx3's binding, in its synchronous mode.

    pyttsx3's own loop ends before its file is written (2.99: it asks espeak for its asynchronous mode, and does not
    wait), so that a sentence could be given the sound, or the pace, of the one before.
    """

    OWN_RATE = 175
    """Words a minute: espeak's default."""
    BUFFER = 100
    """Milliseconds of sound between two signs of life."""

    def __init__(self, alive: Alive) -> None:
        from pyttsx3.drivers import _espeak

        self._library: Any = _espeak
        self._alive = alive
        self._sound: list[bytes] = []
        self._left: BaseException | None = None
        self._sample_rate = int(_espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, self.BUFFER))
        _espeak.SetSynthCallback(self._take)
        self.voices: list[Listed] = [
            (voice.identifier.decode(), voice.name.decode(), (_iso(voice.languages[1:]),))
            for voice in _espeak.ListVoices(None)
        ]

    def say(self, text: str, voice: str | None, rate: float) -> tuple[Samples, int]:
        from voicebot.audio.resampling import from_pcm16

        library = self._library
        self._sound, self._left = [], None
        if voice is not None:
            library.SetVoiceByName(voice.encode())
        library.SetParameter(library.RATE, round(self.OWN_RATE * rate), 0)
        library.Synth(text.encode(), flags=library.ENDPAUSE | library.CHARS_UTF8)
        if self._left is not None:
            raise self._left
        return from_pcm16(b"".join(self._sound)), self._sample_rate

    def _take(self, wave: Any, count: int, _: Any) -> int:
        """Called by espeak with some sound; 1 makes it stop. What is raised here would be lost in C."""
        try:
            self._alive()
        except BaseException as left:  # noqa: BLE001 - kept, and raised again in `say`
            self._left = left
            return 1
        if count > 0:
            self._sound.append(string_at(wave, 2 * count))
        return 0


class SavingDriver:
    """pyttsx3's driver for macOS or Windows: a sentence is saved to a file and read back."""

    def __init__(self, alive: Alive) -> None:
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        self._own_rate = float(self._engine.getProperty("rate") or 200)
        self._folder = TemporaryDirectory(prefix="voicebot-voice-")
        self.voices: list[Listed] = [
            (str(voice.id), str(voice.name), tuple(sorted({_iso(one) for one in voice.languages or ()})))
            for voice in self._engine.getProperty("voices")
        ]

    def say(self, text: str, voice: str | None, rate: float) -> tuple[Samples, int]:
        import soundfile

        if voice is not None:
            self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", round(self._own_rate * rate))
        path = Path(self._folder.name) / "sentence.wav"
        path.unlink(missing_ok=True)
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        if not path.exists():
            raise EngineError("the system's voice made no sound", fix="try another voice")
        samples, sample_rate = soundfile.read(path, dtype="float32", always_2d=True)
        return samples.mean(axis=1), sample_rate


def _espeak_is_there() -> bool:
    """Whether one of the libraries that pyttsx3 looks for can be loaded; asking the linker's cache takes 100 ms."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        with contextlib.suppress(OSError):
            CDLL(name)
            return True
    return False


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
