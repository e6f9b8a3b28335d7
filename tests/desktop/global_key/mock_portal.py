"""A session bus of the test's own, and on it a desktop portal that does as the test says."""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.desktop.global_key.ear import LIMIT

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
PROPERTIES = "org.freedesktop.DBus.Properties"

BUS_CONFIGURATION = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


SERVICE = f"""
[D-BUS Service]
Name={NAME}
Exec={sys.executable} -m {__name__}
"""

CHECKOUT = Path(__file__).parents[3]


@dataclass
class SessionBus:
    """A bus that starts no service unless `starts_portals()` was called."""

    address: str
    process: subprocess.Popen[str]
    services: Path

    def starts_portals(self) -> None:
        """From now on the bus starts a mock portal for whoever needs one, as desktops do."""
        (self.services / "portal.service").write_text(SERVICE.strip())
        with open_dbus_connection(self.address) as connection:
            Proxy(message_bus, connection, timeout=LIMIT).ReloadConfig()


@contextmanager
def session_bus(folder: Path) -> Iterator[SessionBus]:
    """A new bus, gone at the end."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no session bus: dbus-daemon is not installed (`make test` installs it)")
    configuration = folder / "bus.conf"
    services = folder / "services"
    services.mkdir()
    configuration.write_text(BUS_CONFIGURATION.format(services=services).strip())
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        yield SessionBus(process.stdout.readline().strip(), process, services)
        process.terminate()


@dataclass
class MockPortal:
    """The portal, from `arrive()` to `leave()`.

    It answers `BindShortcuts` with `bind_response` (None: never, as while its dialog is open; "dies": by leaving) and,
    unless the answer is a refusal, with the shortcuts and `trigger` if that is not None.
    """

    address: str
    interfaces: set[str] = field(default_factory=lambda: {SHORTCUTS, REGISTRY, PROPERTIES})
    known_apps: set[str] | None = None
    bind_response: int | str | None = 0
    trigger: str | None = "Press F9"
    answers_early: bool = False
    refuses_sessions: bool = False
    called: list[str] = field(default_factory=list)
    bound: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    bind_called: threading.Event = field(default_factory=threading.Event)
    session: str = ""
    caller: str = ""
    _app_id: str = ""

    def arrive(self) -> MockPortal:
        """Take the portal's name on the bus, and answer from now on."""
        self._connection = open_dbus_connection(self.address)
        Proxy(message_bus, self._connection, timeout=LIMIT).RequestName(NAME)
        self._open, self._stopped = socket.socketpair()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def leave(self) -> None:
        """Leave the bus, as when it crashes or is restarted."""
        self._open.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(LIMIT)

    def activate(self, session: str = "", shortcut: str = "talk") -> None:
        """The user presses the key."""
        self._emit(SHORTCUTS, "Activated", "osta{sv}", (session or self.session, shortcut, 1, {}))

    def deactivate(self) -> None:
        """The user releases the key."""
        self._emit(SHORTCUTS, "Deactivated", "osta{sv}", (self.session, "talk", 2, {}))

    def change(self, trigger: str | None) -> None:
        """The user gives it another key in the desktop's settings, or none."""
        shortcuts = [] if trigger is None else [("talk", {"trigger_description": ("s", trigger)})]
        self._emit(SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, shortcuts))

    def close_session(self) -> None:
        """The desktop ends the session."""
        self._emit("org.freedesktop.portal.Session", "Closed", "a{sv}", ({},), self.session)

    def _serve(self) -> None:
        with self._connection, self._stopped:
            while True:
                try:
                    self._answer(self._connection.receive(timeout=0))
                except TimeoutError:
                    if self._stopped in select.select([self._connection.sock, self._stopped], [], [])[0]:
                        return
                except OSError:  # the bus has gone, or this portal dies
                    return

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        interface, member = fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, "")
        if HeaderFields.path not in fields or interface == "org.freedesktop.DBus":
            return
        self.called.append(member)
        answers: dict[str, Callable[[Message], None]] = {
            "Register": self._register,
            "Get": self._get,
            "CreateSession": self._create_session,
            "BindShortcuts": self._bind,
        }
        if interface in self.interfaces:
            answers[member](message)
        else:
            self._refuse(message, "org.freedesktop.DBus.Error.UnknownMethod", f"No such interface {interface}")

    def _register(self, message: Message) -> None:
        app_id, _ = message.body
        if self.known_apps is not None and app_id not in self.known_apps:
            return self._refuse(message, "org.freedesktop.portal.Error.Failed", f"App info not found for '{app_id}'")
        self._app_id = app_id
        return self._connection.send(new_method_return(message))

    def _get(self, message: Message) -> None:
        if SHORTCUTS not in self.interfaces:
            return self._refuse(message, "org.freedesktop.DBus.Error.InvalidArgs", "No such interface")
        return self._connection.send(new_method_return(message, "v", (("u", 2),)))

    def _create_session(self, message: Message) -> None:
        if self.known_apps is not None and not self._app_id:
            return self._refuse(message, "org.freedesktop.portal.Error.NotAllowed", "An app id is required")
        if self.refuses_sessions:
            return self._refuse(message, "org.freedesktop.portal.Error.Failed", "Something went wrong")
        (options,) = message.body
        self.session = f"{PATH}/session/{self._caller(message)}/{options['session_handle_token'][1]}"
        return self._respond(message, options, 0, {"session_handle": ("s", self.session)})

    def _bind(self, message: Message) -> None:
        self.caller = message.header.fields[HeaderFields.sender]
        session, self.bound, _, options = message.body
        assert session == self.session
        self.bind_called.set()
        if self.bind_response == "dies":
            self._connection.close()
            raise OSError
        if isinstance(self.bind_response, int):
            had = [(name, {"trigger_description": ("s", self.trigger)}) for name, _ in self.bound]
            shortcuts = had if self.trigger is not None and not self.bind_response else []
            self._respond(message, options, self.bind_response, {"shortcuts": ("a(sa{sv})", shortcuts)})
        else:
            self._connection.send(new_method_return(message, "o", (self._request(message, options),)))

    def _respond(self, message: Message, options: dict[str, Any], response: int, results: dict[str, Any]) -> None:
        request = self._request(message, options)
        reply = new_method_return(message, "o", (request,))
        emitter = DBusAddress(request, interface="org.freedesktop.portal.Request")
        signal = new_signal(emitter, "Response", "ua{sv}", (response, results))
        for answer in (signal, reply) if self.answers_early else (reply, signal):
            self._connection.send(answer)

    def _refuse(self, message: Message, name: str, text: str) -> None:
        self._connection.send(new_error(message, name, "s", (text,)))

    def _emit(self, interface: str, member: str, signature: str, body: tuple[Any, ...], path: str = PATH) -> None:
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _request(self, message: Message, options: dict[str, Any]) -> str:
        return f"{PATH}/request/{self._caller(message)}/{options['handle_token'][1]}"

    @staticmethod
    def _caller(message: Message) -> str:
        sender: str = message.header.fields[HeaderFields.sender]
        return sender.removeprefix(":").replace(".", "_")


if __name__ == "__main__":
    MockPortal(os.environ["DBUS_STARTER_ADDRESS"]).arrive()
