"""The global talk key as the screen sees it: asked for on a thread, heard on the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Slot

from tests.desktop.running import until
from voicebot.desktop import keys as keys_module
from voicebot.desktop.keys import REMEMBERED, Keys
from voicebot.desktop.words import Words
from voicebot.errors import UsageError
from voicebot.readiness import NotReady, Readiness, Ready

pytestmark = pytest.mark.usefixtures("qt")


class Talk(QObject):
    """Notes on which thread it is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[tuple[str, bool]] = []

    @Slot()
    def down(self) -> None:
        self.pressed.append(("down", threading.current_thread() is threading.main_thread()))

    @Slot()
    def up(self) -> None:
        self.pressed.append(("up", threading.current_thread() is threading.main_thread()))


class System:
    """A system that gives every key, but those whose name is a fault."""

    name = "scripted"

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.calls: list[tuple[str, bool]] = []

    def ready(self) -> Readiness:
        return Ready("here")

    def start(
        self,
        shortcut: str,
        pressed: Callable[[], None],
        released: Callable[[], None],
        heard: Callable[[str], None],
        changed: Callable[[Readiness], None],
    ) -> None:
        self.calls.append((shortcut, threading.current_thread() is threading.main_thread()))
        if self.fault is not None:
            raise self.fault
        changed(Ready(shortcut))
        heard(f"{shortcut} down")
        pressed()
        released()

    def stop(self) -> None:
        self.calls.append(("stop", threading.current_thread() is threading.main_thread()))


class Desk:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, system: System, shortcut: str) -> None:
        monkeypatch.setattr(keys_module, "best", lambda: system)
        self.kept: list[tuple[str, object]] = []
        self.talk, self.owner, self.system = Talk(), QObject(), system
        self.keys = Keys(self.talk, lambda *pair: self.kept.append(pair), Words("en"), shortcut, self.owner)  # type: ignore[arg-type]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(shortcut: str = "F9", fault: Exception | None = None) -> Desk:
        desks.append(Desk(monkeypatch, System(fault), shortcut))
        return desks[-1]

    yield make
    for one in desks:
        one.keys.close()


def test_the_key_is_asked_for_elsewhere_and_heard_here(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.start()
    until(lambda: len(made.talk.pressed) == 2, "the key")
    assert made.talk.pressed == [("down", True), ("up", True)]
    assert made.system.calls == [("F9", False)]
    assert made.keys.property("ready") is True


def test_without_a_key_nothing_is_asked_for(desk: Callable[..., Desk]) -> None:
    made = desk(shortcut="")
    made.keys.start()
    made.keys.close()
    made.keys.close()
    assert made.system.calls == []


def test_another_key_is_written_as_it_is_called_and_kept(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.setProperty("shortcut", " ctrl + alt+space ")
    written = made.keys.property("shortcut")
    assert made.kept == [("desktop.global_key", written)]
    until(lambda: made.system.calls == [(written, False)], "the key")
    made.keys.setProperty("shortcut", "")
    until(lambda: made.system.calls[-1] == ("stop", False), "its end")
    assert made.kept[-1] == ("desktop.global_key", "")


def test_nonsense_is_a_fault_and_changes_nothing(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.setProperty("shortcut", "no such key at all")
    assert made.keys.property("fault")
    assert (made.keys.property("shortcut"), made.kept, made.system.calls) == ("F9", [], [])
    made.keys.setProperty("shortcut", "F8")
    assert made.keys.property("fault") == ""


@pytest.mark.parametrize(
    "fault", [UsageError("this key is taken", fix="choose another key"), ImportError("gone", name="pynput"), OSError()]
)
@pytest.mark.expects_warnings
def test_a_system_that_refuses_is_told(desk: Callable[..., Desk], fault: Exception) -> None:
    made = desk(fault=fault)
    made.keys.start()
    until(lambda: made.keys.property("why"), "the reason")
    assert made.keys.property("ready") is False


def test_the_panel_shows_what_arrives_while_it_is_open(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.note(int(Qt.Key.Key_F9), True, False)
    assert made.keys.property("heard") == []
    made.keys.setProperty("watched", True)
    for _ in range(2 * REMEMBERED):
        made.keys.note(int(Qt.Key.Key_F9), True, True)
    made.keys.note(int(Qt.Key.Key_F9), False, False)
    assert made.keys.property("heard") == ["F9 ↑"]
    made.keys.start()
    until(lambda: "F9 down" in made.keys.property("heard"), "the key")
    for _ in range(2 * REMEMBERED):
        made.keys.note(int(Qt.Key.Key_A), True, False)
    assert len(made.keys.property("heard")) == REMEMBERED
    made.keys.setProperty("watched", False)
    assert made.keys.property("heard") == []


def test_a_key_that_is_lost_later_is_told(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.answered.emit(Ready("F9"))
    made.keys.answered.emit(NotReady("the desktop took the key back", "choose another key"))
    assert made.keys.property("ready") is False
    assert made.keys.property("why")
