"""A screen of the test's own (Xvfb), a keyboard (xdotool), and another program that has the focus."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import record

from tests.desktop.global_key.ear import LIMIT

PROGRAMS = ("Xvfb", "xdotool")


@dataclass
class Screen:
    """The X server and its name, ":7"."""

    name: str
    process: subprocess.Popen[bytes]

    def type(self, *actions: str) -> None:
        """One run of xdotool: `type("keydown", "F9")`."""
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["xdotool", *actions], env=environment, check=True, timeout=LIMIT)


@contextmanager
def screen(*options: str) -> Iterator[Screen]:
    """A new X server with these options, gone at the end."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if absent:
        pytest.skip(f"no virtual screen: {', '.join(absent)} not installed (`make test` installs them)")
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "320x240x8",
        "-nolisten",
        "tcp",
        "-noreset",
        *options,
    ]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as announced:
            yield Screen(f":{announced.readline().strip()}", process)
    finally:
        process.terminate()
        process.wait(LIMIT)


def wait_for_presses(screen: Screen, keysym: str, count: int) -> None:
    """Return when the server has sent `count` presses of a key to whomever (through the X Record extension)."""
    asking, recording = Display(screen.name), Display(screen.name)
    keycode = asking.keysym_to_keycode(XK.string_to_keysym(keysym))
    everything = {
        "core_requests": (0, 0), "core_replies": (0, 0), "ext_requests": (0, 0, 0, 0), "ext_replies": (0, 0, 0, 0),
        "delivered_events": (0, 0), "device_events": (X.KeyPress, X.KeyPress), "errors": (0, 0),
        "client_started": False, "client_died": False,
    }  # fmt: skip
    context = recording.record_create_context(0, [record.AllClients], [everything])
    left = count

    def arrived(reply: Any) -> None:
        nonlocal left
        left -= reply.data[:2] == bytes([X.KeyPress, keycode])
        if left == 0:
            asking.record_disable_context(context)
            asking.flush()

    guard = threading.Timer(LIMIT, screen.process.terminate)
    guard.start()
    recording.record_enable_context(context, arrived)
    guard.cancel()
    recording.record_free_context(context)
    asking.close()
    recording.close()


class OtherProgram:
    """A window with the focus; remembers the keys that reach it."""

    def __init__(self, screen: Screen) -> None:
        self._display = Display(screen.name)
        window = self._display.screen().root.create_window(0, 0, 100, 100, 0, X.CopyFromParent)
        window.change_attributes(event_mask=X.KeyPressMask | X.ExposureMask)
        window.map()
        while self._display.next_event().type != X.Expose:
            pass
        window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self._display.sync()

    def keys_until(self, last: str) -> list[str]:
        """The keys that arrived, up to `last`."""
        names = {XK.string_to_keysym(name): name for name in ("a", "b", "F9", "F10", "space", "Control_L", "Alt_L")}
        keys: list[str] = []
        guard = threading.Timer(LIMIT, self.close)
        guard.start()
        try:
            while last not in keys:
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    keys.append(names.get(self._display.keycode_to_keysym(event.detail, 0), "?"))
        except ConnectionClosedError:
            pytest.fail(f"“{last}” never came, only {keys}")
        finally:
            guard.cancel()
        return keys

    def grab(self, keysym: str) -> None:
        """Hold a key as global shortcut, as another program does."""
        keycode = self._display.keysym_to_keycode(XK.string_to_keysym(keysym))
        self._display.screen().root.grab_key(keycode, 0, False, X.GrabModeAsync, X.GrabModeAsync)
        self._display.sync()

    def take_key_away(self, keysym: str) -> None:
        """Change the keyboard's layout to one without this key."""
        self.make_key("NoSymbol", self._display.keysym_to_keycode(XK.string_to_keysym(keysym)))

    def make_key(self, keysym: str, keycode: int) -> None:
        """Change the keyboard's layout: the key `keycode` gives `keysym` from now on."""
        self._display.change_keyboard_mapping(keycode, [[XK.string_to_keysym(keysym)]])
        self._display.sync()

    def press(self, keycode: int) -> None:
        """Press and release a key by its code, as the keyboard does."""
        for kind in (X.KeyPress, X.KeyRelease):
            self._display.xtest_fake_input(kind, keycode)
        self._display.sync()

    def close(self) -> None:
        """End the program."""
        self._display.close()
