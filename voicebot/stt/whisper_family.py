"""What the engines that run Whisper's networks have in common: a child process, and what of its words is believed.

The child's half has the methods `load`, `recognise` and `glimpse` of `voicebot.stt.whisper_checkpoint.Checkpoint`. The
model is loaded once and stays warm; a cancelled transcription stops at the next step.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from voicebot.child.process import Child
from voicebot.events import Samples
from voicebot.readiness import Readiness, demand
from voicebot.stt.agreement import LocalAgreement
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment
from voicebot.stt.gate import LOGPROB, is_invented, is_no_speech
from voicebot.stt.whisper_tokens import Found, Glimpse, Word

STOPPING = 3.0
"""Seconds that one step of a large model may take on a slow processor before a cancelled call is killed."""
LOADING = 120.0
"""Seconds without a sign of life while the library and the weights are read, from a slow disk."""


class WhisperInChild:
    """A `PartialSpeechToText` but for `ready`. `target` is the child's class, `path` what it loads."""

    local = True
    partials = True

    def __init__(self, target: str, path: Path, name: str, patience: float) -> None:
        self.path = path
        self.name = name
        self.patience = patience
        self._child = Child(target, name, STOPPING)
        self._loaded_in: int | None = None
        self._live = Live()

    def ready(self) -> Readiness:
        raise NotImplementedError

    async def warm(self, progress: Progress) -> None:
        demand(self.name, self.ready())
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
        return believed(found, len(samples) / SAMPLE_RATE)

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        """See `PartialSpeechToText.partial`. Words that two partials agree on stay, and are not recognised again."""
        if not self._is_loaded:
            return ""
        live = self._live = Live() if first else self._live
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


@dataclass(slots=True)
class Live:
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
        fixed = text_of(self.said.fixed)
        text = text_of((*self.said.fixed, *glimpse.words))
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


def text_of(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words).strip()


def believed(found: Found, seconds: float) -> Heard | Nothing:
    """What of it is words, by Whisper's own doubt; `seconds` is the utterance's length."""
    kept = [one for one in found.segments if not is_no_speech(one.no_speech, one.logprob, one.compression)]
    text = "".join(one.text for one in kept).strip()
    doubt = max((one.no_speech for one in kept), default=1.0)
    if not text or is_invented(text, doubt, seconds):
        return Nothing("no speech heard")
    return Heard(text, found.language, tuple(Segment(one.start, one.end, one.text.strip()) for one in kept))
