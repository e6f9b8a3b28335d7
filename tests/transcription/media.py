"""Films and recordings of every kind, made by FFmpeg out of samples."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from voicebot.audio.files import read_sound
from voicebot.events import Samples

RATE = 16_000
FRAME = 1024
BITS_PER_SECOND = 64_000
SIDE = 64
"""Pixels of the black picture."""


def tone(seconds: float, hertz: float = 440.0, rate: int = RATE) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def make(
    path: Path, samples: Samples, codec: str = "aac", *, rate: int = RATE, picture: bool = False, tracks: int = 1
) -> Path:
    """A file of the kind that the ending of its name says; every track but the first holds a tone of 900 Hz."""
    sounds = [samples, *(tone(len(samples) / rate, 900.0, rate) for _ in range(1, tracks))]
    with av.open(str(path), "w") as out:
        film = out.add_stream("mpeg4", rate=1) if picture else None
        streams = [out.add_stream(codec, rate=rate, layout="mono") for _ in sounds]
        for stream in streams:
            stream.bit_rate = BITS_PER_SECOND
        if film is not None:
            film.width = film.height = SIDE
            film.pix_fmt = "yuv420p"
            for second in range(int(len(samples) / rate)):
                image = av.VideoFrame.from_ndarray(np.zeros((SIDE * 3 // 2, SIDE), np.uint8), "yuv420p")
                image.pts = second
                out.mux(film.encode(image))
            out.mux(film.encode(None))
        for stream, sound in zip(streams, sounds, strict=True):
            encode(out, stream, blocks(sound), rate)
    return path


def blocks(samples: Samples) -> Iterable[Samples]:
    return (samples[start : start + FRAME] for start in range(0, len(samples), FRAME))


def encode(out: av.container.OutputContainer, stream: av.AudioStream, sound: Iterable[Samples], rate: int) -> None:
    resampler = av.AudioResampler(stream.format, stream.layout, rate)
    at = 0
    for block in sound:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block[None]), "fltp", "mono")
        frame.rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        at += len(block)
        for ready in resampler.resample(frame):
            out.mux(stream.encode(ready))
    out.mux(stream.encode(None))


def encoders() -> set[str]:
    """What can be made here: builds of FFmpeg differ."""
    return {name for name in av.codecs_available if _encodes(name)}


def _encodes(name: str) -> bool:
    try:
        return av.Codec(name, "w").is_encoder
    except ValueError:
        return False


def speech(path: Path) -> Samples:
    return read_sound(path, RATE)


def hertz(samples: Samples, rate: int = RATE) -> float:
    """The loudest tone."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[spectrum.argmax()])
