"""What a sound card is: blocks of samples in, blocks of samples out, each at the card's own time.

`portaudio` is the real one, `simulated` one on a virtual clock. Everything above (`capture`, `playback`) is the same
code on both. Callbacks may come on a thread of the card's own: they must not block, allocate little, and never wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from voicebot.events import Samples

Deliver = Callable[[Samples], None]
"""Receives one block from the microphone: mono float32 in [-1, 1]; the array is the receiver's to keep."""

Render = Callable[[Samples], None]
"""Fills one block for the speaker in place: mono float32 in [-1, 1]."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker, by the name the system shows."""

    name: str
    inputs: int
    outputs: int
    default_input: bool = False
    default_output: bool = False


class Stream(Protocol):
    """An open microphone or speaker."""

    sample_rate: int
    latency: float
    """Seconds between a sample at the callback and the same sample in the air."""

    @property
    def alive(self) -> bool:
        """False once the device has gone, or stopped calling back."""
        ...

    @property
    def ailing(self) -> bool:
        """True when it runs dry again and again: opened anew, it will queue more."""
        ...

    async def close(self) -> None:
        """Stop at once, dropping what is queued in the device."""
        ...


class SoundCard(Protocol):
    async def devices(self) -> list[Device]:
        """The devices that are there now; raises DeviceError when there is no sound system at all."""
        ...

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:
        """Open a microphone by name (None: the system's default). Blocks arrive at `sample_rate`, resampled if need be.

        Raises DeviceError.
        """
        ...

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> Stream:
        """Open a speaker by name (None: the system's default). Raises DeviceError."""
        ...

    async def close(self) -> None: ...
