"""The blind listening test in the window: a pair is played, one of them chosen; who was who is told in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.words import Words
from voicebot.errors import VoicebotError

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.events import Samples
    from voicebot.lab.listening import Choice, Listening, Pair
    from voicebot.lab.runs import Run


class BlindTest(QObject):
    """`total` pairs of which `left` are not answered; nothing here says which voice is which before `ended`."""

    changed = Signal()
    ended = Signal()
    """Every pair was answered: the run's result has what it came to."""
    _took = Signal(object, object)

    def __init__(self, core: Core, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core, self._words = core, words
        self._test: Listening | None = None
        self._left: list[Pair] = []
        self._heard: set[str] = set()
        self._fault: VoicebotError | None = None
        self._took.connect(lambda take, what: take(what))
        words.changed.connect(self.changed)

    def begin(self, run: Run, first: str, second: str) -> None:
        """Draw the pairs, or find those that are left."""

        def drawn() -> tuple[Listening, list[Pair]]:
            from voicebot.lab.listening import Listening

            test = Listening(run, first, second)
            return test, test.left

        self._work(drawn, self._take)

    @Slot(str)
    def play(self, which: str) -> None:
        """Play "a" or "b" of the pair; Stop ends it, as it ends an answer."""
        if self._test is None or not self._left:
            return
        test, pair = self._test, self._left[0]
        take: Callable[[Any], None] = partial(self._took.emit, self._take_heard)
        self._core.ask(lambda assistant: _play(assistant, test, pair, which), take, stage="speaker")

    @Slot(str)
    def choose(self, choice: Choice) -> None:
        """Keep which is better, "a", "b" or "same", and go to the next pair."""
        if self._test is None or not self._left:
            return
        test, pair = self._test, self._left[0]
        self._core.do(lambda assistant: assistant.interrupt("stop"))

        def kept() -> tuple[Listening, list[Pair]]:
            test.answer(pair, choice)
            return test, test.left

        self._work(kept, self._take)

    @Slot()
    def leave(self) -> None:
        """Put the test aside; it can be gone on with."""
        self._test, self._left, self._heard = None, [], set()
        self.changed.emit()

    def _work(self, job: Callable[[], Any], take: Callable[[Any], None]) -> None:
        def done() -> Any:
            try:
                return job()
            except VoicebotError as error:
                return error

        self._core.work(done, lambda found: self._took.emit(take, found))

    def _take(self, found: tuple[Listening, list[Pair]] | VoicebotError) -> None:
        self._heard = set()
        self._fault = found if isinstance(found, VoicebotError) else None
        if not isinstance(found, VoicebotError):
            self._test, self._left = found
            if not self._left:
                self.leave()
                self.ended.emit()
        self.changed.emit()

    def _take_heard(self, heard: tuple[Pair, str]) -> None:
        if self._left and heard[0] == self._left[0]:
            self._heard.add(heard[1])
            self.changed.emit()

    def _as_fault(self) -> str:
        fault = self._fault
        return "" if fault is None else self._words.line(fault.what, fault.why, fault.fix)

    active = Property(bool, lambda self: self._test is not None, notify=changed)
    total = Property(int, lambda self: len(self._test.pairs) if self._test is not None else 0, notify=changed)
    left = Property(int, lambda self: len(self._left), notify=changed)
    text = Property(str, lambda self: self._left[0].text if self._left else "", notify=changed)
    bothHeard = Property(bool, lambda self: {"a", "b"} <= self._heard, notify=changed)
    fault = Property(str, _as_fault, notify=changed)


async def _play(assistant: Assistant, test: Listening, pair: Pair, which: str) -> tuple[Pair, str]:
    """Begin to play it, and say what is heard. Raises AudioError or DeviceError."""
    from voicebot.lab.listening import RATE

    sounds: tuple[Samples, Samples] = await asyncio.to_thread(test.sounds, pair)
    await assistant.play(sounds[which == "b"], RATE)
    return pair, which
