"""The simulated card: what is put before its microphone arrives, what is played is kept, each at its exact time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voicebot.audio.files import read_sound, write_sound
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.clock import run_virtually
from voicebot.errors import AudioError, DeviceError
from voicebot.events import Samples


def noise(count: int, seed: int = 1) -> Samples:
    return np.random.default_rng(seed).uniform(-0.5, 0.5, count).astype(np.float32)


def recorded(script: Callable[[SimulatedCard], Coroutine[Any, Any, None]], card: SimulatedCard) -> Samples:
    """All that the microphone gave while the script ran."""

    async def main() -> Samples:
        blocks: list[Samples] = []
        stream = await card.open_input(None, RATE, blocks.append)
        await script(card)
        await stream.close()
        assert {len(block) for block in blocks} == {512}
        return np.concatenate(blocks)

    return run_virtually(main())


@pytest.mark.parametrize("at", [0.0, 0.01, 0.0321, 1.0])
def test_what_is_said_is_heard_once_at_its_time(at: float) -> None:
    said = noise(3_000)

    async def script(card: SimulatedCard) -> None:
        card.speak(said, at=at)
        await asyncio.sleep(2.0)

    heard = recorded(script, SimulatedCard())
    start = round(at * RATE)
    assert np.array_equal(heard[start : start + len(said)], said)
    assert not heard[:start].any()
    assert not heard[start + len(said) :].any()


def test_two_who_speak_at_once_are_heard_together() -> None:
    async def script(card: SimulatedCard) -> None:
        card.speak(noise(1_000, 1))
        card.speak(noise(1_000, 2))
        await asyncio.sleep(0.5)

    heard = recorded(script, SimulatedCard())
    assert np.array_equal(heard[:1_000], noise(1_000, 1) + noise(1_000, 2))


def test_the_room_has_its_noise_and_the_same_each_time() -> None:
    async def script(card: SimulatedCard) -> None:
        await asyncio.sleep(2.0)

    first, second = (recorded(script, SimulatedCard(noise=0.01, seed=3)) for _ in range(2))
    assert np.array_equal(first, second)
    assert np.sqrt(np.mean(first**2)) == pytest.approx(0.01, rel=0.05)


def test_a_microphone_of_another_rate_hears_the_same() -> None:
    async def main() -> Samples:
        card, blocks = SimulatedCard(), list[Samples]()
        stream = await card.open_input(None, 48_000, blocks.append)
        card.speak(noise(RATE) * 0 + np.float32(0.25))
        await asyncio.sleep(0.9)
        await stream.close()
        return np.concatenate(blocks)

    heard = run_virtually(main())
    assert len(heard) == pytest.approx(0.9 * 48_000, abs=1_600)
    assert np.median(heard) == pytest.approx(0.25, abs=0.01)


def test_what_is_played_is_kept_with_its_time() -> None:
    async def main() -> SimulatedCard:
        card, count = SimulatedCard(), iter(range(1, 1_000))

        def render(out: Samples) -> None:
            out[:] = next(count)

        stream = await card.open_output(None, 24_000, render)
        await asyncio.sleep(1.0005)
        await stream.close()
        await asyncio.sleep(1.0)
        return card

    card = run_virtually(main())
    assert card.heard().tolist() == [float(block) for block in range(1, 101) for _ in range(240)]
    assert [block.at for block in card.played[:2]] == pytest.approx([0.01, 0.02])
    assert set(card.heard(since=0.495, until=0.515)) == {50.0, 51.0}


def test_unplugged_devices_stop_and_cannot_be_opened_until_they_are_back() -> None:
    async def main() -> None:
        card, blocks = SimulatedCard(), list[Samples]()
        stream = await card.open_input(None, RATE, blocks.append)
        await asyncio.sleep(1.0)
        card.unplug("input")
        assert not stream.alive
        assert [device.outputs for device in await card.devices()] == [1]
        before = len(blocks)
        await asyncio.sleep(1.0)
        assert len(blocks) == before
        with pytest.raises(DeviceError):
            await card.open_input(None, RATE, blocks.append)
        card.plug("input")
        assert len(await card.devices()) == 2
        await (await card.open_input(None, RATE, blocks.append)).close()
        await card.close()
        assert not card.streams

    run_virtually(main())


def test_files_go_in_and_come_out(tmp_path: Path) -> None:
    write_sound(tmp_path / "in.wav", noise(RATE), RATE)

    async def main() -> float:
        card = SimulatedCard()
        ends = card.speak_file(tmp_path / "in.wav", at=0.5)
        stream = await card.open_output(None, 24_000, lambda out: out.fill(0.25))
        await asyncio.sleep(0.2)
        await stream.close()
        card.save(tmp_path / "out.wav")
        with pytest.raises(AudioError):
            card.speak_file(tmp_path / "nowhere.wav")
        return ends

    assert run_virtually(main()) == 1.5
    assert np.allclose(read_sound(tmp_path / "out.wav", 24_000), 0.25, atol=1e-3)


def test_on_an_ordinary_loop_it_runs_in_real_time() -> None:
    async def main() -> int:
        card, blocks = SimulatedCard(), list[Samples]()
        stream = await card.open_input(None, RATE, blocks.append)
        while len(blocks) < 3:
            await asyncio.sleep(0.01)
        await stream.close()
        return len(blocks)

    assert asyncio.run(main()) >= 3
