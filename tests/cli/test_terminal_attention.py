"""What the status line of `voicebot chat --hands-free` says of attention."""

from __future__ import annotations

import io

import pytest

from voicebot.cli.terminal import Terminal
from voicebot.events import NO_TURN, AttentionChanged, State, StateChanged


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True

    def now(self) -> str:
        """What stands on the last line."""
        return self.getvalue().rpartition("\x1b[K")[2]


ASLEEP = AttentionChanged(NO_TURN, False, None, "Okay Nabu")
FOLLOWING_UP = AttentionChanged(NO_TURN, True, 30.0, "Okay Nabu")
ALWAYS = AttentionChanged(NO_TURN, True)


@pytest.mark.parametrize(
    ("event", "line"), [(ASLEEP, '○ say "Okay Nabu"'), (FOLLOWING_UP, "○ just speak"), (ALWAYS, "")]
)
def test_idle_it_says_what_is_to_be_done(event: AttentionChanged, line: str) -> None:
    screen = Screen()
    terminal = Terminal(screen)
    terminal.show(ASLEEP)
    terminal.show(event)
    assert screen.now() == line


def test_it_waits_for_the_end_of_the_turn() -> None:
    screen = Screen()
    terminal = Terminal(screen)
    terminal.show(StateChanged(1, State.THINKING))
    terminal.show(FOLLOWING_UP)
    assert screen.now() == "… thinking"
    terminal.show(StateChanged(1, State.IDLE))
    assert screen.now() == "○ just speak"
