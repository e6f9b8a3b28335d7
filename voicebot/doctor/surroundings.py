"""What stands between the program and the sound: a sandbox without a socket, devices that are not ours to open."""

from __future__ import annotations

import configparser
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from voicebot.resources import APP_ID

SOCKET_LIMIT = 0.5
SNAPCTL_LIMIT = 2.0
"""Seconds."""
PLUGS = {"microphone": "audio-record", "speaker": "audio-playback"}
"""The Snap's plug for each; the first is not connected by itself."""


class Sandbox(StrEnum):
    NONE = "none"
    FLATPAK = "flatpak"
    SNAP = "snap"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the program runs."""

    sandbox: Sandbox = Sandbox.NONE
    app: str = ""
    """The program's name for the sandbox's commands."""
    socket: bool = False
    """A socket of PulseAudio or PipeWire answers."""
    closed: tuple[str, ...] = ()
    """What the sandbox keeps from us: "microphone", "speaker"."""
    devices_refused: bool = False
    """There are sound cards, and none of their devices is ours to open."""


def look(root: Path = Path("/"), environment: Mapping[str, str] = os.environ) -> Surroundings:
    """Look around, for at most three seconds; `root` is the file system's. Blocks."""
    reached = any(map(_answers, _sockets(root, environment)))
    refused = _devices_refused(root)
    if (root / ".flatpak-info").exists() or environment.get("FLATPAK_ID"):
        closed = () if reached or _flatpak_has_sound(root) else tuple(PLUGS)
        return Surroundings(Sandbox.FLATPAK, environment.get("FLATPAK_ID", APP_ID), reached, closed, refused)
    if environment.get("SNAP"):
        closed = tuple(what for what, plug in PLUGS.items() if not _is_connected(plug, otherwise=reached))
        return Surroundings(Sandbox.SNAP, environment.get("SNAP_INSTANCE_NAME", "voicebot"), reached, closed, refused)
    return Surroundings(socket=reached, devices_refused=refused)


def _sockets(root: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where the sound server may listen. A Snap's own runtime folder lies inside the session's."""
    for address in environment.get("PULSE_SERVER", "").split():
        if address.startswith(("unix:", "/")):
            yield Path(address.removeprefix("unix:"))
    if environment.get("XDG_RUNTIME_DIR"):
        runtime = Path(environment["XDG_RUNTIME_DIR"])
        for folder in (runtime, runtime.parent) if environment.get("SNAP") else (runtime,):
            yield from (folder / "pulse" / "native", folder / "pipewire-0")
    yield root / "run" / "flatpak" / "pulse" / "native"


def _answers(path: Path) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SOCKET_LIMIT)
        connection.connect(str(path))
        return True
    return False


def _flatpak_has_sound(root: Path) -> bool:
    """Whether the Flatpak was given the sound server's socket, which may have been dead when it started."""
    info = configparser.ConfigParser(strict=False, interpolation=None)
    with suppress(OSError, UnicodeError, configparser.Error):
        info.read_string((root / ".flatpak-info").read_text("utf-8"))
    return "pulseaudio" in info.get("Context", "sockets", fallback="").split(";")


def _is_connected(plug: str, *, otherwise: bool) -> bool:
    """What snapd says; `otherwise` when it cannot be asked."""
    try:
        done = subprocess.run(["snapctl", "is-connected", plug], capture_output=True, timeout=SNAPCTL_LIMIT)
    except (OSError, subprocess.TimeoutExpired):
        return otherwise
    return done.returncode == 0


def _devices_refused(root: Path) -> bool:
    """PortAudio leaves out of its list what it may not open, so that a refused card looks like none."""
    devices = list((root / "dev" / "snd").glob("pcm*"))
    return bool(devices) and not any(os.access(device, os.R_OK | os.W_OK) for device in devices)
