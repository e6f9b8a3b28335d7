"""What the model card says, on fewer clips: the words are right, through Whisper and through faster-whisper."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import whisper

from tests.checkpoint import CARD, CHECKPOINT
from tests.checkpoint.convert import convert
from tests.checkpoint.evaluation import (
    Hears,
    Samples,
    examples,
    letter_error_rate,
    noises,
    through_whisper,
    with_noise,
    word_error_rate,
)
from tests.checkpoint.phrases import draw, is_held_out
from tests.checkpoint.voices import NEVER_HEARD

pytestmark = [  # openai-whisper leaves its word lists open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CLIPS = 40


@pytest.fixture(scope="module")
def model() -> Any:
    return whisper.load_model(str(CHECKPOINT), device="cpu")


@pytest.fixture(scope="module")
def hear(model: Any) -> Hears:
    return through_whisper(model)


@cache
def held_out() -> tuple[Any, ...]:
    return tuple(examples(CLIPS, seed=7))


def test_held_out_phrases(hear: Hears) -> None:
    assert word_error_rate(hear, held_out()) <= 0.08


def test_held_out_phrases_without_timestamps(model: Any) -> None:
    assert word_error_rate(through_whisper(model, without_timestamps=True), held_out()) <= 0.08


def test_held_out_phrases_in_noise(hear: Hears) -> None:
    assert word_error_rate(hear, [with_noise(clip, 15.0, seed) for seed, clip in enumerate(held_out())]) <= 0.12


@pytest.mark.parametrize("voice", NEVER_HEARD)
def test_a_voice_it_never_heard(hear: Hears, voice: str) -> None:
    """flite's awb says "how" in a way that no trained voice does: questions that begin with it go wrong."""
    limit = 0.35 if voice == "flite:awb" else 0.12
    assert word_error_rate(hear, examples(CLIPS, voice, NEVER_HEARD[voice], seed=7)) <= limit


def test_korean_commands(hear: Hears) -> None:
    assert letter_error_rate(hear, examples(20, language="ko", seed=7)) <= 0.15


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_language_is_heard(model: Any, language: str) -> None:
    for clip in examples(10, language=language, seed=8):
        spectrogram = whisper.log_mel_spectrogram(whisper.pad_or_trim(clip.samples))
        _, likely = model.detect_language(spectrogram)
        assert max(("en", "ko"), key=likely.__getitem__) == language, clip.phrase


def test_silence_and_noise_have_no_words(hear: Hears) -> None:
    given = [text for text in (hear(samples, "en") for samples in noises()[::4]) if text]
    assert not given


def test_faster_whisper_hears_the_same(model: Any, tmp_path: Path) -> None:
    from faster_whisper import WhisperModel

    fast = WhisperModel(str(convert(CHECKPOINT, tmp_path)), device="cpu", compute_type="float32", local_files_only=True)

    def through_faster(samples: Samples, language: str) -> str:
        segments, _ = fast.transcribe(samples, language=language, beam_size=1, condition_on_previous_text=False)
        return "".join(segment.text for segment in segments).strip()

    plain = through_whisper(model, temperature=0.0)
    same = [through_faster(clip.samples, "en") == plain(clip.samples, "en") for clip in held_out()]
    assert np.mean(same) >= 0.95
    assert word_error_rate(through_faster, held_out()) <= 0.08


def test_the_training_never_saw_what_is_held_out() -> None:
    import random

    chance = random.Random(3)
    trained = {draw(chance, held_out=False).text for _ in range(3000)}
    assert not [text for text in trained if is_held_out(text)]
    assert all(is_held_out(clip.phrase.text) for clip in held_out())


def test_the_card_tells_figures_and_limits() -> None:
    card = CARD.read_text(encoding="utf-8")
    assert "What it is not" in card
    assert card.count("%") >= 9
