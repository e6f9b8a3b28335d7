"""ElevenLabs' voices, through their SDK, which is an extra (`voicebot[elevenlabs]`).

Its voices speak every language of the model: eleven_flash_v2_5, the quickest, speaks 32, Korean among them.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from voicebot.errors import EngineError, EngineUnavailable
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.redaction import conceal
from voicebot.services import DELAYS, IDLE, Key, one_line, persist, uncollected
from voicebot.spending import UNMETERED, Kind, Meter
from voicebot.tts.base import Manner, Sound, Voice
from voicebot.tts.elevenlabs_errors import WHERE, failure, no_voice
from voicebot.tts.pcm import Pcm

if TYPE_CHECKING:
    import httpx
    from elevenlabs import AsyncElevenLabs

T = TypeVar("T")

URL = "https://api.elevenlabs.io"
SAMPLE_RATE = 24_000
"""Of the format "pcm_24000": mono, 16 bits, little-endian, on every plan; 44.1 kHz takes a paid one (the SDK)."""
SLOWEST, FASTEST = 0.7, 1.2
"""The limits of `speed` (the SDK's RealtimeVoiceSettings)."""
CHUNK = 2 * SAMPLE_RATE // 20
"""Bytes that are handed on together: 50 ms of sound."""
PAGE, PAGES = 10, 100
"""Voices asked for at a time, for the SDK takes up to 2 ms on the event loop to read one; and how often at most."""
ADDS = "ElevenLabs' voices"


class ElevenLabs:
    """A `TextToSpeech`; `voice` is the id of the voice that is used unless another is asked for."""

    local = False
    sample_rate = SAMPLE_RATE

    def __init__(
        self,
        key: Key,
        model: str,
        voice: str,
        base_url: str = URL,
        patience: float = 15.0,
        delays: tuple[float, ...] = DELAYS,
        meter: Meter = UNMETERED,
    ) -> None:
        self.name = f"elevenlabs:{model}"
        self.patience = patience
        self._key = key
        self._model = model
        self._voice = voice
        self._url = base_url
        self._delays = delays
        self._meter = meter
        self._client: AsyncElevenLabs | None = None
        self._transport: httpx.AsyncClient | None = None
        self._building = asyncio.Lock()

    def ready(self) -> Readiness:
        return self._readiness(self._key())

    async def warm(self) -> None:
        """Load the SDK and open the connection. A service that does not answer is no failure yet."""
        with contextlib.suppress(EngineError):
            await self._ask(lambda client, options: client.models.list(request_options=options), delays=())

    async def voices(self) -> list[Voice]:
        """The voices of the account; the one in the settings comes first."""
        found: dict[str, Voice] = {}
        token: str | None = None
        for _ in range(PAGES):
            answer: Any = await self._ask(
                lambda client, options, token=token: client.voices.search(  # type: ignore[misc]
                    page_size=PAGE, next_page_token=token, request_options=options
                )
            )
            found |= {
                one.voice_id: Voice(one.voice_id, one.name or one.voice_id)
                for one in answer.voices or ()
                if one.voice_id
            }
            if not (answer.has_more and (token := answer.next_page_token)):
                break
        first = found.pop(self._voice, Voice(self._voice, self._voice))
        return [first, *found.values()]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """See `TextToSpeech.synthesise`. Silence at the beginning is left out.

        A stream that breaks raises Unreachable and is not begun again: what has come stays with the caller.
        """
        voice = manner.voice or self._voice
        if not re.fullmatch(r"\w+", voice, re.ASCII):
            raise no_voice(voice)
        expected = {Kind.CHARACTERS: len(text)}
        async with contextlib.AsyncExitStack() as opened:
            metered = await opened.enter_async_context(self._meter.request("elevenlabs", self._model, expected))
            response: Any = await self._ask(
                lambda client, options: opened.enter_async_context(
                    client.text_to_speech.with_raw_response.stream(
                        voice, **self._question(text, manner), request_options=options
                    )
                ),
                voice,
            )
            metered.used({Kind.CHARACTERS: _charged(response.headers, text)})
            sound = Pcm(WHERE, SAMPLE_RATE)
            sound.check_kind(response.headers.get("content-type", ""))
            with self._plainly(voice):
                async for chunk in response.data:
                    if piece := sound.take(chunk):
                        yield piece
        sound.check_end()

    async def close(self) -> None:
        """Close the connection; the next request opens another."""
        transport, self._transport, self._client = self._transport, None, None
        if transport is not None:
            await transport.aclose()

    def _question(self, text: str, manner: Manner) -> dict[str, Any]:
        from elevenlabs import VoiceSettings

        question: dict[str, Any] = {"text": text, "model_id": self._model, "output_format": f"pcm_{SAMPLE_RATE}"}
        if manner.rate != 1.0:  # else the voice's own settings hold
            question["voice_settings"] = VoiceSettings(speed=min(max(manner.rate, SLOWEST), FASTEST))
        if not self._model.startswith("eleven_multilingual"):  # which refuses a language and guesses it
            question["language_code"] = manner.language
        return question

    async def _ask(
        self,
        request: Callable[[AsyncElevenLabs, dict[str, Any]], Awaitable[T]],
        voice: str = "",
        delays: tuple[float, ...] | None = None,
    ) -> T:
        """Send a request, again when that is right (see `persist`), until its answer begins. Raises EngineError."""
        key = await asyncio.to_thread(self._key)
        demand(WHERE, self._readiness(key))
        conceal(key or "")
        client = await self._built()
        options = {"additional_headers": {"xi-api-key": (key or "").strip()}, "max_retries": 0, "chunk_size": CHUNK}

        async def attempt() -> T:
            with self._plainly(voice):
                return await request(client, options)

        return await persist(attempt, self._delays if delays is None else delays)

    @contextlib.contextmanager
    def _plainly(self, voice: str) -> Iterator[None]:
        """Turn what the SDK raises into the project's errors; their cause is left out, for it may hold the key."""
        import httpx
        from elevenlabs.core import ApiError, ParsingError

        try:
            yield
        except (ApiError, ParsingError, httpx.RequestError, ValueError, TypeError) as error:
            raise failure(error, self._model, voice, self.patience) from None

    async def _built(self) -> AsyncElevenLabs:
        async with self._building:
            if self._client is None:
                self._client = await asyncio.to_thread(self._build)
        return self._client

    def _build(self) -> AsyncElevenLabs:
        """A client, with every module loaded that a request needs: half a second the first time, so in a thread."""
        with uncollected():
            import httpx
            from elevenlabs import AsyncElevenLabs, VoiceSettings, core

            logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes down every request
            limits = httpx.Limits(max_connections=8, keepalive_expiry=IDLE)
            try:
                self._transport = httpx.AsyncClient(limits=limits)
            except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
                fix = "Correct the proxy or certificate variables (HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE)"
                raise EngineUnavailable(f"{WHERE} cannot be used", one_line(str(error)), fix) from None
            client = AsyncElevenLabs(
                api_key=None, base_url=self._url, timeout=self.patience, httpx_client=self._transport
            )
            _ = client.text_to_speech, client.voices, client.models, VoiceSettings, core.ApiError, core.ParsingError
        return client

    def _readiness(self, key: str | None) -> Readiness:
        if find_spec("elevenlabs") is None:
            return NotReady("its library is not installed", "pip install 'voicebot[elevenlabs]'", ADDS)
        key = (key or "").strip()
        if not key:
            return NotReady("no key", "Set ELEVENLABS_API_KEY, or run `voicebot keys set elevenlabs`", ADDS)
        if not re.fullmatch(r"[!-~]*", key):
            return NotReady("the key has characters that no key has", "Copy the key again, alone and whole", ADDS)
        return Ready(f"{self._model} at {WHERE}")


def _charged(headers: Mapping[str, str], text: str) -> int:
    """The characters that the service charges for: it says so in a header, and otherwise they are the text's."""
    cost = headers.get("character-cost", "")
    return int(cost) if cost.isdecimal() else len(text)
