"""Rates and formats of samples: nothing lost, nothing added, and no seam."""

from __future__ import annotations

import numpy as np
import pytest

from voicebot.audio.resampling import Decimator, dbfs, from_pcm16, resample, resample_stream, to_pcm16
from voicebot.events import Samples


def tone(rate: int, seconds: float = 2.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.parametrize("rates", [(24_000, 48_000), (22_050, 16_000), (44_100, 16_000), (8_000, 16_000)])
def test_a_tone_stays_the_tone(rates: tuple[int, int]) -> None:
    before, after = rates
    converted = resample(tone(before), before, after)
    assert converted.dtype == np.float32
    assert len(converted) == pytest.approx(2.0 * after, abs=2)
    middle = slice(after // 2, -after // 2)
    assert np.abs(converted[middle] - tone(after)[: len(converted)][middle]).max() < 0.01


@pytest.mark.parametrize("size", [1, 100, 960, 4096, 100_000])
def test_a_stream_of_blocks_is_the_whole_without_a_seam(size: int) -> None:
    sound = tone(22_050)
    blocks = (sound[start : start + size] for start in range(0, len(sound), size))
    streamed = np.concatenate(list(resample_stream(blocks, 22_050, 16_000)))
    whole = resample(sound, 22_050, 16_000)
    assert abs(len(streamed) - len(whole)) <= 1
    assert np.abs(streamed[: len(whole)] - whole[: len(streamed)]).max() < 1e-3


@pytest.mark.parametrize("size", [1, 100, 480, 1000])
def test_a_third_of_the_rate_is_a_millisecond_late_and_has_no_seam(size: int) -> None:
    sound = tone(48_000)
    decimator = Decimator()
    thinned = np.concatenate([decimator.feed(sound[start : start + size]) for start in range(0, len(sound), size)])
    assert thinned.dtype == np.float32
    assert len(thinned) == len(sound) // 3
    delay = 47  # samples at 48 kHz: half of the filter
    times = (3 * np.arange(len(thinned)) - delay) / 48_000
    expected = 0.5 * np.sin(2 * np.pi * 440 * times)
    assert np.abs(thinned[100:] - expected[100:]).max() < 1e-3


@pytest.mark.parametrize(
    ("hertz", "least", "most"), [(300, -0.2, 0.2), (6800, -0.2, 0.2), (9000, -120, -55), (14_000, -120, -55)]
)
def test_what_is_too_high_for_a_third_of_the_rate_does_not_come_back_lower(
    hertz: int, least: float, most: float
) -> None:
    sound = np.sin(2 * np.pi * hertz * np.arange(48_000) / 48_000).astype(np.float32)
    assert least <= dbfs(Decimator().feed(sound)[100:]) - dbfs(sound) <= most


def test_the_same_rate_and_no_sound_stay_as_they_are() -> None:
    sound = tone(16_000)
    assert resample(sound, 16_000, 16_000) is sound
    assert len(resample(sound[:0], 16_000, 48_000)) == 0
    assert list(resample_stream(iter([sound]), 16_000, 16_000)) == [sound]


def test_pcm_is_clipped_and_comes_back() -> None:
    samples = np.array([0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0], dtype=np.float32)
    assert np.allclose(from_pcm16(to_pcm16(samples)), np.clip(samples, -1, 1), atol=1e-4)


@pytest.mark.parametrize(
    ("samples", "level"),
    [([0.0] * 512, -120.0), ([], -120.0), ([1.0] * 512, 0.0), ([0.1, -0.1] * 256, -20.0), ([1e-3] * 9, -60.0)],
)
def test_levels_are_of_full_scale(samples: list[float], level: float) -> None:
    assert dbfs(np.array(samples, dtype=np.float32)) == pytest.approx(level, abs=0.01)
