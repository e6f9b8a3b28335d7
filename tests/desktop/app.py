"""The program under a real X server, used as a person uses it: by keyboard and pointer, looked at as it stands."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

LIMIT = 60.0
"""Seconds for anything to come about on a busy machine."""
Node = dict[str, Any]
SCROLLING = 0.5
"""Seconds in which a page comes to rest after a turn of the wheel."""
FARTHEST = 40
"""Turns of the wheel to what is out of sight."""
PORTAUDIO = ("Expression '", "ALSA lib")
"""What PortAudio and ALSA print on their own when a device goes away."""


class Screen:
    """An Xvfb. `name` is its display."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        self._process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as announced:
            self.name = f":{announced.readline().strip()}"

    def xdotool(self, *words: object) -> None:
        command = ["xdotool", *map(str, words)]
        subprocess.run(command, env={**os.environ, "DISPLAY": self.name}, check=True, timeout=LIMIT)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@contextmanager
def screen() -> Iterator[Screen]:
    absent = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if absent:
        pytest.skip(f"no virtual screen: {', '.join(absent)} not installed (`make test` installs them)")
    made = Screen()
    try:
        yield made
    finally:
        made.close()


class App:
    """The running program. What it shows is found by what a screen reader calls it."""

    def __init__(self, screen: Screen, *words: str, **environment: str) -> None:
        self.screen = screen
        plain = {"LC_ALL": "C.UTF-8", "DISPLAY": screen.name, "QT_FORCE_STDERR_LOGGING": "1"}
        inherited = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY" and not k.startswith("QT_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.driven", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**inherited, **plain, **environment},
        )  # fmt: skip
        self.complaints = ""

    # -- looking -----------------------------------------------------------------------------------------------------

    def do(self, what: str, **arguments: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"it ended: {self._process.wait(10)} {self._process.stderr and self._process.stderr.read()}"
        return json.loads(line)

    def nodes(self) -> list[Node]:
        found: list[Node] = self.do("tree")
        return found

    def names(self) -> list[str]:
        return [node["name"] for node in self.nodes() if node["name"]]

    def find(self, name: str, role: str = "") -> Node | None:
        fitting = [node for node in self.nodes() if node["name"] == name and role in ("", node["role"])]
        return fitting[-1] if fitting else None

    def wait_until(self, holds: Callable[[], Any], what: str, limit: float = LIMIT) -> Any:
        deadline = time.monotonic() + limit
        while not (found := holds()):
            assert time.monotonic() < deadline, f"{what} did not come about: {self.names()}"
            time.sleep(0.05)
        return found

    def wait_for(self, name: str, role: str = "") -> Node:
        """Wait until something is called `name`, or begins with it when it ends in "…"."""
        begins = name.endswith("…") and len(name) > 1

        def there() -> Node | None:
            if not begins:
                return self.find(name, role)
            return next((one for one in self.nodes() if one["name"].startswith(name[:-1])), None)

        found: Node = self.wait_until(there, f"{role} {name!r}")
        return found

    def wait_gone(self, name: str) -> None:
        self.wait_until(lambda: self.find(name) is None, f"the end of {name!r}")

    def grab(self, file: Path) -> None:
        assert self.do("grab", path=str(file))

    # -- using -------------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Under Xvfb no window manager gives a window the keyboard."""
        self.do("activate")

    def click(self, name: str, role: str = "") -> None:
        node = self._in_sight(name, role)
        self.screen.xdotool("mousemove", node["x"], node["y"], "sleep", 0.1, "click", 1)

    def _in_sight(self, name: str, role: str) -> Node:
        """A control at rest, scrolled to as a person does, with the wheel."""
        node = self._at_rest(name, role)
        for _ in range(FARTHEST):
            window = next((one for one in self.nodes() if one["role"] == "Window"), node)
            below, above = node["y"] > window["y"] + window["h"] // 2, node["y"] < 0
            if not (below or above):
                break
            self.screen.xdotool("mousemove", window["x"], window["y"], "click", 5 if below else 4)
            self.wait_until(lambda where=node["y"]: self.wait_for(name, role)["y"] != where, "a page that scrolls")
            time.sleep(SCROLLING)
            node = self._at_rest(name, role)
        return node

    def _at_rest(self, name: str, role: str) -> Node:
        """A control once it has found its place: a row that was just made has none yet."""
        seen = [self.wait_for(name, role)]

        def rests() -> bool:
            seen.append(self.wait_for(name, role))
            return (seen[-1]["x"], seen[-1]["y"]) == (seen[-2]["x"], seen[-2]["y"])

        self.wait_until(rests, f"{name!r} at rest")
        return seen[-1]

    def type(self, text: str) -> None:
        self.click("Message", "EditableText")
        self.screen.xdotool("type", "--delay", 15, text)

    def ask(self, text: str) -> None:
        self.type(text)
        self.screen.xdotool("key", "Return")

    def close(self) -> int:
        """End it as the session does, and read what it complained about."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        _, self.complaints = self._process.communicate(timeout=40)
        return self._process.returncode

    @property
    def pid(self) -> int:
        return self._process.pid


@contextmanager
def app(screen: Screen, *words: str, talk: str = "Talk", **environment: str) -> Iterator[App]:
    """The program until the end of the block; `talk` is what its talk button is called.

    A warning of Qt's or a traceback fails the test.
    """
    running = App(screen, *words, **environment)
    try:
        running.wait_for(talk, "Button")
        running.activate()
        yield running
    except BaseException:
        running.close()
        print(running.complaints, file=sys.stderr)
        raise
    status = running.close()
    assert status == 0, (status, running.complaints)
    loud = [line for line in running.complaints.splitlines() if not line.startswith(PORTAUDIO)]
    assert not loud, loud
