"""A connection to the session bus for one thread that can be told to stop, through jeepney."""

from __future__ import annotations

import os
import select
import socket
import time
from collections import deque
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Parser, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.bus import get_bus
from jeepney.io.blocking import prep_socket

CALL_LIMIT = 10.0
"""Seconds for a method that asks nobody; what the bus starts for it is ready in less."""

WAITING_SIGNALS = 64
"""Signals kept while a reply is awaited; the oldest go first. A portal sends a handful."""

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


class NoBus(Exception):
    """There is no session bus, or it has gone."""


class Stopped(Exception):
    """The thread was told to stop."""


class Refused(Exception):
    """An error came instead of a reply; `name` as "org.freedesktop.DBus.Error.ServiceUnknown"."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text)
        self.name = name
        self.text = text


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: who sent it (the unique name), from which object, and what it says."""

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class Bus:
    """The session bus, until `stopped` becomes readable. Every method raises `NoBus` when there is none or it went."""

    def __init__(self, stopped: socket.socket | None = None) -> None:
        self._stopped = [] if stopped is None else [stopped]
        self._signals: deque[Signal] = deque(maxlen=WAITING_SIGNALS)
        self._numbers = count(1)
        self._parser = Parser()
        self._socket = _connect()
        try:
            self.call(BUS, "Hello")
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Bus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def call(
        self,
        address: DBusAddress,
        method: str,
        signature: str = "",
        body: tuple[Any, ...] = (),
        limit: float = CALL_LIMIT,
    ) -> tuple[Any, ...]:
        """Call a method and return what it replies. Raises `Refused`, `Stopped`, and `TimeoutError` after `limit` s."""
        serial = self.send(address, method, signature, body)
        end = time.monotonic() + limit
        while True:
            message = self._receive(end)
            if message.header.fields.get(HeaderFields.reply_serial) == serial:
                return _reply(message)
            self._keep(message)

    def send(self, address: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> int:
        """Call a method without waiting for its reply; the call's number."""
        serial = next(self._numbers)
        try:
            self._socket.sendall(new_method_call(address, method, signature or None, body).serialise(serial))
        except OSError as error:
            raise NoBus(str(error)) from error
        return serial

    def listen(self, **rule: str) -> None:
        """Ask for the signals that match, by `sender`, `interface`, `arg0` and the like."""
        text = ",".join(["type='signal'", *(f"{name}='{value}'" for name, value in rule.items())])
        self.call(BUS, "AddMatch", "s", (text,))

    def signal(self, limit: float | None = None) -> Signal:
        """The next signal. Raises `Stopped`, and `TimeoutError` after `limit` s (None: never)."""
        end = None if limit is None else time.monotonic() + limit
        while not self._signals:
            self._keep(self._receive(end))
        return self._signals.popleft()

    def _keep(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            fields = message.header.fields
            names = (HeaderFields.sender, HeaderFields.path, HeaderFields.interface, HeaderFields.member)
            sender, path, interface, member = (str(fields.get(name, "")) for name in names)
            self._signals.append(Signal(sender, path, interface, member, message.body))

    def _receive(self, end: float | None) -> Message:
        while (message := self._parser.get_next_message()) is None:
            left = None if end is None else max(0.0, end - time.monotonic())
            ready = select.select([self._socket, *self._stopped], [], [], left)[0]
            if not ready:
                raise TimeoutError
            if ready != [self._socket]:
                raise Stopped
            self._parser.add_data(self._read())
        return message

    def _read(self) -> bytes:
        try:
            data = self._socket.recv(4096)
        except OSError as error:
            raise NoBus(str(error)) from error
        if not data:
            raise NoBus("the session bus has gone")
        return data


def _reply(message: Message) -> tuple[Any, ...]:
    body: tuple[Any, ...] = message.body
    if message.header.message_type is MessageType.error:
        raise Refused(message.header.fields.get(HeaderFields.error_name, ""), str(body[0]) if body else "")
    return body


def _connect() -> socket.socket:
    try:
        connected: socket.socket = prep_socket(get_bus(_address()), timeout=CALL_LIMIT)
    except (OSError, RuntimeError, ValueError, AuthenticationError) as error:
        raise NoBus(str(error)) from error
    connected.settimeout(CALL_LIMIT)
    return connected


def _address() -> str:
    """Where the session bus is: as the desktop says, else where systemd puts it."""
    said = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    if not said and not usual.exists():
        raise NoBus("DBUS_SESSION_BUS_ADDRESS is not set")
    return said or f"unix:path={usual}"
