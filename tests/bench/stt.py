"""An utterance of two to five seconds through four recognisers on the same weights, side by side.

They are this program's `whisper` and `faster-whisper`, and the libraries as their users call them: openai-whisper's
`load_model` and `transcribe`, and faster-whisper's `WhisperModel` and `transcribe`, each with its defaults. Held-out
phrases of the tests' own checkpoint, English and Korean; the four take turns, each first at every fourth clip.
`words_changed` is the word error rate of this program's words against the library's, the error rates are against what
was said.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.__main__ import CannotRun
from voicebot.events import Samples
from voicebot.stt import faster_whisper_checkpoint, whisper_checkpoint
from voicebot.stt.base import SAMPLE_RATE

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

    @property
    def p50(self) -> float:
        return median(self.seconds)


def measure() -> dict[str, float]:
    if missing := [program for program in ("flite", "espeak-ng") if shutil.which(program) is None]:
        raise CannotRun(f"{', '.join(missing)} not installed")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # for all: torch reads it when it is imported
    from tests.checkpoint.evaluation import examples

    drawn = [clip for language, count in DRAWN.items() for clip in examples(count, language=language, seed=21)]
    clips = [clip for clip in drawn if SHORTEST <= len(clip.samples) / SAMPLE_RATE <= LONGEST]
    with tempfile.TemporaryDirectory() as folder:
        recognisers = [Heard(hear) for hear in _recognisers(Path(folder))]
    for recogniser in recognisers:
        recogniser.hear(clips[0].samples)  # the first time is slower
    for number, clip in enumerate(clips):
        first = number % len(recognisers)
        for recogniser in recognisers[first:] + recognisers[:first]:
            recogniser.take(clip.samples)
    return {"stt.short_clips": float(len(clips))} | _figures([clip.phrase.text for clip in clips], *recognisers)


def _figures(
    said: Sequence[str], ours: Heard, theirs: Heard, our_faster: Heard, their_faster: Heard
) -> dict[str, float]:
    return {
        "stt.short_clip_speedup": theirs.p50 / ours.p50,
        "stt.short_clip_ms_p50": 1000 * ours.p50,
        "stt.openai_whisper_short_clip_ms_p50": 1000 * theirs.p50,
        "stt.short_clip_words_changed": _errors(theirs.texts, ours.texts),
        "stt.short_clip_word_error_rate": _errors(said, ours.texts),
        "stt.openai_whisper_short_clip_word_error_rate": _errors(said, theirs.texts),
        "stt.faster.short_clip_speedup": theirs.p50 / our_faster.p50,
        "stt.faster.short_clip_speedup_over_its_library": their_faster.p50 / our_faster.p50,
        "stt.faster.short_clip_ms_p50": 1000 * our_faster.p50,
        "stt.faster_whisper_short_clip_ms_p50": 1000 * their_faster.p50,
        "stt.faster.short_clip_words_changed": _errors(their_faster.texts, our_faster.texts),
        "stt.faster.short_clip_word_error_rate": _errors(said, our_faster.texts),
        "stt.faster_whisper_short_clip_word_error_rate": _errors(said, their_faster.texts),
    }


def _recognisers(folder: Path) -> tuple[Hears, Hears, Hears, Hears]:
    """Whisper and faster-whisper, each ours first; all loaded when this returns."""
    import faster_whisper
    import whisper

    from tests.checkpoint import CHECKPOINT
    from tests.checkpoint.convert import convert

    converted = str(convert(CHECKPOINT, folder))
    model: Any = whisper.load_model(str(CHECKPOINT))
    faster: Any = faster_whisper.WhisperModel(converted)

    def theirs(samples: Samples) -> str:
        return str(whisper.transcribe(model, samples, fp16=model.device.type == "cuda")["text"]).strip()

    def their_faster(samples: Samples) -> str:
        segments, _ = faster.transcribe(samples)
        return "".join(one.text for one in segments).strip()

    return (
        _ours(whisper_checkpoint.Checkpoint(lambda: None), str(CHECKPOINT)),
        theirs,
        _ours(faster_whisper_checkpoint.Checkpoint(lambda: None), converted),
        their_faster,
    )


def _ours(checkpoint: Any, path: str) -> Hears:
    for _ in checkpoint.load(path):
        pass

    def hear(samples: Samples) -> str:
        found = checkpoint.recognise(path, samples, LANGUAGES)
        return "".join(one.text for one in found.segments).strip()

    return hear


def _errors(said: Sequence[str], heard: Sequence[str]) -> float:
    """The word error rate after Whisper's own plain normaliser."""
    import jiwer
    from whisper.normalizers import BasicTextNormalizer

    normal = BasicTextNormalizer()
    return float(jiwer.wer([normal(text) for text in said], [normal(text) for text in heard]))
