"""Talking: the key, the microphone and the meter, against a core that writes down what it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.conversation import voice
from tests.desktop.running import Engines, until, window
from voicebot.desktop.talk import LOUDEST, QUIETEST, Talk
from voicebot.desktop.talk_key import HOLD
from voicebot.events import (
    NO_TURN,
    AnswerHeld,
    AttentionChanged,
    Failed,
    Level,
    Microphone,
    MicrophoneChanged,
    Preparing,
    State,
    StateChanged,
)

pytestmark = pytest.mark.usefixtures("qt")


class Asked:
    """Stands where the core does: notes the commands by the name of what they call, answers presses when told to."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self._answers: list[Callable[[int], None]] = []
        self.state = State.IDLE

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *words, **named: self.commands.append(" ".join([name, *map(str, (*words, *named.values()))]))

    def do(self, command: Callable[[Any], Any], stage: str = "command") -> None:
        if getattr(command, "__name__", "") == "_close_unless_listening":
            self.commands.append("close unless listening")
        else:
            command(self)

    def ask(self, command: Callable[[Any], Any], answer: Callable[[int], None], stage: str = "command") -> None:
        command(self)
        self._answers.append(answer)

    def answer(self, turn: int) -> None:
        self._answers.pop(0)(turn)


class Hand:
    """A talk key whose time the test moves on."""

    def __init__(self, *, hands_free: bool = False, armed: bool = True) -> None:
        self.core = Asked()
        self.kept: list[tuple[str, object]] = []
        self.now = 0.0
        self.due: list[Callable[[], None]] = []
        self.talk = Talk(self.core, lambda *pair: self.kept.append(pair), hands_free, armed)  # type: ignore[arg-type]
        self.talk.key._clock = lambda: self.now
        self.talk.key._later = self._later
        self.refused: list[str] = []
        self.talk.refused.connect(self.refused.append)

    def _later(self, _: float, call: Callable[[], None]) -> Callable[[], None]:
        self.due.append(call)
        return lambda: self.due.remove(call)

    def down(self) -> None:
        self.talk.down()

    def up(self, after: float = 0.0) -> None:
        self.now += after
        self.talk.up()
        for call in self.due[:]:
            self.due.remove(call)
            call()

    def state(self, turn: int, state: State) -> None:
        self.talk.apply(StateChanged(turn, state))

    @property
    def commands(self) -> list[str]:
        done, self.core.commands[:] = list(self.core.commands), []
        return done


def listening(hand: Hand, turn: int = 1) -> Hand:
    hand.down()
    hand.core.answer(turn)
    hand.state(turn, State.LISTENING)
    return hand


def test_held_it_is_push_to_talk() -> None:
    hand = listening(Hand())
    hand.up(after=2 * HOLD)
    assert hand.commands == ["press", "release"]
    assert hand.talk.property("state") == "listening"


def test_hands_free_it_shows_what_wakes_it_and_counts_down() -> None:
    hand = Hand(hands_free=True)
    hand.talk._clock = lambda: hand.now
    shown = [(hand.talk.property("asleep"), hand.talk.property("secondsLeft"))]
    for awake, until_ in ((False, None), (True, 7.2), (True, None)):
        hand.talk.apply(AttentionChanged(NO_TURN, awake, until_, "Okay Nabu"))
        shown.append((hand.talk.property("asleep"), hand.talk.property("secondsLeft")))
        if until_ is not None:
            assert hand.talk._seconds_left.isActive()
            hand.now += 3.0
            shown.append((False, hand.talk.property("secondsLeft")))
    assert shown == [(False, 0), (True, 0), (False, 8), (False, 5), (False, 0)]
    assert hand.talk.property("wakePhrase") == "Okay Nabu"
    assert not hand.talk._seconds_left.isActive()


def test_with_the_talk_key_nothing_is_asleep() -> None:
    hand = Hand()
    hand.talk.apply(AttentionChanged(NO_TURN, False, None, "Okay Nabu"))
    assert not hand.talk.property("asleep")


