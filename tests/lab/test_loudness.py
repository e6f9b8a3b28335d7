"""Loudness against the values that ITU-R BS.1770-4 and EBU Tech 3341 publish, and FFmpeg's own meter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sound.speech import flite
from voicebot.audio.files import read_sound
from voicebot.events import Samples
from voicebot.lab.loudness import clipped_share, loudness, measured, silences

RATE = 48_000
ONE_CHANNEL = 10 * np.log10(2)
"""dB: EBU's signals sound in two channels, which together are louder by so much than one."""


def sine(dbfs: float, seconds: float, hertz: float = 1000.0, rate: int = RATE) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_the_sine_of_bs_1770(rate: int) -> None:
    """Annex 1: 997 Hz at full scale in one channel reads -3.01 LKFS."""
    assert loudness(sine(0.0, 5.0, 997.0, rate), rate) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize(
    ("tones", "expected"),
    [
        ([(-23.0, 20.0)], -23.0),
        ([(-33.0, 20.0)], -33.0),
        ([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0),
        ([(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)], -23.0),
        ([(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], -23.0),
    ],
)
def test_the_tones_of_ebu_tech_3341(tones: list[tuple[float, float]], expected: float) -> None:
    """Its minimum requirements 1 to 5, within its tolerance of 0.1 LU."""
    signal = np.concatenate([sine(level + ONE_CHANNEL, seconds) for level, seconds in tones])
    assert loudness(signal, RATE) == pytest.approx(expected, abs=0.1)


def test_speech_reads_as_in_ffmpeg(tmp_path: Path) -> None:
    """FFmpeg's filter ebur128 at 48 kHz."""
    speech = read_sound(flite("The quick brown fox jumps over the lazy dog, twice a day.", tmp_path / "a.wav"), RATE)
    assert loudness(speech, RATE) == pytest.approx(by_ffmpeg(speech), abs=0.1)


def by_ffmpeg(samples: Samples) -> float:
    import av

    graph = av.filter.Graph()
    source = graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono", time_base=f"1/{RATE}")
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], "flt", "mono")
    frame.sample_rate, frame.pts = RATE, 0
    source.push(frame)
    source.push(None)
    read = float("nan")
    while True:
        try:
            read = float(sink.pull().metadata.get("lavfi.r128.I", read))  # type: ignore[union-attr]
        except (av.BlockingIOError, av.EOFError):
            return read


def test_what_is_too_short_or_silent_has_no_loudness() -> None:
    assert loudness(sine(-20.0, 0.39), RATE) is None
    assert loudness(sine(-20.0, 0.41), RATE) is not None
    assert loudness(np.zeros(RATE, dtype=np.float32), RATE) is None
    assert loudness(np.zeros(0, dtype=np.float32), RATE) is None


def test_clipping_is_told_from_a_clean_peak() -> None:
    assert clipped_share(sine(-0.1, 1.0)) == 0.0
    # above 1, a sine of amplitude 2 spends (pi - 2 asin(1/2)) / pi = 2/3 of its time
    assert clipped_share(np.clip(sine(20 * np.log10(2), 1.0), -1.0, 1.0)) == pytest.approx(2 / 3, abs=0.05)
    single = np.zeros(100, dtype=np.float32)
    single[[10, 50]] = 1.0
    assert clipped_share(single) == 0.0


def test_silence_before_inside_and_after() -> None:
    def quiet(seconds: float) -> Samples:
        return np.zeros(round(seconds * RATE), dtype=np.float32)

    tone = sine(-20.0, 0.5)
    sound = np.concatenate([quiet(0.3), tone, quiet(0.1), tone, quiet(0.6), tone, quiet(0.25)])
    assert silences(sound, RATE) == pytest.approx((0.3, 0.25, 0.6), abs=0.021)
    assert silences(quiet(1.0), RATE) == (1.0, 0.0, 0.0)
    assert silences(quiet(0.0), RATE) == (0.0, 0.0, 0.0)


def test_all_figures_of_a_sound() -> None:
    figures = measured(sine(-6.0, 1.0), RATE)
    assert figures.duration == 1.0
    assert figures.peak == pytest.approx(-6.0, abs=0.01)
    assert figures.lufs == pytest.approx(-9.0, abs=0.1)
    assert measured(np.zeros(0, dtype=np.float32), 16_000).peak is None
