"""Voice activity: hysteresis, short sounds, and a detector that nothing can spoil for good."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from voicebot.audio.vad import (
    BLOCK,
    BLOCK_SECONDS,
    SAMPLE_RATE,
    Edge,
    Loudness,
    Silero,
    Thresholds,
    VoiceActivity,
    why_no_speech,
)
from voicebot.events import Samples

QUIET = np.zeros(BLOCK, dtype=np.float32)


class Script:
    """Probabilities, one each block."""

    def __init__(self, probabilities: Iterable[float]) -> None:
        self.rest = iter(probabilities)

    def __call__(self, block: Samples) -> float:
        return next(self.rest)


def edges(probabilities: list[float], thresholds: Thresholds | None = None) -> list[tuple[int, Edge]]:
    activity = VoiceActivity(Script(probabilities), thresholds or Thresholds())
    changed = [(number, activity.feed(QUIET)) for number in range(len(probabilities))]
    return [(number, edge) for number, edge in changed if edge is not Edge.NONE]


def test_speech_starts_after_its_least_length_and_ends_after_its_silence() -> None:
    assert edges([0.9] * 10 + [0.0] * 30) == [(1, Edge.STARTED), (27, Edge.ENDED)]


def test_one_loud_block_is_no_speech() -> None:
    assert edges([0.0, 0.9, 0.0, 0.9, 0.0]) == []


def test_between_off_and_on_it_stays_as_it_is() -> None:
    """0.4 begins no speech, and ends none."""
    assert edges([0.4] * 50) == []
    assert edges([0.9] * 3 + [0.4] * 100) == [(1, Edge.STARTED)]
    assert edges([0.9] * 3 + [0.34] * 100)[-1] == (20, Edge.ENDED)


def test_a_pause_that_is_short_enough_ends_nothing() -> None:
    assert edges(([0.9] * 5 + [0.0] * 17) * 5) == [(1, Edge.STARTED)]


def test_the_times_are_the_persons_own() -> None:
    thresholds = Thresholds(on=0.8, off=0.2, min_speech=0.3, min_silence=1.0)
    probabilities = [0.7] * 5 + [0.85] * 10 + [0.3] * 40 + [0.1] * 40
    assert edges(probabilities, thresholds) == [(14, Edge.STARTED), (86, Edge.ENDED)]


def test_runs_and_silences_are_counted_in_seconds() -> None:
    activity = VoiceActivity(Script([0.9] * 3 + [0.0] * 2), Thresholds())
    seen = []
    for _ in range(5):
        activity.feed(QUIET)
        seen.append((activity.run, activity.silence))
    blocks_of = [(1, 0), (2, 0), (3, 0), (0, 1), (0, 2)]
    assert seen == [pytest.approx((run * BLOCK_SECONDS, silence * BLOCK_SECONDS)) for run, silence in blocks_of]


@pytest.mark.parametrize(
    ("probabilities", "reason"),
    [
        ([], "no speech heard"),
        ([0.4] * 100, "no speech heard"),
        ([0.9] * 4, "only noise heard"),
        ([0.9] * 6, None),
        ([0.55] * 50, "only noise heard"),
        ([0.0] * 50 + [0.95] * 8, None),
    ],
)
def test_short_or_doubtful_sounds_are_no_speech(probabilities: list[float], reason: str | None) -> None:
    assert why_no_speech(probabilities) == reason


# -- Silero itself ----------------------------------------------------------------------------------------------------


def blocks(samples: Samples) -> Samples:
    return samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)


def vowels(seconds: float) -> Samples:
    """Something that Silero takes for a voice: a buzz of 120 Hz through two formants that move."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 2 * np.pi * np.cumsum(120 + 15 * np.sin(2 * np.pi * 3 * times)) / SAMPLE_RATE
    sound = np.zeros(len(times))
    for harmonic in range(1, 30):
        hertz = 120 * harmonic
        first, second = 500 + 250 * np.sin(2 * np.pi * 2 * times), 1500 + 500 * np.sin(2 * np.pi * 1.3 * times)
        gain = np.exp(-(((hertz - first) / 120) ** 2)) + 0.5 * np.exp(-(((hertz - second) / 160) ** 2))
        sound += gain * np.sin(harmonic * pitch)
    syllables = np.clip(np.sin(2 * np.pi * 4 * times) + 0.6, 0, 1)
    return (0.2 * sound * syllables).astype(np.float32)


def noise(seconds: float, level: float = 0.003) -> Samples:
    return (np.random.default_rng(0).standard_normal(round(seconds * SAMPLE_RATE)) * level).astype(np.float32)


def probabilities_of(silero: Silero, samples: Samples) -> list[float]:
    return [silero(block) for block in blocks(samples)]


def test_silero_hears_a_voice_and_no_fan() -> None:
    silero = Silero()
    assert max(probabilities_of(silero, noise(3.0))) < 0.5
    voiced = probabilities_of(silero, vowels(2.0))
    assert sum(probability > 0.5 for probability in voiced) > len(voiced) / 2


def test_silence_is_not_shown_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs 4 % of a core all the time otherwise."""
    silero = Silero()
    probabilities_of(silero, noise(2.0, 0.0005))
    shown = []
    monkeypatch.setattr(silero, "_detector", type("Counting", (), {"process_samples": lambda _, s: shown.append(s)})())
    quiet = probabilities_of(silero, noise(5.0, 0.0005))
    assert quiet == [0.0] * len(quiet)
    assert len(shown) == 0


def test_a_fan_that_starts_is_noise_after_a_while() -> None:
    """The floor follows: after a minute of a louder noise it is not examined any more."""
    silero = Silero()
    probabilities_of(silero, noise(1.0, 0.0005))
    probabilities_of(silero, noise(40.0, 0.005))
    assert max(probabilities_of(silero, noise(3.0, 0.005))) == 0.0


def test_loudness_stands_in_where_silero_cannot_run() -> None:
    loudness = Loudness(-40.0)
    assert (loudness(QUIET), loudness(QUIET + np.float32(0.1))) == (0.0, 1.0)
