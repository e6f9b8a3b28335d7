"""Keeps libpulse from sharing memory with PulseAudio's server, because that can hang a program for good.

When the server goes away while a piece of what the microphone gave is half read, libpulse 16 waits for the piece to be
given back, and holds the lock under which that would be done (pa_memimport_free, pa_semaphore_wait); every later call
waits for that lock. It shows in one restart of the server in twenty on a busy machine. Without shared memory the sound
goes through the socket, the same few hundred kilobytes a second, and there is nothing to wait for.
"""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path

VARIABLE = "PULSE_CLIENTCONFIG"
"""Where libpulse looks for its settings first (pulse-client.conf(5))."""
GLOBAL = Path("/etc/pulse/client.conf")


def forgo_shared_memory(environment: MutableMapping[str, str] = os.environ) -> None:
    """Give libpulse, not loaded yet, the settings that it would find, with shared memory turned off. Linux only."""
    if not sys.platform.startswith("linux"):
        return
    includes = [f".include {file}" for file in _files(environment)]
    with suppress(OSError):  # no place for a file: it may hang then, as any other program
        handle, name = tempfile.mkstemp(prefix="voicebot-pulse-", suffix=".conf")
        atexit.register(Path(name).unlink, missing_ok=True)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join((*includes, "enable-shm = no", "")))
        environment[VARIABLE] = name


def _files(environment: MutableMapping[str, str]) -> Iterator[Path]:
    """What libpulse would read: the first file that there is, and those of the folder beside it."""
    home = Path(environment.get("HOME", "/"))
    own = Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pulse" / "client.conf"
    chosen = environment.get(VARIABLE)
    candidates = [Path(chosen)] if chosen else [own, home / ".pulse" / "client.conf", GLOBAL]
    for file in candidates:
        if file.is_file():
            yield file
            yield from sorted(file.with_suffix(".conf.d").glob("*.conf"))
            return
