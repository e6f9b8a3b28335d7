"""Bare PCM from a service into sound, piece by piece; whatever else it sends in its place is refused."""

from __future__ import annotations

import numpy as np

from voicebot.errors import EngineError
from voicebot.tts.base import Sound

FIX = "Try again, or choose another engine"
_OTHER_FORMATS = {b"RIFF": "WAV", b"ID3": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC"}
_PAGES = (b'{"', b"{\n", b"{ ", b"<!", b"<ht")


class Pcm:
    """Takes mono samples of 16 bits, little-endian, at `sample_rate` Hz, as the service called `where` sends them.

    Silence at the beginning is left out. Everything raises EngineError, with the advice `fix`, when what comes is not
    such sound.
    """

    def __init__(self, where: str, sample_rate: int, fix: str = FIX) -> None:
        self.seconds = 0.0
        """How much has come, also of silence."""
        self._where = where
        self._sample_rate = sample_rate
        self._fix = fix
        self._rest = b""
        self._looked = False
        self._audible = False

    def check_kind(self, content_type: str) -> None:
        """Look at what the service says it sends."""
        if content_type.startswith(("text/", "application/json")):
            raise self._no_sound(f"it sent {content_type.partition(';')[0]} instead")

    def take(self, chunk: bytes) -> Sound | None:
        """The sound that another chunk completes, if any: a sample may lie across two chunks."""
        self.seconds += len(chunk) / 2 / self._sample_rate
        data = self._rest + chunk
        if not self._looked:
            if len(data) < 4:
                self._rest = data
                return None
            self._look(data)
        whole = len(data) // 2 * 2
        self._rest = data[whole:]
        values = np.frombuffer(data[:whole], dtype="<i2")
        if not self._audible and not values.any():
            return None
        self._audible = True
        return Sound(values.astype(np.float32) / 32768.0, self._sample_rate) if whole else None

    def check_end(self) -> None:
        """Make sure that there was a sound, once all has come."""
        if not self._audible:
            raise self._no_sound("its answer is silent" if self._looked else "its answer is empty")

    def _look(self, beginning: bytes) -> None:
        """Text or a compressed file, played as samples, would be a burst of noise."""
        self._looked = True
        if beginning.lstrip().startswith(_PAGES):
            raise self._no_sound("it sent a page of text instead")
        for magic, name in _OTHER_FORMATS.items():
            if beginning.startswith(magic):
                raise self._no_sound(f"it sent {name} where bare PCM was asked for")

    def _no_sound(self, why: str) -> EngineError:
        return EngineError(f"{self._where} sent no sound", why, self._fix)
