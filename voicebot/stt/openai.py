"""A recogniser behind OpenAI's protocol: OpenAI's own, or a server on this machine or elsewhere."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.languages import language_of
from voicebot.readiness import Readiness
from voicebot.services import CONNECT, DELAYS, Key, Service
from voicebot.spending import UNMETERED, Kind, Meter
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment

if TYPE_CHECKING:
    from openai import AsyncOpenAI

STAGE = "stt"
NO_SPEECH = Nothing("no speech heard")


class OpenAiRecogniser:
    """A `SpeechToText` over audio/transcriptions.

    Whisper models tell the language and how sure they are of each segment (`verbose_json`), gpt-transcribe the
    language alone; it also takes a shortlist of languages, where the others take one language or none.
    """

    def __init__(
        self,
        key: Key,
        base_url: str | None,
        model: str,
        patience: float = 30.0,
        connect: float = CONNECT,
        delays: tuple[float, ...] = DELAYS,
        meter: Meter = UNMETERED,
    ) -> None:
        self._service = Service(STAGE, model, key, base_url, patience, connect, delays, meter)
        self.name = f"openai:{model}"
        self.local = self._service.local
        self.patience = patience

    def ready(self) -> Readiness:
        return self._service.ready(adds="OpenAI's recognition of about sixty languages")

    async def warm(self, progress: Progress) -> None:
        progress(None)
        await self._service.warm()
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        """See `SpeechToText.transcribe`. Cancelling the call closes the connection."""
        recording = await asyncio.to_thread(_wave, samples)

        async def send(client: AsyncOpenAI) -> Any:
            alive()
            return await self._send(client, recording, languages)

        heard = {Kind.SECONDS: len(samples) / SAMPLE_RATE}
        async with self._service.metered(heard) as metered:
            answer = await self._service.ask(send)
            metered.used(heard)
        alive()
        text = getattr(answer, "text", None)
        if not isinstance(text, str):
            raise EngineError(
                f"{self._service.where} sent no transcript",
                "its answer cannot be understood",
                f"Check {STAGE}.base_url, which usually ends in /v1",
            )
        if not text.strip():
            return NO_SPEECH
        return Heard(text.strip(), _language(answer, text, languages), _segments(answer))

    async def close(self) -> None:
        await self._service.close()

    async def _send(self, client: AsyncOpenAI, recording: bytes, languages: Sequence[str]) -> Any:
        model = self._service.model
        options: dict[str, Any] = {"response_format": "verbose_json" if "whisper" in model.lower() else "json"}
        if len(languages) == 1:
            options["language"] = languages[0]
        elif languages and model.startswith("gpt-transcribe"):
            options["languages"] = list(languages)
        create: Any = client.audio.transcriptions.create  # its overloads cannot be met with a dictionary
        return await create(model=model, file=("utterance.wav", recording, "audio/wav"), **options)


def _wave(samples: Samples) -> bytes:
    """A WAV file in memory: 16 kHz, mono, 16 bits."""
    import soundfile

    target = io.BytesIO()
    soundfile.write(target, np.clip(samples, -1.0, 1.0), SAMPLE_RATE, format="WAV", subtype="PCM_16")
    return target.getvalue()


def _segments(answer: object) -> tuple[Segment, ...]:
    """The segments that have what the SDK's type promises; other servers leave fields out."""
    segments: list[Any] = getattr(answer, "segments", None) or []
    promised = ("start", "end", "text")
    whole = [one for one in segments if all(getattr(one, name, None) is not None for name in promised)]
    return tuple(Segment(one.start, one.end, one.text.strip()) for one in whole)


def _language(answer: object, text: str, languages: Sequence[str]) -> str:
    """The language the service tells, or else a guess from the letters."""
    told = getattr(answer, "language", None) or _first_code(answer)
    code = _code(told) if isinstance(told, str) else ""
    return code or language_of(text, languages)


def _first_code(answer: object) -> str | None:
    detected = getattr(answer, "languages", None) or ()
    return next((getattr(language, "code", None) for language in detected), None)


def _code(language: str) -> str:
    """ISO 639-1 for a language as services name it: "ko", "ko-KR", or "korean" as Whisper does; empty if unknown."""
    code = language.split("-")[0].lower()
    return code if len(code) == 2 else _NAMES.get(code, "")


_NAMES = {
    "arabic": "ar",
    "bengali": "bn",
    "chinese": "zh",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "malay": "ms",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "tagalog": "tl",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
}
