"""The voices of Microsoft Edge's "read aloud", through edge-tts, which is an extra (`voicebot[edge]`).

edge-tts has its host built in and reads the proxy from the environment. The service was made for the browser alone:
Microsoft promises nobody else that it goes on, and changes it now and then, which takes a newer edge-tts.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import re
from collections.abc import AsyncIterator
from importlib.util import find_spec

from voicebot.errors import EngineError
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.services import CONNECT, DELAYS, persist, uncollected
from voicebot.tts.base import Manner, Sound, Voice
from voicebot.tts.edge_stream import SAMPLE_RATE, WHERE, EdgeStream, no_sound, plainly

BEST = {"en": "en-US-EmmaMultilingualNeural", "ko": "ko-KR-SunHiNeural"}
"""The voices for the languages of which no list has to be asked for; edge-tts itself begins with Emma."""
SLOWEST, FASTEST = 0.5, 2.0
"""The limits of `rate` in Azure's SSML, which this service speaks."""
_ID = re.compile(r"[a-z]{2,3}-[A-Z]{2,}-[\w-]+Neural", re.ASCII)
_ISO_639_1 = {"fil": "tl"}
LIBRARIES = ("edge_tts", "av")
ADDS = "Microsoft's voices, Korean ones too, over the network"


class Edge:
    """A `TextToSpeech`; a voice is a name such as "ko-KR-SunHiNeural"."""

    name = "edge"
    local = False
    sample_rate = SAMPLE_RATE

    def __init__(self, patience: float = 10.0, connect: float = CONNECT, delays: tuple[float, ...] = DELAYS) -> None:
        self.patience = patience
        self._connect = connect
        self._delays = delays
        self._known: list[Voice] = []

    def ready(self) -> Readiness:
        if any(find_spec(library) is None for library in LIBRARIES):
            return NotReady("its library is not installed", "pip install 'voicebot[edge]'", ADDS)
        return Ready("Microsoft Edge's voices, over the network")

    async def warm(self) -> None:
        demand(WHERE, self.ready())
        await asyncio.to_thread(_load)

    async def voices(self) -> list[Voice]:
        """All of the service's voices, asked for once. Raises EngineError."""
        await self.warm()
        if not self._known:
            self._known = await persist(self._list, self._delays)
        return self._known

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """See `TextToSpeech.synthesise`. Sound is decoded as it comes; silence at the beginning is left out.

        A stream that breaks raises Unreachable and is not begun again: what has come stays with the caller.
        """
        await self.warm()
        voice = manner.voice or BEST.get(manner.language) or await self._first(manner.language)
        if not _ID.fullmatch(voice):
            raise _no_voice(voice)
        if not any(character.isalnum() for character in text):
            raise EngineError(f"{WHERE} has nothing to say", "the text has no words")

        async def begin() -> tuple[EdgeStream, Sound | None]:
            stream = EdgeStream(text, voice, _percent(manner.rate), self.patience, self._connect)
            async with contextlib.AsyncExitStack() as opened:
                opened.push_async_callback(stream.close)
                first = await stream.next()
                opened.pop_all()
            return stream, first

        stream, piece = await persist(begin, self._delays)
        try:
            if piece is None:
                raise await self._silent(voice)
            while piece is not None:
                yield piece
                piece = await stream.next()
        finally:
            await stream.close()

    async def close(self) -> None:
        """Nothing is kept open between sentences."""

    async def _list(self) -> list[Voice]:
        import edge_tts

        with plainly(self.patience):
            async with asyncio.timeout(self.patience):
                found = await edge_tts.list_voices()
            return [_voice(one["ShortName"], one["FriendlyName"]) for one in found]

    async def _first(self, language: str) -> str:
        for voice in await self.voices():
            if language in voice.languages:
                return voice.id
        raise EngineError(f"{WHERE} has no voice for {language}", fix="Choose another language or engine")

    async def _silent(self, voice: str) -> EngineError:
        """Why nothing came: a voice that is not there is met with silence."""
        with contextlib.suppress(EngineError):
            if voice not in {one.id for one in await self.voices()}:
                return _no_voice(voice)
        return no_sound("its answer is empty")


def _load() -> None:
    """Import what a sentence needs; a quarter of a second the first time."""
    with uncollected():
        for library in LIBRARIES:
            importlib.import_module(library)


def _percent(rate: float) -> str:
    """The rate as SSML has it: "+10%" for 1.1."""
    return f"{round((min(max(rate, SLOWEST), FASTEST) - 1) * 100):+d}%"


def _voice(name: str, friendly: str) -> Voice:
    """A voice under a name for people: "SunHi - Korean (Korea)" for "Microsoft SunHi Online (Natural) - ..."."""
    language = name.partition("-")[0]
    readable = friendly.removeprefix("Microsoft ").replace(" Online (Natural)", "")
    return Voice(name, readable, (_ISO_639_1.get(language, language),))


def _no_voice(voice: str) -> EngineError:
    return EngineError(f"{WHERE} has no voice called {voice}", fix="`voicebot say --voices` lists them")
