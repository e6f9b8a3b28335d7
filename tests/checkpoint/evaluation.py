"""What the checkpoint hears through `whisper.transcribe`: held-out phrases, voices it never heard, noise, Korean."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import whisper
from numpy.typing import NDArray
from tqdm import tqdm
from whisper.normalizers import BasicTextNormalizer, EnglishTextNormalizer

from tests.checkpoint.phrases import Phrase, draw
from tests.checkpoint.voices import NEVER_HEARD, RATE, Delivery, any_delivery, speak
from tests.noises import KINDS, noise

Samples = NDArray[np.float32]
Hears = Callable[[Samples, str], str]
"""A recogniser: samples at 16 kHz and a language in, text out."""


@dataclass(frozen=True, slots=True)
class Example:
    samples: Samples
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Score:
    """An error rate (words in English, letters in Korean) over `clips`, or the share of noises given any words."""

    name: str
    clips: int
    rate: float


def examples(count: int, voice: str | None = None, language: str = "en", seed: int = 1) -> list[Example]:
    """Held-out phrases in any trained voice, or all in one; half a second of silence before each and 0.3 s after."""
    chance = random.Random(f"{seed} {voice} {language}")
    return [example(chance, voice, language) for _ in range(count)]


def example(chance: random.Random, voice: str | None, language: str) -> Example:
    phrase = draw(chance, held_out=language == "en", language=language)
    delivery = any_delivery(chance, language) if voice is None else Delivery(voice)
    spoken = speak(phrase, delivery).astype(np.float32) / 32768 * 0.3
    quiet = np.zeros(round(0.5 * RATE), np.float32)
    return Example(np.concatenate([quiet, spoken, quiet[: round(0.3 * RATE)]]), phrase)


def with_noise(clip: Example, below: float, seed: int) -> Example:
    """The clip with a fan at `below` dB under it."""
    level = 10 * np.log10(np.mean(clip.samples[round(0.5 * RATE) :] ** 2)) - below
    fan = noise("fan", len(clip.samples) / RATE + 0.1, level, seed)[: len(clip.samples)]
    return replace(clip, samples=clip.samples + fan)


def noises() -> list[Samples]:
    """Silence, and every kind of noise at three levels, 4 s each, in seeds that no training heard."""
    made = [noise(kind, 4.0, level, seed=900 + place) for kind in KINDS for place, level in enumerate((-50, -30, -15))]
    return [np.zeros(4 * RATE, np.float32), *made]


def through_whisper(model: Any, **options: Any) -> Hears:
    def hear(samples: Samples, language: str) -> str:
        plain = {"language": language, "condition_on_previous_text": False, "fp16": False, **options}
        return str(whisper.transcribe(model, samples, **plain)["text"]).strip()

    return hear


def word_error_rate(hear: Hears, clips: Sequence[Example]) -> float:
    normal = EnglishTextNormalizer()
    heard = [normal(hear(clip.samples, "en")) for clip in clips]
    return float(jiwer.wer([normal(clip.phrase.text) for clip in clips], heard))


def letter_error_rate(hear: Hears, clips: Sequence[Example]) -> float:
    normal = BasicTextNormalizer()
    heard = [normal(hear(clip.samples, "ko")) for clip in clips]
    return float(jiwer.cer([normal(clip.phrase.text) for clip in clips], heard))


def evaluate(checkpoint: Path, count: int = 200) -> list[Score]:
    """Every figure of the model card. Minutes: each clip is a whole window of thirty seconds to Whisper."""
    model = whisper.load_model(str(checkpoint), device="cpu")
    hear, untimed = through_whisper(model), through_whisper(model, without_timestamps=True)
    held_out, korean = examples(count), examples(count // 4, language="ko")
    noisy = [with_noise(clip, 15.0, seed) for seed, clip in enumerate(held_out)]
    rates: list[tuple[str, Sequence[Any], Callable[[Sequence[Any]], float]]] = [
        ("held-out phrases", held_out, lambda clips: word_error_rate(hear, clips)),
        ("held-out phrases, without timestamps", held_out, lambda clips: word_error_rate(untimed, clips)),
        ("held-out phrases, a fan at 15 dB", noisy, lambda clips: word_error_rate(hear, clips)),
        ("Korean commands (letters)", korean, lambda clips: letter_error_rate(hear, clips)),
        ("words in silence and noise", noises()[:count], lambda clips: _given_words(hear, clips)),
        ("the same, without timestamps", noises()[:count], lambda clips: _given_words(untimed, clips)),
    ]
    for voice, language in NEVER_HEARD.items():
        clips = examples(count // 2, voice, language)
        rates.append((f"a voice never heard, {voice}", clips, lambda clips: word_error_rate(hear, clips)))
    return [Score(name, len(clips), rate(clips)) for name, clips, rate in tqdm(rates, desc="evaluating")]


def _given_words(hear: Hears, clips: Sequence[Samples]) -> float:
    return sum(bool(hear(samples, "en")) for samples in clips) / len(clips)
