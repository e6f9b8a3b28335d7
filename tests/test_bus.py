"""The event queue: order, back-pressure, signals overtaking data, and nothing lost or doubled by a cancellation."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from voicebot.bus import SIGNAL_CAPACITY, Bus, Subscription
from voicebot.clock import run_virtually
from voicebot.events import Event, Level, Notice, Partial, ReplyDelta, Signal, State, StateChanged


def delta(number: int, turn: int = 1) -> ReplyDelta:
    return ReplyDelta(turn, str(number))


async def everything(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


@contextmanager
def stuck(*coroutines: object) -> Iterator[list[asyncio.Task[None]]]:
    """Tasks that are ended with the test."""
    tasks = [asyncio.ensure_future(one) for one in coroutines]  # type: ignore[type-var]
    try:
        yield tasks  # type: ignore[misc]
    finally:
        for task in tasks:
            task.cancel()  # type: ignore[attr-defined]


async def turns_of_the_loop(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_data_comes_in_the_order_of_its_publication() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta)
    for number in range(50):
        await bus.publish(delta(number))
    bus.close()
    assert await everything(events) == [delta(number) for number in range(50)]


async def test_a_subscriber_gets_its_types_and_their_subtypes_only() -> None:
    bus = Bus()
    events, signals = bus.subscribe(Partial), bus.subscribe(Signal)
    await bus.publish(delta(0))
    await bus.publish(Partial(1, "hel"))
    bus.signal(StateChanged(1, State.IDLE))
    bus.close()
    assert await everything(events) == [Partial(1, "hel")]
    assert await everything(signals) == [StateChanged(1, State.IDLE)]


async def test_signals_overtake_data_and_keep_their_own_order() -> None:
    bus = Bus()
    events = bus.subscribe(Event)
    await bus.publish(delta(0))
    bus.signal(StateChanged(1, State.THINKING))
    await bus.publish(delta(1))
    bus.signal(StateChanged(1, State.SPEAKING))
    bus.close()
    states = [StateChanged(1, State.THINKING), StateChanged(1, State.SPEAKING)]
    assert await everything(events) == [*states, delta(0), delta(1)]


async def test_signals_pass_a_full_queue_without_waiting() -> None:
    bus = Bus()
    events = bus.subscribe(Event, capacity=1)
    await bus.publish(delta(0))
    bus.signal(StateChanged(1, State.IDLE))
    assert await anext(events) == StateChanged(1, State.IDLE)


async def test_a_full_subscriber_makes_its_producer_wait_for_exactly_one_place() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta, capacity=2)
    await bus.publish(delta(0))
    await bus.publish(delta(1))
    with stuck(bus.publish(delta(2)), bus.publish(delta(3))) as (second, third):
        await turns_of_the_loop()
        assert not second.done()
        assert not third.done()
        await anext(events)
        await turns_of_the_loop()
        assert second.done()
        assert not third.done()


async def test_a_full_subscriber_slows_the_producer_and_not_the_subscribers_behind_it() -> None:
    """The one that has room gets the event at once, however long the other is full."""
    bus = Bus()
    slow, quick = bus.subscribe(ReplyDelta, capacity=1), bus.subscribe(ReplyDelta)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1))) as (waiting,):
        await turns_of_the_loop()
        assert [await anext(quick), await anext(quick)] == [delta(0), delta(1)]
        assert not waiting.done()
        await anext(slow)
        await waiting


async def test_lossy_subscribers_drop_their_oldest_and_count_them() -> None:
    bus = Bus()
    events = bus.subscribe(Level, capacity=3, lossy=True)
    for number in range(10):
        await bus.publish(Level(0, -number))
    assert events.lost == 7
    bus.close()
    assert await everything(events) == [Level(0, -7), Level(0, -8), Level(0, -9)]


async def test_show_never_waits_and_counts_what_a_full_subscriber_missed() -> None:
    bus = Bus()
    events = bus.subscribe(Level, capacity=1)
    bus.show(Level(0, -1.0))
    bus.show(Level(0, -2.0))
    assert events.lost == 1
    bus.close()
    assert await everything(events) == [Level(0, -1.0)]


async def test_dropping_a_turn_forgets_its_data_keeps_its_signals_and_lets_producers_go_on() -> None:
    bus = Bus()
    events = bus.subscribe(Event, capacity=3)
    for turn in (1, 2, 1):
        await bus.publish(delta(turn, turn))
    bus.signal(StateChanged(1, State.IDLE))
    with stuck(bus.publish(delta(9, 2))) as (waiting,):
        await turns_of_the_loop()
        bus.drop(1)
        await waiting
    bus.close()
    assert await everything(events) == [StateChanged(1, State.IDLE), delta(2, 2), delta(9, 2)]


async def test_a_cancelled_producer_puts_nothing_and_frees_its_place_in_the_line() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta, capacity=1)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1)), bus.publish(delta(2))) as (cancelled, patient):
        await turns_of_the_loop()
        cancelled.cancel()
        await turns_of_the_loop()
        assert await anext(events) == delta(0)
        await patient
        assert await anext(events) == delta(2)


async def test_a_producer_cancelled_just_as_room_is_made_passes_the_room_on() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta, capacity=1)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1)), bus.publish(delta(2))) as (cancelled, patient):
        await turns_of_the_loop()
        assert await anext(events) == delta(0)  # wakes the first producer, which is cancelled before it runs
        cancelled.cancel()
        await patient
        assert await anext(events) == delta(2)


async def test_a_turn_dropped_and_its_waiting_producer_cancelled_leave_nothing_behind() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta, capacity=1)
    await bus.publish(delta(0, 7))
    with stuck(bus.publish(delta(1, 7))) as (waiting,):
        await turns_of_the_loop()
        bus.drop(7)
        waiting.cancel()
        await asyncio.wait([waiting])
    bus.close()
    assert await everything(events) == []


async def test_a_reader_cancelled_just_as_an_event_comes_loses_nothing() -> None:
    bus = Bus()
    events = bus.subscribe(ReplyDelta)
    with stuck(anext(events)) as (reader,):
        await turns_of_the_loop()
        await bus.publish(delta(0))
        reader.cancel()
        await asyncio.wait([reader])
        assert reader.cancelled()
    assert await anext(events) == delta(0)


async def test_closing_wakes_readers_and_producers_and_gives_what_was_queued() -> None:
    bus = Bus()
    full, empty = bus.subscribe(ReplyDelta, capacity=1), bus.subscribe(Partial)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1)), anext(empty, None)) as (producer, reader):
        await turns_of_the_loop()
        bus.close()
        await asyncio.wait([producer, reader], timeout=5)
        assert producer.done()
        assert reader.result() is None
    assert await everything(full) == [delta(0)]


async def test_one_subscription_closed_while_its_producer_waits_lets_it_serve_the_others() -> None:
    bus = Bus()
    leaving, staying = bus.subscribe(ReplyDelta, capacity=1), bus.subscribe(ReplyDelta)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1))) as (producer,):
        await turns_of_the_loop()
        leaving.close()
        await producer
    await bus.publish(delta(2))
    assert queued_now(staying) == [delta(0), delta(1), delta(2)]


def queued_now(subscription: Subscription) -> list[Event]:
    return [*subscription._signals, *subscription._data]


async def test_who_subscribes_in_the_middle_of_a_publication_gets_the_next_one() -> None:
    bus = Bus()
    first = bus.subscribe(ReplyDelta, capacity=1)
    await bus.publish(delta(0))
    with stuck(bus.publish(delta(1))) as (producer,):
        await turns_of_the_loop()
        late = bus.subscribe(ReplyDelta)
        await anext(first)
        await producer
    with stuck(bus.publish(delta(2))):
        await turns_of_the_loop()
        assert queued_now(late) == [delta(2)]


async def test_two_readers_of_one_subscription_are_refused() -> None:
    """Each event has one reader: a second would take half of them, and the first would never wake."""
    bus = Bus()
    events = bus.subscribe(ReplyDelta)
    with stuck(anext(events)) as (reader,):
        await turns_of_the_loop()
        with pytest.raises(RuntimeError, match="one reader"):
            await anext(events)
        await bus.publish(delta(0))
        assert await reader == delta(0)


@pytest.mark.expects_warnings
async def test_a_subscriber_that_reads_no_signals_stays_bounded_and_counts_what_it_lost() -> None:
    bus = Bus()
    events = bus.subscribe(Notice)
    for number in range(SIGNAL_CAPACITY + 10):
        bus.signal(Notice(0, str(number)))
    assert events.lost == 10
    assert await anext(events) == Notice(0, "10")


async def test_a_closed_bus_takes_events_and_forgets_them() -> None:
    bus = Bus()
    events = bus.subscribe(Event, capacity=1)
    bus.close()
    for _ in range(3):
        await bus.publish(delta(0))
    bus.signal(StateChanged(0, State.IDLE))
    assert await everything(events) == []


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_cancelled_each_producer_keeps_its_order_and_nothing_comes_twice(seed: int) -> None:
    run_virtually(chaos(random.Random(seed)))


async def chaos(rng: random.Random) -> None:
    """Producers and a reader that are cancelled at random and begin again where they were."""
    bus = Bus()
    events = bus.subscribe(ReplyDelta, capacity=rng.randint(1, 4))
    published: dict[int, list[int]] = {1: [], 2: [], 3: []}
    received: dict[int, list[int]] = {1: [], 2: [], 3: []}

    async def produce(turn: int) -> None:
        for number in range(60):
            if await survives(bus.publish(delta(number, turn)), rng):
                published[turn].append(number)
            await asyncio.sleep(rng.choice((0, 0, 0.01)))

    async def consume() -> None:
        while True:
            reading = asyncio.ensure_future(anext(events, None))
            if not await survives(reading, rng):
                continue
            event = reading.result()
            if event is None:
                return
            received[event.turn].append(int(event.text))  # type: ignore[attr-defined]
            await asyncio.sleep(rng.choice((0, 0, 0.02)))

    consumer = asyncio.create_task(consume())
    await asyncio.gather(*(produce(turn) for turn in published))
    bus.close()
    await consumer
    for turn, numbers in published.items():
        assert received[turn] == sorted(set(received[turn]))
        assert set(numbers) <= set(received[turn])


async def survives(work: object, rng: random.Random) -> bool:
    """Run `work`, cancelling it in the middle now and then; False when it was."""
    task = asyncio.ensure_future(work)  # type: ignore[type-var]
    for _ in range(rng.randint(1, 3)):
        await asyncio.sleep(0)
    if rng.random() < 0.3:
        task.cancel()
    await asyncio.wait([task])
    return not task.cancelled()
