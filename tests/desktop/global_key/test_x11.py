"""The talk key under a real X server, typed by xdotool while another program has the focus."""

from __future__ import annotations

import signal
import struct
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.global_key.ear import LIMIT, Ear, press_and_release
from voicebot.readiness import NotReady, Ready

if sys.platform != "linux":
    pytest.skip("X11 is not here", allow_module_level=True)

from tests.desktop.global_key.screen import OtherProgram, Screen, screen, wait_for_presses
from voicebot.desktop.global_key import hearing, x11
from voicebot.desktop.global_key.x11 import X11Key

# python-xlib 0.33 leaves its socket to the garbage collector when it cannot connect.
PYTHON_XLIB_LEAK = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(scope="module")
def shared_screen() -> Iterator[Screen]:
    with screen() as found:
        yield found


@pytest.fixture
def other(shared_screen: Screen) -> Iterator[OtherProgram]:
    program = OtherProgram(shared_screen)
    yield program
    program.close()


@pytest.fixture
def key(shared_screen: Screen) -> Iterator[X11Key]:
    made = X11Key(shared_screen.name)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("shortcut", "typed"), [("F9", ["F9"]), ("Ctrl+Alt+Space", ["ctrl+alt+space"]), ("Right Ctrl", ["Control_R"])]
)
def test_a_key_is_heard_while_another_program_has_the_focus(
    shared_screen: Screen, other: OtherProgram, key: X11Key, shortcut: str, typed: list[str]
) -> None:
    ear = Ear()
    ear.listen(key, shortcut)
    assert ear.had() == shortcut
    shared_screen.type("keydown", *typed)
    assert ear.several(2) == [f"{shortcut} down", "pressed"]
    shared_screen.type("keyup", *typed)
    assert ear.several(2) == [f"{shortcut} up", "released"]


def test_only_the_key_itself_is_taken(shared_screen: Screen, other: OtherProgram, key: X11Key) -> None:
    ear = Ear()
    ear.listen(key, "F9")
    ear.had()
    shared_screen.type("key", "a", "F10", "F9", "ctrl+F9", "b")
    assert other.keys_until("b") == ["a", "F10", "Control_L", "F9", "b"]
    shared_screen.type("key", "F9")
    assert ear.several(8) == press_and_release("F9") * 2
    assert ear.silent()


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_a_lock_key_makes_no_difference(shared_screen: Screen, key: X11Key, lock: str) -> None:
    ear = Ear()
    ear.listen(key, "Ctrl+Alt+Space")
    ear.had()
    shared_screen.type("key", lock)
    shared_screen.type("key", "ctrl+alt+space")
    shared_screen.type("key", lock)
    assert ear.several(4) == press_and_release("Ctrl+Alt+Space")


def test_a_held_key_that_repeats_is_one_press() -> None:
    ear = Ear()
    with screen("-ardelay", "30", "-arinterval", "10") as fast:
        key = X11Key(fast.name)
        ear.listen(key, "F9")
        ear.had()
        fast.type("keydown", "F9")
        assert ear.several(2) == ["F9 down", "pressed"]
        wait_for_presses(fast, "F9", 20)
        fast.type("keyup", "F9")
        assert ear.several(2) == ["F9 up", "released"]
        key.stop()
    assert ear.silent()


def test_a_key_that_another_program_holds(shared_screen: Screen, other: OtherProgram, key: X11Key) -> None:
    other.grab("F10")
    ear = Ear()
    ear.listen(key, "F10")
    assert ear.refused() == NotReady("another program already holds F10", "choose another talk key")


def test_a_key_that_the_keyboard_lacks(key: X11Key) -> None:
    ear = Ear()
    ear.listen(key, "F24")
    assert ear.refused().why == "this keyboard has no F24"


def test_it_follows_a_new_layout(other: OtherProgram, key: X11Key) -> None:
    ear = Ear()
    ear.listen(key, "F7")
    ear.had()
    other.take_key_away("F7")
    assert ear.refused().why == "this keyboard has no F7"
    other.make_key("F7", 94)
    assert ear.had() == "F7"
    other.press(94)
    assert ear.several(4) == press_and_release("F7")


def test_another_key_can_be_chosen_at_once(shared_screen: Screen, key: X11Key) -> None:
    ear = Ear()
    for shortcut in ("F9", "F10", "F9", "F9"):
        ear.listen(key, shortcut)
        assert ear.had() == shortcut
    shared_screen.type("key", "F10", "F9")
    assert ear.several(4) == press_and_release("F9")


def test_stopping_while_it_is_held_releases_it(shared_screen: Screen, key: X11Key) -> None:
    ear = Ear()
    ear.listen(key, "F9")
    ear.had()
    shared_screen.type("keydown", "F9")
    assert ear.several(2) == ["F9 down", "pressed"]
    key.stop()
    assert ear.next() == "released"
    shared_screen.type("keyup", "F9")
    assert "global-key-x11" not in [thread.name for thread in threading.enumerate()]


def test_it_can_be_stopped_from_its_own_callback(shared_screen: Screen, key: X11Key) -> None:
    stopped = threading.Event()
    ear = Ear()

    def stop() -> None:
        key.stop()
        stopped.set()

    key.start("F9", stop, lambda: None, lambda text: None, lambda readiness: ear.tell(readiness))
    ear.had()
    shared_screen.type("key", "F9")
    assert stopped.wait(LIMIT)


def test_an_x_server_that_dies_releases_the_key_and_says_so() -> None:
    ear = Ear()
    with screen() as own:
        key = X11Key(own.name)
        assert key.ready() == Ready(f"X11 {own.name}")
        ear.listen(key, "F9")
        ear.had()
        own.type("keydown", "F9")
        assert ear.several(2) == ["F9 down", "pressed"]
    assert ear.next() == "released"
    assert ear.refused().why == "the X server has gone"
    key.stop()


@PYTHON_XLIB_LEAK
def test_an_x_server_that_lets_nobody_in_says_so_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = (b"", b"", b"MIT-MAGIC-COOKIE-1", b"0123456789abcdef")
    cookie = tmp_path / "cookie"
    cookie.write_bytes(b"\xff\xff" + b"".join(struct.pack(">H", len(field)) + field for field in fields))
    monkeypatch.setenv("XAUTHORITY", str(tmp_path / "none"))
    with screen("-auth", str(cookie)) as own:
        ear, key = Ear(), X11Key(own.name)
        ear.listen(key, "F9")
        why = ear.refused().why
    key.stop()
    assert why.startswith("no X server answers (Authorization required") and why.isprintable(), repr(why)


@pytest.mark.expects_warnings
def test_an_x_server_that_hangs_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "STOP_LIMIT", 0.1)
    monkeypatch.setattr(x11, "READY_LIMIT", 0.1)
    ear = Ear()
    with screen() as own:
        key = X11Key(own.name)
        ear.listen(key, "F9")
        ear.had()
        own.process.send_signal(signal.SIGSTOP)
        key.stop()
        assert key.ready() == NotReady("the X server does not answer", "log out and in again")
        own.process.kill()
    for thread in threading.enumerate():
        if thread.daemon:
            thread.join(LIMIT)
    assert ear.silent()


@PYTHON_XLIB_LEAK
def test_no_x_server() -> None:
    key = X11Key(":54321")
    ear = Ear()
    ear.listen(key, "F9")
    reason = ear.refused()
    assert reason == key.ready()
    assert reason.why.startswith("no X server answers")
    assert reason.fix == "start Voicebot inside your desktop session"
