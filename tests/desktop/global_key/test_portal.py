"""The talk key through a desktop portal, played by a mock on a session bus of its own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.global_key.ear import LIMIT, Ear, press_and_release
from voicebot.desktop.global_key.base import BIND_A_COMMAND
from voicebot.desktop.global_key.portal import NO_JEEPNEY, PortalKey
from voicebot.readiness import NotReady, Ready
from voicebot.resources import APP_ID

if sys.platform != "linux":
    pytest.skip("desktop portals are not here", allow_module_level=True)

from jeepney import DBusAddress, HeaderFields, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.desktop.global_key.mock_portal import (
    PATH,
    PROPERTIES,
    REGISTRY,
    SHORTCUTS,
    MockPortal,
    SessionBus,
    session_bus,
)
from voicebot.desktop.global_key import portal_session as reasons


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with session_bus(tmp_path) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found.address)
        yield found


Arrive = Callable[..., MockPortal]


@pytest.fixture
def arrive(bus: SessionBus) -> Iterator[Arrive]:
    portals: list[MockPortal] = []

    def make(**says: object) -> MockPortal:
        portals.append(MockPortal(bus.address, **says).arrive())  # type: ignore[arg-type]
        return portals[-1]

    yield make
    for portal in portals:
        portal.leave()


@pytest.fixture
def key() -> Iterator[PortalKey]:
    made = PortalKey()
    yield made
    made.stop()
    assert "global-key-portal" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize("answers_early", [False, True])
def test_a_press_and_a_release(arrive: Arrive, key: PortalKey, answers_early: bool) -> None:
    portal, ear = arrive(answers_early=answers_early), Ear()
    ear.listen(key, "Ctrl+Alt+Space")
    assert ear.had() == "Press F9"
    assert portal.called == ["Register", "Get", "CreateSession", "BindShortcuts"]
    ((shortcut, properties),) = portal.bound
    assert (shortcut, properties["preferred_trigger"]) == ("talk", ("s", "CTRL+ALT+space"))
    portal.activate()
    assert ear.several(2) == ["Ctrl+Alt+Space down", "pressed"]
    portal.deactivate()
    assert ear.several(2) == ["Ctrl+Alt+Space up", "released"]


def test_presses_that_repeat_are_one(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    for _ in range(3):
        portal.activate()
    portal.deactivate()
    assert ear.several(6) == ["F9 down", "pressed", "F9 down", "F9 down", "F9 up", "released"]


def test_what_is_not_ours_is_not_heard(bus: SessionBus, arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    portal.activate(session=f"{PATH}/session/1_99/other")
    portal.activate(shortcut="other")
    emitter = DBusAddress(PATH, interface=SHORTCUTS)
    forged = new_signal(emitter, "Activated", "osta{sv}", (portal.session, "talk", 1, {}))
    forged.header.fields[HeaderFields.destination] = portal.caller
    with open_dbus_connection(bus.address) as stranger:
        stranger.send(forged)
        Proxy(message_bus, stranger, timeout=LIMIT).GetId()  # the bus has passed it on
    portal.activate()
    portal.deactivate()
    assert ear.several(4) == press_and_release("F9")
    assert ear.silent()


def test_the_user_chooses_another_key_in_the_settings(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    portal.change("Press Pause")
    assert ear.had() == "Press Pause"
    portal.change(None)
    assert ear.refused() == reasons.UNBOUND
    portal.change("Press F8")
    assert ear.had() == "Press F8"


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ({"bind_response": 1}, reasons.REFUSED),
        ({"bind_response": 2}, reasons.ENDED),
        ({"trigger": None}, reasons.UNBOUND),
        ({"bind_response": "dies"}, reasons.BROKE_OFF),
        ({"interfaces": {REGISTRY, PROPERTIES}}, reasons.NO_SHORTCUTS),
        ({"known_apps": {"org.other.App"}}, reasons.NOT_KNOWN),
    ],
)
def test_why_the_key_is_not_had(arrive: Arrive, key: PortalKey, says: dict[str, object], reason: NotReady) -> None:
    ear = Ear()
    arrive(**says)
    ear.listen(key, "F9")
    assert ear.refused() == reason
    assert ear.silent()


def test_a_portal_that_asks_who_we_are(arrive: Arrive, key: PortalKey) -> None:
    ear = Ear()
    arrive(known_apps={APP_ID})
    ear.listen(key, "F9")
    assert ear.had() == "Press F9"


def test_an_older_portal_that_registers_nobody(arrive: Arrive, key: PortalKey) -> None:
    ear = Ear()
    arrive(interfaces={SHORTCUTS, PROPERTIES})
    ear.listen(key, "F9")
    assert ear.had() == "Press F9"


def test_a_session_that_the_desktop_closes(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    portal.activate()
    portal.close_session()
    assert ear.several(3) == ["F9 down", "pressed", "released"]
    assert ear.refused() == reasons.ENDED


def test_a_portal_that_is_restarted(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    for _ in range(2):
        portal.activate()
        portal.leave()
        assert ear.several(3) == ["F9 down", "pressed", "released"]
        assert ear.refused() == reasons.RESTARTING
        portal = arrive()
        assert ear.had() == "Press F9"
    portal.activate()
    portal.deactivate()
    assert ear.several(4) == press_and_release("F9")


def test_a_portal_that_dies_while_it_asks(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(bind_response=None), Ear()
    ear.listen(key, "F9")
    assert portal.bind_called.wait(LIMIT)
    portal.leave()
    assert ear.refused() == reasons.BROKE_OFF


def test_a_portal_that_refuses_for_a_reason_of_its_own(arrive: Arrive, key: PortalKey) -> None:
    ear = Ear()
    arrive(refuses_sessions=True)
    ear.listen(key, "F9")
    why = "the desktop's portal refused (org.freedesktop.portal.Error.Failed)"
    assert ear.refused() == NotReady(why, BIND_A_COMMAND)


def test_a_portal_that_is_started_on_demand(bus: SessionBus, key: PortalKey) -> None:
    bus.starts_portals()
    ear = Ear()
    ear.listen(key, "F9")
    assert ear.had() == "Press F9"
    key.stop()
    assert ear.silent()


def test_a_bus_that_dies(bus: SessionBus, arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    portal.activate()
    assert ear.several(2) == ["F9 down", "pressed"]
    bus.process.kill()
    assert ear.next() == "released"
    assert ear.refused() == reasons.NO_BUS


def test_stopping_while_the_desktop_asks(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(bind_response=None), Ear()
    ear.listen(key, "F9")
    assert portal.bind_called.wait(LIMIT)
    key.stop()
    assert ear.silent()


def test_stopping_while_it_is_held_releases_it(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    ear.listen(key, "F9")
    ear.had()
    portal.activate()
    assert ear.several(2) == ["F9 down", "pressed"]
    key.stop()
    assert ear.next() == "released"


def test_another_key_is_asked_for_anew(arrive: Arrive, key: PortalKey) -> None:
    portal, ear = arrive(), Ear()
    for shortcut in ("F9", "F10"):
        ear.listen(key, shortcut)
        ear.had()
        assert portal.bound[0][1]["preferred_trigger"] == ("s", shortcut)


def test_no_portal(bus: SessionBus, key: PortalKey) -> None:
    ear = Ear()
    ear.listen(key, "F9")
    assert ear.refused() == reasons.NO_PORTAL == key.ready()


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "tcp:host=localhost", "nonsense"])
def test_no_bus(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: PortalKey) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    ear = Ear()
    ear.listen(key, "F9")
    assert ear.refused() == reasons.NO_BUS == key.ready()


def test_whether_it_is_ready(arrive: Arrive, key: PortalKey) -> None:
    portal = arrive()
    assert key.ready() == Ready("desktop portal, global shortcuts version 2")
    portal.interfaces = {PROPERTIES}
    assert key.ready() == reasons.NO_SHORTCUTS


def test_without_its_library(monkeypatch: pytest.MonkeyPatch, key: PortalKey) -> None:
    monkeypatch.setitem(sys.modules, "voicebot.desktop.global_key.portal_session", None)
    ear = Ear()
    ear.listen(key, "F9")
    assert ear.refused() == NO_JEEPNEY == key.ready()


def test_every_reason_is_one_line_with_a_fix() -> None:
    found = [value for value in vars(reasons).values() if isinstance(value, NotReady)]
    assert len(found) >= 10
    for reason in found:
        assert reason.why and reason.fix and "\n" not in f"{reason.why}{reason.fix}"
