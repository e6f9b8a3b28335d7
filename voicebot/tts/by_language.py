"""Two engines as one voice: the first says what it has a voice for, the other everything else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Set
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from voicebot.readiness import Readiness, Ready
from voicebot.tts.base import Manner, Sound, TextToSpeech, Voice


class Particular(TextToSpeech, Protocol):
    """A voice engine that does not speak every language."""

    def languages(self) -> Set[str]:
        """Those of its voices, ISO 639-1; none when it cannot run. May look at the disk."""
        ...

    async def speaks(self, text: str, manner: Manner) -> bool:
        """Whether it has the voice that is asked for, or one of the language, and that can read the text."""
        ...


class ByLanguage:
    """A `TextToSpeech` of two others, `languages` being those that are to be warm. A voice's id is its engine's own."""

    def __init__(self, first: Particular, other: TextToSpeech, languages: tuple[str, ...]) -> None:
        self.first = first
        self.other = other
        self.name = f"{first.name}+{other.name}"
        self.local = first.local and other.local
        self.patience = max(first.patience, other.patience)
        self.sample_rate = first.sample_rate
        self._languages = languages

    def ready(self) -> Readiness:
        readiness = self.first.ready()
        return readiness if isinstance(readiness, Ready) else self.other.ready()

    async def warm(self) -> None:
        """See `TextToSpeech.warm`. The other is warmed when one of the languages is left to it."""
        await self.first.warm()
        self.sample_rate = self.first.sample_rate
        if not set(self._languages) <= await asyncio.to_thread(self.first.languages):
            await self.other.warm()

    async def voices(self) -> list[Voice]:
        """Those of both, the first's first; only its own when the other cannot run."""
        found = await self.first.voices()
        return found + (await self.other.voices() if isinstance(self.other.ready(), Ready) else [])

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        if await self.first.speaks(text, manner):
            sounds = self.first.synthesise(text, manner)
        else:
            sounds = self.other.synthesise(text, await self._for_other(manner))
        async with aclosing(sounds):  # type: ignore[type-var]
            async for sound in sounds:
                yield sound

    async def close(self) -> None:
        await asyncio.gather(self.first.close(), self.other.close())

    async def _for_other(self, manner: Manner) -> Manner:
        """Without the voice when it is one of the first's, which cannot read this sentence."""
        runs = isinstance(self.first.ready(), Ready)
        ids = [voice.id.casefold() for voice in await self.first.voices()] if runs else []
        theirs = {*ids, *(id_.partition("#")[0] for id_ in ids)}  # a model of many speakers is named without one too
        return replace(manner, voice=None) if manner.voice and manner.voice.casefold() in theirs else manner
