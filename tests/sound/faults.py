"""What can be wrong with a microphone or a speaker, made real on a virtual sound card."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.sound.server import RATE, SoundServer
from voicebot.audio.files import write_sound
from voicebot.events import Samples


@contextmanager
def changed(sound: SoundServer, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[None]:
    """The other tests share the server: it is put back."""
    sound.pactl(*before)
    try:
        yield
    finally:
        sound.pactl(*after)


@contextmanager
def spoken(sound: SoundServer, samples: Samples, folder: Path) -> Iterator[None]:
    """Into the microphone, from now on."""
    write_sound(folder / "spoken.wav", samples, RATE)
    command = ["paplay", "--device=mic_in", str(folder / "spoken.wav")]
    with subprocess.Popen(command, env=sound.full_environment()) as playing:
        time.sleep(0.3)
        try:
            yield
        finally:
            playing.terminate()


def noise(dbfs: float, seconds: float = 5.0) -> Samples:
    return (10 ** (dbfs / 20) * np.random.default_rng(0).standard_normal(round(seconds * RATE))).astype(np.float32)


def square(amplitude: float, seconds: float = 5.0) -> Samples:
    return np.where(np.arange(round(seconds * RATE)) % 80 < 40, amplitude, -amplitude).astype(np.float32)


@contextmanager
def telephone(sound: SoundServer) -> Iterator[None]:
    """A microphone of 8 kHz, as a headset that has both directions at once over Bluetooth."""
    modules = [
        sound.pactl("load-module", "module-null-sink", "sink_name=narrow", "rate=8000").strip(),
        sound.pactl("load-module", "module-remap-source", "master=narrow.monitor", "source_name=narrow_mic").strip(),
    ]
    try:
        with changed(sound, ("set-default-source", "narrow_mic"), ("set-default-source", "mic")):
            yield
    finally:
        for module in reversed(modules):
            sound.pactl("unload-module", module)


def unload(server: SoundServer, kind: str) -> None:
    for line in server.pactl("list", "short", "modules").splitlines():
        number, name, *_ = line.split("\t")
        if kind in name:
            server.pactl("unload-module", number)
