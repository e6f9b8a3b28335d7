"""The microphone: blocks of 512 samples at 16 kHz, from the card's thread to the event loop, never waiting.

A microphone that stops calling back, or that cannot be opened, is reported once and tried again until it is back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

import numpy as np

from voicebot.audio.card import SoundCard, Stream
from voicebot.audio.silence import PureSilence
from voicebot.audio.vad import BLOCK, SAMPLE_RATE
from voicebot.bus import Bus
from voicebot.errors import DeviceError
from voicebot.events import NO_TURN, DeviceFound, DeviceLost, MicrophoneSilent, Samples

log = logging.getLogger(__name__)

WAITING_BLOCKS = 312
"""Ten seconds of blocks may wait for a busy event loop; then the oldest are lost, and counted."""
WATCH_SECONDS = 0.5
RETRY_SECONDS = 1.0


class Capture:
    """An open microphone; `receive` gets every block on the event loop's thread."""

    def __init__(
        self, card: SoundCard, bus: Bus, receive: Callable[[Samples], None], device: str | None = None
    ) -> None:
        self._card = card
        self._bus = bus
        self._receive = receive
        self._device = device
        self.on_lost: Callable[[], None] | None = None
        self._stream: Stream | None = None
        self._waiting: deque[Samples] = deque(maxlen=WAITING_BLOCKS)
        self._rest = np.zeros(0, dtype=np.float32)
        self._silence = PureSilence(SAMPLE_RATE)
        self._scheduled = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watching: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()
        self.lost_blocks = 0

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    @property
    def latency(self) -> float:
        """Seconds from a sound to its block's arrival, beyond the block's own length."""
        return self._stream.latency if self._stream is not None else 0.0

    async def open(self) -> None:
        """Open the microphone and keep it open; raises DeviceError when it cannot be opened now."""
        async with self._opening:
            await self._connect()
            self._watching = self._watching or asyncio.create_task(self._watch())

    async def use(self, device: str | None) -> None:
        """Listen to another microphone (None: the system's default); raises DeviceError when it cannot be opened now.

        One that is open stays open: the other is tried until it is there, as after a loss.
        """
        if device == self._device:
            return
        self._device = device
        if self._watching is not None:
            async with self._opening:
                await self._disconnect()
                await self._connect()

    async def close(self) -> None:
        async with self._opening:
            watching, self._watching = self._watching, None
            if watching is not None:
                watching.cancel()
                await asyncio.wait([watching])
            await self._disconnect()

    async def _connect(self) -> None:
        if self._stream is None or not self._stream.alive:
            await self._disconnect()
            self._loop = asyncio.get_running_loop()
            self._stream = await self._card.open_input(self._device, SAMPLE_RATE, self._deliver)

    async def _disconnect(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.close()
        self._waiting.clear()
        self._rest = self._rest[:0]
        self._silence.interrupt()

    def _deliver(self, block: Samples) -> None:
        """On the card's thread."""
        if len(self._waiting) == WAITING_BLOCKS:
            self.lost_blocks += 1
        self._waiting.append(block)
        if not self._scheduled and self._loop is not None:
            self._scheduled = True
            try:
                self._loop.call_soon_threadsafe(self._drain)
            except RuntimeError:  # the loop has ended; the stream is about to
                return

    def _drain(self) -> None:
        """Hand on what waits; what is no number is silence, or the voice detector would remember it for good."""
        self._scheduled = False
        while self._waiting:
            block = np.nan_to_num(self._waiting.popleft(), nan=0.0, posinf=1.0, neginf=-1.0)
            if self._silence.is_news(block):
                self._bus.signal(MicrophoneSilent(NO_TURN))
            if len(block) != BLOCK or len(self._rest):
                self._regroup(block)
            else:
                self._receive(block)

    def _regroup(self, block: Samples) -> None:
        joined = np.concatenate([self._rest, block])
        whole = len(joined) // BLOCK * BLOCK
        self._rest = joined[whole:]
        for start in range(0, whole, BLOCK):
            self._receive(joined[start : start + BLOCK])

    async def _watch(self) -> None:
        """Report a microphone that went away, and open it again when it is back."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if self._stream is not None and self._stream.alive:
                continue
            name = self._device or "the microphone"
            self._bus.signal(
                DeviceLost(NO_TURN, "microphone", f"{name} stopped working", "plug it in again, or choose another")
            )
            if self.on_lost is not None:
                self.on_lost()
            await self._reopen()
            self._bus.signal(DeviceFound(NO_TURN, "microphone"))

    async def _reopen(self) -> None:
        while True:
            try:
                async with self._opening:
                    return await self._connect()
            except DeviceError as error:
                log.info("the microphone is not back: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
