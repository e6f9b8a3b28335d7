"""A text spoken by a voice that is being tried: how soon, how fast, and what came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import numpy as np

from voicebot.audio.resampling import resample
from voicebot.engines import Workshop
from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.lab.samples import SCHEME, SampleVoice
from voicebot.patience import patient
from voicebot.sentences import split
from voicebot.speakable import speakable
from voicebot.tts.base import Manner, Sound, TextToSpeech


@dataclass(frozen=True, slots=True)
class VoiceName:
    """A voice as a person names it: "pyttsx3", "pyttsx3/gmw/en-US", "openai:tts-1/nova", "samples:FOLDER".

    `engine` is what the workshop takes, `voice` the engine's own id for one of its voices, None for its best.
    """

    engine: str
    voice: str | None = None

    @classmethod
    def parse(cls, name: str) -> VoiceName:
        """A path behind the colon is the model's, and no voice can stand behind it."""
        engine, colon, model = name.partition(":")
        if colon and (model.startswith((".", "/", "~")) or model.endswith(".onnx") or engine == SCHEME):
            return cls(name)
        head, _, voice = name.partition("/")
        return cls(head, voice or None)


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """What a voice made: mono float32 at `sample_rate` Hz.

    The first piece came `first` seconds after it was asked for, the last one after `seconds`.
    """

    samples: Samples
    sample_rate: int
    first: float
    seconds: float

    @property
    def duration(self) -> float:
        """Seconds of sound."""
        return len(self.samples) / self.sample_rate


def make_voice(workshop: Workshop, engine: str) -> TextToSpeech:
    """The engine called `engine`, or a folder of samples; raises UsageError or ModelError."""
    scheme, _, folder = engine.partition(":")
    return SampleVoice.at(folder) if scheme == SCHEME else workshop.tts(engine)


async def speak(engine: TextToSpeech, text: str, manner: Manner) -> Spoken:
    """Have a text spoken as the assistant would, sentence after sentence. Raises EngineError."""
    clock = asyncio.get_running_loop().time
    began, first = clock(), 0.0
    pieces: list[Samples] = []
    rate = engine.sample_rate
    async with aclosing(_sounds(engine, text, manner)) as sounds:
        async for sound in sounds:
            if not pieces:
                first, rate = clock() - began, sound.sample_rate
            pieces.append(resample(sound.samples, sound.sample_rate, rate))
    seconds = clock() - began
    if not sum(map(len, pieces)):
        raise EngineError(f"{engine.name} made no sound", why="nothing in the text can be spoken")
    return Spoken(np.concatenate(pieces), rate, first, seconds)


async def _sounds(engine: TextToSpeech, text: str, manner: Manner) -> AsyncGenerator[Sound, None]:
    if isinstance(engine, SampleVoice):  # a sample is of the text as it is written
        async for sound in engine.synthesise(text, manner):
            yield sound
        return
    for piece in split(text):
        if words := speakable(piece, manner.language):
            source = engine.synthesise(words, manner)
            complaint = f"{engine.name} made no sound"
            async with aclosing(patient(source, engine.patience, engine.patience, complaint)) as sounds:
                async for sound in sounds:
                    yield sound
