"""Every screen as a screen reader and a keyboard find it: named, apart from each other, large enough, and reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtCore import QMetaObject, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.desktop.app import Node
from tests.desktop.stage import SECTIONS, STEPS, Stage, apart, stage
from tests.screenshots.said import ENGLISH, KOREAN, Conversation, Turn
from voicebot.events import DeviceLost, State, StateChanged

SMALLEST = 24
"""Pixels on a side that a control has at least (WCAG 2.2, 2.5.8)."""
OPERABLE = {"Button", "CheckBox", "EditableText", "MenuItem", "RadioButton", "Slider", "ComboBox"}
FAILED = Conversation((Turn("And now?", spoken=True, outcome="failed", failure="the speaker was not found"),))
RING = 6
"""Pixels around a control in which its focus is seen."""


def test_names_in_english() -> None:
    apart(english)


def test_names_in_korean() -> None:
    apart(korean)


def test_tab_reaches_everything_in_order() -> None:
    apart(tabbed)


def test_tab_reaches_everything_in_the_settings() -> None:
    apart(pages_tabbed)


def english() -> None:
    _walk("en")


def korean() -> None:
    _walk("ko")


def _walk(language: str) -> None:
    said = ENGLISH if language == "en" else KOREAN
    wrong: list[str] = []
    with stage((FAILED, *said), language) as shown:
        for name, go in SCREENS.items():
            leave = go(shown)
            shown.picture()
            found = shown.nodes()
            assert len(list(operable(found))) > 2, name
            wrong += [f"{name}: {fault}" for fault in faults(found)]
            leave()
        assert not wrong, "\n".join(wrong)


def operable(found: list[Node]) -> Iterator[Node]:
    for node in found:
        if node["role"] in OPERABLE or (node["focusable"] and node["role"] == "ListItem"):
            yield node


def faults(found: list[Node]) -> list[str]:
    """What is wrong with the nodes of one screen."""
    every = list(operable(found))
    often = Counter((node["role"], node["name"]) for node in every)
    nameless = [f"nameless: {node}" for node in every if not node["name"].strip()]
    twice = [f"{count} times: {which}" for which, count in often.items() if count > 1]
    small = [f"small: {node}" for node in every if min(node["w"], node["h"]) < SMALLEST]
    return nameless + twice + small


# -- the screens, each with the way back -------------------------------------------------------------------------------

Leave = Callable[[], object]


def _conversation(shown: Stage) -> Leave:
    shown.resize(1040)
    return shown.settle


def _drawer(shown: Stage) -> Leave:
    shown.resize(360)
    press(shown, "toggleSidebar")
    return lambda: (QTest.keyClick(shown.window, Qt.Key.Key_Escape), shown.resize(1040))


def _narrow(shown: Stage) -> Leave:
    shown.resize(360)
    return lambda: shown.resize(1040)


def _failure(shown: Stage) -> Leave:
    _open(shown, 1)
    return lambda: _open(shown, len(ENGLISH) + 1)


def _editing(shown: Stage) -> Leave:
    question = next(one for one in shown.everything() if "Question_QMLTYPE" in one.metaObject().className())
    question.setProperty("editing", True)
    return lambda: question.setProperty("editing", False)


def _banner(shown: Stage) -> Leave:
    shown.root.apply(DeviceLost(0, "microphone", "the microphone was not found", "plug in a microphone"))
    return shown.root.notices.dismiss


def _toast(shown: Stage) -> Leave:
    shown.root.conversations.removed.emit("Bread")
    return shown.settle


def _empty(shown: Stage) -> Leave:
    shown.root.newConversation()
    shown.wait_until(lambda: shown.root.conversation.rowCount() == 0, "an empty conversation")
    return lambda: _open(shown, len(ENGLISH) + 1)


def _bar(shown: Stage) -> Leave:
    shown.root.setProperty("hasTray", True)
    shown.window.hide()
    shown.settle()
    shown.root.apply(StateChanged(900, State.SPEAKING))
    bar = next(one for one in QGuiApplication.topLevelWindows() if one.isVisible())
    shown.looked_at = bar

    def back() -> None:
        shown.looked_at = None
        shown.root.apply(StateChanged(900, State.IDLE))
        shown.window.show()
        shown.root.setProperty("hasTray", False)

    return back


def _lab(shown: Stage) -> Leave:
    shown.window.setProperty("page", "lab")
    shown.wait_until(lambda: shown.root.lab.property("voices"), "the engines")
    return shown.uncover


def _popups(kind: str) -> Callable[[Stage], Leave]:
    def go(shown: Stage) -> Leave:
        popup = next(one for one in shown.everything() if f"{kind}_QMLTYPE" in one.metaObject().className())
        QMetaObject.invokeMethod(popup, "open")
        return lambda: (QMetaObject.invokeMethod(popup, "close"), shown.settle())

    return go


def _settings(section: str) -> Callable[[Stage], Leave]:
    def go(shown: Stage) -> Leave:
        shown.show_settings(section)
        return shown.uncover

    return go


def _first_minute(step: int) -> Callable[[Stage], Leave]:
    def go(shown: Stage) -> Leave:
        shown.show_first_minute(step)
        return shown.uncover

    return go


SCREENS: dict[str, Callable[[Stage], Leave]] = {
    "conversation": _conversation,
    "narrow": _narrow,
    "drawer": _drawer,
    **{f"settings: {section}": _settings(section) for section in SECTIONS},
    **{f"first minute: {step + 1}": _first_minute(step) for step in range(STEPS)},
    "lab": _lab,
    "conversation's menu": _popups("Menu"),
    "key test": _popups("KeyTest"),
    "editing": _editing,
    "banner": _banner,
    "toast": _toast,
    "failure": _failure,
    "empty": _empty,
    "bar": _bar,
}


def press(shown: Stage, signal: str) -> None:
    """What a button of the header does."""
    header = next(one for one in shown.everything() if "Header_QMLTYPE" in one.metaObject().className())
    QMetaObject.invokeMethod(header, signal)
    shown.settle()


def _open(shown: Stage, number: int) -> None:
    shown.root.openConversation(number)
    shown.wait_until(lambda: shown.root.conversations.property("current") == number, "another conversation")


# -- the keyboard ------------------------------------------------------------------------------------------------------


def tabbed() -> None:
    with stage((FAILED, *ENGLISH)) as shown:
        shown.resize(1040, 2000)
        forward = _stops(shown, Qt.Key.Key_Tab)
        names = [name for name, _ in forward]
        messages = [int(found[1]) for name in names if (found := re.search(r", message (\d+)", name))]
        assert messages == sorted(messages)
        assert len(set(messages)) > 5, names
        order = ["New conversation", "Search everything said", "Conversations", "Settings", "Conversation", "Message"]
        assert [name for name in names if name in order] == order
        assert [name for name, seen in forward if not seen] == []
        every = {node["name"] for node in operable(shown.nodes()) if not node["disabled"]}
        assert every - set(names) == set()
        backward = [name for name, _ in _stops(shown, Qt.Key.Key_Backtab)]
        begin = backward.index(names[0]) + 1
        assert [*backward[begin:], *backward[:begin]] == names[::-1]


def pages_tabbed() -> None:
    """Every control of the settings and of the first minute is reached, and shows that it has the keyboard."""
    with stage(ENGLISH) as shown:
        shown.resize(1040, 4000)
        pages = {name: go for name, go in SCREENS.items() if name.startswith(("settings", "first minute"))}
        for page, go in pages.items():
            leave = go(shown)
            stops = _stops(shown, Qt.Key.Key_Tab)
            every = {node["name"] for node in operable(shown.nodes()) if not node["disabled"]}
            unchosen = {node["name"] for node in shown.nodes() if node["role"] == "RadioButton" and not node["checked"]}
            assert every - {name for name, _ in stops} - unchosen == set(), page
            assert [name for name, seen in stops if not seen] == [], page
            leave()


def _stops(shown: Stage, key: Qt.Key) -> list[tuple[str, bool]]:
    """What has the keyboard, one after another, until the first has it again; and whether that is seen."""
    found: list[tuple[str, bool]] = []
    QTest.keyClick(shown.window, key)
    first = QGuiApplication.focusObject()
    while True:
        here = QGuiApplication.focusObject()
        there = QAccessible.queryAccessibleInterface(here)
        place = there.rect().translated(-shown.window.position())
        with_focus = shown.picture()
        QTest.keyClick(shown.window, key)
        shown.settle()
        found.append((there.text(QAccessible.Text.Name), differs(with_focus, shown.picture(), place)))
        if QGuiApplication.focusObject() is first or len(found) > 200:
            return found


def differs(one: QImage, other: QImage, place: QRect) -> bool:
    around = place.adjusted(-RING, -RING, RING, RING)
    return one.copy(around) != other.copy(around)
