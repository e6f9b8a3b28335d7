"""One sentence from Microsoft Edge's service: MP3 that is decoded as it comes, over a connection of its own."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from voicebot.errors import EngineError, EngineTimedOut, Unreachable
from voicebot.events import Samples
from voicebot.services import refused, retry_after
from voicebot.tts.base import Sound

if TYPE_CHECKING:
    import aiohttp

WHERE = "Microsoft's voice service"
SAMPLE_RATE = 24_000
"""Of the format that edge-tts asks for, "audio-24khz-48kbitrate-mono-mp3"."""
AUDIBLE = 10 ** (-60 / 20)
"""Below -60 dBFS it is silence, of which there is some before the first word."""
_UPDATE = "Update edge-tts (pip install --upgrade edge-tts), or choose another engine"
_LOGIN = "Check the network connection: a login page may stand in its way"


class EdgeStream:
    """Speaks `text`; `rate` is as SSML has it ("+10%"), `patience` and `connect` are limits in seconds."""

    def __init__(self, text: str, voice: str, rate: str, patience: float, connect: float) -> None:
        import edge_tts

        self._patience = patience
        self._connector = _lasting_connector()
        limits = {"connect_timeout": math.ceil(connect), "receive_timeout": math.ceil(patience)}  # it takes no others
        self._speech = edge_tts.Communicate(text, voice, rate=rate, connector=self._connector, **limits)
        self._messages: AsyncGenerator[dict[str, Any], None] = self._speech.stream()
        self._mp3 = Mp3()
        self._received = 0

    async def next(self) -> Sound | None:
        """The next piece of sound, or None when all of it has come. Raises EngineError."""
        with plainly(self._patience):
            while (message := await self._message()) is not None:
                if message["type"] == "audio":
                    self._received += len(message["data"])
                    if (samples := self._mp3.take(message["data"])) is not None:
                        return Sound(samples, SAMPLE_RATE)
            self._check_end()
        return None

    async def close(self) -> None:
        """Close the connection at once: aiohttp would say goodbye first, and wait 10 s for an answer."""
        import aiohttp

        await aiohttp.TCPConnector.close(self._connector, abort_ssl=True)
        await self._messages.aclose()

    async def _message(self) -> dict[str, Any] | None:
        """What comes next; None at the end."""
        import edge_tts.exceptions as edge

        with contextlib.suppress(edge.NoAudioReceived):
            async with asyncio.timeout(self._patience):
                return await anext(self._messages, None)
        return None

    def _check_end(self) -> None:
        """edge-tts ends quietly when the connection breaks; it counts the bytes up to each end that was told."""
        if self._received != self._speech.state["cumulative_audio_bytes"]:
            raise Unreachable(f"{WHERE} broke off", "the connection was lost", "Try again in a moment")
        if self._received:
            self._mp3.check_end()


def _lasting_connector() -> aiohttp.TCPConnector:
    """A connector that only `EdgeStream` closes.

    edge-tts asks again when it was refused because of a wrong clock, over the connector that its first session closed.
    """
    import aiohttp

    class Lasting(aiohttp.TCPConnector):  # type: ignore[misc]
        async def close(self, *, abort_ssl: bool = False) -> None:
            """Not yet."""

    return Lasting()


class Mp3:
    """MP3 into sound as its bytes come, by FFmpeg's decoder."""

    def __init__(self) -> None:
        import av

        self._codec: Any = av.CodecContext.create("mp3float", "r")
        self._decoded = False
        self._audible = False

    def take(self, data: bytes) -> Samples | None:
        """Mono float32 of the frames that `data` completes, if any, without the silence before the first word."""
        import av

        try:
            frames = [frame for packet in self._codec.parse(data) for frame in self._codec.decode(packet)]
        except av.FFmpegError:
            raise no_sound("its answer is not MP3") from None
        self._decoded = self._decoded or bool(frames)
        if any(frame.sample_rate != SAMPLE_RATE for frame in frames):  # what only looks like MP3 would be noise
            raise no_sound("its answer is not MP3")
        pieces = [frame.to_ndarray().mean(axis=0, dtype=np.float32) for frame in frames]
        while pieces and not self._audible and np.abs(pieces[0]).max() < AUDIBLE:
            pieces.pop(0)
        self._audible = self._audible or bool(pieces)
        return np.concatenate(pieces) if pieces else None

    def check_end(self) -> None:
        """Make sure that there was a sound, once all has come."""
        if not self._audible:
            raise no_sound("its answer is silent" if self._decoded else "its answer is not MP3")


@contextlib.contextmanager
def plainly(patience: float) -> Iterator[None]:
    """Turn what edge-tts and aiohttp raise into the project's errors, without the addresses in them."""
    import aiohttp
    import edge_tts.exceptions as edge

    try:
        yield
    except aiohttp.ClientResponseError as error:
        raise _refused(error) from None
    except edge.SkewAdjustmentError:  # after a 403
        raise EngineError(f"{WHERE} refused the request", "it answered 403", _UPDATE) from None
    except aiohttp.ClientConnectorError:
        raise Unreachable(f"{WHERE} cannot be reached", fix="Check the network connection") from None
    except TimeoutError:
        seconds = f"for {patience:g} seconds"
        raise EngineTimedOut(f"{WHERE} gave no sign of life", seconds, "Try again in a moment") from None
    except (aiohttp.ClientError, edge.WebSocketError, ConnectionError):
        raise Unreachable(f"{WHERE} broke off", "the connection was lost", "Try again in a moment") from None
    except (edge.EdgeTTSException, ValueError, LookupError, TypeError):
        raise EngineError(f"{WHERE} sent an answer that cannot be understood", fix=_UPDATE) from None


def no_sound(why: str) -> EngineError:
    return EngineError(f"{WHERE} sent no sound", why, "Try again, or choose another engine")


def _refused(error: aiohttp.ClientResponseError) -> EngineError:
    if error.status in (401, 403):
        return EngineError(f"{WHERE} refused the request", f"it answered {error.status}", _UPDATE)
    if error.status < 400:  # where a connection was asked to be upgraded
        return EngineError(f"{WHERE} sent no sound", "it sent a page of text instead", _LOGIN)
    return refused(WHERE, error.status, retry_after=retry_after(error.headers or {}))
