"""Google's free web speech service, through SpeechRecognition.

It was made for Chromium, and is asked with the key that SpeechRecognition has built in: Google's key for tests, which
has a quota that all its users share and may be withdrawn at any time. SpeechRecognition's own address for it is plain
HTTP; here it is asked over HTTPS. The library asks with blocking requests and reads the proxy from the environment.
"""

from __future__ import annotations

import asyncio
import importlib
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.error import HTTPError, URLError

import numpy as np

from voicebot.errors import EngineError, EngineTimedOut, Unauthorised, Unreachable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.services import DELAYS, persist, refused, retry_after
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress

if TYPE_CHECKING:
    from speech_recognition import AudioData

T = TypeVar("T")
Answer = tuple[str, float]
"""A transcript, and how sure the service is of it (0 to 1; 0.5 where it does not say)."""

WHERE = "Google's speech service"
ENDPOINT = "https://www.google.com/speech-api/v2/recognize"
AT_ONCE = 2
"""Languages asked at once: a request takes one, and the sound is sent once for each."""
WORKERS = 2 * AT_ONCE
"""Half of them for the call of now, half for the rest of the requests of one that was cancelled."""
TAGS = {"en": "en-US", "ja": "ja-JP", "ko": "ko-KR", "pt": "pt-BR", "zh": "zh-CN"}
"""BCP 47 tags for ISO 639-1 codes; other codes are sent as they are."""


class Google:
    """A `SpeechToText`. Of several languages the first two are asked at once, and the surer answer counts.

    Requests run in threads of its own. A cancelled call leaves its requests to end by themselves, which they do after
    `patience` seconds without an answer; `close` waits for them.
    """

    name = "google"
    local = False

    def __init__(self, patience: float = 10.0, delays: tuple[float, ...] = DELAYS, endpoint: str = ENDPOINT) -> None:
        self.patience = patience
        self._delays = delays
        self._endpoint = endpoint
        self._workers: ThreadPoolExecutor | None = None

    def ready(self) -> Readiness:
        if find_spec("speech_recognition") is None:
            adds = "recognition by Google, over the network"
            return NotReady("SpeechRecognition is not installed", "pip install SpeechRecognition", adds)
        return Ready("Google's free test service, over the network; it may end at any time")

    async def warm(self, progress: Progress) -> None:
        demand(WHERE, self.ready())
        progress(None)
        await self._run(importlib.import_module, "speech_recognition")
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        """See `SpeechToText.transcribe`."""
        demand(WHERE, self.ready())
        asked = tuple(languages[:AT_ONCE]) or ("en",)
        sound = await self._run(_flac, samples)

        async def attempt() -> list[Answer | None]:
            alive()
            return await asyncio.gather(*(self._run(self._ask, sound, language) for language in asked))

        answers = await persist(attempt, self._delays)
        alive()
        heard = [(answer, language) for answer, language in zip(answers, asked, strict=True) if answer is not None]
        if not heard:
            return Nothing("no speech heard")
        (text, _), language = max(heard, key=lambda one: one[0][1])
        return Heard(text, language)

    async def close(self) -> None:
        workers, self._workers = self._workers, None
        if workers is not None:
            await asyncio.to_thread(workers.shutdown, cancel_futures=True)

    def _run(self, work: Callable[..., T], *arguments: Any) -> asyncio.Future[T]:
        if self._workers is None:
            self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="google")
        return asyncio.get_running_loop().run_in_executor(self._workers, work, *arguments)

    def _ask(self, sound: AudioData, language: str) -> Answer | None:
        """What the service hears in one language; blocks. None when it hears no words."""
        from speech_recognition import Recognizer, RequestError, UnknownValueError

        recogniser: Any = Recognizer()
        recogniser.operation_timeout = self.patience
        tag = TAGS.get(language, language)
        try:
            text, confidence = recogniser.recognize_google(
                sound, language=tag, with_confidence=True, endpoint=self._endpoint
            )
        except UnknownValueError:
            return None
        except (RequestError, OSError, HTTPException) as error:
            raise self._failure(error.__context__ if isinstance(error, RequestError) else error) from None
        except (ValueError, LookupError, TypeError, AttributeError):  # JSON, or not even that, of any shape
            fix = "Check the network connection: a login page may stand in its way"
            raise EngineError(f"{WHERE} sent no transcript", "its answer cannot be understood", fix) from None
        return (text.strip(), float(confidence)) if text.strip() else None

    def _failure(self, cause: BaseException | None) -> EngineError:
        """The error for what urllib raised; its text is left out, for the address holds the key."""
        if isinstance(cause, HTTPError):
            with cause:
                return _refused(cause)
        reason = cause.reason if isinstance(cause, URLError) else cause
        if isinstance(reason, TimeoutError):
            seconds = f"for {self.patience:g} seconds"
            return EngineTimedOut(f"{WHERE} gave no sign of life", seconds, "Try again in a moment")
        if isinstance(cause, URLError):
            return Unreachable(f"{WHERE} cannot be reached", fix="Check the network connection")
        return Unreachable(f"{WHERE} broke off", "the connection was lost", "Try again in a moment")


def _refused(answer: HTTPError) -> EngineError:
    if answer.code in (400, 401, 403):  # 400 is its answer to a key that it does not know
        return Unauthorised(
            f"{WHERE} refused the key",
            "it is a key for tests, whose quota may be used up",
            "Try again tomorrow, or choose another engine",
        )
    headers = {name.lower(): value for name, value in answer.headers.items()}  # which give None for what is absent
    return refused(WHERE, answer.code, retry_after=retry_after(headers))


def _flac(samples: Samples) -> AudioData:
    """The sound as SpeechRecognition wants it; blocks.

    The library would convert it with the program `flac`, which is not on every system, in a process of its own.
    """
    import soundfile
    from speech_recognition import AudioData

    target = io.BytesIO()
    soundfile.write(target, np.clip(samples, -1.0, 1.0), SAMPLE_RATE, format="FLAC", subtype="PCM_16")

    class Flac(AudioData):  # type: ignore[misc]
        def get_flac_data(self, convert_rate: int | None = None, convert_width: int | None = None) -> bytes:
            return target.getvalue()

    return Flac(b"", SAMPLE_RATE, sample_width=2)
