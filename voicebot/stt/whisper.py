"""Whisper, as OpenAI published it (https://github.com/openai/whisper, MIT): many languages, in a child process.

The main process never loads torch. The model is loaded once and stays warm; a cancelled transcription stops at the
decoder's next step. Decoding follows `whisper.transcribe` with `condition_on_previous_text=False`, for an utterance
has no text before it (whisper.cpp#1724).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicebot.child.process import Child
from voicebot.errors import EngineUnavailable, ModelError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing, Progress, Segment
from voicebot.stt.gate import is_invented, is_no_speech

STOPPING = 3.0
"""Seconds that one step of a large model may take on a slow processor before a cancelled call is killed."""
TRIES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Temperatures, one after another while the words go round in circles or are doubtful (Whisper's own)."""
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
        self._child = Child("voicebot.stt.whisper:Checkpoint", name, STOPPING)
        self._loaded_in: int | None = None

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
        """See `PartialSpeechToText.partial`. The whole is recognised every time, as the words before may change."""
        if not self._is_loaded:
            return ""
        found: Found = await self._child.call(
            "recognise", str(self.path), samples, tuple(languages), True, patience=self.patience
        )
        heard = _believed(found, len(samples) / SAMPLE_RATE)
        return heard.text if isinstance(heard, Heard) else ""

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


@dataclass(frozen=True, slots=True)
class Doubted:
    """A segment with Whisper's own doubt about it; times in seconds."""

    start: float
    end: float
    text: str
    no_speech: float
    logprob: float
    compression: float


@dataclass(frozen=True, slots=True)
class Found:
    language: str
    segments: tuple[Doubted, ...]


def _believed(found: Found, seconds: float) -> Heard | Nothing:
    """What of it is words, by Whisper's own doubt; `seconds` is the utterance's length."""
    kept = [one for one in found.segments if not is_no_speech(one.no_speech, one.logprob, one.compression)]
    text = "".join(one.text for one in kept).strip()
    doubt = max((one.no_speech for one in kept), default=1.0)
    if not text or is_invented(text, doubt, seconds):
        return Nothing("no speech heard")
    return Heard(text, found.language, tuple(Segment(one.start, one.end, one.text.strip()) for one in kept))


class Checkpoint:
    """The child's half: it alone imports torch."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._model: Any = None
        self._path = ""

    def load(self, path: str) -> Iterator[float]:
        """Read a checkpoint in openai-whisper's own format, telling how far it is; raises ModelError for any other."""
        yield 0.0
        import torch
        import whisper

        yield 0.5
        device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._model = whisper.load_model(path, device=device)
        except Exception as error:
            reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'unreadable'}"
            fix = "download it again, or name a checkpoint in openai-whisper's format"
            raise ModelError(f"{Path(path).name} is no Whisper checkpoint", reason[:160], fix) from error
        self._path = path
        self._model.eval()
        for block in (*self._model.encoder.blocks, *self._model.decoder.blocks):
            block.register_forward_pre_hook(lambda *_: self._alive())
        yield 1.0

    def recognise(self, path: str, samples: Samples, languages: tuple[str, ...], once: bool = False) -> Found:
        """The words of an utterance, with Whisper's doubt about each segment; `once` makes do with the first try."""
        import whisper

        if self._path != path:  # the process that had loaded it was lost
            for _ in self.load(path):
                self._alive()
        language = self._language(samples, languages)
        result = whisper.transcribe(
            self._model,
            samples,
            language=language,
            temperature=TRIES[:1] if once else TRIES,
            condition_on_previous_text=False,
            fp16=self._model.device.type == "cuda",
            verbose=None,
        )
        segments = tuple(
            Doubted(
                float(one["start"]), float(one["end"]), str(one["text"]), float(one["no_speech_prob"]),
                float(one["avg_logprob"]), float(one["compression_ratio"]),
            )
            for one in result["segments"]
        )  # fmt: skip
        return Found(str(result["language"]), segments)

    def _language(self, samples: Samples, languages: tuple[str, ...]) -> str | None:
        """The likeliest of the person's languages: not a guess among ninety-nine on two seconds of sound."""
        import whisper

        if not self._model.is_multilingual:
            return "en"
        known = [language for language in languages if language in whisper.tokenizer.LANGUAGES]
        if len(known) < 2:
            return known[0] if known else None
        spectrogram = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples), self._model.dims.n_mels)
        _, likely = self._model.detect_language(spectrogram.to(self._model.device))
        return max(known, key=lambda language: float(likely.get(language, 0.0)))
