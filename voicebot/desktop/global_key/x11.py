"""The global talk key under X11: a passive grab of that one key, through python-xlib.

A grab brings this key alone; what else is typed goes where it always goes, except while the key is held. A modifier on
its own ("Right Ctrl") can be grabbed like any key, so the X Record extension, which would bring every key that is
typed in every program, is not needed.
"""

from __future__ import annotations

import logging
import queue
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial, reduce
from itertools import combinations, product
from operator import or_
from typing import TYPE_CHECKING

from voicebot.desktop.global_key.base import Changed, Heard, Reports, Told
from voicebot.desktop.global_key.hearing import Hearing
from voicebot.desktop.global_key.shortcut import SIDED_KEYSYMS, Shortcut
from voicebot.readiness import NotReady, Readiness, Ready

if TYPE_CHECKING:
    from Xlib.display import Display

log = logging.getLogger(__name__)

READY_LIMIT = 5.0
"""Seconds in which the X server says that it is there; it takes milliseconds."""

MODIFIER_KEYSYMS = {modifier: (f"{name}_L", f"{name}_R") for modifier, name in SIDED_KEYSYMS.items()}
LOCK_KEYSYMS = ("Caps_Lock", "Num_Lock", "Scroll_Lock")


class X11Key:
    """A key of the X server `display` (None: the one of `DISPLAY`)."""

    name = "x11"

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._hearing = Hearing("global-key-x11")

    def ready(self) -> Readiness:
        answers: queue.SimpleQueue[Readiness] = queue.SimpleQueue()  # python-xlib waits without limit
        threading.Thread(target=lambda: answers.put(_look(self._display)), daemon=True).start()
        try:
            return answers.get(timeout=READY_LIMIT)
        except queue.Empty:
            return NotReady("the X server does not answer", "log out and in again")

    def start(self, shortcut: str, pressed: Told, released: Told, heard: Heard, changed: Changed) -> None:
        reports = Reports(Shortcut.parse(shortcut), pressed, released, heard, changed)
        self._hearing.begin(reports, partial(_hear, self._display))

    def stop(self) -> None:
        self._hearing.end()


def _look(name: str | None) -> Readiness:
    display = _connect(name)
    if isinstance(display, NotReady):
        return display
    from Xlib.error import ConnectionClosedError

    with suppress(ConnectionClosedError):
        display.close()
    return Ready(f"X11 {display.get_display_name()}")


def _connect(name: str | None) -> Display | NotReady:
    try:
        from Xlib.display import Display
        from Xlib.error import ConnectionClosedError, DisplayError, XauthError
    except ImportError:
        return NotReady("python-xlib is not installed", "pip install python-xlib")
    try:
        return Display(name)
    except (DisplayError, XauthError, ConnectionClosedError, OSError) as error:
        return NotReady(f"no X server answers ({_said(error)})", "start Voicebot inside your desktop session")


def _said(error: Exception) -> str:
    """An error in one line. What the server itself said comes as bytes with a line's end."""
    said = getattr(error, "msg", error)
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).split())


def _hear(name: str | None, reports: Reports, stopped: socket.socket) -> None:
    """Hear the key until `stopped` becomes readable, or the X server goes."""
    display = _connect(name)
    if isinstance(display, NotReady):
        reports.lost(display)
        return
    from Xlib.error import ConnectionClosedError

    try:
        problem = _hear_on(display, reports, stopped)
        display.close()
    except ConnectionClosedError:
        problem = NotReady("the X server has gone", "start Voicebot again in the new session")
    if problem is not None:
        reports.lost(problem)


def _hear_on(display: Display, reports: Reports, stopped: socket.socket) -> NotReady | None:
    """Hear the key until it is to stop; the reason when the key is not to be had."""
    display.set_error_handler(lambda error, _request: log.warning("X11: %s", error))
    grab = Grab(display, reports.shortcut)
    problem = grab.take()
    if problem is not None:
        return problem
    reports.had()
    watch = Watch(display, grab, reports)
    while True:
        if display.pending_events():
            watch.take_event()
        elif stopped in select.select([display.fileno(), stopped], [], [])[0]:
            grab.give_back()
            return None


