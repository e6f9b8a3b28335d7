"""Gathers the evidence: opens the microphone and the speaker for a moment, and asks the sound server about them.

The card is the caller's, since PortAudio is one for the whole process: a second card would start it anew under the
streams that are open. Where a device can be opened once only, let go of it before.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from voicebot.audio.card import Device, SoundCard, Stream
from voicebot.audio.soundserver import SoundServer, ask
from voicebot.audio.vad import SAMPLE_RATE
from voicebot.doctor.evidence import Evidence, MicrophoneFacts, SpeakerFacts, measure
from voicebot.doctor.surroundings import Surroundings, look
from voicebot.errors import DeviceError
from voicebot.events import Samples
from voicebot.settings import AudioSettings

T = TypeVar("T")

SECONDS = 1.0
FIRST_BLOCK_LIMIT = 3.0
"""Seconds that a microphone may take to wake up: a virtual one 2, a headset that changes its profile about as long."""
CALL_LIMIT = 4.0
"""Seconds for each call to the card, which is tens of milliseconds away from a sound server that lives."""
SPEAKER_RATE = 24_000


async def gather(
    card: SoundCard,
    audio: AudioSettings,
    seconds: float = SECONDS,
    *,
    ask: Callable[[str, str], Awaitable[SoundServer]] = ask,
    look: Callable[[], Surroundings] = look,
) -> Evidence:
    """Listen for `seconds`, playing silence meanwhile; raises nothing. Below 0.8 s the sample rate is not judged.

    Takes about 0.1 s more, 3 s with a microphone that gives nothing, and 12 s at most when the sound system hangs.
    """
    devices, failure = await _devices(card)
    microphone, speaker, server, surroundings = await asyncio.gather(
        _microphone(card, audio.microphone, seconds, failure),
        _speaker(card, audio.speaker, seconds, failure),
        ask(audio.microphone, audio.speaker),
        asyncio.to_thread(look),
    )
    return Evidence(sys.platform, SAMPLE_RATE, microphone, speaker, devices, server, surroundings)


async def _devices(card: SoundCard) -> tuple[tuple[Device, ...], DeviceError | None]:
    try:
        return tuple(await _in_time(card.devices())), None
    except DeviceError as error:
        return (), error


async def _microphone(card: SoundCard, wanted: str, seconds: float, failure: DeviceError | None) -> MicrophoneFacts:
    """Opens it for a moment: a device in a list may still give nothing."""
    if failure is not None:
        return MicrophoneFacts(wanted, failure)
    heard = _Heard()
    try:
        stream = await _in_time(card.open_input(wanted or None, SAMPLE_RATE, heard.take))
    except DeviceError as error:
        return MicrophoneFacts(wanted, error)
    try:
        if await heard.begins():
            await asyncio.sleep(seconds)
    finally:
        await _close(stream)
    return MicrophoneFacts(wanted, levels=measure(heard.blocks))


class _Heard:
    """The blocks of a microphone, each with its time of arrival."""

    def __init__(self) -> None:
        self.blocks: list[tuple[float, Samples]] = []
        self._first = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def take(self, block: Samples) -> None:
        """On the card's thread."""
        self.blocks.append((self._loop.time(), block))
        if len(self.blocks) == 1:
            with suppress(RuntimeError):  # the loop has ended; the stream is about to
                self._loop.call_soon_threadsafe(self._first.set)

    async def begins(self) -> bool:
        """Wait for the first block; False when it does not come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_BLOCK_LIMIT):
                await self._first.wait()
        return self._first.is_set()


async def _speaker(card: SoundCard, wanted: str, seconds: float, failure: DeviceError | None) -> SpeakerFacts:
    if failure is not None:
        return SpeakerFacts(wanted, failure)
    taken: list[int] = []
    try:
        stream = await _in_time(card.open_output(wanted or None, SPEAKER_RATE, lambda block: taken.append(len(block))))
    except DeviceError as error:
        return SpeakerFacts(wanted, error)
    try:
        await asyncio.sleep(seconds)
    finally:
        await _close(stream)
    return SpeakerFacts(wanted, taken=sum(taken), latency=stream.latency)


async def _close(stream: Stream) -> None:
    with suppress(DeviceError):
        await _in_time(stream.close())


async def _in_time(call: Awaitable[T]) -> T:
    """Raises DeviceError when the card takes too long."""
    try:
        async with asyncio.timeout(CALL_LIMIT):
            return await call
    except TimeoutError:
        raise DeviceError(
            "the sound system does not answer", why=f"nothing came for {CALL_LIMIT:g} s", fix="restart it"
        ) from None
