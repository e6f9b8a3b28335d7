"""Piper: natural voices on this machine (https://github.com/OHF-Voice/piper1-gpl), in a child process.

piper-tts is GPL-3.0-or-later, and so is the espeak-ng in it: the person installs it, and it is loaded in a process of
its own (`piper_speech`). A voice is synthesised a sentence at a time; within one nothing can be heard before it is
done, for the graph of a voice runs as a whole (piper-tts 1.8). The program's own pieces of an answer are short.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path

from voicebot.child.process import Child
from voicebot.errors import EngineError, ModelError
from voicebot.languages import HANGUL
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.tts.base import Manner, Sound, Voice
from voicebot.tts.piper_voices import PiperVoice, voices_below, voices_of

STOPPING = 3.0
"""Seconds that the longest stretch of speech may take to compute before a cancelled call is killed."""
LOADING = 60.0
"""Seconds that onnxruntime and a voice may take to be read, from a slow disk."""
FIRST = "piper:en_US-ljspeech-medium"
"""The model to begin with, as the catalogue calls it."""
NO_KOREAN = "; no Korean voice, for none has a clear licence"
SHOWN = 3
"""Voices that are named where all of them would be too many."""


class Piper:
    """A `TextToSpeech` with the voices below `folder`, or with those of one model when `only` is given.

    Of several that speak a language the `preferred` models come first. `language` is the one to be warm for.
    """

    local = True
    sample_rate = 22_050

    def __init__(
        self,
        folder: Path,
        only: Path | None = None,
        name: str = "piper",
        preferred: Sequence[str] = (),
        language: str = "en",
        patience: float = 10.0,
    ) -> None:
        self.name = name
        self.patience = patience
        self._folder = folder
        self._only = only
        self._preferred = preferred
        self._language = language
        self._child = Child("voicebot.tts.piper_speech:Speech", "Piper", STOPPING)

    def ready(self) -> Readiness:
        adds = "natural voices in English, with no network"
        if find_spec("piper") is None:
            return NotReady("its library is not installed", "pip install 'voicebot[piper]'", adds)
        if self._only is not None and self._folder in self._only.parents and not self._only.is_file():
            return NotReady(f"{self.name} is not downloaded", f"voicebot models download {self.name}", adds)
        try:
            found = self._found()
        except ModelError as error:
            return NotReady(error.why or error.what, error.fix, adds)
        if not found:
            return NotReady("it has no voice yet", f"voicebot models download {FIRST}", adds)
        return Ready(_named_all(found))

    async def warm(self) -> None:
        found = await asyncio.to_thread(self._demanded)
        first = next((voice for voice in found if voice.language == self._language), found[0])
        self.sample_rate = first.sample_rate
        await self._child.call("load", str(first.path), patience=LOADING)

    async def voices(self) -> list[Voice]:
        return [voice.offered for voice in await asyncio.to_thread(self._demanded)]

    async def speaks(self, text: str, manner: Manner) -> bool:
        """Whether it can run, and has a voice for this; a voice that is named is to be one of its own."""
        try:
            self._chosen(await asyncio.to_thread(self._demanded), text, manner)
        except (EngineError, ModelError):
            return False
        return True

    def languages(self) -> frozenset[str]:
        """The languages of its voices, ISO 639-1, by a look at the disk; none when it cannot run."""
        runs = isinstance(self.ready(), Ready)
        return frozenset(voice.language for voice in self._found()) if runs else frozenset()

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """See `TextToSpeech.synthesise`. EngineError as well where no voice here can read the language."""
        voice = self._chosen(await asyncio.to_thread(self._demanded), text, manner)
        self.sample_rate = voice.sample_rate
        patience = LOADING if self._child.pid is None else self.patience
        pieces = self._child.stream("speak", str(voice.path), voice.speaker, text, manner.rate, patience=patience)
        async with aclosing(pieces):
            async for samples, sample_rate in pieces:
                yield Sound(samples, sample_rate)

    async def close(self) -> None:
        await self._child.kill()

    def _demanded(self) -> list[PiperVoice]:
        """The voices, of which there is one at least; blocks. Raises EngineUnavailable."""
        demand("Piper", self.ready())
        return self._found()

    def _found(self) -> list[PiperVoice]:
        """Looks at the disk; raises ModelError when the one model that it is about is no voice."""
        return voices_of(self._only) if self._only is not None else voices_below(self._folder, self._preferred)

    def _chosen(self, found: list[PiperVoice], text: str, manner: Manner) -> PiperVoice:
        voice = _named(found, manner.voice) if manner.voice else _of(found, manner.language, self._only is not None)
        if voice is None or not voice.reads(text):
            raise self._lacking(manner.language, text)
        return voice

    def _lacking(self, language: str, text: str) -> EngineError:
        if language == "ko" or HANGUL.search(text):
            return EngineError(
                "Piper has no Korean voice here",
                "none is offered, for none has a clear licence",
                "Choose the voice engine auto, which leaves Korean to the system's voice",
            )
        if language == "en":
            return EngineError("Piper has no English voice here", fix=f"voicebot models download {FIRST}")
        return EngineError(
            f"Piper has no voice for {language} here",
            fix=f"Put one (.onnx and .onnx.json) into {self._folder}, or choose another engine",
        )


def _named(found: list[PiperVoice], name: str) -> PiperVoice:
    voice = next((voice for voice in found if voice.is_called(name)), None)
    if voice is None:
        some = ", ".join(voice.id for voice in found[:SHOWN])
        raise EngineError(
            f"Piper has no voice called {name}", f"it has {some}", "`voicebot say --engine piper --voices` lists them"
        )
    return voice


def _of(found: list[PiperVoice], language: str, is_chosen: bool) -> PiperVoice | None:
    """The first voice of the language; the chosen model's own in any, for which language it reads was the choice."""
    return next((voice for voice in found if voice.language == language), found[0] if is_chosen else None)


def _named_all(found: list[PiperVoice]) -> str:
    """The models for the list of engines, which is where a person looks for a Korean one."""
    models = list(dict.fromkeys(voice.path.stem for voice in found))
    shown = [*models[:SHOWN], "…"] if len(models) > SHOWN else models
    is_korean = any(voice.language == "ko" for voice in found)
    return f"{', '.join(shown)}{'' if is_korean else NO_KOREAN}"
