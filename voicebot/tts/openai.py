"""A voice behind OpenAI's protocol: OpenAI's own, or a server on this machine or elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import typing
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Literal

from voicebot.readiness import Readiness
from voicebot.services import CONNECT, DELAYS, Key, Service
from voicebot.spending import UNMETERED, Amounts, Kind, Meter
from voicebot.tts.base import Manner, Sound, Voice
from voicebot.tts.pcm import Pcm

if TYPE_CHECKING:
    from openai import AsyncAPIResponse, AsyncOpenAI

STAGE = "tts"
SAMPLE_RATE = 24_000
"""Of the format "pcm": mono, 16 bits, little-endian (OpenAI's text-to-speech guide)."""
SLOWEST, FASTEST = 0.25, 4.0
"""The limits of `speed` in OpenAI's reference."""
SECONDS_PER_CHARACTER = {"ko": 0.16, "en": 0.065}
"""Rough pace of speech, for what a sentence will cost."""


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
        meter: Meter = UNMETERED,
    ) -> None:
        self._service = Service(STAGE, model, key, base_url, patience, connect, delays, meter)
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
            metered = await opened.enter_async_context(self._service.metered(self._expected(text, manner)))
            response = await self._service.ask(
                lambda client: opened.enter_async_context(self._open(client, text, manner))
            )
            sound = Pcm(self._service.where, SAMPLE_RATE, f"Check {STAGE}.openai_model and {STAGE}.base_url")
            sound.check_kind(response.headers.get("content-type", ""))
            if not self._by_time:
                metered.used({Kind.CHARACTERS: len(text)})
            with self._service.plainly():
                async for chunk in response.iter_bytes():
                    piece = sound.take(chunk)
                    if self._by_time:
                        metered.used({Kind.SECONDS: sound.seconds})
                    if piece:
                        yield piece
        sound.check_end()

    async def close(self) -> None:
        await self._service.close()

    @property
    def _by_time(self) -> bool:
        """The older models are charged by the character, the newer ones by the sound that they make."""
        return not self._service.model.startswith("tts-1")

    def _expected(self, text: str, manner: Manner) -> Amounts:
        if not self._by_time:
            return {Kind.CHARACTERS: len(text)}
        return {Kind.SECONDS: len(text) * SECONDS_PER_CHARACTER.get(manner.language, SECONDS_PER_CHARACTER["en"])}

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


def _built_in_voices() -> tuple[str, ...]:
    from openai.types.audio import speech_create_params

    kinds = typing.get_args(speech_create_params.Voice)
    return next((typing.get_args(kind) for kind in kinds if typing.get_origin(kind) is Literal), ())