class Watch:
    """Makes reports of what the server sends about a grabbed key."""

    def __init__(self, display: Display, grab: Grab, reports: Reports) -> None:
        self._display = display
        self._grab = grab
        self._reports = reports
        self._released_at: int | None = None

    def take_event(self) -> None:
        """Take the next event, which waits already."""
        from Xlib import X

        event = self._display.next_event()
        if event.type == X.MappingNotify:
            self._display.refresh_keyboard_mapping(event)
            self._follow_layout()
        elif event.type == X.KeyPress and event.detail in self._grab.keycodes:
            self._press(event.detail, event.time)
        elif event.type == X.KeyRelease and event.detail in self._grab.keycodes:
            self._release(event.detail, event.time)

    def _press(self, keycode: int, time: int) -> None:
        """A held key repeats as a release and a press of the same millisecond; the last one may come when it is up."""
        if not self._reports.held and (time != self._released_at or self._is_down(keycode)):
            self._reports.down()

    def _release(self, keycode: int, time: int) -> None:
        if self._reports.held and not self._is_down(keycode):
            self._released_at = time
            self._reports.up()

    def _is_down(self, keycode: int) -> bool:
        """What the server knows, whatever events it sent."""
        return bool(self._display.query_keymap()[keycode // 8] & 1 << keycode % 8)

    def _follow_layout(self) -> None:
        """Grab again where a new layout has moved the key; on a layout without it, wait for the next one."""
        if not self._grab.is_moved():
            return
        self._reports.let_go()  # its release would have another key code
        self._grab.give_back()
        problem = self._grab.take()
        if problem is None:
            self._reports.had()
        else:
            self._reports.lost(problem)


class Grab:
    """The passive grabs of one shortcut: its key with its modifiers, under every state of the lock keys."""

    def __init__(self, display: Display, shortcut: Shortcut) -> None:
        self._display = display
        self._root = display.screen().root
        self._shortcut = shortcut
        self._taken: frozenset[tuple[int, int]] = frozenset()

    @property
    def keycodes(self) -> set[int]:
        """The key codes that are grabbed."""
        return {keycode for keycode, _ in self._taken}

    def take(self) -> NotReady | None:
        """Grab the key; the reason when that cannot be, with nothing left grabbed."""
        from Xlib import X, error

        wanted = self._wanted()
        if not wanted:
            return NotReady(f"this keyboard has no {self._shortcut}", "choose another talk key")
        refused = error.CatchError(error.BadAccess)
        for keycode, mask in wanted:
            self._root.grab_key(keycode, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
        self._display.sync()
        self._taken = wanted
        if refused.get_error():
            self.give_back()
            return NotReady(f"another program already holds {self._shortcut}", "choose another talk key")
        return None

    def is_moved(self) -> bool:
        """Whether the keyboard's layout has moved the key, or a modifier."""
        return self._wanted() != self._taken

    def give_back(self) -> None:
        """Let the key go: the server has done so on return, and it can be grabbed again at once."""
        for keycode, mask in self._taken:
            self._root.ungrab_key(keycode, mask)
        self._display.sync()
        self._taken = frozenset()

    def _wanted(self) -> frozenset[tuple[int, int]]:
        masks = [_mask(self._display, *MODIFIER_KEYSYMS[modifier]) for modifier in self._shortcut.modifiers]
        if 0 in masks:
            return frozenset()
        held = reduce(or_, masks, 0)
        own = _mask(self._display, self._shortcut.keysym)  # XKB counts a modifier as held in its own press
        states = {state | held | counted for state in _lock_states(self._display) for counted in (0, own)}
        return frozenset(product(_keycodes(self._display, self._shortcut.keysym), states))


def _keycodes(display: Display, keysym: str) -> list[int]:
    """The keys that give `keysym`: without Shift, or with it on a layout where only that does (French digits)."""
    from Xlib import XK

    found = list(display.keysym_to_keycodes(XK.string_to_keysym(keysym)))
    lowest = min((level for _, level in found), default=0)
    return [keycode for keycode, level in found if level == lowest]


def _lock_states(display: Display) -> Iterator[int]:
    """Every combination of the lock keys that the keyboard has."""
    locks = {_mask(display, name) for name in LOCK_KEYSYMS} - {0}
    for count in range(len(locks) + 1):
        yield from (sum(chosen) for chosen in combinations(sorted(locks), count))


def _mask(display: Display, *keysyms: str) -> int:
    """The mask of the modifier that these keys set; 0 when they set none."""
    keycodes = {keycode for keysym in keysyms for keycode in _keycodes(display, keysym)}
    for bit, holders in enumerate(display.get_modifier_mapping()):
        if keycodes & set(holders):
            return 1 << bit
    return 0
