"""A loopback server that speaks OpenAI's protocol, well and in all the ways in which a service can fail.

Each request takes the next behaviour from the script; without one it is answered well. Behaviours are functions from
a request to its response, made by the functions below.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil
from aiohttp import web

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEY = "sk-test-0123456789abcdef"
SPEECH_RATE = 24_000


@dataclass
class Seen:
    """A request as it arrived; `form` is of a multipart body."""

    path: str
    headers: dict[str, str]
    peer: tuple[str, int]
    json: Any = None
    form: dict[str, Any] = field(default_factory=dict)


class Server:
    """What the server is told to do, and what it saw."""

    def __init__(self) -> None:
        self.url = ""
        self.script: list[Behaviour] = []
        self.models: tuple[str, ...] = ()
        self.lists = asyncio.Event()
        """Cleared, it does not answer what it is asked for its models."""
        self.lists.set()
        self.seen: list[Seen] = []
        self.arrived = asyncio.Event()
        self.left = asyncio.Event()
        """Set when a client went away before its answer was complete."""

    def will(self, *behaviours: Behaviour) -> None:
        self.script.extend(behaviours)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(await _read(request))
        self.arrived.set()
        if request.path.endswith("/models"):
            await self.lists.wait()
            return web.json_response({"object": "list", "data": [{"id": name} for name in self.models]})
        behaviour = self.script.pop(0) if self.script else _well(request.path)
        try:
            return await behaviour(request)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()
            raise


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    """A server on a free port; its `url` is a base URL."""
    server = Server()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = "http://{}:{}/v1".format(*runner.addresses[0][:2])
    try:
        yield server
    finally:
        await runner.cleanup()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def deaf_port() -> Iterator[int]:
    """A port whose connections are never made: its listener accepts nobody, and its queue is full."""
    with contextlib.ExitStack() as opened:
        listener = opened.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            caller = opened.enter_context(socket.socket())
            caller.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                caller.connect(listener.getsockname())
        yield int(listener.getsockname()[1])


def half_open(port: int) -> int:
    """How many of this process's connections to `port` are still being made."""
    connections = psutil.Process().net_connections("tcp4")
    return sum(c.status == psutil.CONN_SYN_SENT and bool(c.raddr) and c.raddr.port == port for c in connections)


def tone(seconds: float) -> bytes:
    """PCM as audio/speech sends it."""
    times = np.arange(int(SPEECH_RATE * seconds)) / SPEECH_RATE
    return (np.cos(times * 880 * np.pi) * 8000).astype("<i2").tobytes()


# -- behaviours ------------------------------------------------------------------------------------------------------


def body(content: str | bytes, content_type: str = "application/json", status: int = 200) -> Behaviour:
    """Any body, whole."""

    async def respond(_: web.Request) -> web.StreamResponse:
        data = content.encode() if isinstance(content, str) else content
        return web.Response(status=status, body=data, content_type=content_type)

    return respond


def refusing(
    status: int, message: str = "no", code: str | None = None, param: str | None = None, **headers: str
) -> Behaviour:
    """An error as OpenAI words it; headers with _ for -."""

    async def respond(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        error = {"message": message, "type": "error", "param": param, "code": code}
        return web.json_response({"error": error}, status=status, headers=named)

    return respond


def transcript(text: str, **more: Any) -> Behaviour:
    return body(json.dumps({"text": text, **more}))


def events(*data: str | dict[str, Any], then: str = "end", done: bool = True) -> Behaviour:
    """Server-sent events, then "end", "stall" or "drop"."""
    pieces = [item if isinstance(item, str) else json.dumps(item) for item in data]
    if then == "end" and done:
        pieces.append("[DONE]")
    return stream(*(f"data: {piece}\n\n".encode() for piece in pieces), content_type="text/event-stream", then=then)


def words(*pieces: str, finish: str | None = "stop", then: str = "end") -> Behaviour:
    """A chat completion, streamed."""
    chunks = [chunk({"content": piece}) for piece in pieces]
    if then == "end" and finish is not None:
        chunks.append(chunk({}, finish))
    return events(*chunks, then=then)


def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def stream(*pieces: bytes, content_type: str = "application/octet-stream", then: str = "end") -> Behaviour:
    """Bytes piece by piece, then "end", "stall" or "drop"."""

    async def respond(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": content_type})
        await response.prepare(request)
        for piece in pieces:
            await response.write(piece)
            await asyncio.sleep(0)
        if then == "end":
            await response.write_eof()
            return response
        return await (stalling if then == "stall" else dropping)(request)

    return respond


async def stalling(_: web.Request) -> web.StreamResponse:
    """Says nothing (more) until the client goes away."""
    await asyncio.Event().wait()
    raise AssertionError("an event that nobody sets was set")


async def dropping(request: web.Request) -> web.StreamResponse:
    """Cuts the connection."""
    assert request.transport is not None
    request.transport.close()  # what was written before still leaves
    return await stalling(request)


def _well(path: str) -> Behaviour:
    if path.endswith("/chat/completions"):
        return words("It is ", "fine.")
    if path.endswith("/audio/speech"):
        return stream(tone(0.1), tone(0.1), content_type="audio/pcm")
    if path.endswith("/audio/transcriptions"):
        return transcript("Hello there.")
    return refusing(404, "Unknown request URL")


async def _read(request: web.Request) -> Seen:
    assert request.transport is not None
    seen = Seen(request.path, dict(request.headers), request.transport.get_extra_info("peername"))
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            name = str(part.name)  # type: ignore[union-attr]
            value: Any = bytes(await part.read()) if name == "file" else await part.text()  # type: ignore[union-attr, call-arg]
            if name.endswith("[]"):
                seen.form.setdefault(name, []).append(value)
            else:
                seen.form[name] = value
    elif request.can_read_body:
        seen.json = await request.json()
    return seen


async def assert_nothing_left() -> None:
    """No task but the test's own; the finalisers of abandoned iterators get a few turns of the loop to run."""
    gc.collect(1)
    for _ in range(20):
        await asyncio.sleep(0)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not others, others
