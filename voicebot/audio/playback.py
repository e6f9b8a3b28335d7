"""Plays clips in order and counts the samples that really reached the sound card.

The card pulls; a clip holds one sentence. A cut fades what is sounding over `FADE` seconds and drops the rest, from
the very next block. When a clip runs dry before its end, that is an underrun: it is counted, and for the rest of the
turn more is buffered than before.

Clips are added on the loop's thread and taken away on the card's; neither waits for the other.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from voicebot.audio.card import SoundCard, Stream
from voicebot.audio.resampling import Resampler
from voicebot.errors import DeviceError
from voicebot.events import Samples, TurnId

log = logging.getLogger(__name__)

FADE = 0.015
"""Seconds; 10 to 30 ms is short enough to feel immediate and long enough not to click (pipecat#3985)."""

AHEAD = 4.0
"""Seconds of sound that may wait unplayed: about a sentence."""

LONGEST_BUFFER = 1.0
SETTLE_LIMIT = 0.25

NOTHING = np.zeros(0, dtype=np.float32)


class Clip:
    """One sentence's sound on its way to the speaker; lengths in samples at the speaker's rate."""

    def __init__(self, playback: Playback, serial: int, turn: TurnId, index: int) -> None:
        self._playback = playback
        self.serial = serial
        self.sample_rate = playback.sample_rate
        self.turn = turn
        self.index = index
        self.written = 0
        self.played = 0
        self.ended = False
        self.started_at: float | None = None
        self.blocks: deque[Samples] = deque()
        self._resampler: Resampler | None = None

    @property
    def finished(self) -> bool:
        return self.ended and self.played >= self.written

    async def write(self, samples: Samples, sample_rate: int) -> None:
        """Append sound, waiting while `AHEAD` seconds already wait. What comes after a cut is dropped.

        Raises DeviceError when the speaker stopped.
        """
        playback = self._playback
        while playback.waiting_seconds > AHEAD and not playback.was_cut(self):
            await playback.progress()
        if self._resampler is None or self._resampler.from_rate != sample_rate:
            self._flush()
            self._resampler = Resampler(sample_rate, self.sample_rate, "LQ")
        self._take(self._resampler.feed(samples))

    def end(self) -> None:
        """No more sound will come."""
        self._flush()
        self.ended = True
        self._playback.notify()

    def _flush(self) -> None:
        if self._resampler is not None:
            self._take(self._resampler.end())
            self._resampler = None

    def _take(self, block: Samples) -> None:
        if len(block) and not self._playback.was_cut(self):
            self.blocks.append(block)
            self.written += len(block)
            self._playback.taken(self)


class Playback:
    """A speaker. `sample_rate` is set by `open`."""

    def __init__(self, card: SoundCard | None, device: str | None = None, buffer: float = 0.1) -> None:
        self._card = card
        self._device = device
        self._stream: Stream | None = None
        self._clips: deque[Clip] = deque()
        self._serial = 0
        self._cut_serial = 0
        self._fading = NOTHING
        self._held = False
        self._gain = 1.0
        """From 0.0 while it is held to 1.0; the card's thread alone changes it."""
        self._holding = True
        self._first_buffer = buffer
        self._buffer = buffer
        self._buffering_for: TurnId | None = None
        self._opening = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiters: list[asyncio.Future[None]] = []
        self._notified = False
        self._mending: asyncio.Task[None] | None = None
        self._rendered = 0
        self.stall = 5.0
        self.sample_rate = 0
        self.underruns = 0
        self.on_change: Callable[[], None] | None = None
        self.on_played: Callable[[Samples, int], None] | None = None
        """Told of every block that goes to the card, and its rate, on the card's thread."""

    async def open(self, sample_rate: int) -> None:
        """Open the speaker, or keep it open at the rate it has; raises DeviceError."""
        async with self._opening:
            self._loop = asyncio.get_running_loop()
            if self.is_open and self._stream is not None and not self._stream.ailing:
                return
            if self._stream is not None:
                await self._stream.close()
                self._stream = None
            if self._card is None:
                raise DeviceError("there is no speaker")
            self._fading, self._holding = NOTHING, True
            stream = await self._card.open_output(self._device, sample_rate, self._render)
            self._stream, self.sample_rate = stream, stream.sample_rate

    async def use(self, device: str | None) -> None:
        """Play on another speaker (None: the system's default) from the next `open` on; what sounds now is cut."""
        self._device = device
        await self.close()

    @property
    def buffer(self) -> float:
        """Seconds of sound kept ahead of the speaker when a turn begins."""
        return self._first_buffer

    @buffer.setter
    def buffer(self, seconds: float) -> None:
        self._first_buffer = seconds

    async def close(self) -> None:
        if self._mending is not None:
            await asyncio.wait([self._mending])
        async with self._opening:
            stream, self._stream = self._stream, None
            if stream is not None:
                await stream.close()
            self._clips.clear()
            self.notify()

    @property
    def latency(self) -> float:
        """Seconds from a sample's leaving here to its being audible."""
        return self._stream.latency if self._stream is not None else 0.0

    @property
    def is_open(self) -> bool:
        return self._stream is not None and self._stream.alive

    @property
    def waiting_seconds(self) -> float:
        waiting = sum(clip.written - clip.played for clip in tuple(self._clips) if not self.was_cut(clip))
        return waiting / self.sample_rate if self.sample_rate else 0.0

    def begin(self, turn: TurnId, index: int) -> Clip:
        """A new clip, played after those before it; the speaker must be open."""
        if turn != self._buffering_for:
            self._buffering_for, self._buffer = turn, self._first_buffer
        self._serial += 1
        clip = Clip(self, self._serial, turn, index)
        self._clips.append(clip)
        return clip

    def taken(self, clip: Clip) -> None:
        """Sound was added to `clip`: the card will ask for it."""

    def hold(self, held: bool) -> None:
        """Pause what sounds, with a fade, from the next block on; or go on from the sample at which it paused."""
        self._held = held

    def cut(self) -> None:
        """Silence every clip begun so far, with a fade, from the next block on."""
        self._cut_serial = self._serial
        self._held = False
        self.notify()

    def was_cut(self, clip: Clip) -> bool:
        return clip.serial <= self._cut_serial

    async def settled(self) -> None:
        """Wait until what was cut has faded; a card that no longer calls back is not waited for."""
        try:
            async with asyncio.timeout(SETTLE_LIMIT):
                while self.is_open and (len(self._fading) or any(map(self.was_cut, tuple(self._clips)))):
                    await self.changed()
        except TimeoutError:
            self._fading, self._holding = NOTHING, True  # should it call back after all, there is nothing to fade

    async def changed(self) -> None:
        """Wait for the next block to be played, or for a cut."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    async def progress(self) -> None:
        """Wait until more was played, or cut; raises DeviceError when the card plays nothing for `stall` seconds."""
        rendered, cut = self._rendered, self._cut_serial
        try:
            async with asyncio.timeout(self.stall):
                while self._rendered == rendered and self._cut_serial == cut:
                    await self.changed()
        except TimeoutError:
            why = f"nothing was played for {self.stall:g} seconds"
            raise DeviceError("the speaker stopped in the middle", why, "check or change the speaker") from None

    def notify(self) -> None:
        """Wake whoever waits; for use on the loop's thread."""
        self._notified = False
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)
        if self.on_change is not None:
            self.on_change()
        if self._stream is not None and self._stream.ailing and self._mending is None:
            self.underruns += 1
            self._mending = asyncio.create_task(self._mend())

    async def _mend(self) -> None:
        """Open an ailing speaker anew, which queues more; what waits is played on from where it was."""
        try:
            await self.open(self.sample_rate)
        except DeviceError as error:
            log.warning("the speaker could not be opened again: %s", error)
        finally:
            self._mending = None

    # -- on the card's thread ----------------------------------------------------------------------------------------

    def _render(self, out: Samples) -> None:
        self._mix(out)
        if self.on_played is not None:
            self.on_played(out, self.sample_rate)

    def _mix(self, out: Samples) -> None:
        out[:] = 0
        self._rendered += 1
        if not self._clips and not len(self._fading):
            return
        self._drop_cut()
        filled = self._fade(out)
        audible = self._audible(len(out) - filled)
        self._play(out[filled : filled + len(audible)])
        out[filled : filled + len(audible)] *= audible
        if self._loop is not None and not self._notified:
            self._notified = True
            with suppress(RuntimeError):  # the loop has ended; the stream is about to
                self._loop.call_soon_threadsafe(self.notify)

    def _play(self, out: Samples) -> None:
        filled = 0
        while filled < len(out) and self._clips and not self._must_wait(self._clips[0]):
            filled += self._fill(self._clips[0], out[filled:])
            if self._clips[0].finished:
                self._clips.popleft()
                self._holding = True

    def _audible(self, count: int) -> Samples:
        """How loud each of the next samples is: none of them while it is held, once it has faded."""
        wanted = 0.0 if self._held else 1.0
        if self._gain == wanted:
            return np.ones(0 if self._held else count, dtype=np.float32)
        step = math.copysign(1.0 / max(1, int(FADE * self.sample_rate)), wanted - self._gain)
        ramp = np.clip(self._gain + step * np.arange(1, count + 1, dtype=np.float32), 0.0, 1.0)
        if self._held:
            ramp = ramp[: int(np.count_nonzero(ramp)) + 1]
        self._gain = float(ramp[-1]) if len(ramp) else self._gain
        audible: Samples = ramp.astype(np.float32)
        return audible

    def _drop_cut(self) -> None:
        """Take away what was cut, but for the last of the clip that sounds, which falls to nothing."""
        while self._clips and self.was_cut(self._clips[0]):
            clip = self._clips.popleft()
            if clip.started_at is not None and not self._holding:
                self._fading = self._falling(clip) * np.float32(self._gain)
            self._holding, self._gain = True, 1.0

    def _falling(self, clip: Clip) -> Samples:
        tail = np.zeros(max(1, int(FADE * self.sample_rate)), dtype=np.float32)
        filled = 0
        while clip.blocks and filled < len(tail):
            filled += self._fill(clip, tail[filled:])
        return tail[:filled] * np.linspace(1.0, 0.0, filled, dtype=np.float32)

    def _fade(self, out: Samples) -> int:
        count = min(len(self._fading), len(out))
        out[:count] = self._fading[:count]
        self._fading = self._fading[count:]
        return count

    def _must_wait(self, clip: Clip) -> bool:
        if clip.ended:
            self._holding = False
            return not clip.blocks and clip.played < clip.written
        if self._holding:
            self._holding = clip.written - clip.played < self._buffer * self.sample_rate
            return self._holding
        if not clip.blocks:
            self.underruns += 1
            self._buffer = min(LONGEST_BUFFER, self._buffer * 2)
            self._holding = True
        return self._holding

    def _fill(self, clip: Clip, out: Samples) -> int:
        if not clip.blocks:
            return 0
        if clip.started_at is None and self._loop is not None:
            clip.started_at = self._loop.time() + self.latency
        block = clip.blocks[0]
        count = min(len(block), len(out))
        out[:count] = block[:count]
        clip.played += count
        if count == len(block):
            clip.blocks.popleft()
        else:
            clip.blocks[0] = block[count:]
        return count
