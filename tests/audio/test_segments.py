"""Long recordings in pieces: each sample of speech once, in its place, and never a long silence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from voicebot.audio.segments import BEFORE, LONGEST, Piece, speech_pieces
from voicebot.audio.vad import BLOCK, SAMPLE_RATE, Loudness
from voicebot.events import Samples


def pieces_of(samples: Samples, size: int = 4096) -> list[Piece]:
    blocks = (samples[start : start + size] for start in range(0, len(samples), size))
    return [piece for piece in speech_pieces(blocks, Loudness()) if piece is not None]


def speech(seconds: float) -> Samples:
    """A ramp: each sample is as loud as speech, and known by its value."""
    count = round(seconds * SAMPLE_RATE)
    return (0.1 + 0.8 * np.arange(count) / max(1, count)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)


def test_speech_is_found_where_it_is() -> None:
    sound = np.concatenate([silence(3.0), speech(2.0), silence(4.0), speech(1.0), silence(3.0)])
    first, second = pieces_of(sound)
    assert first.start == pytest.approx(3.0 - BEFORE, abs=0.07)
    assert second.start == pytest.approx(9.0 - BEFORE, abs=0.07)
    for piece, length in ((first, 2.0), (second, 1.0)):
        start = round(piece.start * SAMPLE_RATE)
        assert np.array_equal(piece.samples, sound[start : start + len(piece.samples)])
        assert np.count_nonzero(piece.samples) == length * SAMPLE_RATE


def test_speech_from_the_first_sample_to_the_last_is_whole() -> None:
    sound = speech(2.0)
    [piece] = pieces_of(sound)
    assert piece.start == 0.0
    assert np.array_equal(piece.samples[: len(sound)], sound)
    assert len(piece.samples) - len(sound) < BLOCK


@pytest.mark.parametrize("sound", [silence(0.0), silence(10.0), speech(0.1)], ids=["nothing", "silence", "a click"])
def test_no_speech_is_no_piece(sound: Samples) -> None:
    assert pieces_of(sound) == []


@pytest.mark.parametrize("seconds", [600.0, LONGEST, LONGEST + 0.04, LONGEST + 0.1, 2 * LONGEST + 0.032])
def test_continuous_speech_is_cut_without_losing_or_doubling_a_sample(seconds: float) -> None:
    sound = speech(seconds)
    pieces = pieces_of(sound)
    joined = np.concatenate([piece.samples for piece in pieces])
    assert np.array_equal(joined[: len(sound)], sound)
    assert not joined[len(sound) :].any()
    assert all(len(piece.samples) <= LONGEST * SAMPLE_RATE + BLOCK for piece in pieces)
    starts = np.cumsum([0, *(len(piece.samples) for piece in pieces[:-1])]) / SAMPLE_RATE
    assert [piece.start for piece in pieces] == pytest.approx(starts)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    parts=some.lists(some.tuples(some.floats(0.3, 3.0), some.floats(0.05, 2.0)), min_size=1, max_size=6),
    size=some.sampled_from((37, 512, 1000, 16_384)),
)
def test_all_speech_is_in_exactly_one_piece(parts: list[tuple[float, float]], size: int) -> None:
    """Whatever the pauses and the blocks: pieces do not overlap, are where they say, and hold every loud sample."""
    sound = np.concatenate([part for talk, pause in parts for part in (speech(talk), silence(pause))])
    covered = np.zeros(len(sound) + BLOCK, dtype=int)
    for piece in pieces_of(sound, size):
        start = round(piece.start * SAMPLE_RATE)
        stop = min(len(sound), start + len(piece.samples))
        assert np.array_equal(piece.samples[: stop - start], sound[start:stop])
        covered[start : start + len(piece.samples)] += 1
    assert covered.max() == 1
    assert (covered[: len(sound)][sound > 0] == 1).all()


def test_the_caller_may_breathe_after_every_block() -> None:
    sound = np.concatenate([silence(1.0), speech(1.0), silence(1.0)])
    given_back = list(speech_pieces(iter([sound]), Loudness()))
    assert len(given_back) >= len(sound) // BLOCK
    assert sum(piece is not None for piece in given_back) == 1
