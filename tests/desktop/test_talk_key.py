"""One talk key: held it is push-to-talk, tapped it stays on."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.desktop.talk_key import DEBOUNCE, HOLD, TalkKey


class Timers:
    """A clock that stands still until it is told to go on, and what is due on it."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()

    def clock(self) -> float:
        return self.now

    def later(self, seconds: float, callback: Callable[[], None]) -> Callable[[], None]:
        entry = (self.now + seconds, next(self._number), callback)
        heapq.heappush(self._due, entry)
        return lambda: self._due.remove(entry)

    def go_on(self, seconds: float) -> None:
        end = self.now + seconds
        while self._due and self._due[0][0] <= end:
            self.now, _, callback = heapq.heappop(self._due)
            callback()
        self.now = end


@dataclass
class Desk:
    """A talk key, its time, and what it called."""

    called: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.time = Timers()
        self.key = TalkKey(
            lambda: self.called.append("start"),
            lambda: self.called.append("stop"),
            lambda: self.called.append("cancelled"),
            clock=self.time.clock,
            later=self.time.later,
        )

    def press(self, seconds: float) -> None:
        """Hold the key for so long, and let the release be believed."""
        self.key.down()
        self.time.go_on(seconds)
        self.key.up()
        self.time.go_on(1.0)

    def repeat(self, seconds: float) -> None:
        """What a held key sends under X11: releases and presses within a millisecond, every 40 ms."""
        for _ in range(round(seconds / 0.04)):
            self.time.go_on(0.039)
            self.key.up()
            self.time.go_on(0.001)
            self.key.down()


def test_it_starts_with_the_press_and_stops_with_the_release_of_a_hold() -> None:
    desk = Desk()
    desk.key.down()
    assert desk.called == ["start"]
    desk.time.go_on(2.0)
    assert desk.called == ["start"]
    desk.key.up()
    desk.time.go_on(DEBOUNCE)
    assert desk.called == ["start", "stop"]


def test_a_tap_stays_on_until_the_next_press_is_over() -> None:
    desk = Desk()
    desk.press(0.1)
    assert desk.key.on and not desk.key.held
    desk.key.down()
    assert desk.called == ["start"]
    desk.key.up()
    desk.time.go_on(DEBOUNCE)
    assert desk.called == ["start", "stop"]


def test_a_long_second_press_ends_it_too() -> None:
    desk = Desk()
    desk.press(0.1)
    desk.press(5.0)
    assert desk.called == ["start", "stop"]


@pytest.mark.parametrize(("seconds", "on"), [(HOLD - 0.01, True), (HOLD, False)])
def test_the_bound_between_tap_and_hold(seconds: float, on: bool) -> None:
    desk = Desk()
    desk.press(seconds)
    assert desk.key.on is on


def test_the_wait_for_a_repeat_does_not_turn_a_tap_into_a_hold() -> None:
    desk = Desk()
    desk.key.down()
    desk.time.go_on(HOLD - DEBOUNCE / 2)
    desk.key.up()
    desk.time.go_on(DEBOUNCE)
    assert desk.key.on


def test_a_key_that_repeats_is_held() -> None:
    desk = Desk()
    desk.key.down()
    desk.repeat(3.0)
    assert desk.called == ["start"]
    desk.key.up()
    desk.time.go_on(DEBOUNCE)
    assert desk.called == ["start", "stop"]


def test_escape_throws_away_what_was_begun_and_the_held_key_does_nothing_more() -> None:
    desk = Desk()
    desk.key.down()
    desk.time.go_on(1.0)
    desk.key.cancel()
    desk.repeat(1.0)
    desk.key.up()
    desk.time.go_on(1.0)
    assert desk.called == ["start", "cancelled"]
    desk.press(1.0)
    assert desk.called == ["start", "cancelled", "start", "stop"]


def test_escape_ends_what_a_tap_began() -> None:
    desk = Desk()
    desk.press(0.1)
    desk.key.cancel()
    desk.key.cancel()
    assert desk.called == ["start", "cancelled"]


def test_listening_that_ended_by_itself_is_begun_anew_by_the_next_press() -> None:
    desk = Desk()
    desk.press(0.1)
    desk.key.ended()
    desk.press(0.1)
    assert desk.called == ["start", "start"]


def test_listening_that_fails_at_once() -> None:
    time, calls = Timers(), []

    def fail() -> None:
        calls.append("start")
        key.ended()

    key = TalkKey(fail, lambda: calls.append("stop"), lambda: None, clock=time.clock, later=time.later)
    for _ in range(2):
        key.down()
        time.go_on(1.0)
        key.up()
        time.go_on(1.0)
    assert calls == ["start", "start"]


@pytest.mark.parametrize("seconds", [0.1, 1.0])
def test_a_window_that_loses_the_focus_lets_go_of_the_key(seconds: float) -> None:
    desk = Desk()
    desk.key.down()
    desk.time.go_on(seconds)
    desk.key.focus_lost()
    assert desk.called == ["start", "stop"]
    assert not desk.key.held


def test_a_tap_outlives_the_focus() -> None:
    desk = Desk()
    desk.key.down()
    desk.time.go_on(0.1)
    desk.key.up()
    desk.key.focus_lost()
    assert desk.key.on
    desk.time.go_on(1.0)
    assert desk.called == ["start"]


def test_a_lost_release_after_escape_is_no_stuck_key() -> None:
    desk = Desk()
    desk.key.down()
    desk.key.cancel()
    desk.key.focus_lost()
    desk.press(1.0)
    assert desk.called == ["start", "cancelled", "start", "stop"]


SECONDS = st.integers(0, 128).map(lambda count: count / 64)  # sums of these are exact
ACTIONS = st.lists(st.sampled_from(["down", "up", "cancel", "ended", "focus_lost"]) | SECONDS, max_size=60)


@given(ACTIONS)
def test_every_start_ends_before_the_next(actions: list[str | float]) -> None:
    desk = Desk()
    for action in actions:
        if isinstance(action, float):
            desk.time.go_on(action)
            continue
        if action == "ended" and desk.key.on:
            desk.called.append("ended")
        getattr(desk.key, action)()
        assert desk.key.on == (bool(desk.called) and desk.called[-1] == "start")
    assert all((call == "start") == (place % 2 == 0) for place, call in enumerate(desk.called)), desk.called


@given(ACTIONS)
def test_released_for_good_it_is_on_only_by_a_tap(actions: list[str | float]) -> None:
    desk = Desk()
    started, ups = 0.0, []
    for action in [*actions, "up", 1.0]:
        was_on = desk.key.on
        if isinstance(action, float):
            desk.time.go_on(action)
            continue
        getattr(desk.key, action)()
        if action == "up":
            ups.append(desk.time.now)
        if desk.key.on and not was_on:
            started = desk.time.now
    assert not desk.key.held
    if desk.key.on:
        assert any(started <= up < started + HOLD for up in ups)


@given(st.lists(st.tuples(SECONDS, SECONDS), max_size=20))
def test_presses_that_people_make(presses: list[tuple[float, float]]) -> None:
    """A short press on an idle key leaves it on, any other press leaves it off."""
    desk = Desk()
    on = False
    for held, pause in presses:
        desk.press(held)
        on = not on and held < HOLD
        desk.time.go_on(pause)
        assert desk.key.on is on
