"""A web server on this machine that answers as badly as it is told to: one `Reply` for each request."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType


@dataclass(frozen=True)
class Reply:
    """How to answer one request; as it stands, as a good server would."""

    status: int | None = None
    """None: 200, or 206 and 416 where a range is asked for."""
    body: bytes | None = None
    """Instead of the server's file."""
    ranges: bool = True
    etag: str = '"first"'
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    """A lie in Content-Length."""
    framing: str = "length"
    """How the client knows the end: "length", "chunked", or "close"."""
    range_from: int | None = None
    """A lie: the range's start."""
    range_length: int | None = None
    """Send no more of the range than this."""
    drop_after: int | None = None
    """Close the line after so many bytes of the answer's body."""
    hold_after: int | None = None
    """Send so many bytes, then nothing until `HostileServer.release`."""
    piece: int = 1 << 16
    pause: float = 0.0
    """Seconds between pieces."""


@dataclass(frozen=True)
class Request:
    target: str
    headers: Mapping[str, str]
    """Names in lower case."""


class HostileServer:
    """Serves `file` under any path; the last reply stands for all further requests."""

    def __init__(self, file: bytes, replies: Sequence[Reply] = (Reply(),)) -> None:
        self.file = file
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.release = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> HostileServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def hang_up(self) -> None:
        """Let nobody connect any more; who is connected stays so."""
        self._server.close()

    async def all_lines_closed(self) -> None:
        """Return when no client is connected any more."""
        while self._connections:
            await asyncio.wait(set(self._connections))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._answer(reader, writer):
                pass
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            writer.close()
            await writer.wait_closed()
        self._connections.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the line is to be closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        reply = self.replies[min(len(self.requests), len(self.replies) - 1)]
        self.requests.append(Request(head[0].split()[1], headers))
        status, answered, body = self._content(reply, headers)
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in answered.items()), "", ""]
        writer.write("\r\n".join(lines).encode("latin-1"))
        await writer.drain()
        finished = await self._send(reader, writer, reply, body)
        return finished and reply.framing != "close" and reply.length is None

    def _content(self, reply: Reply, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        file = self.file if reply.body is None else reply.body
        headers = {"Content-Type": "application/octet-stream"} | ({"ETag": reply.etag} if reply.etag else {})
        status, body = reply.status or 200, file
        unchanged = "if-range" not in asked or (asked["if-range"] == reply.etag and not reply.etag.startswith("W/"))
        if reply.status is None and reply.ranges and "range" in asked and unchanged:
            start = int(asked["range"].removeprefix("bytes=").removesuffix("-"))
            status, body = (206, file[start:][: reply.range_length]) if start < len(file) else (416, b"")
            told = start if reply.range_from is None else reply.range_from
            span = f"{told}-{told + len(body) - 1}" if body else "*"
            headers["Content-Range"] = f"bytes {span}/{len(file)}"
        elif reply.status not in (None, 200):
            body = reply.body or b""
        if reply.framing == "length":
            headers["Content-Length"] = str(len(body) if reply.length is None else reply.length)
        elif reply.framing == "chunked":
            headers["Transfer-Encoding"] = "chunked"
        return status, headers | dict(reply.headers), body

    async def _send(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: Reply, body: bytes
    ) -> bool:
        """Send the body piece by piece; False when the line is to be cut."""
        sent = 0
        while sent < len(body) or reply.hold_after == sent:
            if sent == reply.drop_after:
                return False
            if sent == reply.hold_after and not self.release.is_set() and await self._client_left(reader):
                return False
            stops = [stop for stop in (reply.drop_after, reply.hold_after) if stop is not None and stop > sent]
            piece = body[sent : min([sent + reply.piece, *stops])]
            if not piece:
                break
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if reply.framing == "chunked" else piece)
            await writer.drain()
            sent += len(piece)
            await asyncio.sleep(reply.pause)
        if reply.drop_after is not None:
            return False
        if reply.framing == "chunked":
            writer.write(b"0\r\n\r\n")
        return True

    async def _client_left(self, reader: asyncio.StreamReader) -> bool:
        """Wait for `release`; True when the client closed its end first."""
        left = asyncio.ensure_future(reader.read(1))
        released = asyncio.ensure_future(self.release.wait())
        done, waiting = await asyncio.wait([left, released], return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return left in done
