"""An utterance of two to five seconds through Whisper: ours, and `whisper.transcribe` with its defaults.

Held-out phrases of the tests' own checkpoint, English and Korean; the two take turns, each first at every other clip.
`words_changed` is the word error rate of ours against theirs, the error rates are against what was said.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.bench.__main__ import CannotRun
from voicebot.events import Samples
from voicebot.stt.base import SAMPLE_RATE
from voicebot.stt.whisper_checkpoint import Checkpoint

DRAWN = {"en": 130, "ko": 40}
LANGUAGES = ("en", "ko")
SHORTEST, LONGEST = 2.0, 5.0

Hears = Callable[[Samples], str]


@dataclass(slots=True)
class Heard:
    """One recogniser's answers to the clips, in their order."""

    hear: Hears
    seconds: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def take(self, samples: Samples) -> None:
        began = time.perf_counter()
        text = self.hear(samples)
        self.seconds.append(time.perf_counter() - began)
        self.texts.append(text)


def measure() -> dict[str, float]:
    if missing := [program for program in ("flite", "espeak-ng") if shutil.which(program) is None]:
        raise CannotRun(f"{', '.join(missing)} not installed")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # for both: torch reads it when it is imported
    from tests.checkpoint.evaluation import examples

    drawn = [clip for language, count in DRAWN.items() for clip in examples(count, language=language, seed=21)]
    clips = [clip for clip in drawn if SHORTEST <= len(clip.samples) / SAMPLE_RATE <= LONGEST]
    ours, theirs = (Heard(hear) for hear in _recognisers())
    for recogniser in (ours, theirs):
        recogniser.hear(clips[0].samples)  # the first time is slower
    for number, clip in enumerate(clips):
        for recogniser in (ours, theirs) if number % 2 else (theirs, ours):
            recogniser.take(clip.samples)
    said = [clip.phrase.text for clip in clips]
    return {
        "stt.short_clips": float(len(clips)),
        "stt.short_clip_speedup": median(theirs.seconds) / median(ours.seconds),
        "stt.short_clip_ms_p50": 1000 * median(ours.seconds),
        "stt.openai_whisper_short_clip_ms_p50": 1000 * median(theirs.seconds),
        "stt.short_clip_words_changed": _errors(theirs.texts, ours.texts),
        "stt.short_clip_word_error_rate": _errors(said, ours.texts),
        "stt.openai_whisper_short_clip_word_error_rate": _errors(said, theirs.texts),
    }


def _recognisers() -> tuple[Hears, Hears]:
    import whisper

    from tests.checkpoint import CHECKPOINT

    checkpoint = Checkpoint(lambda: None)
    for _ in checkpoint.load(str(CHECKPOINT)):
        pass
    model: Any = whisper.load_model(str(CHECKPOINT))

    def ours(samples: Samples) -> str:
        found = checkpoint.recognise(str(CHECKPOINT), samples, LANGUAGES)
        return "".join(one.text for one in found.segments).strip()

    def theirs(samples: Samples) -> str:
        return str(whisper.transcribe(model, samples, fp16=model.device.type == "cuda")["text"]).strip()

    return ours, theirs


def _errors(said: Sequence[str], heard: Sequence[str]) -> float:
    """The word error rate after Whisper's own plain normaliser."""
    import jiwer
    from whisper.normalizers import BasicTextNormalizer

    normal = BasicTextNormalizer()
    return float(jiwer.wer([normal(text) for text in said], [normal(text) for text in heard]))
