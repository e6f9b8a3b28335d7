"""A simulated room: as loud, as late and as long as it was asked for, and the same every time."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from tests.noises import noise
from voicebot.audio.resampling import dbfs
from voicebot.audio.room import RATE, Room
from voicebot.audio.simulated import SimulatedCard
from voicebot.clock import run_virtually
from voicebot.events import Samples

SECONDS = 3.0


def heard(room: Room | None, sound: Samples, sample_rate: int = RATE, speech: Samples | None = None) -> Samples:
    """What the microphone hears while a sound is played from the beginning on; the first sample is that of time 0."""
    card = SimulatedCard(room=room)
    blocks: list[Samples] = []
    rest = [sound]

    def render(out: Samples) -> None:
        part, rest[0] = rest[0][: len(out)], rest[0][len(out) :]
        out[: len(part)] = part

    async def main() -> None:
        if speech is not None:
            card.speak(speech)
        await card.open_output(None, sample_rate, render)
        await card.open_input(None, RATE, blocks.append)
        await asyncio.sleep(SECONDS)
        await card.close()

    run_virtually(main())
    return np.concatenate(blocks)


def click(sample_rate: int, at: float) -> Samples:
    """One sample, at `at` seconds after the first that the speaker plays; the first block sounds at 10 ms."""
    sound = np.zeros(round(SECONDS * sample_rate), dtype=np.float32)
    sound[round((at - 0.01) * sample_rate)] = 0.9
    return sound


def arrival(sound: Samples, after: float = 0.0) -> float:
    """When the loudest sample comes, in seconds."""
    first = round(after * RATE)
    return (first + int(np.abs(sound[first:]).argmax())) / RATE


def white(level: float = -20.0) -> Samples:
    return noise("white", SECONDS, level, seed=1)


@pytest.mark.parametrize("level", [-10.0, -20.0, -30.0, -40.0])
def test_the_echo_is_as_loud_as_the_room_says(level: float) -> None:
    echo = heard(Room(level), white())[RATE:]
    assert dbfs(echo) == pytest.approx(-20.0 + level, abs=0.7)  # the band is cut off at 7.6 of 8 kHz


@pytest.mark.parametrize("sample_rate", [16_000, 22_050, 24_000, 48_000])
@pytest.mark.parametrize("delay", [0.005, 0.04, 0.3])
def test_the_direct_sound_comes_after_the_delay(sample_rate: int, delay: float) -> None:
    echo = heard(Room(delay=delay), click(sample_rate, at=1.0), sample_rate)
    assert arrival(echo) == pytest.approx(1.0 + delay, abs=1.0 / RATE)


def test_reflections_die_away_within_the_reverberation() -> None:
    echo = heard(Room(delay=0.04, reverberation=0.2), click(RATE, at=1.0))
    direct, tail = round(1.04 * RATE), round((1.04 + 0.01) * RATE)
    assert np.abs(echo[: direct - 32]).max() < 1e-6
    assert echo[tail : tail + 1600].std() > 10 * echo[tail + 1600 : tail + 3200].std() > 0
    assert np.abs(echo[direct + round(0.21 * RATE) :]).max() < 1e-6


def test_a_fast_clock_plays_faster_and_comes_no_later() -> None:
    """Every block still sounds when it is played: the delay stays what it is."""
    sound = click(48_000, at=0.5) + click(48_000, at=2.5)
    even, fast = (heard(Room(delay=0.04, drift=drift), sound, 48_000) for drift in (0.0, 5000.0))
    assert arrival(even, after=2.0) - arrival(even[: 2 * RATE]) == pytest.approx(2.0, abs=1e-4)
    assert arrival(fast, after=2.0) - arrival(fast[: 2 * RATE]) == pytest.approx(2.0 / 1.005, abs=2e-4)


def test_the_delay_jumps_at_its_time() -> None:
    sound = click(RATE, at=0.5) + click(RATE, at=1.5)
    echo = heard(Room(delay=0.04, jumps=((1.0, 0.03),)), sound)
    assert arrival(echo[:RATE]) == pytest.approx(0.54, abs=1 / RATE)
    assert arrival(echo, after=1.0) == pytest.approx(1.57, abs=1 / RATE)


def test_a_loudspeaker_that_distorts_adds_harmonics() -> None:
    times = np.arange(round(SECONDS * RATE)) / RATE
    tone = np.sin(2 * np.pi * 1000 * times).astype(np.float32)
    shares = []
    for distortion in (0.0, 1.0):
        spectrum = np.abs(np.fft.rfft(heard(Room(distortion=distortion), tone)[RATE : 2 * RATE] * np.hanning(RATE)))
        shares.append(spectrum[2990:3010].max() / spectrum[990:1010].max())
    assert shares[0] < 1e-4
    assert shares[1] > 0.03


def test_a_talker_is_put_on_top() -> None:
    speech = noise("pink", 1.0, -30.0, seed=2)
    echo, both = heard(Room(), white()), heard(Room(), white(), speech=speech)
    np.testing.assert_allclose((both - echo)[:RATE], speech, atol=1e-6)
    assert not (both - echo)[RATE:].any()


def test_without_a_room_the_microphone_hears_nothing_of_the_speaker() -> None:
    assert not heard(None, white()).any()


def test_a_room_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    one, again, other = (heard(Room(drift=50.0, seed=seed), white()) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_microphone_that_opens_later_hears_what_still_sounds() -> None:
    card = SimulatedCard(room=Room(delay=0.04))
    blocks: list[Samples] = []

    async def main() -> None:
        await card.open_output(None, RATE, lambda out: out.fill(0.5))
        await asyncio.sleep(1.0)
        await card.open_input(None, RATE, blocks.append)
        await asyncio.sleep(0.1)
        await card.close()

    run_virtually(main())
    assert dbfs(blocks[0]) > -40.0
