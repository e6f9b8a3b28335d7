"""The global talk key as the screen sees it: which one, whether it can be had, and what arrives from the keyboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QKeySequence

from voicebot.desktop.global_key.base import GlobalKey, best
from voicebot.desktop.talk import Talk
from voicebot.desktop.words import Words
from voicebot.errors import UsageError
from voicebot.events import NO_TURN
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.turn import describe

REMEMBERED = 6
"""What arrived last, as many as the panel shows."""


class Keys(QObject):
    """Setting `shortcut` hears another key from now on ("" for none); the system is asked on a thread of its own."""

    changed = Signal()
    pressed = Signal()
    released = Signal()
    arrived = Signal(str)
    answered = Signal(object)

    def __init__(
        self, talk: Talk, keep: Callable[[str, object], None], words: Words, shortcut: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._words = words
        self._shortcut = shortcut
        self._fault = ""
        self._state: Readiness | None = None
        self._heard: deque[str] = deque(maxlen=REMEMBERED)
        self._watched = False
        self._closed = False
        self._key: GlobalKey | None = None
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="global key")
        self.pressed.connect(talk.down)
        self.released.connect(talk.up)
        self.arrived.connect(self._note)
        self.answered.connect(self._take)

    def start(self) -> None:
        """Begin to hear the key of the settings, if there is one."""
        if self._shortcut:
            self._asking.submit(self._listen, self._shortcut)

    def close(self) -> None:
        """Give the key back; it takes 2 s at most."""
        if not self._closed:
            self._closed = True
            self._asking.submit(self._stop)
            self._asking.shutdown()

    # -- on the asking thread ----------------------------------------------------------------------------------------

    def _listen(self, shortcut: str) -> None:
        try:
            self._key = self._key or best()
            self._key.start(shortcut, self.pressed.emit, self.released.emit, self.arrived.emit, self.answered.emit)
        except UsageError as error:
            self.answered.emit(NotReady(error.what, error.fix))
        except ImportError as error:
            self.answered.emit(NotReady(f"{error.name} is not installed", "pip install voicebot[global-key]"))
        except Exception as error:  # noqa: BLE001 - whatever the system does, a person is told and the log has it
            failed = describe(NO_TURN, "command", error)
            self.answered.emit(NotReady(failed.what, failed.fix))

    def _stop(self) -> None:
        if self._key is not None:
            self._key.stop()

    # -- for the screen ----------------------------------------------------------------------------------------------

    @Slot(int, bool, bool)
    def note(self, key: int, down: bool, repeats: bool) -> None:
        """A key that arrived in the window."""
        name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or hex(key)
        if not repeats:
            self._note(f"{name} {'↓' if down else '↑'}")

    def _note(self, what: str) -> None:
        if self._watched:
            self._heard.append(what)
            self.changed.emit()

    def _take(self, state: Readiness) -> None:
        self._state = state
        self.changed.emit()

    def _set_shortcut(self, shortcut: str) -> None:
        from voicebot.desktop.global_key.shortcut import Shortcut

        shortcut = shortcut.strip()
        try:
            written = str(Shortcut.parse(shortcut)) if shortcut else ""
        except UsageError as error:
            self._fault = self._words.line(error.what, error.why, error.fix)
            self.changed.emit()
            return
        self._fault, self._shortcut, self._state = "", written, None
        self._keep("desktop.global_key", written)
        if written:
            self._asking.submit(self._listen, written)
        else:
            self._asking.submit(self._stop)
        self.changed.emit()

    def _set_watched(self, watched: bool) -> None:
        self._watched = watched
        self._heard.clear()
        self.changed.emit()

    def _why(self) -> str:
        if not isinstance(self._state, NotReady):
            return ""
        return self._words.line(self._state.why, "", self._state.fix)

    shortcut = Property(str, lambda self: self._shortcut, _set_shortcut, notify=changed)
    fault = Property(str, lambda self: self._fault, notify=changed)
    ready = Property(bool, lambda self: isinstance(self._state, Ready), notify=changed)
    why = Property(str, _why, notify=changed)
    heard = Property(list, lambda self: list(self._heard), notify=changed)
    watched = Property(bool, lambda self: self._watched, _set_watched, notify=changed)
