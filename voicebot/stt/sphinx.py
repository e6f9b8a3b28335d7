"""PocketSphinx: a recogniser that is there at once, for English; its model comes with its library (BSD licences).

The decoder stays warm in a child process: building it takes as long as recognising a short question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from voicebot.child.process import Child
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment

BLOCK = 8_000
"""Samples decoded between two signs of life: half a second."""
PADDING = 0.3
"""Seconds of silence put around an utterance, so that its first and last sounds have neighbours."""


class Sphinx:
    """A `SpeechToText` for English."""

    name = "sphinx"
    local = True

    def __init__(self, patience: float = 5.0) -> None:
        self.patience = patience
        self._child = Child("voicebot.stt.sphinx:Decoder", "PocketSphinx")

    def ready(self) -> Readiness:
        if find_spec("pocketsphinx") is None:
            return NotReady(
                "its library is not installed", "pip install pocketsphinx", "recognition of English at once"
            )
        return Ready("English, at once; Whisper hears better, and other languages too")

    async def warm(self, progress: Progress) -> None:
        demand("PocketSphinx", self.ready())
        progress(None)
        await self._child.call("load", patience=max(30.0, self.patience))
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        if languages and languages[0] != "en":
            raise EngineUnavailable(
                "PocketSphinx understands English only",
                fix="`voicebot models download whisper:base` (145 MB) adds Korean and many more languages",
            )
        text, segments = await self._child.call("recognise", samples, patience=self.patience, alive=alive)
        return Heard(text, "en", tuple(Segment(*one) for one in segments)) if text else Nothing("no speech heard")

    async def close(self) -> None:
        await self._child.kill()


class Decoder:
    """The child's half."""

    def __init__(self, alive: Callable[[], None]) -> None:
        import pocketsphinx

        self._alive = alive
        self._decoder: Any = pocketsphinx.Decoder(samprate=float(SAMPLE_RATE), loglevel="FATAL")

    def load(self) -> None:
        """Nothing more to do: constructing it loaded the model."""

    def recognise(self, samples: Samples) -> tuple[str, list[tuple[float, float, str]]]:
        """The words of an utterance, and one segment with its times in seconds."""
        import numpy as np

        from voicebot.audio.resampling import to_pcm16

        silence = np.zeros(int(PADDING * SAMPLE_RATE), dtype=np.float32)
        padded = np.concatenate([silence, samples, silence])
        self._decoder.start_utt()
        try:
            for start in range(0, len(padded), BLOCK):
                self._alive()
                self._decoder.process_raw(to_pcm16(padded[start : start + BLOCK]), no_search=False, full_utt=False)
        finally:
            self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        text = hypothesis.hypstr.strip() if hypothesis is not None else ""
        return text, [(0.0, len(samples) / SAMPLE_RATE, text)] if text else []
