"""The real sound card, through PortAudio (sounddevice). All its calls that may block run on a thread of their own.

PortAudio lists devices once, when it starts; to see a device that was plugged in later it is started anew, which is
done whenever no stream is open and the list is old.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from voicebot.audio.blocks import Blocks
from voicebot.audio.card import Deliver, Device, Render
from voicebot.audio.card_thread import CardThread
from voicebot.audio.pulse_client import forgo_shared_memory
from voicebot.audio.resampling import Decimator
from voicebot.errors import DeviceBusy, DeviceError, DeviceMissing, DeviceRefused
from voicebot.events import Samples

log = logging.getLogger(__name__)

SILENT_LIMIT = {"input": 1.0, "output": 3.0}
"""Seconds without a callback after which a stream counts as dead. An idle virtual sink may take 2 s to wake up."""
LIST_AGE = 3.0

LEAST_OUTPUT_LATENCY = 0.03
MOST_OUTPUT_LATENCY = 0.2
"""Seconds queued in the sound server: all that a cut cannot take back."""
MANY_UNDERFLOWS = 5

_ALSA_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_QUIET = _ALSA_HANDLER(lambda *_: None)  # kept for as long as ALSA may call it

REFUSALS = ("permission denied", "access denied", "access is denied", "not permitted", "undefined external error")
"""What systems say when they refuse a device; the last is Windows' MME when its privacy settings forbid the microphone
(https://github.com/PortAudio/portaudio/issues/360)."""

OPENING = re.compile(r"^Error opening \w+: ")
"""sounddevice's words before PortAudio's."""

INPUT_RATE = 48_000
"""Hz of the microphone, where it can: its blocks may be 10 ms then. At 16 kHz PulseAudio's ALSA plug-in wants 32 ms."""
INPUT_BLOCK_SECONDS = {INPUT_RATE: 0.010}
OTHER_INPUT_BLOCK_SECONDS = 0.032
OUTPUT_BLOCK_SECONDS = 0.010
OUTPUT_RATE = 48_000
"""Hz of the speaker, where it can: nearly every card's own. PulseAudio's ALSA plug-in runs dry without end at 16 to
44.1 kHz with blocks of 10 ms and less than 0.12 s queued, and never at this rate, down to 0.03 s."""


class PortAudioStream:
    """An open PortAudio stream. Blocks are mono float32 at `sample_rate` Hz."""

    def __init__(self, card: PortAudioCard, direction: str, sample_rate: int) -> None:
        self._silent_limit = SILENT_LIMIT[direction]
        self.sample_rate = sample_rate
        self.latency = 0.0
        self._card = card
        self._stream: Any = None
        self._called = time.monotonic()
        self._ended = False
        self.underflows = 0

    @property
    def alive(self) -> bool:
        return not self._ended and time.monotonic() - self._called < self._silent_limit

    @property
    def ailing(self) -> bool:
        return self.underflows >= MANY_UNDERFLOWS

    async def close(self) -> None:
        self._ended = True
        await self._card.thread.call(self.abort)

    def start(self, stream: Any) -> None:
        """On the card's thread."""
        self._stream = stream
        self._card.streams.add(self)
        stream.start()
        self.latency = float(stream.latency)
        self._called = time.monotonic()

    def touch(self) -> None:
        self._called = time.monotonic()

    def ended(self) -> None:
        self._ended = True

    def abort(self) -> None:
        """On the card's thread."""
        if self._stream is not None:
            self._stream.close(ignore_errors=True)
            self._stream = None
            self._card.forget(self)


class PortAudioCard:
    """The system's microphones and speakers."""

    def __init__(self) -> None:
        self.thread = CardThread()
        self.streams: set[PortAudioStream] = set()
        """Those that PortAudio has open. Changed on the thread alone: an open one must not be there unseen."""
        self._listed = time.monotonic()
        self._output_latency = LEAST_OUTPUT_LATENCY

    async def devices(self) -> list[Device]:
        return await self.thread.call(self._list)

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> PortAudioStream:
        def open_at(rate: int) -> PortAudioStream:
            stream = PortAudioStream(self, "input", sample_rate)
            blocks = Blocks(rate, sample_rate, deliver)

            def callback(data: Samples, frames: int, _: object, __: object) -> None:
                stream.touch()
                blocks.feed(data[:, 0])

            # latency "low" at 16 kHz gives half the callbacks on PulseAudio's ALSA plug-in; "high" gives all of them
            kind, seconds = _library().InputStream, INPUT_BLOCK_SECONDS.get(rate, OTHER_INPUT_BLOCK_SECONDS)
            return self._start(stream, kind, "input", device, rate, seconds, "high", callback)

        rates = (INPUT_RATE, sample_rate) if sample_rate * Decimator.FACTOR == INPUT_RATE else (sample_rate,)
        return await self._open("microphone", "input", device, rates, open_at)

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> PortAudioStream:
        def open_at(rate: int) -> PortAudioStream:
            stream = PortAudioStream(self, "output", rate)

            def callback(data: Samples, frames: int, _: object, status: Any) -> None:
                stream.touch()
                if status.output_underflow:  # what is given now may be lost in the server's recovery: give silence
                    stream.underflows += 1
                    data[:] = 0
                    return
                mono = np.zeros(frames, dtype=np.float32)
                render(mono)
                data[:] = mono[:, None]

            kind = _library().OutputStream
            return self._start(
                stream, kind, "output", device, rate, OUTPUT_BLOCK_SECONDS, self._output_latency, callback
            )

        return await self._open("speaker", "output", device, (OUTPUT_RATE, sample_rate), open_at)

    async def close(self) -> None:
        ends = await asyncio.gather(*(stream.close() for stream in tuple(self.streams)), return_exceptions=True)
        for end in ends:
            if end is not None:
                log.info("closing the sound card: %s", end)
        self.thread.close()

    def forget(self, stream: PortAudioStream) -> None:
        """On the thread: it was closed; one that ran dry again and again makes the next one queue more."""
        self.streams.discard(stream)
        if stream.ailing:
            self._output_latency = min(MOST_OUTPUT_LATENCY, self._output_latency * 2)
            log.info("the speaker ran dry %d times; queueing %g s", stream.underflows, self._output_latency)

    async def _open(
        self,
        what: str,
        direction: str,
        device: str | None,
        rates: tuple[int, ...],
        open_at: Callable[[int], PortAudioStream],
    ) -> PortAudioStream:
        def attempt() -> PortAudioStream:
            self._refresh()
            try:
                return _first_that_opens(rates, device, direction, open_at)
            except (_library().PortAudioError, ValueError) as failure:
                raise _explain(what, device, failure) from None

        return await self.thread.call(attempt, undo=PortAudioStream.abort)

    def _start(
        self,
        stream: PortAudioStream,
        kind: Any,
        direction: str,
        device: str | None,
        rate: int,
        block_seconds: float,
        latency: str | float,
        callback: Callable[[Samples, int, object, Any], None],
    ) -> PortAudioStream:
        index = _find(device, direction)
        channels = (
            1
            if direction == "input"
            else min(2, int(_library().query_devices(index, direction)["max_output_channels"]))
        )
        opened = kind(
            device=index,
            channels=channels,
            samplerate=rate,
            blocksize=round(rate * block_seconds),
            dtype="float32",
            latency=latency,
            callback=callback,
            finished_callback=stream.ended,
        )
        try:
            stream.start(opened)
        except BaseException:
            stream.abort()
            raise
        return stream

    def _list(self) -> list[Device]:
        self._refresh()
        library = _library()
        default_in, default_out = library.default.device
        return [
            Device(
                str(info["name"]),
                int(info["max_input_channels"]),
                int(info["max_output_channels"]),
                default_input=index == default_in,
                default_output=index == default_out,
            )
            for index, info in enumerate(library.query_devices())
        ]

    def _refresh(self) -> None:
        library = _library()
        if not self.streams and time.monotonic() - self._listed > LIST_AGE:
            library._terminate()
            library._initialize()
            self._listed = time.monotonic()


@cache
def _library() -> ModuleType:
    _hush_alsa()
    forgo_shared_memory()
    try:
        import sounddevice
    except OSError:
        raise DeviceError(
            "there is no sound",
            why="the PortAudio library is not installed",
            fix="on Debian: apt install libportaudio2",
        ) from None
    module: ModuleType = sounddevice
    return module


def _hush_alsa() -> None:
    """ALSA writes its warnings to the person's terminal; let it write nothing (what fails is reported by PortAudio)."""
    if not sys.platform.startswith("linux"):
        return
    try:
        library = ctypes.CDLL("libasound.so.2")
    except OSError:
        return
    library.snd_lib_error_set_handler(_QUIET)


def _find(device: str | None, direction: str) -> int | None:
    """The index of a device whose name contains `device`, preferring the exact name; None for the default."""
    if not device:
        return None
    channels = f"max_{direction}_channels"
    names = [(i, str(d["name"])) for i, d in enumerate(_library().query_devices()) if d[channels] > 0]
    exact = [index for index, name in names if name == device]
    close = [index for index, name in names if device.casefold() in name.casefold()]
    if not exact and not close:
        raise ValueError(
            f"no {direction} device is called {device}; there are: {', '.join(n for _, n in names) or 'none'}"
        )
    return (exact or close)[0]


def _first_that_opens(
    rates: tuple[int, ...], device: str | None, direction: str, open_at: Callable[[int], PortAudioStream]
) -> PortAudioStream:
    """Open at one of the rates, otherwise at the device's own."""
    error = _library().PortAudioError
    for rate in rates:
        with suppress(error):
            return open_at(rate)
    return open_at(int(_library().query_devices(_find(device, direction), direction)["default_samplerate"]))


def _explain(what: str, device: str | None, failure: Exception) -> DeviceError:
    reason = OPENING.sub("", str(failure.args[0] if failure.args else failure))
    said = _said_by_the_system(failure)
    log.info("opening the %s failed: %s (%s)", what, reason, said)
    if isinstance(failure, ValueError):
        return DeviceMissing(f"the {what} was not found", why=reason, fix=f"choose another {what}")
    if "querying device" in reason or "No Default" in reason or "-1" in reason:
        return DeviceMissing(f"there is no {what}", why="the system offers none", fix=f"plug in a {what}")
    if any(refusal in said.lower() for refusal in REFUSALS):
        return DeviceRefused(f"Voicebot may not use the {what}", why=said, fix="allow it in the system's settings")
    if "unavailable" in reason.lower() or "busy" in reason.lower():
        return DeviceBusy(f"the {what} is busy or gone", why=reason, fix="close the program that uses it")
    return DeviceError(f"the {what} cannot be opened", why=reason, fix=f"choose another {what}")


def _said_by_the_system(failure: Exception) -> str:
    """The words of ALSA, WASAPI or another behind PortAudio's "unanticipated host error"; empty when it gave none."""
    host_error = failure.args[2] if len(failure.args) > 2 else None
    return str(host_error[2]) if isinstance(host_error, tuple) else ""
