"""One talk key, held or tapped: held it is push-to-talk, tapped it stays on until the next press is over.

Which of the two it was is known only when the key comes up, so listening starts with the press either way.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

HOLD = 0.35
"""Seconds from which a press was a hold. Between the 0.25 s that users of Handy measured as the longest tap (its pull
request 1600) and the 0.5 s after which keyboards begin to repeat."""

DEBOUNCE = 0.03
"""Seconds without a new press before a release is believed, as in Handy: a held key repeats as release and press."""

Cancel = Callable[[], None]
Later = Callable[[float, Callable[[], None]], Cancel]


class Press(Enum):
    """What the press that is under way means for the talking."""

    OPENS = "opens"
    CLOSES = "closes"
    SPENT = "spent"


class TalkKey:
    """Turns presses and releases into `start()` and what ends it: `stop()`, or `cancelled()` after `cancel()`.

    Every `start()` is followed by exactly one `stop()` or `cancelled()`, unless the listening ended by itself, which
    whoever listens reports with `ended()`. `clock` gives seconds that never run backwards; `later(seconds, callback)`
    calls back once, and not any more after the function that it returned was called. Everything, those callbacks too,
    belongs on one thread.
    """

    def __init__(
        self,
        start: Callable[[], None],
        stop: Callable[[], None],
        cancelled: Callable[[], None],
        *,
        clock: Callable[[], float],
        later: Later,
    ) -> None:
        self._start = start
        self._stop = stop
        self._cancelled = cancelled
        self._clock = clock
        self._later = later
        self._on = False
        self._press: Press | None = None
        self._pressed_at = 0.0
        self._released_at = 0.0
        self._doubt: Cancel | None = None

    @property
    def on(self) -> bool:
        """Whether it asked to listen and has not ended that."""
        return self._on

    @property
    def held(self) -> bool:
        """Whether the key is down, as far as is known."""
        return self._press is not None

    def down(self) -> None:
        """The key went down, or repeats."""
        if self._doubt is not None:
            self._drop_doubt()
        elif self._press is None:
            self._pressed_at = self._clock()
            self._press = Press.CLOSES if self._on else Press.OPENS
            if not self._on:
                self._on = True
                self._start()

    def up(self) -> None:
        """The key came up, or repeats: believed `DEBOUNCE` seconds later."""
        if self._press is not None and self._doubt is None:
            self._released_at = self._clock()
            self._doubt = self._later(DEBOUNCE, self._believe_release)

    def cancel(self) -> None:
        """Escape: what was begun is thrown away. A key still held does nothing more until it came up."""
        if self._on:
            self.ended()
            self._cancelled()

    def ended(self) -> None:
        """The listening ended by itself (the turn is over, the microphone failed): the next press starts anew."""
        self._on = False
        if self._press is not None:
            self._press = Press.SPENT

    def focus_lost(self) -> None:
        """The release will go to another window: a held key counts as released, and never as tapped.

        Nobody saw how long it was held, and a microphone is not left open on a guess. For a key that the window itself
        hears; a global key goes on being heard.
        """
        if self._doubt is not None:
            self._drop_doubt()
            self._believe_release()
        elif self._press is not None:
            self._press = None
            self._end()

    def _believe_release(self) -> None:
        self._doubt = None
        press, self._press = self._press, None
        was_held = self._released_at - self._pressed_at >= HOLD
        if press is Press.CLOSES or (press is Press.OPENS and was_held):
            self._end()

    def _end(self) -> None:
        if self._on:
            self._on = False
            self._stop()

    def _drop_doubt(self) -> None:
        if self._doubt is not None:
            self._doubt()
            self._doubt = None
