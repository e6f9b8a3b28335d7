"""The phrase that wakes the assistant, found in the microphone's sound: microWakeWord in TensorFlow Lite, no torch.

https://github.com/kahrendt/microWakeWord; the library's wheel, which holds the four models, is Apache-2.0. It was made
for microcontrollers: with the features a second of sound costs about 3 ms, so quiet is not kept from it as it is from
Silero. Its features follow the level of the noise, and a gate would hide that level from them.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Protocol

from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand

PHRASES: dict[str, str] = {
    "okay_nabu": "Okay Nabu", "hey_jarvis": "Hey Jarvis", "hey_mycroft": "Hey Mycroft", "alexa": "Alexa",
}  # fmt: skip
"""What is to be said, by the model's name."""
LAGS: dict[str, float] = {"okay_nabu": 0.05, "hey_jarvis": 0.16, "hey_mycroft": -0.22, "alexa": 0.23}
"""Seconds from the phrase's end to its detection: medians over four voices of flite's that go on in the same breath."""


def installed() -> bool:
    """Whether the library is there: the extra `wake-word`."""
    return find_spec("pymicro_wakeword") is not None


class Detector(Protocol):
    """Tells of each block (512 samples of float32 at 16 kHz) whether the phrase was heard in it."""

    @property
    def phrase(self) -> str:
        """What is to be said."""
        ...

    @property
    def lag(self) -> float:
        """Seconds from the end of the phrase to its detection; below 0 when it is detected before it ends."""
        ...

    def ready(self) -> Readiness: ...

    def feed(self, block: Samples) -> bool: ...


def names() -> tuple[str, ...]:
    """The models that the library has in its wheel."""
    return tuple(PHRASES)


class WakeWord:
    """A `Detector` of one phrase of `names()`, said in English; raises KeyError for another.

    The model is loaded with the first block.
    """

    def __init__(self, name: str) -> None:
        self.phrase = PHRASES[name]
        self.lag = LAGS[name]
        self.name = name
        self._model: _Model | None = None

    def ready(self) -> Readiness:
        if not installed():
            return NotReady(
                "its library is not installed", 'pip install "voicebot[wake-word]"', "hands-free only after a wake word"
            )
        return Ready()

    def feed(self, block: Samples) -> bool:
        """True in the block in which the phrase was heard, once for each time that it is said.

        Raises EngineUnavailable when it is not ready.
        """
        if self._model is None:
            demand("the wake word", self.ready())
            self._model = _Model(self.name)
        return self._model.hears(block)


class _Model:
    def __init__(self, name: str) -> None:
        from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

        self._features = MicroWakeWordFeatures()
        self._model = MicroWakeWord.from_builtin(Model(name))

    def hears(self, block: Samples) -> bool:
        import numpy as np

        pcm = (np.clip(block, -1.0, 1.0) * np.float32(32767)).astype("<i2").tobytes()
        heard = [self._model.process_streaming(features) for features in self._features.process_streaming(pcm)]
        if any(heard):
            self._model.reset()  # its memory alone: the features have learnt how loud the room is
        return any(heard)
