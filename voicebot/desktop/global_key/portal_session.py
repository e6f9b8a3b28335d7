"""The conversation with the desktop's portal: a session, a shortcut bound in it, and what the shortcut then does."""

from __future__ import annotations

import logging
import socket
from itertools import count
from typing import Any, NoReturn

from jeepney import DBusAddress

from voicebot.desktop.global_key.base import BIND_A_COMMAND, Reports
from voicebot.desktop.global_key.bus import BUS, Bus, NoBus, Refused, Signal, Stopped
from voicebot.readiness import NotReady, Readiness, Ready

log = logging.getLogger(__name__)

USER_LIMIT = 600.0
"""Seconds in which the user answers the desktop's question."""

START_LIMIT = 30.0
"""Seconds in which the portal starts: during a login it waits 25 s for the desktop (D-Bus's own limit)."""

SHORTCUT_ID = "talk"
DESCRIPTION = "Talk to Voicebot"

PORTAL_NAME = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS_INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
SESSION_INTERFACE = "org.freedesktop.portal.Session"
REQUEST_INTERFACE = "org.freedesktop.portal.Request"

SHORTCUTS = DBusAddress(PORTAL_PATH, PORTAL_NAME, SHORTCUTS_INTERFACE)
REGISTRY = DBusAddress(PORTAL_PATH, PORTAL_NAME, "org.freedesktop.host.portal.Registry")
PROPERTIES = DBusAddress(PORTAL_PATH, PORTAL_NAME, "org.freedesktop.DBus.Properties")

NO_BUS = NotReady("there is no session bus", "start Voicebot inside your desktop session")
NO_PORTAL = NotReady("this desktop has no portal", f"install xdg-desktop-portal, or {BIND_A_COMMAND}")
NO_SHORTCUTS = NotReady("this desktop's portal has no global shortcuts", BIND_A_COMMAND)
NOT_KNOWN = NotReady("the desktop does not know Voicebot, whose menu entry is not installed", BIND_A_COMMAND)
REFUSED = NotReady("you refused the talk key when the desktop asked", "turn it on again and allow it")
UNBOUND = NotReady("the desktop bound no key to it", "choose one in its settings under shortcuts")
UNANSWERED = NotReady("the desktop's question was not answered", "turn it on again and answer it")
ENDED = NotReady("the desktop took the talk key back", "turn it on again")
SILENT = NotReady("the desktop's portal does not answer", BIND_A_COMMAND)
BROKE_OFF = NotReady("the desktop's portal broke off", "turn it on again")
RESTARTING = NotReady("the desktop's portal has gone", "wait until it is back, or log in again")

RESPONSES = {1: REFUSED, 2: ENDED}
"""What the Response of a request says besides 0, success: the user said no, it ended in another way."""


Shortcuts = list[tuple[str, dict[str, Any]]]
"""D-Bus's a(sa{sv}): each shortcut's id and its properties, a property being its signature and its value."""


class NotHad(Exception):
    """The key cannot be had, or was lost."""

    def __init__(self, reason: NotReady) -> None:
        super().__init__(reason)
        self.reason = reason


class PortalGone(NotHad):
    """The portal left the bus. It may come back."""

    def __init__(self) -> None:
        super().__init__(BROKE_OFF)


def look() -> Readiness:
    """Whether a portal with global shortcuts answers; it is started for that if need be."""
    try:
        with Bus() as bus:
            portal = Portal(bus)
            return Ready(f"desktop portal, global shortcuts version {portal.version()}")
    except (NoBus, NotHad, Refused, TimeoutError) as error:
        return _reason(error)


def hear(app_id: str, reports: Reports, stopped: socket.socket) -> None:
    """Bind the shortcut and report what it does, until `stopped` becomes readable or the key is lost for good."""
    try:
        with Bus(stopped) as bus:
            bus.listen(sender=BUS.bus_name, interface=BUS.interface, member="NameOwnerChanged", arg0=PORTAL_NAME)
            for interface in (REQUEST_INTERFACE, SESSION_INTERFACE, SHORTCUTS_INTERFACE):
                bus.listen(sender=PORTAL_NAME, interface=interface)
            _hear_on(bus, app_id, reports)
    except Stopped:
        log.debug("the portal's key was given back")
    except (NoBus, NotHad, Refused, TimeoutError) as error:
        reports.lost(_reason(error))


def _hear_on(bus: Bus, app_id: str, reports: Reports) -> NoReturn:
    portal = Portal(bus)
    while True:
        portal.register(app_id)
        portal.version()
        session = portal.create_session()
        reports.had(portal.bind(session, reports.shortcut.trigger))
        try:
            while True:
                _report(portal.signal(), session, reports)
        except PortalGone:
            reports.lost(RESTARTING)
            portal = _portal_that_is_back(bus)


