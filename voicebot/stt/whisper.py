"""Whisper, as OpenAI published it (https://github.com/openai/whisper, MIT): many languages, in a child process.

The main process never loads torch: the child's half is `whisper_checkpoint`. The model is loaded once and stays warm; a
cancelled transcription stops at the decoder's next step. Decoding follows `whisper.transcribe` with
`condition_on_previous_text=False`, for an utterance has no text before it (whisper.cpp#1724), but without computing
the silence that fills up its window (`whisper_window`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from voicebot.child.process import Child
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.stt.agreement import LocalAgreement
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment
from voicebot.stt.gate import LOGPROB, is_invented, is_no_speech
from voicebot.stt.whisper_checkpoint import Found, Glimpse
from voicebot.stt.whisper_tokens import Word

STOPPING = 3.0
"""Seconds that one step of a large model may take on a slow processor before a cancelled call is killed."""
LOADING = 120.0
"""Seconds without a sign of life while torch and the weights are read, from a slow disk."""


class Whisper:
    """A `SpeechToText` on one checkpoint. `path` is its file; `name` what the person calls it: "whisper:base"."""

    local = True
    partials = True

    def __init__(self, path: Path, name: str, patience: float = 10.0) -> None:
        self.path = path
        self.name = name
        self.patience = patience
        self._child = Child("voicebot.stt.whisper_checkpoint:Checkpoint", name, STOPPING)
        self._loaded_in: int | None = None
        self._live = _Live()

    def ready(self) -> Readiness:
        adds = "far better recognition, in Korean too"
        if find_spec("whisper") is None:
            return NotReady("its library is not installed", "pip install openai-whisper", adds)
        if not self.path.is_file():
            fix = f"voicebot models download {self.name}"
            return NotReady(
                f"{self.name} is not downloaded", fix if self.path.suffix == ".pt" else "name a .pt file", adds
            )
        return Ready(f"{self.name}, {self.path.stat().st_size / 1e6:.0f} MB")

    async def warm(self, progress: Progress) -> None:
        if isinstance(self.ready(), NotReady):
            self._refuse()
        if self._is_loaded:
            return
        async with aclosing(self._child.stream("load", str(self.path), patience=LOADING)) as steps:
            async for done in steps:
                progress(done)
        self._loaded_in = self._child.pid

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        await self.warm(lambda _: alive())
        found: Found = await self._child.call(
            "recognise", str(self.path), samples, tuple(languages), patience=self.patience, alive=alive
        )
        return _believed(found, len(samples) / SAMPLE_RATE)

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        """See `PartialSpeechToText.partial`. Words that two partials agree on stay, and are not recognised again."""
        if not self._is_loaded:
            return ""
        live = self._live = _Live() if first else self._live
        glimpse: Glimpse = await self._child.call(
            "glimpse", str(self.path), samples, live.languages(languages), live.tokens, patience=self.patience
        )
        return live.hear(glimpse, len(samples) / SAMPLE_RATE)

    async def close(self) -> None:
        self._loaded_in = None
        await self._child.kill()

    @property
    def _is_loaded(self) -> bool:
        return self._loaded_in is not None and self._loaded_in == self._child.pid

    def _refuse(self) -> None:
        readiness = self.ready()
        assert isinstance(readiness, NotReady)
        raise EngineUnavailable(f"{self.name} cannot run", readiness.why, readiness.fix)


@dataclass(slots=True)
class _Live:
    """The utterance that is being spoken. Its language is fixed with its first words."""

    said: LocalAgreement[Word] = field(default_factory=LocalAgreement)
    language: str = ""

    @property
    def tokens(self) -> tuple[int, ...]:
        return tuple(token for word in self.said.fixed for token in word.tokens)

    def languages(self, wanted: Sequence[str]) -> tuple[str, ...]:
        return (self.language,) if self.said.fixed else tuple(wanted)

    def hear(self, glimpse: Glimpse, seconds: float) -> str:
        """The text now. What goes round in circles is not shown, and what is doubtful fixes nothing."""
        fixed = _text(self.said.fixed)
        text = _text((*self.said.fixed, *glimpse.words))
        circles = is_no_speech(glimpse.no_speech, glimpse.logprob, glimpse.compression) or not glimpse.ended
        if circles or is_invented(text, glimpse.no_speech, seconds):
            self.said.doubt()
            return fixed
        if glimpse.logprob < LOGPROB or glimpse.language != self.language:
            self.said.doubt()
        if glimpse.logprob >= LOGPROB:
            self.said.hear(glimpse.words)
        self.language = glimpse.language
        return text


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words).strip()


def _believed(found: Found, seconds: float) -> Heard | Nothing:
    """What of it is words, by Whisper's own doubt; `seconds` is the utterance's length."""
    kept = [one for one in found.segments if not is_no_speech(one.no_speech, one.logprob, one.compression)]
    text = "".join(one.text for one in kept).strip()
    doubt = max((one.no_speech for one in kept), default=1.0)
    if not text or is_invented(text, doubt, seconds):
        return Nothing("no speech heard")
    return Heard(text, found.language, tuple(Segment(one.start, one.end, one.text.strip()) for one in kept))
