"""Sound files in and out, through libsndfile: WAV, FLAC, Ogg, MP3, any rate, depth and number of channels.

What libsndfile cannot read goes to FFmpeg, where that is installed: films, AAC, WMA and the rest.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicebot.audio.ffmpeg import FfmpegMedia, installed
from voicebot.audio.resampling import resample_stream
from voicebot.errors import AudioError, StorageError
from voicebot.events import Samples

if TYPE_CHECKING:
    import soundfile

BLOCK_FRAMES = 16_384
"""Read and written at once; given a minute at once, libsndfile's Vorbis encoder overflows its stack."""
UNKNOWN_FRAMES = 2**62
"""What libsndfile calls the length of a stream whose end it does not know is no less (SF_COUNT_MAX)."""


def read_sound(path: Path, sample_rate: int) -> Samples:
    """A whole file as mono float32 in [-1, 1] at `sample_rate` Hz; raises AudioError."""
    blocks = list(read_blocks(path, sample_rate))
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)


def read_blocks(path: Path, sample_rate: int) -> Iterator[Samples]:
    """A file block by block, mono float32 at `sample_rate` Hz, in memory that does not grow; raises AudioError."""
    media = open_media(path)
    try:
        yield from media.blocks(sample_rate)
    finally:
        media.close()


def read_excerpt(path: Path, sample_rate: int, start: float, seconds: float) -> Samples:
    """At most `seconds` of a file from `start` (seconds) on, mono float32 at `sample_rate` Hz; raises AudioError."""
    media = open_media(path)
    wanted = round(seconds * sample_rate)
    found: list[Samples] = []
    try:
        for block in media.blocks(sample_rate, start):
            found.append(block)
            if (wanted := wanted - len(block)) <= 0:
                break
    finally:
        media.close()
    return np.concatenate(found)[: round(seconds * sample_rate)] if found else np.zeros(0, dtype=np.float32)


def sound_seconds(path: Path) -> float:
    """How long a file is, 0.0 when it does not say; raises AudioError."""
    media = open_media(path)
    try:
        return media.seconds or 0.0
    finally:
        media.close()


def open_media(path: Path) -> SoundFileMedia | FfmpegMedia:
    """Open a file for reading by whatever library can read it; raises AudioError. It must be closed again."""
    file = _opened(path)
    if file is not None:
        return SoundFileMedia(path, file)
    if installed():
        return FfmpegMedia(path)
    raise AudioError(
        f"{path} is not a sound file that can be read",
        fix="WAV, FLAC, Ogg and MP3 can be read; pip install 'voicebot[media]' adds films and the rest",
    )


class SoundFileMedia:
    """A recording that libsndfile reads."""

    tracks = 1

    def __init__(self, path: Path, file: soundfile.SoundFile) -> None:
        self._path = path
        self._file = file
        self.lost = 0.0
        """Seconds that could not be decoded and are silence in `blocks_past_damage`, so far."""

    @property
    def seconds(self) -> float | None:
        frames = int(self._file.frames)
        return None if frames >= UNKNOWN_FRAMES else frames / float(self._file.samplerate)

    def close(self) -> None:
        self._file.close()

    def blocks(self, sample_rate: int, start: float = 0.0) -> Iterator[Samples]:
        """Mono float32 in [-1, 1] at `sample_rate` Hz from `start` (seconds) on; raises AudioError."""
        if self._file.frames == 0:
            raise AudioError(f"{self._path} holds no sound", why="it has a header and nothing after it")
        if start > 0:
            self._file.seek(min(round(start * self._file.samplerate), self._file.frames))
        for block in resample_stream(_mono(self._path, self._file), self._file.samplerate, sample_rate):
            yield np.clip(block, -1.0, 1.0)

    def blocks_past_damage(self, sample_rate: int) -> Iterator[Samples]:
        """All `blocks`; behind a damaged place FFmpeg goes on, where it is installed. Raises AudioError otherwise."""
        done = 0
        try:
            for block in self.blocks(sample_rate):
                done += len(block)
                yield block
        except AudioError:
            if not done or not installed():
                raise
            rest = FfmpegMedia(self._path)
            try:
                yield from rest.blocks(sample_rate, done / sample_rate, damaged=True)
            finally:
                self.lost = rest.lost
                rest.close()


def check_readable(path: Path) -> None:
    """Raise an AudioError that says why a file cannot be read, before a library says less."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise AudioError(f"{path} is a folder", fix="name a sound file in it")
        if not stat.S_ISREG(about.st_mode):
            raise AudioError(f"{path} is not a file")
        if about.st_size == 0:
            raise AudioError(f"{path} is empty")
        path.open("rb").close()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise AudioError(f"there is no file {path}") from None
    except OSError as error:
        raise AudioError(f"{path} cannot be read", why=_reason(error)) from None


def _opened(path: Path) -> soundfile.SoundFile | None:
    """A file that libsndfile can read, None when it is of another kind; raises AudioError."""
    import soundfile

    check_readable(path)
    try:
        return soundfile.SoundFile(path)
    except OSError as error:
        raise AudioError(f"{path} cannot be read", why=_reason(error)) from None
    except (soundfile.LibsndfileError, TypeError):  # the latter for bare samples, whose rate nobody knows
        return None


def write_sound(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write mono float32 as 16-bit WAV, or FLAC or Ogg by the file's ending; raises StorageError or AudioError."""
    import soundfile

    kind = path.suffix.lstrip(".").upper() or "WAV"
    subtype = "VORBIS" if kind == "OGG" else "PCM_16"
    if not soundfile.check_format(kind, subtype):
        why = f"{path.suffix} is no kind of sound that can be written"
        raise AudioError(f"{path} cannot be written", why, "end its name in .wav, .flac or .ogg")
    target = io.BytesIO()  # the library does not notice a disk that is full
    with soundfile.SoundFile(target, "w", sample_rate, 1, subtype, format=kind) as file:
        for start in range(0, len(samples), BLOCK_FRAMES):
            file.write(np.clip(samples[start : start + BLOCK_FRAMES], -1.0, 1.0))
    try:
        path.write_bytes(target.getbuffer())
    except OSError as error:
        raise StorageError(f"{path} cannot be written", why=_reason(error)) from None


def _mono(path: Path, file: soundfile.SoundFile) -> Iterator[Samples]:
    """The mean of the channels; what is no number is silence, or it would spread when it is resampled."""
    import soundfile

    try:
        while len(block := file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
            yield np.nan_to_num(block.mean(axis=1, dtype=np.float32), nan=0.0, posinf=1.0, neginf=-1.0)
    except soundfile.LibsndfileError as error:
        raise AudioError(f"{path} is damaged", why=str(error).rstrip("."), fix="use another copy of it") from None


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
