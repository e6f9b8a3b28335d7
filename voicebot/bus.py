"""The async event queue: typed subscriptions, bounded; signals overtake data.

Publishing data waits while a subscriber's queue is full, so that a slow stage slows its producer and memory stays
bounded. Signals never wait. A screen or a meter subscribes `lossy`: its oldest data is dropped instead, and counted.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable

from voicebot.events import Event, Signal, TurnId

log = logging.getLogger(__name__)

SIGNAL_CAPACITY = 1024


class Subscription:
    """An async iterator over the events of some types, for one reader; ends when it or the bus is closed."""

    def __init__(self, bus: Bus, kinds: tuple[type[Event], ...], capacity: int, lossy: bool) -> None:
        self._bus = bus
        self.kinds = kinds
        self.capacity = capacity
        self.lossy = lossy
        self.lost = 0
        self._signals: deque[Event] = deque()
        self._data: deque[Event] = deque()
        self._reader: asyncio.Future[None] | None = None
        self._writers: deque[asyncio.Future[None]] = deque()
        self._closed = False

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Event:
        while True:
            if self._signals:
                return self._signals.popleft()
            if self._data:
                event = self._data.popleft()
                if self._writers:
                    self._wake_writers()
                return event
            if self._closed:
                raise StopAsyncIteration
            if self._reader is not None:
                raise RuntimeError("a subscription has one reader")
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None

    def close(self) -> None:
        """End the iteration after what is already queued, and let waiting producers go."""
        self._closed = True
        self._bus.forget(self)
        self._wake_reader()
        self._wake_writers()

    def offer(self, event: Event) -> bool:
        """Queue `event` now; False when there is no room for it."""
        if self._closed:
            return True
        if isinstance(event, Signal):
            self._put_signal(event)
        elif len(self._data) < self.capacity:
            self._data.append(event)
        elif self.lossy:
            self._data.popleft()
            self._data.append(event)
            self.lost += 1
        else:
            return False
        if self._reader is not None:
            self._wake_reader()
        return True

    async def put(self, event: Event) -> None:
        """Queue `event`, waiting for room."""
        while not self.offer(event):
            room = asyncio.get_running_loop().create_future()
            self._writers.append(room)
            try:
                await room
            finally:
                if room in self._writers:
                    self._writers.remove(room)

    def drop(self, turn: TurnId) -> None:
        """Forget the queued data of `turn`; its signals stay."""
        kept = [event for event in self._data if event.turn != turn]
        if len(kept) < len(self._data):
            self._data = deque(kept)
            self._wake_writers()

    def _put_signal(self, event: Event) -> None:
        if len(self._signals) >= SIGNAL_CAPACITY:
            log.error("a subscriber to %s reads no signals; dropping its oldest", [k.__name__ for k in self.kinds])
            self._signals.popleft()
            self.lost += 1
        self._signals.append(event)

    def _wake_reader(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def _wake_writers(self) -> None:
        while self._writers:
            writer = self._writers.popleft()
            if not writer.done():
                writer.set_result(None)


class Bus:
    """Carries events between stages on one event loop."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []
        self._routes: dict[type[Event], tuple[Subscription, ...]] = {}

    def subscribe(self, *kinds: type[Event], capacity: int = 64, lossy: bool = False) -> Subscription:
        """Receive events that are instances of `kinds`; at most `capacity` data events wait."""
        subscription = Subscription(self, kinds, capacity, lossy)
        self._subscriptions.append(subscription)
        self._routes.clear()
        return subscription

    def forget(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
            self._routes.clear()

    async def publish(self, event: Event) -> None:
        """Hand data to every subscriber, first to those with room, then waiting for those that are full."""
        full = []
        for subscription in self._route(type(event)):
            if not subscription.offer(event):
                full.append(subscription)
        for subscription in full:
            await subscription.put(event)

    def signal(self, event: Signal) -> None:
        """Hand a signal to every subscriber, ahead of data, now."""
        for subscription in self._route(type(event)):
            subscription.offer(event)

    def show(self, event: Event) -> None:
        """Hand data to subscribers that have room and never wait: for meters, from callbacks."""
        for subscription in self._route(type(event)):
            if not subscription.offer(event):
                subscription.lost += 1

    def drop(self, turn: TurnId) -> None:
        """Forget the data of a turn that has ended, in every queue."""
        for subscription in self._subscriptions:
            subscription.drop(turn)

    def close(self) -> None:
        for subscription in tuple(self._subscriptions):
            subscription.close()

    def _route(self, kind: type[Event]) -> Iterable[Subscription]:
        route = self._routes.get(kind)
        if route is None:
            route = tuple(s for s in self._subscriptions if issubclass(kind, s.kinds))
            self._routes[kind] = route
        return route
