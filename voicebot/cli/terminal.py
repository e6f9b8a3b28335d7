"""A conversation on a terminal: what is heard, said and wrong, each on lines of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TextIO

from voicebot.cli.options import sources
from voicebot.errors import one_line
from voicebot.events import (
    AnswerHeld,
    AttentionChanged,
    DeviceFound,
    DeviceLost,
    Event,
    Failed,
    Interrupted,
    Level,
    NoSpeech,
    Notice,
    Preparing,
    ReplyDelta,
    ReplyEnded,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
    Underrun,
)

SHOWN = (
    StateChanged, AnswerHeld, AttentionChanged, Interrupted, Failed, TurnEnded, DeviceLost, DeviceFound, Preparing,
    Notice, Level, NoSpeech, Transcript, ReplyDelta, ReplyEnded, Underrun,
)  # fmt: skip
METER_WIDTH = 24
QUIETEST = -60.0
SLOW_START = 0.05


class Terminal:
    """Writes events to `out`. On a real terminal a status line shows the state and the microphone's level."""

    def __init__(self, out: TextIO = sys.stdout, *, timings: bool = False) -> None:
        self._out = out
        self._live = out.isatty()
        self._timings = timings
        self._state = State.IDLE
        self._attention = ""
        self._status = ""
        self._in_reply = False
        self._asides: list[str] = []

    def line(self, text: str) -> None:
        """A line of its own."""
        self._end_reply()
        self._wipe()
        self._out.write(f"{text}\n")
        self._out.flush()

    def aside(self, text: str) -> None:
        """A line that can wait until the reply that is being written is over."""
        if self._in_reply:
            self._asides.append(text)
        else:
            self.line(text)

    def show(self, event: Event) -> None:
        match event:
            case StateChanged():
                self._state = event.state
                self._show_status(_STATES.get(event.state, self._attention if event.state is State.IDLE else ""))
            case AnswerHeld():
                self._show_status("… listening" if event.held else "")
            case AttentionChanged():
                self._attention = attention(event)
                if self._state is State.IDLE:
                    self._show_status(self._attention)
            case Level() if self._state is State.LISTENING:
                self._show_status(f"● listening {meter(event.dbfs)}")
            case Transcript() if event.engine != "typed":
                self.line(f"you: {event.text}")
            case ReplyDelta():
                self._reply(event.text)
            case ReplyEnded():
                self._end_reply()
                for line in sources(event.citations):
                    self.line(f"  {line}")
            case Interrupted():
                self.line(f"— {event.reason} —")
            case NoSpeech():
                self.line(f"({event.reason})")
            case Failed() | Notice():
                self.line(f"! {one_line(event.what, event.why, event.fix)}")
            case DeviceLost():
                self.line(f"! {one_line(event.what, fix=event.fix)}")
            case DeviceFound():
                self.line(f"the {event.device} is back")
            case Underrun():
                self.line("(the sound ran dry; buffering more)")
            case TurnEnded() if self._timings and event.timings:
                self.line("  " + "  ".join(_timings(event)))
            case Preparing() if event.done is not None and 0.0 < event.done < 1.0:
                self._show_status(f"preparing {event.engine}: {event.done:.0%}")
            case _:
                pass

    def close(self) -> None:
        self._end_reply()
        self._wipe()

    def _reply(self, text: str) -> None:
        if not self._in_reply:
            self._wipe()
            self._out.write("voicebot: ")
            self._in_reply = True
        self._out.write(text)
        self._out.flush()

    def _end_reply(self) -> None:
        if self._in_reply:
            self._in_reply = False
            asides, self._asides = self._asides, []
            self._out.write("\n" + "".join(f"{text}\n" for text in asides))
            self._out.flush()

    def _show_status(self, text: str) -> None:
        if self._live and not self._in_reply and text != self._status:
            self._out.write(f"\r\x1b[K{text}")
            self._out.flush()
            self._status = text

    def _wipe(self) -> None:
        if self._status:
            self._out.write("\r\x1b[K")
            self._status = ""


def _timings(event: TurnEnded) -> Iterator[str]:
    for stage, seconds in event.timings.items():
        yield f"{stage} {seconds:.2f} s"
    if event.wasted:
        yield f"{event.wasted} begun in vain"
    if event.cost.uses:
        yield f"{'about ' if event.cost.estimate else ''}${event.cost.usd:.4f}"


_STATES = {State.LISTENING: "● listening", State.TRANSCRIBING: "… understanding", State.THINKING: "… thinking"}


def attention(event: AttentionChanged) -> str:
    """What is to be done to be answered, hands-free."""
    if event.awake:
        return "○ just speak" if event.until is not None else ""
    return f'○ say "{event.phrase}"' if event.phrase else ""


def meter(dbfs: float) -> str:
    """A level in dBFS as a bar."""
    filled = round(METER_WIDTH * min(1.0, max(0.0, 1.0 - dbfs / QUIETEST)))
    return "▮" * filled + "▯" * (METER_WIDTH - filled)
