"""A sound card without hardware, on the event loop's clock.

Sound is put before its microphone with `speak`; everything that reaches its speaker is kept, each sample with its
time. On a `voicebot.clock.VirtualLoop` a conversation of minutes takes milliseconds and is the same every time; on
an ordinary loop it runs in real time. Devices can be unplugged and plugged in again. Files go in with `speak_file` and
come out with `save`.

    card = SimulatedCard()
    card.speak(samples, at=1.0)              # float32, mono, RATE Hz, one second after now
    ...
    card.heard(since=0.0)                    # what came out of the speaker, from the loop's time 0.0 on

With a `voicebot.audio.room.Room` the microphone hears the speaker as well, as on a desk with open speakers.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voicebot.audio.card import Deliver, Device, Render
from voicebot.audio.files import read_sound, write_sound
from voicebot.audio.resampling import resample
from voicebot.audio.room import Echo, Room
from voicebot.errors import DeviceMissing
from voicebot.events import Samples

RATE = 16_000
"""Hz, of the sound put before the microphone."""

BLOCK_SECONDS = {"input": 0.032, "output": 0.010}


@dataclass(slots=True)
class _Talk:
    start: float
    samples: Samples


class SimulatedStream:
    """One open direction of a simulated card: calls back once a block, at exact times on the loop's clock."""

    def __init__(self, card: SimulatedCard, direction: str, sample_rate: int, callback: Deliver | Render) -> None:
        self.sample_rate = sample_rate
        self.latency = 0.0
        self._card = card
        self._direction = direction
        self._callback = callback
        self._block = round(BLOCK_SECONDS[direction] * sample_rate)
        self._clock = sample_rate * card.speed(direction)
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        self._plan()

    @property
    def alive(self) -> bool:
        return not self._closed and self._direction in self._card.plugged

    @property
    def ailing(self) -> bool:
        return False

    async def close(self) -> None:
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._card.streams.discard(self)

    def _plan(self) -> None:
        self._count += self._block
        self._timer = self._loop.call_at(self._start + self._count / self._clock, self._tick)

    def _tick(self) -> None:
        if self.alive:
            end = self._start + self._count / self._clock
            if self._direction == "input":
                self._callback(self._card.capture(end - self._block / self.sample_rate, self._block, self.sample_rate))
            else:
                out = np.zeros(self._block, dtype=np.float32)
                self._callback(out)
                self._card.play(Played(end, self.sample_rate, out))
        if not self._closed:
            self._plan()


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """A block that reached the speaker; its first sample sounds at `at` on the loop's clock."""

    at: float
    sample_rate: int
    samples: Samples


@dataclass(slots=True)
class SimulatedCard:
    """One microphone, one speaker. `noise` is the RMS amplitude of the room's white noise (0.001 is -60 dBFS).

    `room` is how the speaker reaches the microphone; None: not at all, as with headphones.
    """

    noise: float = 0.0
    seed: int = 0
    plugged: set[str] = field(default_factory=lambda: {"input", "output"})
    played: list[Played] = field(default_factory=list)
    streams: set[SimulatedStream] = field(default_factory=set)
    room: Room | None = None
    _talks: list[_Talk] = field(default_factory=list)
    _random: np.random.Generator = field(init=False)
    _echo: Echo | None = field(init=False)

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(self.seed)
        self._echo = Echo(self.room) if self.room is not None else None

    async def devices(self) -> list[Device]:
        found = []
        if "input" in self.plugged:
            found.append(Device("simulated microphone", 1, 0, default_input=True))
        if "output" in self.plugged:
            found.append(Device("simulated speaker", 0, 1, default_output=True))
        return found

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> SimulatedStream:
        return self._open("input", "microphone", sample_rate, deliver)

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> SimulatedStream:
        return self._open("output", "speaker", sample_rate, render)

    async def close(self) -> None:
        for stream in tuple(self.streams):
            await stream.close()

    def unplug(self, direction: str) -> None:
        """Take the "input" or "output" away; open streams stop calling back."""
        self.plugged.discard(direction)

    def plug(self, direction: str) -> None:
        self.plugged.add(direction)

    def speak(self, samples: Samples, *, at: float = 0.0) -> float:
        """Put sound (mono float32, `RATE` Hz) before the microphone, `at` seconds from now; when it ends, loop time."""
        start = asyncio.get_running_loop().time() + at
        self._talks.append(_Talk(start, samples))
        return start + len(samples) / RATE

    def speak_file(self, path: Path, *, at: float = 0.0) -> float:
        """`speak` a sound file; raises AudioError."""
        return self.speak(read_sound(path, RATE), at=at)

    def heard(self, since: float = 0.0, until: float = float("inf")) -> Samples:
        """What came out of the speaker between two loop times, blocks end to end, at the speaker's rate."""
        blocks = [block.samples for block in self.played if since <= block.at < until]
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write all that was heard as a sound file; raises AudioError."""
        rate = self.played[-1].sample_rate if self.played else RATE
        write_sound(path, self.heard(), rate)

    def speed(self, direction: str) -> float:
        """How fast the clock of a direction runs, relative to the loop's."""
        return self._echo.speed(direction) if self._echo is not None else 1.0

    def play(self, block: Played) -> None:
        """Let a block sound."""
        self.played.append(block)
        if self._echo is not None:
            self._echo.play(block.at, block.samples, block.sample_rate)

    def capture(self, start: float, count: int, sample_rate: int) -> Samples:
        """What the microphone hears from loop time `start`: `count` samples at `sample_rate` Hz."""
        length = round(count * RATE / sample_rate)
        block = self._random.standard_normal(length, dtype=np.float32) * np.float32(self.noise)
        first = round(start * RATE)
        for talk in self._talks:
            offset = round(talk.start * RATE) - first
            begin, end = max(0, offset), min(length, offset + len(talk.samples))
            if begin < end:
                block[begin:end] += talk.samples[begin - offset : end - offset]
        if self._echo is not None:
            block += self._echo.capture(first, length)
        self._talks = [talk for talk in self._talks if talk.start + len(talk.samples) / RATE > start]
        return resample(block, RATE, sample_rate)

    def _open(self, direction: str, name: str, sample_rate: int, callback: Deliver | Render) -> SimulatedStream:
        if direction not in self.plugged:
            raise DeviceMissing(f"there is no {name}", fix=f"plug in a {name}")
        stream = SimulatedStream(self, direction, sample_rate, callback)
        self.streams.add(stream)
        return stream
