"""Google Translate's voices, through gTTS.

gTTS has its host built in, asks with blocking requests and reads the proxy from the environment (HTTPS_PROXY). It does
not check the host's certificate. It sends at most 100 characters at a time and gets MP3.
"""

from __future__ import annotations

import asyncio
import importlib
import io
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from voicebot.errors import EngineError, EngineTimedOut, Unreachable
from voicebot.readiness import Readiness, Ready
from voicebot.services import CONNECT, DELAYS, persist, refused, retry_after
from voicebot.tts.base import Manner, Sound, Voice

if TYPE_CHECKING:
    from gtts import gTTSError

T = TypeVar("T")

WHERE = "Google Translate"
SAMPLE_RATE = 24_000
CHUNK_SECONDS = 0.2
SLOW = 0.75
"""Below this rate gTTS's slow speech is asked for; it has no other."""
WORKERS = 2
"""One for the call of now, one for the rest of a request that was cancelled."""
_OLD_CODES = {"he": "iw", "jv": "jw"}
"""ISO 639-1 to the codes that Google kept from before."""


class Gtts:
    """A `TextToSpeech`; a voice is a language ("ko", "pt-PT").

    Requests run in two threads of its own. A cancelled call leaves its request to end by itself, which it does after
    `connect` or `patience` seconds without an answer; `close` waits for it.
    """

    name = "gtts"
    local = False
    sample_rate = SAMPLE_RATE

    def __init__(
        self, patience: float = 10.0, connect: float = CONNECT, delays: tuple[float, ...] = DELAYS, tld: str = "com"
    ) -> None:
        self.patience = patience
        self._timeout = (connect, patience)
        self._delays = delays
        self._tld = tld
        self._workers: ThreadPoolExecutor | None = None

    def ready(self) -> Readiness:
        return Ready("Google Translate's voices, over the network")

    async def warm(self) -> None:
        await self._run(importlib.import_module, "gtts")

    async def voices(self) -> list[Voice]:
        languages = await self._run(_languages)
        return [Voice(code, name, (_iso(code),)) for code, name in languages.items()]

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        """See `TextToSpeech.synthesise`. The sound comes in pieces of at most 200 ms."""
        language = manner.voice or _OLD_CODES.get(manner.language, manner.language)
        if language not in await self._run(_languages):
            raise EngineError(f"{WHERE} has no voice for {language}", fix="Choose another language or engine")

        async def begin() -> tuple[Iterator[Sound], Sound | None]:
            parts = self._parts(text, language, slow=manner.rate < SLOW)
            return parts, await self._run(next, parts, None)

        parts, part = await persist(begin, self._delays)
        if part is None:
            raise EngineError(f"{WHERE} sent no sound", "its answer is empty", "Try again, or choose another engine")
        while part is not None:
            following = self._run(next, parts, None)  # fetched while this part is being heard
            try:
                for piece in _pieces(part):
                    yield piece
                part = await following
            finally:
                _let_go(following)

    async def close(self) -> None:
        workers, self._workers = self._workers, None
        if workers is not None:
            await asyncio.to_thread(workers.shutdown, cancel_futures=True)

    def _run(self, work: Callable[..., T], *arguments: Any) -> asyncio.Future[T]:
        if self._workers is None:
            self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="gtts")
        return asyncio.get_running_loop().run_in_executor(self._workers, work, *arguments)

    def _parts(self, text: str, language: str, slow: bool) -> Iterator[Sound]:
        """The sound of up to 100 characters at a time; blocks."""
        from gtts import gTTS, gTTSError

        try:
            speech = gTTS(text, tld=self._tld, lang=language, slow=slow, lang_check=False, timeout=self._timeout)
            for mp3 in speech.stream():
                yield _decode(mp3)
        except AssertionError:
            raise EngineError(f"{WHERE} has nothing to say", "the text has no words") from None
        except gTTSError as error:
            raise _failure(error) from None
        except ValueError:  # base64, or bytes that are not UTF-8
            raise _not_sound() from None


def _decode(mp3: bytes) -> Sound:
    """MP3 into mono float32; raises EngineError for anything else, and for silence."""
    import soundfile

    try:
        frames, sample_rate = soundfile.read(io.BytesIO(mp3), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        raise _not_sound() from None
    samples = frames.mean(axis=1, dtype=np.float32)
    if not samples.any():
        raise EngineError(f"{WHERE} sent no sound", "its answer is silent", "Try again, or choose another engine")
    return Sound(samples, sample_rate)


def _failure(error: gTTSError) -> EngineError:
    """gTTS keeps the answer it got; without one, what requests raised is the context of its error."""
    import requests
    import urllib3.exceptions as reasons

    answer = error.rsp
    if answer is not None and answer.ok:
        return EngineError(f"{WHERE} sent no sound", "it does not speak this text", "Choose another engine for it")
    if answer is not None:
        return refused(WHERE, answer.status_code, retry_after=retry_after(answer.headers))
    cause = error.__context__
    reason = next(iter(getattr(cause, "args", ())), None)
    if isinstance(cause, requests.ReadTimeout) or isinstance(reason, reasons.ReadTimeoutError):
        return EngineTimedOut(f"{WHERE} gave no sign of life", fix="Try again in a moment")
    if isinstance(cause, requests.exceptions.ContentDecodingError):
        return _not_sound()
    reason = getattr(reason, "reason", None)
    reason = getattr(reason, "original_error", reason)  # a proxy's
    if isinstance(reason, (reasons.NewConnectionError, reasons.TimeoutError)):
        return Unreachable(f"{WHERE} cannot be reached", fix="Check the network connection")
    return Unreachable(f"{WHERE} broke off", "the connection was lost", "Try again in a moment")


def _not_sound() -> EngineError:
    return EngineError(f"{WHERE} sent no sound", "its answer is not MP3", "Try again, or choose another engine")


def _pieces(sound: Sound) -> Iterator[Sound]:
    step = int(sound.sample_rate * CHUNK_SECONDS)
    for start in range(0, len(sound.samples), step):
        yield Sound(sound.samples[start : start + step], sound.sample_rate)


def _let_go(future: asyncio.Future[Any]) -> None:
    """Nobody waits for it any more: no complaint that its failure was never looked at."""
    if not future.cancel() and not future.cancelled():
        future.exception()


def _languages() -> dict[str, str]:
    from gtts.lang import tts_langs

    languages: dict[str, str] = tts_langs()
    return languages


def _iso(code: str) -> str:
    modern = {old: new for new, old in _OLD_CODES.items()}
    return modern.get(code, code.partition("-")[0])
