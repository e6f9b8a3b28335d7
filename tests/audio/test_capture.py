"""The microphone: every sample once and in order, whatever the card's blocks, threads and plugs do."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from voicebot.audio.capture import WAITING_BLOCKS, Capture
from voicebot.audio.card import Deliver, Device, Render, Stream
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.vad import BLOCK
from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.errors import DeviceError
from voicebot.events import DeviceFound, DeviceLost, Event, MicrophoneSilent, Samples


@dataclass
class HandStream:
    sample_rate: int = 16_000
    latency: float = 0.0
    alive: bool = True
    ailing: bool = False

    async def close(self) -> None:
        self.alive = False


@dataclass
class HandCard:
    """A card whose microphone gives what the test puts into `deliver`."""

    deliver: Deliver = lambda block: None
    opening: float = 0.0
    streams: list[HandStream] = field(default_factory=list)

    async def devices(self) -> list[Device]:
        return []

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:
        await asyncio.sleep(self.opening)
        self.deliver = deliver
        self.streams.append(HandStream())
        return self.streams[-1]

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> Stream:
        raise DeviceError("there is no speaker")

    async def close(self) -> None:
        return None


def ramp(start: int, count: int) -> Samples:
    return np.arange(start, start + count, dtype=np.float32)


async def heard_of(sizes: list[int]) -> list[Samples]:
    """What is received when the card gives blocks of these sizes."""
    card, received, start = HandCard(), [], 0
    capture = Capture(card, Bus(), received.append)
    await capture.open()
    for size in sizes:
        card.deliver(ramp(start, size) / 1e6)
        start += size
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    await capture.close()
    return [block * 1e6 for block in received]


@pytest.mark.parametrize("size", [1, 480, 511, 512, 513, 1024, 2000])
async def test_blocks_of_any_size_are_regrouped_without_losing_a_sample(size: int) -> None:
    received = await heard_of([size] * (3000 // size + 3))
    assert {len(block) for block in received} == {BLOCK}
    joined = np.concatenate(received)
    assert np.allclose(joined, ramp(0, len(joined)), atol=0.01)


async def test_samples_that_are_no_numbers_are_silence() -> None:
    """One of them would spoil what the detector remembers, and it would be deaf from then on."""
    card, received = HandCard(), list[Samples]()
    capture = Capture(card, Bus(), received.append)
    await capture.open()
    card.deliver(np.full(BLOCK, np.nan, dtype=np.float32))
    card.deliver(np.array([np.inf, -np.inf] * (BLOCK // 2), dtype=np.float32))
    await asyncio.sleep(0)
    await capture.close()
    assert not received[0].any()
    assert np.abs(received[1]).max() == 1.0


async def test_a_card_with_a_thread_of_its_own_loses_nothing() -> None:
    card, received = HandCard(), list[Samples]()
    capture = Capture(card, Bus(), received.append)
    await capture.open()

    def speak() -> None:
        for number in range(2000):
            card.deliver(np.full(BLOCK, number / 2000, dtype=np.float32))
            while number - len(received) > WAITING_BLOCKS // 2:
                time.sleep(0)

    thread = threading.Thread(target=speak)
    thread.start()
    while len(received) < 2000:
        await asyncio.sleep(0)
    thread.join()
    await capture.close()
    assert [round(float(block[0]) * 2000) for block in received] == list(range(2000))
    assert capture.lost_blocks == 0


async def test_a_busy_program_keeps_the_last_ten_seconds_and_counts_the_rest() -> None:
    card, received = HandCard(), list[Samples]()
    capture = Capture(card, Bus(), received.append)
    await capture.open()
    for number in range(WAITING_BLOCKS + 50):
        card.deliver(np.full(BLOCK, number / 1000, dtype=np.float32))
    await asyncio.sleep(0)
    await capture.close()
    assert capture.lost_blocks == 50
    assert len(received) == WAITING_BLOCKS
    assert float(received[0][0]) == pytest.approx(0.05)


async def test_two_who_open_it_at_once_get_one_microphone() -> None:
    card = HandCard(opening=0.001)
    capture = Capture(card, Bus(), lambda block: None)
    await asyncio.gather(capture.open(), capture.open())
    assert len(card.streams) == 1
    await capture.close()
    assert not card.streams[0].alive


async def test_closing_while_it_opens_leaves_it_closed() -> None:
    card = HandCard(opening=0.001)
    capture = Capture(card, Bus(), lambda block: None)
    before = asyncio.all_tasks()
    opening = asyncio.create_task(capture.open())
    await asyncio.sleep(0)
    await capture.close()
    await asyncio.wait([opening])
    assert not any(stream.alive for stream in card.streams)
    assert not capture.is_open
    assert asyncio.all_tasks() == before


async def test_what_was_left_of_a_block_is_not_heard_after_it_was_closed() -> None:
    card, received = HandCard(), list[Samples]()
    capture = Capture(card, Bus(), received.append)
    await capture.open()
    card.deliver(np.full(500, 0.9, dtype=np.float32))
    await asyncio.sleep(0)
    await capture.close()
    await capture.open()
    card.deliver(np.full(BLOCK, 0.1, dtype=np.float32))
    await asyncio.sleep(0)
    await capture.close()
    assert [float(block.max()) for block in received] == pytest.approx([0.1])


async def test_a_microphone_that_cannot_be_opened_can_be_opened_later() -> None:
    card = SimulatedCard(plugged=set())
    capture = Capture(card, Bus(), lambda block: None)
    with pytest.raises(DeviceError):
        await capture.open()
    assert not capture.is_open
    card.plug("input")
    await capture.open()
    assert capture.is_open
    await capture.close()


# -- plugged and unplugged --------------------------------------------------------------------------------------------


@dataclass
class Desk:
    card: SimulatedCard = field(default_factory=SimulatedCard)
    bus: Bus = field(default_factory=Bus)
    received: list[tuple[float, Samples]] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.events = self.bus.subscribe(Event)
        self.capture = Capture(self.card, self.bus, self.receive)
        self.capture.on_lost = lambda: self.lost.append(asyncio.get_running_loop().time())

    def receive(self, block: Samples) -> None:
        self.received.append((asyncio.get_running_loop().time(), block))

    def since(self, moment: float) -> Samples:
        return np.concatenate([block for at, block in self.received if at > moment])


def at_a_desk(
    script: Callable[[Desk], Coroutine[Any, Any, None]], noise: float = 0.001
) -> tuple[Desk, list[Event]]:
    """In a room with `noise` (RMS)."""

    async def main() -> tuple[Desk, list[Event]]:
        desk, before = Desk(SimulatedCard(noise)), asyncio.all_tasks()
        await script(desk)
        await desk.capture.close()
        assert asyncio.all_tasks() == before
        assert not desk.card.streams
        desk.bus.close()
        return desk, [event async for event in desk.events]

    return run_virtually(main())


def test_what_is_said_arrives_to_the_sample() -> None:
    said = np.random.default_rng(0).uniform(-1, 1, 20_000).astype(np.float32)

    async def script(desk: Desk) -> None:
        await desk.capture.open()
        desk.card.speak(said, at=0.32)
        await asyncio.sleep(2.0)

    desk, _ = at_a_desk(script, noise=0.0)
    joined = desk.since(0.0)
    assert np.array_equal(joined[5120 : 5120 + len(said)], said)
    assert np.count_nonzero(joined) == np.count_nonzero(said)


def test_a_microphone_that_goes_away_is_told_once_within_two_seconds_and_comes_back() -> None:
    async def script(desk: Desk) -> None:
        await desk.capture.open()
        await asyncio.sleep(1.1)
        desk.card.unplug("input")
        await asyncio.sleep(10.0)
        desk.card.plug("input")
        await asyncio.sleep(2.0)

    desk, events = at_a_desk(script)
    assert [type(event) for event in events] == [DeviceLost, DeviceFound]
    assert len(desk.lost) == 1
    assert desk.lost[0] - 1.1 <= 2.0
    assert len(desk.since(12.5)) > 8_000


@pytest.mark.parametrize("after", [0.05, 0.55, 0.95])
def test_opening_it_while_it_is_being_found_again_gives_one_microphone(after: float) -> None:
    """The talk key is pressed just after replugging: two streams would give each sample twice."""

    async def script(desk: Desk) -> None:
        await desk.capture.open()
        desk.card.unplug("input")
        await asyncio.sleep(1.0)
        desk.card.plug("input")
        await asyncio.sleep(after)
        await desk.capture.open()
        await asyncio.sleep(3.0)
        assert len(desk.card.streams) == 1

    desk, events = at_a_desk(script)
    assert [type(event) for event in events] == [DeviceLost, DeviceFound]
    assert len(desk.since(2.5)) <= (1.5 + after) * 16_000


@pytest.mark.parametrize("moment", [0.1, 0.6, 1.2, 2.0])
def test_closing_it_while_it_is_away_ends_the_search(moment: float) -> None:
    async def script(desk: Desk) -> None:
        await desk.capture.open()
        desk.card.unplug("input")
        await asyncio.sleep(moment)
        await desk.capture.close()
        desk.card.plug("input")
        await asyncio.sleep(3.0)
        assert not desk.card.streams

    _, events = at_a_desk(script)
    assert not any(isinstance(event, DeviceFound) for event in events)


def test_closing_and_opening_again_goes_on() -> None:
    async def script(desk: Desk) -> None:
        for _ in range(3):
            await desk.capture.open()
            await desk.capture.open()
            await asyncio.sleep(1.0)
            await desk.capture.close()
            await desk.capture.close()
            await asyncio.sleep(1.0)

    desk, events = at_a_desk(script)
    assert events == []
    assert len(desk.received) == pytest.approx(3 / 0.032, abs=4)


# -- pure silence -----------------------------------------------------------------------------------------------------


def hum(seconds: float) -> Samples:
    return np.full(round(seconds * 16_000), 1e-4, dtype=np.float32)


def told_silent(*sounds: tuple[float, float], closed: tuple[float, float] | None = None) -> list[float]:
    """When, within 8 s, a microphone is told to be silent that has these sounds: each (at, length) in seconds."""
    times: list[float] = []

    async def note(desk: Desk) -> None:
        async for _ in desk.bus.subscribe(MicrophoneSilent):
            times.append(asyncio.get_running_loop().time())

    async def script(desk: Desk) -> None:
        noting = asyncio.create_task(note(desk))
        for at, length in sounds:
            desk.card.speak(hum(length), at=at)
        await desk.capture.open()
        if closed is not None:
            await asyncio.sleep(closed[0])
            await desk.capture.close()
            await asyncio.sleep(closed[1] - closed[0])
            await desk.capture.open()
        await asyncio.sleep(8.0 - asyncio.get_running_loop().time())
        noting.cancel()
        await asyncio.wait([noting])

    at_a_desk(script, noise=0.0)
    return times


def test_a_muted_microphone_is_told_once_after_a_second() -> None:
    assert told_silent() == pytest.approx([1.0], abs=0.04)


def test_muting_it_again_is_told_again() -> None:
    assert told_silent((0.0, 2.0), (4.0, 1.0)) == pytest.approx([3.0, 6.0], abs=0.08)


def test_gaps_of_less_than_a_second_are_not_told() -> None:
    assert told_silent(*((0.9 * number, 0.05) for number in range(10))) == []


def test_a_room_that_is_nearly_silent_is_not_told() -> None:
    """The least that 16 bits can hold is no pure silence."""

    async def script(desk: Desk) -> None:
        desk.card.speak(np.full(64_000, 1 / 32768, dtype=np.float32))
        await desk.capture.open()
        await asyncio.sleep(3.0)

    assert at_a_desk(script, noise=0.0)[1] == []


def test_closing_it_neither_adds_to_the_silence_nor_tells_it_again() -> None:
    assert told_silent(closed=(0.7, 2.0)) == pytest.approx([3.0], abs=0.04)
    assert told_silent(closed=(2.0, 3.0)) == pytest.approx([1.0], abs=0.04)
