"""A voice behind OpenAI's protocol: OpenAI's own, or a server on this machine or elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import typing
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from voicebot.errors import EngineError
from voicebot.readiness import Readiness
from voicebot.services import CONNECT, DELAYS, Key, Service
from voicebot.tts.base import Manner, Sound, Voice

if TYPE_CHECKING:
    from openai import AsyncAPIResponse, AsyncOpenAI

STAGE = "tts"
SAMPLE_RATE = 24_000
"""Of the format "pcm": mono, 16 bits, little-endian (OpenAI's text-to-speech guide)."""
SLOWEST, FASTEST = 0.25, 4.0
"""The limits of `speed` in OpenAI's reference."""
_OTHER_FORMATS = {b"RIFF": "WAV", b"ID3": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC"}
_PAGES = (b'{"', b"{\n", b"{ ", b"<!", b"<ht")


class OpenAiVoice:
    """A `TextToSpeech` over audio/speech. Its voices speak every language; `voice` is the one used unless asked."""

    sample_rate = SAMPLE_RATE

    def __init__(
        self,
        key: Key,
        base_url: str | None,
        model: str,
        voice: str,
        patience: float = 15.0,
        connect: float = CONNECT,
        delays: tuple[float, ...] = DELAYS,
    ) -> None:
        self._service = Service(STAGE, model, key, base_url, patience, connect, delays)
        self._voice = voice
        self.name = f"openai:{model}"
        self.local = self._service.local
        self.patience = patience

    def ready(self) -> Readiness:
        return self._service.ready(adds="OpenAI's voices")

    async def warm(self) -> None:
        await self._service.warm()

    async def voices(self) -> list[Voice]:
        """The built-in voices that the SDK knows, and the one in the settings, which comes first."""
        known = await asyncio.to_thread(_built_in_voices)
        ids = dict.fromkeys((self._voice, *known))
        return [Voice(voice, voice.capitalize()) for voice in ids]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """See `TextToSpeech.synthesise`. Silence at the beginning is left out.

        A stream that breaks raises Unreachable and is not begun again: what has come stays with the caller.
        """
        async with contextlib.AsyncExitStack() as opened:
            response = await self._service.ask(
                lambda client: opened.enter_async_context(self._open(client, text, manner))
            )
            sound = _Pcm(self._service.where)
            sound.check_kind(response.headers.get("content-type", ""))
            with self._service.plainly():
                async for chunk in response.iter_bytes():
                    if piece := sound.take(chunk):
                        yield piece
        sound.check_end()

    async def close(self) -> None:
        await self._service.close()

    def _open(
        self, client: AsyncOpenAI, text: str, manner: Manner
    ) -> contextlib.AbstractAsyncContextManager[AsyncAPIResponse[Any]]:
        return client.audio.speech.with_streaming_response.create(
            model=self._service.model,
            voice=manner.voice or self._voice,
            input=text,
            response_format="pcm",
            speed=min(max(manner.rate, SLOWEST), FASTEST),
        )


class _Pcm:
    """Bytes into sound, as they come: a sample may lie across two chunks. Refuses what is not bare PCM."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._rest = b""
        self._looked = False
        self._audible = False

    def check_kind(self, content_type: str) -> None:
        if content_type.startswith(("text/", "application/json")):
            raise self._no_sound(f"it sent {content_type.partition(';')[0]} instead")

    def take(self, chunk: bytes) -> Sound | None:
        data = self._rest + chunk
        if not self._looked:
            if len(data) < 4:
                self._rest = data
                return None
            self._look(data)
        whole = len(data) // 2 * 2
        self._rest = data[whole:]
        values = np.frombuffer(data[:whole], dtype="<i2")
        if not self._audible and not values.any():
            return None
        self._audible = True
        return Sound(values.astype(np.float32) / 32768.0, SAMPLE_RATE) if whole else None

    def check_end(self) -> None:
        if not self._audible:
            raise self._no_sound("its answer is silent" if self._looked else "its answer is empty")

    def _look(self, beginning: bytes) -> None:
        """Text or a compressed file, played as samples, would be a burst of noise."""
        self._looked = True
        if beginning.lstrip().startswith(_PAGES):
            raise self._no_sound("it sent a page of text instead")
        for magic, name in _OTHER_FORMATS.items():
            if beginning.startswith(magic):
                raise self._no_sound(f"it sent {name} where bare PCM was asked for")

    def _no_sound(self, why: str) -> EngineError:
        return EngineError(f"{self._where} sent no sound", why, f"Check {STAGE}.openai_model and {STAGE}.base_url")


def _built_in_voices() -> tuple[str, ...]:
    from openai.types.audio import speech_create_params

    kinds = typing.get_args(speech_create_params.Voice)
    return next((typing.get_args(kind) for kind in kinds if typing.get_origin(kind) is Literal), ())
