"""The thinned window: every frame counts, the words are those of the whole window, and what is doubtful goes there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import whisper

from tests.checkpoint import CHECKPOINT
from tests.checkpoint.evaluation import Example, examples
from tests.noises import noise
from voicebot.events import Samples
from voicebot.stt.base import SAMPLE_RATE
from voicebot.stt.whisper_checkpoint import Checkpoint
from voicebot.stt.whisper_decoder import CachedDecoder
from voicebot.stt.whisper_tokens import Found, timed, words
from voicebot.stt.whisper_vocabulary import Vocabulary
from voicebot.stt.whisper_window import DRAWN, SAMPLES_A_FRAME, encoded, places

pytestmark = [  # openai-whisper leaves its word lists open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PATH = str(CHECKPOINT)
BOTH = ("en", "ko")


class Counting(Checkpoint):
    """Counts what the whole window had to be used for."""

    at_length = 0

    def _at_length(self, samples: Samples, languages: tuple[str, ...]) -> Found:
        self.at_length += 1
        return super()._at_length(samples, languages)


@pytest.fixture(scope="module")
def loaded() -> Iterator[Counting]:
    """On one thread: torch was imported without being told how to wait."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    checkpoint = Counting(lambda: None)
    assert list(checkpoint.load(PATH))[-1] == 1.0
    yield checkpoint
    torch.set_num_threads(threads)


@pytest.fixture
def checkpoint(loaded: Counting) -> Counting:
    loaded.at_length = 0
    return loaded


@cache
def spoken() -> tuple[Example, ...]:
    return (*examples(8, seed=31), *examples(4, language="ko", seed=31))


def text(found: Found) -> str:
    return "".join(one.text for one in found.segments).strip()


@pytest.mark.parametrize("kept", [0, 3, 100, 249, 1400, 1460, 1499, 1500])
def test_every_frame_of_the_window_counts_once(kept: int) -> None:
    chosen = places(kept, 1500)
    assert sum(chosen.weights) == 1500
    assert list(chosen.numbers) == sorted(set(chosen.numbers))
    assert chosen.numbers[:kept] == tuple(range(kept))
    assert all(number < 1500 for number in chosen.numbers)
    assert len(chosen.numbers) == min(1500, kept + DRAWN)


def test_the_sound_is_encoded_as_in_the_whole_window(checkpoint: Counting) -> None:
    import torch

    model = checkpoint._model
    samples = spoken()[0].samples
    with torch.inference_mode():
        window = encoded(model, samples, lambda: None)
        spectrogram = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples), model.dims.n_mels)
        whole = model.encoder(spectrogram[None])
    frames = len(samples) // SAMPLES_A_FRAME
    assert window.frames.shape[1] < whole.shape[1] / 4
    alike = torch.cosine_similarity(window.frames[0, :frames], whole[0, :frames], dim=1)
    assert float(alike.min()) > 0.98


def test_a_window_without_silence_is_decoded_as_openai_whisper_does(checkpoint: Counting) -> None:
    """Every place is computed, so that nothing is estimated: the same logits, in one step or in many."""
    import torch

    model = checkpoint._model
    samples = np.concatenate([one.samples for one in spoken()] * 2)[: 30 * SAMPLE_RATE]
    assert len(samples) == 30 * SAMPLE_RATE
    tokens = torch.tensor([[50258, 50259, 50359, 50364, 440]])
    with torch.inference_mode():
        window = encoded(model, samples, lambda: None)
        spectrogram = whisper.log_mel_spectrogram(samples, model.dims.n_mels)
        expected = model.logits(tokens, model.encoder(spectrogram[None]))[0, -1]
        decoder = CachedDecoder(model, Vocabulary(model.decoder.token_embedding.weight), window, lambda: None)
        decoder.logits(tokens[:, :3], window.frames)
        decoder.logits(tokens[:, :4], window.frames)
        stepped = decoder.logits(tokens, window.frames)[0, -1]
    assert float((stepped - expected).abs().max()) < 0.05


def test_the_words_and_languages_are_those_of_the_whole_window(checkpoint: Counting) -> None:
    for clip in spoken():
        found = checkpoint.recognise(PATH, clip.samples, BOTH)
        assert found.language == clip.phrase.language
        result = whisper.transcribe(checkpoint._model, clip.samples, language=found.language, fp16=False)
        assert text(found) == result["text"].strip()
    assert checkpoint.at_length == 0


@pytest.mark.parametrize("kind", ["silence", "fan", "piano"])
def test_only_the_whole_window_finds_that_nothing_was_said(checkpoint: Counting, kind: str) -> None:
    assert text(checkpoint.recognise(PATH, noise(kind, 3.0, -30.0, seed=77), BOTH)) == ""
    assert checkpoint.at_length == 1


DOUBTS: dict[str, dict[str, Any]] = {
    "improbable": {"avg_logprob": -1.1},
    "in circles": {"compression_ratio": 2.5},
    "broken off": {"tokens": [50364, 440]},
    "behind the sound's end": {"tokens": [50364, 440, 51864]},
    "endless": {"tokens": [50364, *[440] * 200, 50400]},
}


@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=DOUBTS)
def test_what_is_doubtful_goes_to_the_whole_window(
    checkpoint: Counting, monkeypatch: pytest.MonkeyPatch, doubt: dict[str, Any]
) -> None:
    from whisper.decoding import DecodingTask

    clip, run = spoken()[0], DecodingTask.run
    with monkeypatch.context() as patch:
        patch.setattr(DecodingTask, "run", lambda task, frames: [replace(run(task, frames)[0], **doubt)])
        assert checkpoint._in_short(clip.samples, BOTH) is None
    monkeypatch.setattr(checkpoint, "_in_short", lambda samples, languages: None)
    assert text(checkpoint.recognise(PATH, clip.samples, BOTH)) == clip.phrase.text
    assert checkpoint.at_length == 1


def test_fixed_words_are_not_decoded_again(checkpoint: Counting) -> None:
    clip = spoken()[0]
    whole = checkpoint.glimpse(PATH, clip.samples, ("en",), ())
    fixed = tuple(token for word in whole.words[:2] for token in word.tokens)
    rest = checkpoint.glimpse(PATH, clip.samples, ("en",), fixed)
    assert rest.words == whole.words[2:]
    every = tuple(token for word in whole.words for token in word.tokens)
    assert checkpoint.glimpse(PATH, clip.samples, ("en",), every).words == ()


def test_more_than_thirty_seconds_are_heard_piece_by_piece(
    checkpoint: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pieces = Found("en", ())
    monkeypatch.setattr(checkpoint, "_at_length", lambda samples, languages: in_pieces)
    samples = np.concatenate([clip.samples for clip in spoken()] * 2)[: 31 * SAMPLE_RATE]
    assert checkpoint.recognise(PATH, samples, ("en",)) is in_pieces


def test_words_have_their_marks_and_segments_their_times() -> None:
    tokenizer = whisper.tokenizer.get_tokenizer(True)
    tokens = tokenizer.encode(" Well, what time is it?")
    assert [word.text for word in words(tokenizer, tokens)] == [" Well,", " what", " time", " is", " it?"]
    assert [token for word in words(tokenizer, tokens) for token in word.tokens] == tokens
    first = tokenizer.timestamp_begin
    two = [first + 25, *tokens, first + 100, first + 150, *tokens, first + 200]
    segments = timed(tokenizer, two)
    assert segments is not None
    assert [(one.start, one.end) for one in segments] == [(0.5, 2.0), (3.0, 4.0)]
    assert timed(tokenizer, two[:-1]) is None
    assert timed(tokenizer, [*two, first + 210]) is None
