"""PocketSphinx: a recogniser that is there at once, for English. Its model comes with SpeechRecognition (BSD licences).

The decoder stays warm in a child process: building it takes as long as recognising a short question. The options and
the normalisation were chosen by word error rate on short questions spoken by flite and on five recordings of a human
voice; SpeechRecognition's language model makes half the errors of the one in PocketSphinx's own wheel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicebot.child.process import Child
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment

LOADING = 60.0
"""Seconds that loading the model may take: 0.4 from a warm disk."""
STOPPING = 2.0
"""Seconds that a cancelled call may take to stop: the first partial builds its search in one step, 0.2 here."""
BLOCK = SAMPLE_RATE // 10
"""Samples decoded between two signs of life."""
OPTIONS = {"lw": 5.0, "fwdflatlw": 6.0}
"""Weights of the language model in the first and second pass; 6.5 and 8.5 by default."""
FRAMES_PER_SECOND = 100
HOP = SAMPLE_RATE // FRAMES_PER_SECOND
MEMORY = 500
"""Frames: how much of what was heard before counts in the normalisation."""
LEVEL = 0.4
QUIET_DB = 35.0
"""What lies this far below the loudest frame, before and after the words, does not count in it."""
MARGIN = 5
"""Frames kept around the words."""
LIVE_BLOCK = 512
"""Samples decoded between two signs of life while somebody speaks: a cancelled partial stops within some 30 ms."""
LIVE_SETTLED = 3 * SAMPLE_RATE // 2
"""Samples after which the mean of an utterance that goes on is not measured again."""


class Sphinx:
    """A `SpeechToText` for English."""

    name = "sphinx"
    local = True
    partials = True

    def __init__(self, patience: float = 5.0) -> None:
        self.patience = patience
        self._child = Child("voicebot.stt.sphinx:Recogniser", "PocketSphinx", STOPPING)
        self._loaded_in: int | None = None
        self._fed = 0
        """Samples of the utterance being spoken that the child has."""

    def ready(self) -> Readiness:
        missing = _missing()
        if missing:
            return NotReady(f"{missing} is not installed", f"pip install {missing}", "recognition of English at once")
        return Ready("English, at once; Whisper hears better, and other languages too")

    async def warm(self, progress: Progress) -> None:
        demand("PocketSphinx", self.ready())
        progress(None)
        await self._child.call("load", patience=LOADING)
        self._loaded_in = self._child.pid
        progress(1.0)

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        """See `SpeechToText.transcribe`. Raises EngineUnavailable unless English leads the shortlist."""
        if not _is_english(languages):
            raise EngineUnavailable(
                "PocketSphinx cannot recognise this",
                why="it understands English only",
                fix="`voicebot models download whisper:base` (145 MB) adds Whisper, which understands Korean",
            )
        await self.warm(lambda _: alive())
        self._fed = 0
        patience = self.patience + len(samples) / SAMPLE_RATE  # the last pass over a long utterance gives no sign
        found = await self._child.call("recognise", samples, patience=patience, alive=alive)
        if not found:
            return Nothing("no speech heard")
        return Heard(" ".join(segment.text for segment in found), "en", tuple(found))

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        """See `PartialSpeechToText.partial`. Only what is new is decoded."""
        fed, self._fed = 0 if first else self._fed, 0  # from the beginning after a call that did not end
        if self._loaded_in is None or self._loaded_in != self._child.pid or not _is_english(languages):
            return ""
        words: str = await self._child.call("feed", samples[fed:], fed == 0, patience=self.patience)
        self._fed = len(samples)
        return words

    async def close(self) -> None:
        await self._child.kill()


def _is_english(languages: Sequence[str]) -> bool:
    return not languages or languages[0] == "en"


def _missing() -> str:
    """What would have to be installed; empty if nothing."""
    if find_spec("pocketsphinx") is None:
        return "pocketsphinx"
    return "" if _model().is_dir() else "SpeechRecognition"


def _model() -> Path:
    """The folder of the US English model inside SpeechRecognition, which is not imported."""
    spec = find_spec("speech_recognition")
    home = spec.origin if spec is not None and spec.origin is not None else "."
    return Path(home).parent / "pocketsphinx-data" / "en-US"


# -- in the child process --------------------------------------------------------------------------------------------


class Recogniser:
    """A warm decoder, and what it remembers of the voice and the microphone."""

    def __init__(self, alive: Alive) -> None:
        import pocketsphinx

        model = _model()
        self._alive = alive
        self._decoder: Any = pocketsphinx.Decoder(
            hmm=str(model / "acoustic-model"),
            lm=str(model / "language-model.lm.bin"),
            dict=str(model / "pronounciation-dictionary.dict"),
            samprate=float(SAMPLE_RATE),
            loglevel="FATAL",
            **OPTIONS,
        )
        self._channel = Channel(self._decoder, alive)
        self._live = Live(self._decoder, self._channel, alive)

    def load(self) -> None:
        """Nothing is left to do: the model is loaded when this object is built."""

    def recognise(self, samples: Samples) -> list[Segment]:
        """One segment with the words of the utterance, or none."""
        self._live.leave()
        samples = _levelled(samples)
        self._decoder.set_cmn(self._channel.listen(samples))
        with _utterance(self._decoder):
            for block in _blocks(samples, BLOCK):
                self._alive()
                self._decoder.process_raw(block, no_search=False, full_utt=False)
        words = [part for part in self._decoder.seg() or () if part.word[0] not in "<["]
        if not words:
            return []
        self._channel.remember()
        start, end = words[0].start_frame, words[-1].end_frame + 1
        return [Segment(start / FRAMES_PER_SECOND, end / FRAMES_PER_SECOND, self._decoder.hyp().hypstr)]

    def feed(self, samples: Samples, first: bool) -> str:
        """More of an utterance that is being spoken, or the first of it; the words so far."""
        return self._live.feed(samples, first)


class Live:
    """An utterance that is being spoken: each sample is decoded once, as it comes, in a first pass alone.

    It has a search of its own, for the second pass of the other would have to be waited for when it is left. That
    costs 0.2 s of loading and 43 MB, when it is used at all.
    """

    def __init__(self, decoder: Any, channel: Channel, alive: Alive) -> None:
        self._decoder = decoder
        self._channel = channel
        self._alive = alive
        self._whole = decoder.current_search()
        self._search = ""
        self._decoding = False
        self._samples: Samples
        self._gain = 1.0
        self._measured = 0
        """Samples by which the mean was last measured."""
        self._decoded = 0

    def feed(self, samples: Samples, first: bool) -> str:
        """The words so far. What came first is decoded once more when twice as much tells a better mean."""
        import numpy as np

        self._samples = samples if first else np.concatenate([self._samples, samples])
        self._measured = 0 if first else self._measured
        if len(self._samples) >= 2 * self._measured and self._measured < LIVE_SETTLED:
            self._start()
        for block in _blocks(self._samples[self._decoded :] * self._gain, LIVE_BLOCK):
            self._alive()
            self._decoder.process_raw(block, no_search=False, full_utt=False)
            self._decoded += len(block) // 2
        words = self._decoder.hyp()
        return words.hypstr if words is not None else ""

    def leave(self) -> None:
        """Free the decoder for other work."""
        if self._decoding:
            self._decoding = False
            self._decoder.end_utt()

    def _start(self) -> None:
        self.leave()
        self._search = self._search or self._build()
        self._gain = _gain(self._samples)
        mean = self._channel.listen(self._samples * self._gain)
        self._decoder.activate_search(self._search)
        self._decoder.set_cmn(mean)
        self._decoder.start_utt()
        self._decoding = True
        self._measured, self._decoded = len(self._samples), 0

    def _build(self) -> str:
        """A search with the same words and weights, of one pass."""
        decoder, config = self._decoder, self._decoder.config
        passes = {name: config[name] for name in ("fwdflat", "bestpath")}
        for name in passes:
            config[name] = False
        decoder.add_lm("live", decoder.get_lm(self._whole))
        for name, wanted in passes.items():
            config[name] = wanted
        with _utterance(decoder):  # a search of one pass lets the decoder forget what other searches pass over twice
            decoder.process_raw(bytes(2), no_search=True, full_utt=False)
        return "live"


class Channel:
    """The mean cepstrum of a voice through a microphone, which the decoder takes off what it hears.

    Left alone it starts from a guess made for another microphone and corrects it as it goes, too late for a short
    utterance. Here the utterance is first heard with next to nothing to search for (1 % of real time), and the mean
    found counts together with that of what was understood before.
    """

    def __init__(self, decoder: Any, alive: Alive) -> None:
        self._decoder = decoder
        self._alive = alive
        self._search = decoder.current_search()
        decoder.add_jsgf_string("nothing", "#JSGF V1.0; grammar nothing; public <nothing> = hello;")
        self._known = Cepstra()
        self._new = Cepstra()

    def listen(self, samples: Samples) -> str:
        """The mean for this utterance, as `set_cmn` takes it."""
        self._new = Cepstra()
        self._decoder.activate_search("nothing")
        for block in _blocks(_spoken(samples), SAMPLE_RATE):
            self._alive()
            self._new += self._measure(block)
        self._decoder.activate_search(self._search)
        return (self._known + self._new).mean

    def remember(self) -> None:
        """Let what was heard last count for what comes."""
        self._known = (self._known + self._new).at_most(MEMORY)

    def _measure(self, block: bytes) -> Cepstra:
        """The sum over a block, solved from the mean that the decoder makes of it and of its first guess."""
        frames = max(0, (len(block) // 2 - _WINDOW) // HOP + 1)
        self._decoder.set_cmn("0")
        with _utterance(self._decoder):
            self._decoder.process_raw(block, no_search=False, full_utt=False)
            mean = [float(value) for value in self._decoder.get_cmn(True).split(",")]
        return Cepstra(tuple(value * (_GUESS_FRAMES + frames) for value in mean), frames)


_WINDOW = 410
"""Samples in a frame (25.6 ms); frames begin every 10 ms."""
_GUESS_FRAMES = 500
"""How many frames the decoder's first guess counts for (CMN_WIN in its cmn.h)."""


