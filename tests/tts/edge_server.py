"""A loopback stand-in for Microsoft Edge's voice service: a websocket that takes SSML and answers with MP3 in messages.

Each connection takes the next behaviour from the script; without one it is answered well.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import numpy as np
import soundfile
from aiohttp import web

Behaviour = Callable[[web.WebSocketResponse], Awaitable[None]]
Refusal = Callable[[web.Request], Awaitable[web.StreamResponse]]
VOICES = (
    ("ko-KR-SunHiNeural", "Microsoft SunHi Online (Natural) - Korean (Korea)"),
    ("en-US-EmmaMultilingualNeural", "Microsoft EmmaMultilingual Online (Natural) - English (United States)"),
    ("de-DE-KatjaNeural", "Microsoft Katja Online (Natural) - German (Germany)"),
    ("fil-PH-AngeloNeural", "Microsoft Angelo Online (Natural) - Filipino (Philippines)"),
)


class Server:
    """What the service is told to do, and what it saw."""

    def __init__(self) -> None:
        self.port = 0
        self.script: list[Behaviour | Refusal] = []
        self.lists: list[Refusal] = []
        self.asked: list[dict[str, str]] = []
        """The text, the voice and the rate of each sentence."""
        self.listed = 0
        self.arrived = asyncio.Event()
        self.left = asyncio.Event()
        """Set when a client went away before its answer was complete."""

    async def speak(self, request: web.Request) -> web.StreamResponse:
        behaviour: Any = self.script.pop(0) if self.script else speaking(tone(0.5))
        try:
            if getattr(behaviour, "after_the_handshake", False):
                return await self._answer(request, behaviour)
            self.asked.append({})
            self.arrived.set()
            return await behaviour(request)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()
            raise

    async def _answer(self, request: web.Request, behaviour: Any) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = (await socket.receive()).data
        assert "Path:speech.config" in config
        assert "audio-24khz-48kbitrate-mono-mp3" in config
        self.asked.append(_read((await socket.receive()).data))
        self.arrived.set()
        await behaviour(socket)
        return socket

    async def list(self, request: web.Request) -> web.StreamResponse:
        self.listed += 1
        if self.lists:
            return await self.lists.pop(0)(request)
        return web.json_response([{"ShortName": name, "FriendlyName": friendly} for name, friendly in VOICES])


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    application = web.Application()
    application.router.add_get("/edge/v1", server.speak)
    application.router.add_get("/voices/list", server.list)
    runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


def _read(message: str) -> dict[str, str]:
    found = re.search(r"<voice name='.*\((.*), (.*)\)'><prosody .* rate='(.*?)' .*?>(.*)</prosody>", message)
    assert found is not None, message
    place, name, rate, text = found.groups()
    return {"voice": f"{place}-{name}", "rate": rate, "text": text}


def tone(seconds: float, loudness: float = 0.5) -> bytes:
    """MP3 as the service sends it: 24 kHz, mono, a constant bit rate."""
    target = io.BytesIO()
    samples = loudness * np.sin(np.arange(int(24_000 * seconds)) / 9)
    soundfile.write(target, samples, 24_000, format="MP3", bitrate_mode="CONSTANT", compression_level=0.8)
    return target.getvalue()


# -- behaviours ------------------------------------------------------------------------------------------------------


def speaking(*sound: bytes, then: str = "end", size: int = 720, content_type: str = "audio/mpeg") -> Behaviour:
    """Sound in messages of `size` bytes, then "end", "stall", "drop", or "close" as a service that is done does."""

    async def respond(socket: web.WebSocketResponse) -> None:
        await socket.send_str(message("turn.start", "{}"))
        data = b"".join(sound)
        for start in range(0, len(data), size):
            await socket.send_bytes(audio(data[start : start + size], content_type))
            await asyncio.sleep(0)
        if then == "end":
            await socket.send_str(message("audio.metadata", json.dumps(_boundary("Hello."))))
            await socket.send_bytes(binary(b"", "Path:audio"))
            await socket.send_str(message("turn.end", "{}"))
            await socket.receive()
        elif then == "close":
            await socket.close()
        elif then == "drop":
            assert socket._req is not None
            assert socket._req.transport is not None
            socket._req.transport.close()
        else:
            await asyncio.Event().wait()

    respond.after_the_handshake = True  # type: ignore[attr-defined]
    return respond


def saying(*messages: str | bytes) -> Behaviour:
    """Messages as they are."""

    async def respond(socket: web.WebSocketResponse) -> None:
        for one in messages:
            await (socket.send_str(one) if isinstance(one, str) else socket.send_bytes(one))
        await socket.close()

    respond.after_the_handshake = True  # type: ignore[attr-defined]
    return respond


def refusing(status: int, body: str = "", **headers: str) -> Refusal:
    """An answer that is no websocket."""

    async def respond(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, text=body, content_type="text/html", headers=named)

    return respond


async def stalling(_: web.Request) -> web.StreamResponse:
    """Says nothing until the client goes away, not even to the handshake."""
    await asyncio.Event().wait()
    raise AssertionError("an event that nobody sets was set")


async def dropping(request: web.Request) -> web.StreamResponse:
    """Cuts the connection before the handshake."""
    assert request.transport is not None
    request.transport.close()
    return await stalling(request)


def message(path: str, body: str) -> str:
    return f"X-RequestId:0123\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def audio(data: bytes, content_type: str = "audio/mpeg") -> bytes:
    return binary(data, f"Content-Type:{content_type}\r\nX-StreamId:4567\r\nPath:audio")


def binary(data: bytes, headers: str) -> bytes:
    """Two bytes that tell the length of the header, the header, the sound."""
    header = f"X-RequestId:0123\r\n{headers}\r\n".encode()
    return len(header).to_bytes(2, "big") + header + data


def _boundary(text: str) -> dict[str, Any]:
    spoken = {"Text": text, "Length": len(text), "BoundaryType": "SentenceBoundary"}
    return {"Metadata": [{"Type": "SentenceBoundary", "Data": {"Offset": 0, "Duration": 1, "text": spoken}}]}
