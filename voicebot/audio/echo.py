"""Echo cancellation: what the speaker plays is taken out of what the microphone hears.

It is WebRTC's canceller, AEC3 (https://webrtc.googlesource.com/src, modules/audio_processing/aec3, BSD-3-Clause),
through LiveKit's binding (https://github.com/livekit/python-sdks, Apache-2.0). AEC3 finds the delay between the two by
itself, up to about half a second, and suppresses what its filter leaves. When the way of the sound changes it is begun
anew (`way`).

While nothing is played the microphone passes untouched, at no cost; and so it does while nothing of what is played
comes back (`headphones`), for AEC3 would suppress the person's voice there.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from voicebot.audio.headphones import Headphones
from voicebot.audio.reference import Reference
from voicebot.audio.resampling import dbfs, from_pcm16, to_pcm16
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, SAMPLE_RATE
from voicebot.audio.way import AUDIBLE, Way
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand

log = logging.getLogger(__name__)

FRAME = 160
"""Samples that WebRTC takes at once: 10 ms at 16 kHz."""
FRAME_SECONDS = 0.01
FRAMING = 128
"""Samples that are held back so that frames of 160 fill blocks of 512: the most that is ever missing, 8 ms."""
INSIDE = 128
"""Samples that AEC3 itself holds back: two of its blocks of 64."""
TAIL = 1.0
"""Seconds after the last sound in which it may come back: the longest delay that AEC3 finds, and a room's echo."""
LATE = 0.05
"""Seconds of reference too many at which it is cut while something plays: AEC3's filter is 52 ms long."""
QUIET, LONGEST_TAIL = -50.0, 10.0
"""The microphone goes back to being untouched at a moment below this many dBFS, or after so many seconds."""
UNSURE = 0.3
"""Seconds for which the microphone is muted then: what was taken for speech until now must not grow into a barge-in."""
MUTED = np.float32(0.01)
"""What is left, by factor, of an echo that came through."""


@cache
def _binding() -> Any:
    """The binding's processing module and frame; loads the native library."""
    from livekit.rtc.apm import AudioProcessingModule
    from livekit.rtc.audio_frame import AudioFrame

    return AudioProcessingModule, AudioFrame


class EchoCanceller:
    """One microphone and one speaker. `delay` is the latency of both streams, in seconds: where AEC3 begins to look."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self._module: Any = None
        self._reference = Reference()
        self._way = Way()
        self._headphones = Headphones()
        self._playing = False
        self._previous = np.zeros(BLOCK, dtype=np.float32)
        self._waiting = np.zeros(0, dtype=np.float32)
        self._cleaned = np.zeros(0, dtype=np.float32)
        self._active = False
        self._silent = 0.0
        self._since_new = UNSURE

    def ready(self) -> Readiness:
        """Whether the binding is installed; loads nothing."""
        if find_spec("livekit") is None:
            return NotReady(
                "the echo canceller is not installed",
                fix="pip install 'voicebot[echo]'",
                adds="talking over the answer on open speakers",
            )
        return Ready("WebRTC's AEC3")

    def warm(self) -> None:
        """Load it (a quarter of a second); until then blocks pass as they are. Raises EngineUnavailable."""
        demand("the echo canceller", self.ready())
        try:
            self._renew()
        except (ImportError, OSError) as error:
            log.warning("the echo canceller's library cannot be loaded: %s", error)
            raise EngineUnavailable(
                "the echo canceller cannot run",
                why="its library cannot be loaded",
                fix="pip install --force-reinstall livekit",
            ) from None

    @property
    def running(self) -> bool:
        """True once it is loaded: what `clean` gives has no echo in it."""
        return self._module is not None

    def played(self, samples: Samples, sample_rate: int) -> None:
        """What goes to the speaker now, silence too: mono float32. For the speaker's thread; never waits."""
        self._reference.put(samples, sample_rate)

    def clean(self, block: Samples) -> Samples:
        """The next block of the microphone without the echo: 512 samples of float32 at 16 kHz.

        16 ms late while something is cancelled; otherwise it is the block itself.
        """
        self._follow(self._reference.collect(), block)
        self._previous = block
        if not self._active:
            self._headphones.hear(dbfs(block), playing=False)
            self._reference.take(BLOCK_SECONDS)
            self._reference.trim()
            return block
        self._since_new += BLOCK_SECONDS
        self._reference.trim(LATE)
        self._playing = False
        self._waiting = np.concatenate([self._waiting, block])
        while len(self._waiting) >= FRAME:
            frame, self._waiting = self._waiting[:FRAME], self._waiting[FRAME:]
            self._cleaned = np.concatenate([self._cleaned, self._clean(frame)])
        result, self._cleaned = self._cleaned[:BLOCK], self._cleaned[BLOCK:]
        self._look(block)
        if self._headphones.on:
            return block
        return result * MUTED if self._since_new < UNSURE else result

    def _follow(self, sounded: bool, block: Samples) -> None:
        """Begin when something is played, end when nothing can come back any more."""
        self._silent = 0.0 if sounded else self._silent + BLOCK_SECONDS
        if sounded and not self._active and self._module is not None:
            self._begin()
        elif self._active and self._silent > TAIL and (dbfs(block) < QUIET or self._silent > LONGEST_TAIL):
            self._active = False

    def _look(self, block: Samples) -> None:
        """When the way changes, AEC3 takes seconds to notice, and lets the echo through; a new one suppresses it."""
        if self._way.changed(block, len(self._waiting)):
            self._renew()
            self._since_new = 0.0
        if self._playing:
            self._headphones.hear(dbfs(block), playing=True, echo=self._way.echo)

    def _renew(self) -> None:
        module, _ = _binding()
        self._module = module(echo_cancellation=True)
        self._module.set_stream_delay_ms(round(self.delay * 1000))

    def _begin(self) -> None:
        """Go on where the untouched microphone stopped, without a gap."""
        self._active = True
        before = self._previous[-3 * FRAME :].reshape(3, FRAME)
        for frame in before:
            self._process(frame, np.zeros(self._reference.sample_rate // 100, dtype=np.float32))
        self._waiting = self._waiting[:0]
        self._cleaned = self._previous[-FRAMING - INSIDE : -INSIDE]

    def _clean(self, frame: Samples) -> Samples:
        reference = self._reference.take(FRAME_SECONDS)
        self._way.played(reference)
        self._playing = self._playing or dbfs(reference) > AUDIBLE
        return self._process(frame, reference)

    def _process(self, frame: Samples, reference: Samples) -> Samples:
        _, audio_frame = _binding()
        rate = self._reference.sample_rate
        self._module.process_reverse_stream(audio_frame(to_pcm16(reference), rate, 1, len(reference)))
        heard = audio_frame(to_pcm16(frame), SAMPLE_RATE, 1, FRAME)
        self._module.process_stream(heard)
        return from_pcm16(heard.data.tobytes())