@dataclass(frozen=True, slots=True)
class Cepstra:
    """A number of frames, and the sum of their 13 coefficients."""

    total: tuple[float, ...] = (0.0,) * 13
    frames: float = 0.0

    def __add__(self, other: Cepstra) -> Cepstra:
        total = tuple(one + another for one, another in zip(self.total, other.total, strict=True))
        return Cepstra(total, self.frames + other.frames)

    def at_most(self, frames: float) -> Cepstra:
        share = min(1.0, frames / self.frames) if self.frames else 0.0
        return Cepstra(tuple(value * share for value in self.total), self.frames * share)

    @property
    def mean(self) -> str:
        """As `set_cmn` takes it; the decoder's own first guess where nothing was heard."""
        return ",".join(f"{value / self.frames:.5g}" for value in self.total) if self.frames else "40,3,-1"


def _levelled(samples: Samples) -> Samples:
    """An utterance as loud as any other: the level is part of the mean. A click does not count."""
    return samples * _gain(samples)


def _gain(samples: Samples) -> float:
    import numpy as np

    loudest = float(np.quantile(np.abs(samples), 0.999)) if len(samples) else 0.0
    return LEVEL / loudest if loudest > 0.0 else 1.0


def _spoken(samples: Samples) -> Samples:
    """An utterance without the quiet before and after it, which has another mean."""
    import numpy as np

    hops = samples[: len(samples) // HOP * HOP].reshape(-1, HOP)
    power = np.square(hops).mean(axis=1)
    loud = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (-QUIET_DB / 10))
    if not len(loud):
        return samples[:0]
    spoken = hops[max(0, loud[0] - MARGIN) : loud[-1] + 1 + MARGIN]
    return spoken[spoken.any(axis=1)].ravel()  # frames of digital silence are not counted by the decoder


@contextmanager
def _utterance(decoder: Any) -> Iterator[None]:
    decoder.start_utt()
    try:
        yield
    finally:
        decoder.end_utt()


def _blocks(samples: Samples, length: int) -> Iterator[bytes]:
    """16-bit samples, `length` at a time."""
    from voicebot.audio.resampling import to_pcm16

    for start in range(0, len(samples), length):
        yield to_pcm16(samples[start : start + length])
