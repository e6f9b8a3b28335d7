"""The sound of films and of every other recording that FFmpeg can read, through PyAV (the extra `media`).

A hostile playlist must not fetch anything: FFmpeg gets a file that is open already, and may open no other but files.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicebot.audio.resampling import Resampler
from voicebot.errors import AudioError
from voicebot.events import Samples

if TYPE_CHECKING:
    import av.container
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet

LOCAL = {"protocol_whitelist": "file"}
GAP = 0.25
"""Seconds between two frames that are silence to be put in: containers round their times, by a frame at most."""
LONGEST_GAP = 3600.0
"""Seconds; a longer one is a clock that was set anew, not an hour without sound."""
GUESSED = ("image2", "rawvideo", "tty")
"""What FFmpeg takes any file for by the ending of its name alone: .raw, .txt."""
FAILURES = 64
"""Reads that may fail one after another before the rest counts as lost."""


def installed() -> bool:
    return find_spec("av") is not None


class FfmpegMedia:
    """A recording, and its first track of sound. Opening it raises AudioError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb")
        try:
            self._container = _opened(path, self._file)
            self._stream = _first_sound(path, self._container)
        except BaseException:
            self._file.close()
            raise
        start = self._container.start_time
        self._origin = start / 1_000_000 if start is not None and start > -(2**62) else 0.0
        self.tracks = len(self._container.streams.audio)
        self.lost = 0.0
        """Seconds that could not be decoded so far; they are silence in the blocks."""

    @property
    def seconds(self) -> float | None:
        """How long it says it is; many a stream that was merely saved does not say."""
        if self._stream.duration is not None and self._stream.time_base is not None:
            return float(self._stream.duration * self._stream.time_base)
        return self._container.duration / 1_000_000 if self._container.duration else None

    def close(self) -> None:
        self._container.close()
        self._file.close()

    def blocks(self, sample_rate: int, start: float = 0.0, *, damaged: bool = False) -> Iterator[Samples]:
        """Mono float32 in [-1, 1] at `sample_rate` Hz from `start` (seconds) on.

        What cannot be decoded is silence, so that times stay right; every gap counts as that when the file is known
        to be `damaged`. Raises AudioError when nothing can be decoded at all.
        """
        clock = _Clock(self._origin, start)
        mono = _Mono(sample_rate)
        nothing = True
        if start > 0:
            self._seek(start)
        for frame in self._frames():
            nothing = False
            for silence in clock.silence_before(frame):
                if damaged or self.lost:
                    self.lost += silence
                yield np.zeros(round(silence * sample_rate), dtype=np.float32)
            yield from mono.converted(frame, clock.before_start(frame))
        if nothing:
            raise AudioError(f"{self._path} is damaged", why="none of its sound can be decoded")
        yield from mono.rest()

    def blocks_past_damage(self, sample_rate: int) -> Iterator[Samples]:
        return self.blocks(sample_rate)

    def _seek(self, start: float) -> None:
        import av

        try:
            self._container.seek(round((start + self._origin) * 1_000_000))
        except av.error.FFmpegError:
            return  # it is read from the beginning, which takes longer

    def _frames(self) -> Iterator[AudioFrame]:
        import av

        for packet in self._packets():
            try:
                yield from packet.decode()
            except av.error.FFmpegError:
                if packet.duration:
                    self.lost += float(packet.duration * packet.time_base)

    def _packets(self) -> Iterator[Packet[AudioStream]]:
        """Every packet of the track, going on after those that cannot be read."""
        import av

        failures = 0
        while failures < FAILURES:
            try:
                for packet in self._container.demux(self._stream):
                    failures = 0
                    yield packet
                return
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                failures += 1


class _Clock:
    """Where a track has come to, in seconds, by the times of its frames and by their lengths."""

    def __init__(self, origin: float, start: float) -> None:
        self._origin = origin
        self._start = start
        self._at: float | None = 0.0 if start <= 0 else None
        """The end of what came so far; after a seek the first frame says where that was."""

    def silence_before(self, frame: AudioFrame) -> Iterator[float]:
        """Seconds of silence, in parts of at most one."""
        time = frame.time
        if self._at is None:
            self._at = self._start if time is None else max(0.0, time - self._origin)
        gap = 0.0 if time is None else time - self._origin - self._at
        if abs(gap) > LONGEST_GAP:
            self._origin, gap = self._origin + gap, 0.0
        while gap > GAP:
            part = min(gap, 1.0)
            self._at += part
            gap -= part
            yield part
        self._at += frame.samples / frame.sample_rate

    def before_start(self, frame: AudioFrame) -> int:
        """How many samples of the frame lie before the start."""
        before = self._start - ((self._at or 0.0) - frame.samples / frame.sample_rate)
        return max(0, round(before * frame.sample_rate))


class _Mono:
    """One frame after another as mono at one rate, also when they change in the middle."""

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._resampler: Resampler | None = None

    def converted(self, frame: AudioFrame, skipped: int) -> Iterator[Samples]:
        if self._resampler is None or self._resampler.from_rate != frame.sample_rate:
            yield from self.rest()
            self._resampler = Resampler(frame.sample_rate, self._sample_rate)
        yield np.clip(self._resampler.feed(_averaged(frame)[skipped:]), -1.0, 1.0)

    def rest(self) -> Iterator[Samples]:
        if self._resampler is not None:
            yield np.clip(self._resampler.end(), -1.0, 1.0)
        self._resampler = None


def _opened(path: Path, file: Any) -> av.container.InputContainer:
    import av

    try:
        container = av.open(file, "r", options=LOCAL, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError):
        raise _no_sound_file(path) from None
    if container.format.name in GUESSED:
        container.close()
        raise _no_sound_file(path)
    return container


def _no_sound_file(path: Path) -> AudioError:
    return AudioError(f"{path} is not a sound file that can be read", fix="convert it to MP3 or WAV first")


def _first_sound(path: Path, container: av.container.InputContainer) -> AudioStream:
    if not container.streams.audio:
        container.close()
        raise AudioError(f"{path} has no sound in it", fix="choose another file")
    stream: AudioStream = container.streams.audio[0]
    if getattr(stream, "codec_context", None) is None:
        container.close()
        raise AudioError(f"the sound in {path} is of a kind that cannot be read", fix="convert it to MP3 or WAV first")
    return stream


def _averaged(frame: AudioFrame) -> Samples:
    """The mean of a frame's channels as float32; what is no number is silence."""
    sound: Any = frame.to_ndarray()
    if not frame.format.is_planar:
        sound = sound.reshape(-1, frame.layout.nb_channels).T
    mean = sound.mean(axis=0, dtype=np.float64)
    if sound.dtype == np.uint8:
        mean = (mean - 128.0) / 128.0
    elif np.issubdtype(sound.dtype, np.integer):
        mean = mean / -float(np.iinfo(sound.dtype).min)
    samples: Samples = np.nan_to_num(mean, nan=0.0, posinf=1.0, neginf=-1.0).astype(np.float32)
    return samples