def test_tapped_it_stays_on_until_the_next_press() -> None:
    hand = listening(Hand())
    hand.up()
    assert hand.commands == ["press"]
    hand.down()
    hand.up()
    assert hand.commands == ["release"]


def test_when_the_turn_ends_by_itself_the_next_press_begins_anew() -> None:
    hand = listening(Hand())
    hand.up()
    hand.state(1, State.TRANSCRIBING)
    hand.down()
    assert hand.commands == ["press", "press"]


def test_an_end_that_is_late_does_not_end_the_next_press() -> None:
    hand = listening(Hand())
    hand.up(after=2 * HOLD)
    hand.down()
    hand.state(1, State.TRANSCRIBING)
    hand.core.answer(2)
    hand.state(2, State.LISTENING)
    hand.state(1, State.IDLE)
    hand.state(2, State.LISTENING)
    hand.up(after=2 * HOLD)
    assert hand.commands == ["press", "release", "press", "release"]


def test_a_microphone_that_fails_ends_the_press() -> None:
    hand = Hand()
    hand.down()
    hand.talk.apply(Failed(0, "microphone", "it is denied"))
    hand.up(after=2 * HOLD)
    assert hand.commands == ["press"]
    hand.down()
    assert hand.commands == ["press"]


def test_another_command_that_fails_does_not() -> None:
    hand = listening(Hand())
    hand.talk.apply(Failed(0, "command", "a title could not be written"))
    hand.up(after=2 * HOLD)
    assert hand.commands == ["press", "release"]


def test_muted_it_refuses_and_closes_the_microphone() -> None:
    hand = Hand()
    hand.talk.setProperty("muted", True)
    assert hand.commands == ["close_microphone"]
    hand.down()
    hand.up()
    assert (hand.commands, hand.refused) == ([], ["muted"])
    hand.talk.setProperty("muted", False)
    assert hand.commands == ["open_microphone False"]
    hand.down()
    assert hand.commands == ["press"]


def test_muting_while_listening_drops_what_was_said() -> None:
    hand = listening(Hand())
    hand.talk.setProperty("muted", True)
    assert hand.commands == ["press", "release", "interrupt stop", "close_microphone"]
    hand.up(after=2 * HOLD)
    assert hand.commands == []


def test_stopped_before_the_microphone_is_open_it_is_let_go() -> None:
    hand = Hand()
    hand.down()
    hand.talk.stop()
    assert hand.commands == ["press", "release", "interrupt stop"]
    hand.core.answer(1)
    assert hand.commands == ["release"]


def test_hands_free_the_key_stops_what_is_going_on() -> None:
    hand = Hand(hands_free=True)
    hand.state(1, State.SPEAKING)
    hand.down()
    hand.up()
    assert "interrupt stop" in hand.commands
    hand.state(1, State.IDLE)
    hand.down()
    assert hand.commands == ["press"]


def test_hands_free_is_kept_and_opens_the_microphone() -> None:
    hand = Hand()
    hand.talk.setProperty("handsFree", True)
    hand.talk.setProperty("handsFree", True)
    hand.talk.setProperty("handsFree", False)
    assert hand.kept == [("listening.mode", "hands-free"), ("listening.mode", "push-to-talk")]
    assert hand.commands == ["open_microphone True", "open_microphone False"]


@pytest.mark.parametrize("armed", [True, False])
def test_a_microphone_that_is_not_to_be_armed_is_closed_after_the_turn(armed: bool) -> None:
    hand = listening(Hand(armed=armed))
    hand.up(after=2 * HOLD)
    hand.state(1, State.TRANSCRIBING)
    assert hand.commands == ["press", "release", *([] if armed else ["close unless listening"])]


def test_losing_the_keyboard_lets_go() -> None:
    hand = listening(Hand())
    hand.talk.letGo()
    assert hand.commands == ["press", "release"]


