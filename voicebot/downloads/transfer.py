"""One file over HTTP: asks until it is whole, and judges what the server makes of that."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING

from voicebot.catalogue import Model, in_units
from voicebot.downloads.disk import in_thread
from voicebot.downloads.limits import Crawl
from voicebot.downloads.line import ELSEWHERE, KEPT, Broken, Line, host_of
from voicebot.downloads.manifest import Wanted
from voicebot.downloads.part import Origin, Part
from voicebot.errors import ModelError

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

class NotIt(Exception):
    """What has arrived is not the file, and more of it would not mend that; starting over might, if `again`."""

    def __init__(self, why: str, again: bool) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


class Transfer:
    """Fills the `part` of one file of a model from `url`."""

    def __init__(self, model: Model, file: Wanted, url: str, part: Part, line: Line) -> None:
        self.model = model
        self.file = file
        self.url = url
        self.host = host_of(url)
        self.part = part
        self.line = line
        self.limits = line.limits
        self.meter = line.meter

    async def run(self) -> None:
        """Return when the part's checksum is the right one. Raises ModelError and Refused; wrong bytes are deleted."""
        afresh = False
        while not self._whole():
            try:
                await self._ask()
            except Broken as broken:
                if not self._whole():
                    await self.line.wait(broken, self.part.done)
            except NotIt as wrong:
                if afresh or not wrong.again:
                    await in_thread(self.part.discard)
                    raise self._wrong(wrong.why) from wrong
                log.info("%s: %s; starting over", self.file.filename, wrong.why)
                afresh = True
                await in_thread(self.part.restart, None)
                self.meter.tell(0, f"{wrong.why}; starting over")

    def _whole(self) -> bool:
        return self.part.digest() == self.file.digest

    async def _ask(self) -> None:
        """One request for what is missing; returns when the part is whole."""
        good = (200, 206, 416) if self.part.done else (200, 206)
        async with self.line.get(self.url, self.part.headers(self.url), good) as response:
            if response.status_code == 416:
                raise NotIt(f"{self.host} has no more than the {in_units(self.part.done)} here already", again=True)
            await self._begin(response)
            await self._receive(response)
        if not self._whole():
            self._weigh(response)

    async def _begin(self, response: httpx2.Response) -> None:
        """Empty the part unless the bytes to come follow those in it."""
        etag = response.headers.get("ETag", "")
        strong = "" if etag.startswith("W/") else etag
        origin = Origin(self.url, strong, response.headers.get("Last-Modified", ""))
        if response.status_code == 200:
            await in_thread(self.part.restart, origin)
            return
        start = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
        if start is None or int(start[1]) != self.part.done:
            await in_thread(self.part.restart, None)
            raise Broken(f"{self.host} sent other bytes than were asked for")
        if not self.part.follows(origin):
            await in_thread(self.part.restart, None)
            raise Broken(f"the file changed on {self.host}")
        self.part.spliced = True

    async def _receive(self, response: httpx2.Response) -> None:
        """Take in bytes until they end, or are the file. Whatever ends it, what arrived is written."""
        loop = asyncio.get_running_loop()
        pending = bytearray()
        written = loop.time()
        crawl = Crawl(self.limits, written)
        try:
            async with (
                contextlib.aclosing(response.aiter_raw()) as raw,
                contextlib.aclosing(_punctual(raw, self.limits.report)) as pieces,
            ):
                async for piece in pieces:
                    pending += piece
                    self.line.received = True
                    now = loop.time()
                    full = self.part.done + len(pending) >= self.file.size
                    if full or len(pending) >= self.limits.block or now - written >= self.limits.report:
                        await self._write(pending)
                        written = now
                    if full and self._is_enough():
                        return
                    if piece and crawl.sees(len(piece), now):
                        why = f"{self.host} sends less than {in_units(int(self.limits.crawl_speed))} per second"
                        raise self.line.failure(why, KEPT)
        finally:
            await self._write(pending)

    async def _write(self, pending: bytearray) -> None:
        block = bytes(pending)
        pending.clear()
        if block:
            await in_thread(self.part.append, block)
            self.meter.tell(self.part.done, received=len(block))

    def _is_enough(self) -> bool:
        """True when the file is whole, though more was announced; raises NotIt when there is too much of it."""
        if self.part.done > self.file.size + self.limits.excess:
            raise NotIt(f"{self.host} sent more than the {in_units(self.file.size)} expected", again=self.part.spliced)
        return self._whole()

    def _weigh(self, response: httpx2.Response) -> None:
        """The answer ended, and the file is not whole: is it the wrong one, or is some of it missing?"""
        done = self.part.done
        if done >= self.file.size or done == _announced(response, done):
            why = f"the {in_units(done)} from {self.host} have another checksum than they should"
            raise NotIt(why, again=self.part.spliced)
        raise Broken(f"{self.host} ended early")

    def _wrong(self, why: str) -> ModelError:
        what = f"{self.file.filename} of {self.model.name} came out wrong"
        return ModelError(what, why=why, fix=f"It was thrown away. {ELSEWHERE}")


async def _punctual(pieces: AsyncIterator[bytes], seconds: float) -> AsyncGenerator[bytes, None]:
    """The pieces, and an empty one whenever none comes for so many `seconds`: what has arrived is written then."""
    following: asyncio.Future[bytes | None] | None = None
    try:
        while True:
            following = following or asyncio.ensure_future(_next(pieces))
            done, _ = await asyncio.wait([following], timeout=seconds)
            if not done:
                yield b""
                continue
            piece, following = following.result(), None
            if piece is None:
                return
            yield piece
    finally:
        if following is not None:
            following.cancel()
            await asyncio.wait([following])


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    """The next piece, None after the last."""
    return await anext(pieces, None)


def _announced(response: httpx2.Response, done: int) -> int | None:
    """How long the server says that the whole file is; None where it did not say."""
    if response.status_code == 206:
        total = re.search(r"/(\d+)\s*\Z", response.headers.get("Content-Range", ""))
        return int(total[1]) if total else None
    if "chunked" in response.headers.get("Transfer-Encoding", ""):
        return done  # its last chunk has come, which says so
    length = response.headers.get("Content-Length")
    return int(length) if length is not None else None