def _report(signal: Signal, session: str, reports: Reports) -> None:
    match signal.member, signal.body:
        case "Activated", (of, shortcut, *_) if (of, shortcut) == (session, SHORTCUT_ID):
            reports.down()
        case "Deactivated", (of, shortcut, *_) if (of, shortcut) == (session, SHORTCUT_ID):
            reports.up()
        case "ShortcutsChanged", (of, list(shortcuts)) if of == session:
            _report_change(shortcuts, reports)
        case "Closed", _ if signal.path == session:
            raise NotHad(ENDED)


def _report_change(shortcuts: Shortcuts, reports: Reports) -> None:
    """The user gave it another key in the desktop's settings, or took it away for now."""
    try:
        reports.had(_trigger(shortcuts))
    except NotHad as unbound:
        reports.lost(unbound.reason)


def _portal_that_is_back(bus: Bus) -> Portal:
    while True:
        try:
            return Portal(bus)
        except NotHad:
            bus.signal()  # that it has a new owner, at the latest


class Portal:
    """The portal that is on the bus now, started if need be. Raises `NotHad`, and `PortalGone` when it leaves."""

    _tokens = count(1)

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._owner = _owner(bus)

    def register(self, app_id: str) -> None:
        """Say who we are, which must come first. Older portals find out by themselves, or do not care."""
        try:
            self._bus.call(REGISTRY, "Register", "sa{sv}", (app_id, {}))
        except Refused as refused:
            log.info("the portal did not register %s: %s", app_id, refused.text)

    def version(self) -> int:
        """The version of its global shortcuts."""
        try:
            ((_, version),) = self._bus.call(PROPERTIES, "Get", "ss", (SHORTCUTS_INTERFACE, "version"))
        except Refused as refused:
            raise NotHad(NO_SHORTCUTS) from refused
        return int(version)

    def create_session(self) -> str:
        """A new session's path."""
        results = self._request("CreateSession", "a{sv}", ({"session_handle_token": ("s", self._token())},))
        match results:
            case {"session_handle": (_, str(session))}:
                return session
        raise NotHad(ENDED)

    def bind(self, session: str, trigger: str) -> str:
        """Bind the shortcut, which asks the user; how the desktop calls the key."""
        shortcut = (SHORTCUT_ID, {"description": ("s", DESCRIPTION), "preferred_trigger": ("s", trigger)})
        results = self._request("BindShortcuts", "oa(sa{sv})sa{sv}", (session, [shortcut], "", {}))
        return _trigger(results.get("shortcuts", ("a(sa{sv})", []))[1])

    def signal(self, limit: float | None = None) -> Signal:
        """The next signal of this portal. Raises `PortalGone` when the portal leaves."""
        while True:
            signal = self._bus.signal(limit)
            if signal.sender == self._owner:
                return signal
            if signal.member == "NameOwnerChanged" and signal.body[2] != self._owner:
                raise PortalGone

    def _request(self, method: str, signature: str, body: tuple[Any, ...]) -> dict[str, Any]:
        """Call a method whose answer comes as the Response of a request object; its options are the last argument."""
        *others, options = body
        options = options | {"handle_token": ("s", self._token())}
        try:
            (request,) = self._bus.call(SHORTCUTS, method, signature, (*others, options))
        except Refused as refused:
            raise NotHad(_refusal(refused)) from refused
        return self._response(request)

    def _response(self, request: str) -> dict[str, Any]:
        while True:
            try:
                signal = self.signal(USER_LIMIT)
            except TimeoutError as error:
                raise NotHad(UNANSWERED) from error
            match signal:
                case Signal(member="Response", path=path, body=(int(response), dict(results))) if path == request:
                    if response:
                        raise NotHad(RESPONSES.get(response, ENDED))
                    return results

    def _token(self) -> str:
        return f"voicebot_{next(self._tokens)}"


def _owner(bus: Bus) -> str:
    """The portal's unique name on the bus."""
    try:
        owned = bus.call(BUS, "NameHasOwner", "s", (PORTAL_NAME,))[0]
        if not owned:
            bus.call(BUS, "StartServiceByName", "su", (PORTAL_NAME, 0), START_LIMIT)
        return str(bus.call(BUS, "GetNameOwner", "s", (PORTAL_NAME,))[0])
    except Refused as refused:
        raise NotHad(NO_PORTAL) from refused


def _trigger(shortcuts: Shortcuts) -> str:
    """How the desktop calls the key of our shortcut, in words such as "Press F9"."""
    for shortcut, properties in shortcuts:
        if shortcut == SHORTCUT_ID:
            return str(properties.get("trigger_description", ("s", ""))[1])
    raise NotHad(UNBOUND)


def _refusal(refused: Refused) -> NotReady:
    match refused.name:
        case "org.freedesktop.portal.Error.NotAllowed":
            return NOT_KNOWN
        case "org.freedesktop.DBus.Error.NoReply":
            return BROKE_OFF
        case name:
            return NotReady(f"the desktop's portal refused ({name})", BIND_A_COMMAND)


def _reason(error: Exception) -> NotReady:
    match error:
        case NotHad(reason=reason):
            return reason
        case NoBus():
            return NO_BUS
        case _:
            return SILENT
