"""Talking: what the assistant is doing, the microphone, and the talk key, as the talk button shows them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from voicebot.audio.wake_word import installed
from voicebot.desktop.core import Core
from voicebot.desktop.talk_key import TalkKey
from voicebot.events import (
    NO_TURN,
    AnswerHeld,
    AttentionChanged,
    Event,
    Failed,
    Level,
    Microphone,
    MicrophoneChanged,
    Preparing,
    State,
    StateChanged,
)

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

QUIETEST, LOUDEST = -55.0, -10.0
"""dBFS that the meter shows as nothing and as full: a quiet room, and a voice close to the microphone."""
FALL = 0.8
"""How much of the level is left a block later, so that the meter falls calmly (32 ms a block)."""
SECOND = 1000


class Talk(QObject):
    """`keep` writes a setting; `core` carries out the commands."""

    changed = Signal()
    levelChanged = Signal()
    pressed = Signal(int)
    """From the core's thread: the turn that a press of the talk key began."""
    refused = Signal(str)
    """Talking was wanted and cannot be: "muted"."""

    def __init__(self, core: Core, keep: Callable[[str, object], None], hands_free: bool, armed: bool) -> None:
        super().__init__()
        self._core = core
        self._keep = keep
        self._state = State.IDLE
        self._microphone = Microphone.CLOSED
        self._level = 0.0
        self._muted = False
        self._hands_free = hands_free
        self._armed = armed
        self._watched = False
        self._held = False
        self._attention = AttentionChanged(NO_TURN, awake=True)
        self._clock = time.monotonic
        self._seconds_left = QTimer(self, interval=SECOND)
        self._seconds_left.timeout.connect(self._count_down)
        self._preparing: dict[tuple[str, str], Preparing] = {}
        self._pressing = 0
        """Presses that the core has not answered yet."""
        self._spoken_in = NO_TURN
        """The turn of the last press that it answered."""
        self.key = TalkKey(self._start, self._stop, self._drop, clock=time.monotonic, later=self._later)
        self.pressed.connect(self._begun)

    def open(self) -> None:
        """Open the microphone as the settings have it: listening, armed, or not yet."""
        if self._muted or not (self._hands_free or self._armed or self._watched):
            self._core.do(lambda assistant: assistant.close_microphone(), stage="microphone")
        else:
            hands_free = self._hands_free
            self._core.do(lambda assistant: assistant.open_microphone(hands_free=hands_free), stage="microphone")

    def apply(self, event: Event) -> None:
        match event:
            case StateChanged():
                self._follow(event)
            case Failed(stage="microphone"):
                self._pressing = 0
                self.key.ended()
            case MicrophoneChanged():
                self._microphone = event.microphone
                self._show_level(0.0)
            case Level():
                if self._microphone is Microphone.CLOSED:  # the last of what was on its way
                    return
                loud = (event.dbfs - QUIETEST) / (LOUDEST - QUIETEST) if math.isfinite(event.dbfs) else 0.0
                self._show_level(max(min(1.0, loud), self._level * FALL, 0.0))
                return
            case AnswerHeld():
                self._held = event.held
            case AttentionChanged():
                self._attention = event
                self._count_down()
            case Preparing():
                self._prepare(event)
            case _:
                return
        self.changed.emit()

    def _follow(self, event: StateChanged) -> None:
        """A turn that was spoken with the key no longer listens: the key begins anew."""
        was, self._state = self._state, event.state
        self._held = False
        if was is not State.LISTENING and event.state is not State.LISTENING:
            return
        listens = event.state is State.LISTENING and event.turn == self._spoken_in
        if event.turn >= self._spoken_in and not listens and not self._pressing:
            self.key.ended()
        if event.state is not State.LISTENING and not (self._hands_free or self._armed or self._watched):
            self._core.do(_close_unless_listening, stage="microphone")

    def _begun(self, turn: int) -> None:
        self._pressing = max(0, self._pressing - 1)
        self._spoken_in = turn
        if not self.key.on:  # it was given up while the microphone opened
            self._stop()

    def _count_down(self) -> None:
        """While it will fall asleep, the seconds until then are shown."""
        if self._attention.until is None:
            self._seconds_left.stop()
        elif not self._seconds_left.isActive():
            self._seconds_left.start()
        self.changed.emit()

    def _get_seconds_left(self) -> int:
        until = self._attention.until
        return max(0, math.ceil(until - self._clock())) if until is not None else 0

    def _prepare(self, event: Preparing) -> None:
        if event.done is not None and event.done >= 1.0:
            self._preparing.pop((event.stage, event.engine), None)
        else:
            self._preparing[event.stage, event.engine] = event

    def _show_level(self, level: float) -> None:
        level = level if level > 0.01 else 0.0
        if level != self._level:
            self._level = level
            self.levelChanged.emit()

    # -- the talk key ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._muted:
            self.key.ended()
            self.refused.emit("muted")
        elif self._hands_free and self._state is not State.IDLE:
            self.stop()
        else:
            self._pressing += 1
            self._core.ask(lambda assistant: assistant.press(), self.pressed.emit, stage="microphone")

    def _stop(self) -> None:
        self._core.do(lambda assistant: assistant.release())

    def _drop(self) -> None:
        self._core.do(lambda assistant: assistant.interrupt("stop"))

    def _later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start()
        return timer.stop

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot()
    def down(self) -> None:
        self.key.down()

    @Slot()
    def up(self) -> None:
        self.key.up()

    @Slot()
    def tap(self) -> None:
        """A press from a menu, or by a screen reader: it cannot be held."""
        self.key.down()
        self.key.up()

    @Slot()
    def letGo(self) -> None:
        """The window lost the keyboard: a key that is held would never be let go."""
        self.key.focus_lost()

    @Slot()
    def stop(self) -> None:
        """Stop what is being heard, thought or said."""
        self._let_go()
        self._drop()

    def _let_go(self) -> None:
        """A press that the core is still carrying out is over too."""
        if self.key.on:
            self.key.ended()
            self._stop()

    def _set_watched(self, watched: bool) -> None:
        if watched != self._watched:
            self._watched = watched
            self.open()

    def _set_muted(self, muted: bool) -> None:
        if muted == self._muted:
            return
        self._muted = muted
        if muted:
            self._let_go()
            if self._state is State.LISTENING:
                self._drop()
        self.open()
        self.changed.emit()

    def listen(self, *, hands_free: bool, armed: bool) -> None:
        """How the microphone is open, as the settings have it from now on."""
        if (hands_free, armed) != (self._hands_free, self._armed):
            self._hands_free, self._armed = hands_free, armed
            self.open()
            self.changed.emit()

    def _set_hands_free(self, hands_free: bool) -> None:
        if hands_free != self._hands_free:
            self.listen(hands_free=hands_free, armed=self._armed)
            self._keep("listening.mode", "hands-free" if hands_free else "push-to-talk")

    def _get_preparing(self) -> str:
        return next((one.engine for one in self._preparing.values()), "")

    state = Property(str, lambda self: str(self._state), notify=changed)
    held = Property(bool, lambda self: self._held, notify=changed)
    """The answer pauses, because somebody may be speaking."""
    microphone = Property(str, lambda self: str(self._microphone), notify=changed)
    level = Property(float, lambda self: self._level, notify=levelChanged)
    muted = Property(bool, lambda self: self._muted, _set_muted, notify=changed)
    handsFree = Property(bool, lambda self: self._hands_free, _set_hands_free, notify=changed)
    watched = Property(bool, lambda self: self._watched, _set_watched, notify=changed)
    """Its level is being looked at: it is open, in memory only."""
    asleep = Property(bool, lambda self: self._hands_free and not self._attention.awake, notify=changed)
    """Hands-free, what is said is not answered before `wakePhrase`."""
    wakePhrase = Property(str, lambda self: self._attention.phrase, notify=changed)
    """What wakes it; empty when nothing does."""
    secondsLeft = Property(int, _get_seconds_left, notify=changed)
    """Until it falls asleep; 0 when it does not, or is."""
    wakeWordInstalled = Property(bool, lambda _: installed(), constant=True)
    preparing = Property(str, _get_preparing, notify=changed)


async def _close_unless_listening(assistant: Assistant) -> None:
    """It is open only while the key is used, as the person wants it: unless the next press has come already."""
    if assistant.turns.state is not State.LISTENING:
        await assistant.close_microphone()
