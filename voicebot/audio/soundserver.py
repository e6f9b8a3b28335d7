"""What the sound server of Linux says of the microphone and the speaker: mute, volume, native rate.

Through libpulse (pulsectl), which PulseAudio and PipeWire both answer. Where that is missing, and on other systems,
the answer is `UNKNOWN`, never an error.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import select
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

log = logging.getLogger(__name__)

LIMIT = 1.5
"""Seconds within which a sound server answers; it usually takes 10 ms."""
NOT_BY_NAME = ("", "default", "pulse", "pipewire", "sysdefault")
"""Names under which PortAudio shows whatever the sound server's default is."""
HARDWARE = re.compile(r"\(hw:(\d+),(\d+)\)$")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A source (what can be recorded) or a sink (what plays)."""

    name: str
    description: str
    muted: bool
    volume: float
    """1.0 is 100 %."""
    sample_rate: int
    """Hz, at which it really runs."""
    is_monitor: bool = False
    """It records what a speaker plays, and is no microphone."""
    hardware: tuple[str, str] = ("", "")
    """ALSA's numbers of its card and device."""

    @property
    def is_silenced(self) -> bool:
        return self.muted or self.volume == 0.0


@dataclass(frozen=True, slots=True)
class SoundServer:
    """`source` and `sink` are those that are used: the chosen ones, or the defaults; None when there is none."""

    reachable: bool | None
    """None when it cannot be asked, or there is no sign that this system has one."""
    name: str = ""
    sources: tuple[Endpoint, ...] = ()
    sinks: tuple[Endpoint, ...] = ()
    source: Endpoint | None = None
    sink: Endpoint | None = None

    @property
    def has_microphone(self) -> bool:
        return any(not source.is_monitor for source in self.sources)


UNKNOWN = SoundServer(None)


async def ask(microphone: str = "", speaker: str = "", limit: float = LIMIT) -> SoundServer:
    """Ask for the devices that PortAudio calls `microphone` and `speaker` (empty: the defaults); at most `limit` s."""
    if not sys.platform.startswith("linux"):
        return UNKNOWN
    return await asyncio.to_thread(_look, microphone, speaker, limit)


def is_expected(environment: Mapping[str, str]) -> bool:
    """Whether a sound server has, or had, its place in this session."""
    if environment.get("PULSE_SERVER"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR")
    places = ("pulse", "pipewire-0")
    return runtime is not None and any(Path(runtime, place).exists() for place in places)


def _look(microphone: str, speaker: str, limit: float) -> SoundServer:
    """Blocks."""
    try:
        import pulsectl
    except (ImportError, OSError, AttributeError) as error:  # no pulsectl; no libpulse; one that is too old
        log.info("the sound server cannot be asked: %s", error)
        return UNKNOWN
    failures = (pulsectl.PulseError, pulsectl.PulseDisconnected, pulsectl._pulsectl.pa.CallError)
    try:
        with _client(pulsectl) as pulse:
            pulse.set_poll_func(_poll_until(time.monotonic() + limit, pulse))
            pulse.connect()  # its own time limit would be waited for to the end
            return _told(pulse, microphone, speaker)
    except failures as error:
        log.info("the sound server does not answer: %s", error)
        return SoundServer(False) if is_expected(os.environ) else UNKNOWN


def _client(pulsectl: ModuleType) -> Any:
    """Not connected yet. pulsectl's own `sample_spec` shows memory that libpulse frees after each answer."""

    class Client(pulsectl.Pulse):  # type: ignore[name-defined, misc]
        def _pulse_info_cb(
            self, kind: Any, found: list[Any], done: Any, context: Any, info: Any, end: int, data: Any
        ) -> None:
            known = len(found)
            super()._pulse_info_cb(kind, found, done, context, info, end, data)
            for one in found[known:]:
                one.sample_rate = int(info[0].sample_spec.rate)

    return Client("Voicebot", connect=False)


def _poll_until(deadline: float, pulse: Any) -> Callable[[list[Any], float], int]:
    """How libpulse waits: a stopped server would hold it for good, so at the deadline it counts as disconnected."""

    def poll(descriptors: list[Any], timeout: float) -> int:
        left = deadline - time.monotonic()
        if left <= 0:
            pulse.connected = False
            return 0
        poller = select.poll()
        for one in descriptors:
            poller.register(one.fd, one.events)
        ready = dict(poller.poll(1000 * (left if timeout < 0 else min(left, timeout))))
        for one in descriptors:
            one.revents = ready.get(one.fd, 0)
        return len(ready)

    return poll


def _told(pulse: Any, microphone: str, speaker: str) -> SoundServer:
    about = pulse.server_info()
    sources = tuple(map(_endpoint, pulse.source_list()))
    sinks = tuple(map(_endpoint, pulse.sink_list()))
    return SoundServer(
        True,
        f"{about.server_name} {about.server_version}",
        sources,
        sinks,
        _chosen(sources, microphone, about.default_source_name),
        _chosen(sinks, speaker, about.default_sink_name),
    )


def _endpoint(info: Any) -> Endpoint:
    properties = info.proplist
    return Endpoint(
        info.name,
        info.description or info.name,
        bool(info.mute),
        round(float(info.volume.value_flat), 3),
        info.sample_rate,
        bool(getattr(info, "monitor_of_sink_name", None)),
        (properties.get("alsa.card", ""), properties.get("alsa.device", "")),
    )


def _chosen(endpoints: tuple[Endpoint, ...], wanted: str, default: str | None) -> Endpoint | None:
    """The one that PortAudio calls `wanted`: by its name, or by the hardware behind it."""
    if wanted.casefold() in NOT_BY_NAME:
        return next((one for one in endpoints if one.name == default), None)
    hardware = HARDWARE.search(wanted)
    for one in endpoints:
        if wanted in (one.name, one.description) or (hardware and one.hardware == hardware.groups()):
            return one
    return None
