"""With headphones nothing is cancelled, and so nothing of the person; on open speakers it is known at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.audio.test_echo import Desk, spoken
from voicebot.audio.headphones import FEWEST, LOOK_BACK, Headphones
from voicebot.audio.room import Room
from voicebot.audio.simulated import RATE
from voicebot.audio.vad import BLOCK_SECONDS, Silero

ROOM = -62.0


def told(*blocks: tuple[float, bool]) -> Headphones:
    """After a quiet room: blocks while something is played, as level and whether the echo is in it."""
    headphones = Headphones()
    for _ in range(60):
        headphones.hear(ROOM, playing=False)
    for level, echo in blocks:
        headphones.hear(level, playing=True, echo=echo)
    return headphones


def test_nothing_is_known_before_something_was_played_for_a_while() -> None:
    assert not told().on
    assert not told(*[(ROOM, False)] * (FEWEST - 1)).on
    assert told(*[(ROOM, False)] * FEWEST).on


@pytest.mark.parametrize("echo", [-20.0, -40.0, -55.0])
def test_what_comes_back_is_no_headphones(echo: float) -> None:
    """Speech has pauses, in which the room is heard."""
    assert not told(*[(echo, True), (echo, True), (ROOM, False)] * 20).on


def test_a_person_who_speaks_does_not_change_it() -> None:
    assert told(*[(ROOM, False)] * FEWEST, *[(-20.0, False)] * 200).on
    assert not told(*[(-40.0, True)] * FEWEST, *[(-20.0, False)] * 200).on


def test_headphones_that_are_taken_off_are_noticed() -> None:
    assert not told(*[(ROOM, False)] * LOOK_BACK, *[(-40.0, True)] * 20).on


def test_a_person_who_spoke_before_is_not_the_room() -> None:
    headphones = told()
    for _ in range(60):
        headphones.hear(-20.0, playing=False)
    for _ in range(FEWEST):
        headphones.hear(-40.0, playing=True)
    assert not headphones.on


def test_with_headphones_a_talker_is_heard_from_the_first_word(tmp_path: Path) -> None:
    answer = spoken(tmp_path, "The order was cancelled and you will get the money back today.", "rms", 24_000)
    person = spoken(tmp_path, "What is the weather like?", "slt")
    desk = Desk(None).play(answer, talks=[(2.0, person)])
    heard, cleaned = np.concatenate(desk.heard), np.concatenate(desk.cleaned)
    onset = int(2.1 / BLOCK_SECONDS)
    silero = Silero()
    sure = [silero(block) for block in desk.cleaned]
    assert max(sure[onset : onset + 9]) > 0.9
    assert np.array_equal(cleaned[2 * RATE : 3 * RATE], heard[2 * RATE : 3 * RATE])


def test_on_open_speakers_the_echo_is_still_cancelled(tmp_path: Path) -> None:
    answer = spoken(tmp_path, "The order was cancelled and you will get the money back today. " * 3, "rms", 24_000)
    desk = Desk(Room(-30.0)).play(answer)
    later = int(3.0 / BLOCK_SECONDS)
    heard, cleaned = np.concatenate(desk.heard[later:]), np.concatenate(desk.cleaned[later:])
    assert np.square(cleaned).sum() < 0.5 * np.square(heard).sum()