def test_a_tap_from_a_menu_is_a_tap() -> None:
    hand = Hand()
    hand.talk.tap()
    assert hand.commands == ["press"]


@pytest.mark.parametrize(
    ("dbfs", "level"),
    [(-math.inf, 0.0), (math.nan, 0.0), (math.inf, 0.0), (QUIETEST, 0.0), (-200.0, 0.0), (LOUDEST, 1.0), (0.0, 1.0)],
)
def test_the_meter(dbfs: float, level: float) -> None:
    talk = Hand().talk
    talk.apply(MicrophoneChanged(0, Microphone.ARMED))
    talk.apply(Level(0, dbfs))
    assert talk.property("level") == level


def test_the_meter_falls_calmly_to_nothing_and_says_nothing_more() -> None:
    talk = Hand().talk
    talk.apply(MicrophoneChanged(0, Microphone.ARMED))
    levels: list[float] = []
    talk.levelChanged.connect(lambda: levels.append(talk.property("level")))
    talk.apply(Level(0, LOUDEST))
    for _ in range(100):
        talk.apply(Level(0, -math.inf))
    assert levels == sorted(levels, reverse=True)
    assert (levels[0], levels[-1]) == (1.0, 0.0)
    assert len(levels) < 40


def test_a_closed_microphone_shows_no_level() -> None:
    talk = Hand().talk
    talk.apply(MicrophoneChanged(0, Microphone.LISTENING))
    talk.apply(Level(0, LOUDEST))
    talk.apply(MicrophoneChanged(0, Microphone.CLOSED))
    talk.apply(Level(0, LOUDEST))
    assert (talk.property("level"), talk.property("microphone")) == (0.0, "closed")


def test_what_is_made_ready_is_named_until_it_is() -> None:
    talk = Hand().talk
    talk.apply(Preparing(0, "stt", "sphinx"))
    talk.apply(Preparing(0, "stt", "whisper", 0.5))
    talk.apply(Preparing(0, "stt", "sphinx", 1.0))
    assert talk.property("preparing") == "whisper"
    talk.apply(Preparing(0, "stt", "whisper", 1.0))
    assert talk.property("preparing") == ""


def test_the_talk_key_over_a_real_core() -> None:
    engines = Engines()
    with window(engines) as app:
        talk = app.root.talk
        until(lambda: talk.property("microphone") == "armed", "the microphone")
        assert engines.card is not None
        app.core.do(lambda _: engines.card.speak(voice(1.0), at=0.0))  # type: ignore[union-attr]
        talk.down()
        until(lambda: talk.property("state") == "listening" and talk.property("level") > 0.5, "a voice")
        until(lambda: talk.property("level") == 0.0, "silence")
        talk.letGo()
        until(lambda: app.ended, "the end of the turn")
        assert app.ended[0].outcome == "answered"
        assert [row[:2] for row in app.rows()] == [("user", "said"), ("assistant", "done")]
        assert not talk.key.on
        app.root.talk.setProperty("muted", True)
        until(lambda: talk.property("microphone") == "closed", "mute")


def test_the_keys_own_timer_ends() -> None:
    core = Asked()
    talk = Talk(core, lambda *_: None, False, True)  # type: ignore[arg-type]
    called: list[int] = []
    talk._later(0.0, lambda: called.append(1))
    cancel = talk._later(0.0, lambda: called.append(2))
    cancel()
    until(lambda: called)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert called == [1]
    assert np.isfinite(talk.property("level"))


def test_an_answer_that_pauses_is_shown_until_it_goes_on_or_is_over() -> None:
    hand = Hand(hands_free=True)
    hand.talk.apply(StateChanged(1, State.SPEAKING))
    hand.talk.apply(AnswerHeld(1, True))
    assert hand.talk.held
    hand.talk.apply(AnswerHeld(1, False))
    assert not hand.talk.held
    hand.talk.apply(AnswerHeld(1, True))
    hand.talk.apply(StateChanged(2, State.LISTENING))
    assert not hand.talk.held
