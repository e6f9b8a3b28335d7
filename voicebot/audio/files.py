"""Sound files in and out, through libsndfile: WAV, FLAC, Ogg, MP3, any rate, depth and number of channels."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicebot.audio.resampling import resample_stream
from voicebot.errors import AudioError, StorageError
from voicebot.events import Samples

if TYPE_CHECKING:
    import soundfile

BLOCK_FRAMES = 16_384
"""Read and written at once; given a minute at once, libsndfile's Vorbis encoder overflows its stack."""


def read_sound(path: Path, sample_rate: int) -> Samples:
    """A whole file as mono float32 in [-1, 1] at `sample_rate` Hz; raises AudioError."""
    blocks = list(read_blocks(path, sample_rate))
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)


def read_blocks(path: Path, sample_rate: int) -> Iterator[Samples]:
    """A file block by block, mono float32 at `sample_rate` Hz, in memory that does not grow; raises AudioError."""
    with open_sound(path) as file:
        if file.frames == 0:
            raise AudioError(f"{path} holds no sound", why="it has a header and nothing after it")
        for block in resample_stream(_mono(path, file), file.samplerate, sample_rate):
            yield np.clip(block, -1.0, 1.0)


def sound_seconds(path: Path) -> float:
    """How long a file is; raises AudioError."""
    with open_sound(path) as file:
        return float(file.frames) / float(file.samplerate)


def open_sound(path: Path) -> soundfile.SoundFile:
    """Open a file for reading, or raise an AudioError that says why it cannot be."""
    import soundfile

    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise AudioError(f"{path} is a folder", fix="name a sound file in it")
        if not stat.S_ISREG(about.st_mode):
            raise AudioError(f"{path} is not a file")
        if about.st_size == 0:
            raise AudioError(f"{path} is empty")
        path.open("rb").close()  # the library would not say why it cannot
        return soundfile.SoundFile(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise AudioError(f"there is no file {path}") from None
    except OSError as error:
        raise AudioError(f"{path} cannot be read", why=_reason(error)) from None
    except (soundfile.LibsndfileError, TypeError):  # the latter for bare samples, whose rate nobody knows
        raise AudioError(
            f"{path} is not a sound file that can be read", fix="WAV, FLAC, Ogg and MP3 can be read"
        ) from None


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
