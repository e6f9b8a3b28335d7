"""Each stress does to sound what it says, in decibels and hertz; the same seed gives the same samples."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from tests.noises import noise
from voicebot.audio.files import write_sound
from voicebot.errors import AudioError, UsageError
from voicebot.events import Samples
from voicebot.lab.stress import applied, mu_law, split

RATE = 16_000


def tone(hertz: float, seconds: float = 1.0, amplitude: float = 0.3) -> Samples:
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def decibels(over: Samples, under: Samples) -> float:
    return float(10 * np.log10(np.mean(over.astype(np.float64) ** 2) / np.mean(under.astype(np.float64) ** 2)))


@pytest.fixture
def cafe(tmp_path: Path) -> Path:
    file = tmp_path / "cafe.wav"
    write_sound(file, noise("fan", 0.7, -30.0, seed=1), RATE)
    return file


@pytest.mark.parametrize("ratio", [20, 5, 0])
@pytest.mark.parametrize("colour", ["", "white:", "pink:", "file"])
def test_noise_has_the_ratio_that_was_asked_for(colour: str, ratio: int, cafe: Path) -> None:
    speech = np.pad(tone(500, amplitude=0.1), (RATE, RATE))  # the pauses do not count
    made = applied(f"noise:{f'{cafe}:' if colour == 'file' else colour}{ratio}", speech, "seed")
    assert decibels(speech[RATE : 2 * RATE], made - speech) == pytest.approx(ratio, abs=0.2)


def test_pink_falls_by_three_decibels_an_octave() -> None:
    made = applied("noise:pink:0", tone(500, 8.0, 0.05), "seed") - tone(500, 8.0, 0.05)
    power = np.abs(np.fft.rfft(made)) ** 2
    hertz = np.fft.rfftfreq(len(made), 1 / RATE)
    low, high = (power[(hertz >= f) & (hertz < 1.5 * f)].mean() for f in (800, 1600))
    assert 10 * np.log10(low / high) == pytest.approx(3.0, abs=0.5)


def test_loud_noise_is_not_clipped() -> None:
    made = applied("noise:0", tone(500, amplitude=1.0), "seed")
    assert np.abs(made).max() == pytest.approx(1.0, abs=1e-6) and (np.abs(made) > 0.999).sum() <= 2


@pytest.mark.parametrize("stress", [
    "noise:10", "noise:pink:3", "speed:1.1", "telephone", "clip:-6", "noise:5+telephone",
])  # fmt: skip
def test_the_same_seed_gives_the_same_samples(stress: str) -> None:
    sound = tone(440)
    made = applied(stress, sound, "0 a.wav")
    assert made.dtype == np.float32 and np.array_equal(made, applied(stress, sound, "0 a.wav"))
    assert np.abs(made).max() <= 1.0 and not np.array_equal(made, sound)
    if "noise" in stress:
        assert not np.array_equal(made, applied(stress, sound, "0 b.wav")), "each clip has a noise of its own"


@pytest.mark.parametrize("speed", [0.8, 1.25])
def test_speed_changes_length_and_pitch(speed: float) -> None:
    made = applied(f"speed:{speed}", tone(400, 2.0), "seed")
    assert len(made) == pytest.approx(2 * RATE / speed, abs=2)
    peak = np.argmax(np.abs(np.fft.rfft(made))) * RATE / len(made)
    assert peak == pytest.approx(400 * speed, abs=1.0)


@pytest.mark.parametrize(("hertz", "least", "most"), [
    (100, -300, -25), (1000, -0.5, 0.5), (3000, -0.5, 0.5), (3700, -300, -25),
])  # fmt: skip
def test_a_telephone_passes_its_band_and_no_more(hertz: float, least: float, most: float) -> None:
    sound = tone(hertz)
    made = applied("telephone", sound, "seed")
    assert len(made) == len(sound)
    assert least < decibels(made[1000:-1000], sound[1000:-1000]) < most


def test_mu_law_is_that_of_the_standard() -> None:
    """Against the tables of Python's audioop, which takes the sample's upper 14 bits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        audioop = pytest.importorskip("audioop", reason="Python 3.13 has no audioop any more")
    samples = np.arange(0, 32_768, dtype="<i2")
    expected = np.frombuffer(audioop.ulaw2lin(audioop.lin2ulaw(samples.tobytes(), 2), 2), dtype="<i2")
    made = np.round(mu_law(samples / 32_767) * 32_767)
    assert np.mean(made == expected) > 0.999
    assert np.array_equal(mu_law(-samples / 32_767), -mu_law(samples / 32_767))


def test_clipping_cuts_off_at_its_level() -> None:
    made = applied("clip:-12", tone(300, amplitude=0.05), "seed")
    limit = 10 ** (-12 / 20)
    assert np.abs(made).max() == pytest.approx(limit, abs=1e-6)
    assert np.mean(np.abs(made) > limit * 0.999) == pytest.approx(1 - 2 / np.pi * np.arcsin(limit), abs=0.01)


def test_nothing_stays_nothing() -> None:
    silence = np.zeros(RATE, np.float32)
    for stress in ("noise:10", "telephone", "clip:-12", "speed:1.2"):
        assert not np.any(applied(stress, silence, "seed")), stress
    assert len(applied("noise:10", silence[:0], "seed")) == 0
    assert np.array_equal(applied("", tone(300), "seed"), tone(300))


def test_a_list_is_split_and_files_keep_their_place(cafe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cafe.parent)
    assert split("noise:10, speed:1.2+telephone,noise:cafe.wav:5") == [
        "noise:10",
        "speed:1.2+telephone",
        f"noise:{cafe}:5",
    ]


@pytest.mark.parametrize("stress", ["echo", "noise", "noise:loud", "speed:3", "speed:nan", "clip:6", "telephone:2"])
def test_what_there_is_not_is_refused(stress: str) -> None:
    with pytest.raises(UsageError, match=stress):
        split(f"noise:10,{stress}")


def test_a_missing_noise_is_named() -> None:
    with pytest.raises(AudioError, match=r"cafe\.wav"):
        applied("noise:/nowhere/cafe.wav:10", tone(300), "seed")
