"""Sound files in and out, through libsndfile: WAV, FLAC, Ogg, MP3, any rate, depth and number of channels."""

from __future__ import annotations

import os
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


def read_sound(path: Path, sample_rate: int) -> Samples:
    """A whole file as mono float32 in [-1, 1] at `sample_rate` Hz; raises AudioError."""
    blocks = list(read_blocks(path, sample_rate))
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)


def read_blocks(path: Path, sample_rate: int) -> Iterator[Samples]:
    """A file block by block, mono float32 at `sample_rate` Hz, in memory that does not grow; raises AudioError."""
    with open_sound(path) as file:
        if file.frames == 0:
            raise AudioError(f"{path} holds no sound", why="it has a header and nothing after it")
        yield from resample_stream(_mono(file), file.samplerate, sample_rate)


def sound_seconds(path: Path) -> float:
    """How long a file is; raises AudioError."""
    with open_sound(path) as file:
        return float(file.frames) / float(file.samplerate)


def open_sound(path: Path) -> soundfile.SoundFile:
    """Open a file for reading, or raise an AudioError that says why it cannot be."""
    import soundfile

    if not path.exists():
        raise AudioError(f"there is no file {path}")
    if path.is_dir():
        raise AudioError(f"{path} is a folder", fix="name a sound file in it")
    try:
        if path.stat().st_size == 0:
            raise AudioError(f"{path} is empty")
        return soundfile.SoundFile(path)
    except PermissionError:
        raise AudioError(f"{path} cannot be read", why="permission refused") from None
    except soundfile.LibsndfileError:
        raise AudioError(
            f"{path} is not a sound file that can be read", fix="WAV, FLAC, Ogg and MP3 can be read"
        ) from None


def write_sound(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write mono float32 as 16-bit WAV, or FLAC or Ogg by the file's ending; raises StorageError or AudioError."""
    import soundfile

    try:
        with path.open("wb") as target:
            kind = path.suffix.lstrip(".").upper() or "WAV"
            subtype = "VORBIS" if kind == "OGG" else "PCM_16"
            soundfile.write(target, np.clip(samples, -1.0, 1.0), sample_rate, format=kind, subtype=subtype)
    except (ValueError, TypeError) as error:
        path.unlink(missing_ok=True)
        raise AudioError(
            f"{path} cannot be written", why=str(error), fix="end its name in .wav, .flac or .ogg"
        ) from None
    except (OSError, soundfile.LibsndfileError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise StorageError(f"{path} cannot be written", why=reason) from None


def _mono(file: soundfile.SoundFile) -> Iterator[Samples]:
    while len(block := file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
        yield block.mean(axis=1, dtype=np.float32)
