"""One file over HTTP: asks until it is whole, and judges what the server makes of that."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from voicebot.catalogue import Model, ModelFile, in_units
from voicebot.downloads.disk import in_thread
from voicebot.downloads.limits import Crawl, Limits, Retries
from voicebot.downloads.part import Origin, Part
from voicebot.downloads.progress import Meter
from voicebot.errors import ModelError

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass: the server is asked again."""

CERTIFICATE = "Look at the clock of this computer; a company's network may need its certificate in SSL_CERT_FILE"
KEPT = "What has arrived is kept; try again to go on from there"
ELSEWHERE = "Try again later, or from a mirror (the setting downloads.mirror)"


class Broken(Exception):
    """The line broke off, or the server asks to come back: worth another try, after `wait` seconds if it said so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


class NotIt(Exception):
    """What has arrived is not the file, and more of it would not mend that; starting over might, if `again`."""

    def __init__(self, why: str, again: bool) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


class Transfer:
    """Fills the `part` of one file of a model from `url`."""

    def __init__(self, model: Model, file: ModelFile, url: str, part: Part, limits: Limits, meter: Meter) -> None:
        self.model = model
        self.file = file
        self.url = url
        self.host = url.split("/")[2].rpartition("@")[2]
        self.part = part
        self.limits = limits
        self.meter = meter
        self._received = False

    async def run(self, client: httpx2.AsyncClient) -> None:
        """Return when the part's checksum is the catalogue's. Raises ModelError; wrong bytes are then deleted."""
        retries = Retries(self.limits)
        afresh = False
        while not self._whole():
            try:
                await self._ask(client)
            except Broken as broken:
                if not self._whole():
                    await self._pause(retries, broken)
            except NotIt as wrong:
                if afresh or not wrong.again:
                    await in_thread(self.part.discard)
                    raise self._wrong(wrong.why) from wrong
                log.info("%s: %s; starting over", self.file.filename, wrong.why)
                afresh = True
                await in_thread(self.part.restart, None)
                self.meter.tell(0, f"{wrong.why}; starting over")

    def _whole(self) -> bool:
        return self.part.digest() == self.file.sha256

    async def _pause(self, retries: Retries, broken: Broken) -> None:
        wait = retries.pause(self.part.done, broken.wait)
        if wait is None:
            raise self._failure(f"{broken.why}, {retries.failures} times in a row", KEPT) from broken
        if broken.wait is not None and wait > self.limits.retry_after:
            raise self._failure(f"{broken.why} and asks to wait {wait:.0f} seconds", ELSEWHERE) from broken
        log.info("%s: %s; trying again in %.1f s", self.file.filename, broken.why, wait)
        self.meter.tell(self.part.done, f"{broken.why}; trying again in {wait:.0f} s")
        await asyncio.sleep(wait)

    async def _ask(self, client: httpx2.AsyncClient) -> None:
        """One request for what is missing; returns when the part is whole."""
        import httpx2

        try:
            async with client.stream("GET", self.url, headers=self.part.headers(self.url)) as response:
                self._judge(response)
                await self._begin(response)
                await self._receive(response)
        except httpx2.ReadTimeout as error:
            raise Broken(f"{self.host} sent nothing for {self.limits.silence:g} seconds") from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            if self._received:
                raise Broken(f"{self.host} cannot be reached any more") from error
            log.info("%s: %s", self.host, error)
            if "certificate" in str(error).lower():
                raise self._failure(f"the certificate of {self.host} is not trusted", CERTIFICATE) from error
            why = f"{self.host} cannot be reached"
            raise self._failure(why, "Look at the network and its proxy settings, and try again") from error
        except (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError) as error:
            raise Broken(f"the connection to {self.host} broke off") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            why = f"{self.host}: {str(error).rstrip('.')}"
            raise self._failure(why, "Look at the addresses of mirror and proxy") from error
        if not self._whole():
            self._weigh(response)

    def _judge(self, response: httpx2.Response) -> None:
        """Raise unless the answer brings bytes of the file."""
        code = response.status_code
        if code == 416 and self.part.done:
            raise NotIt(f"{self.host} has no more than the {in_units(self.part.done)} here already", again=True)
        if code in BUSY:
            raise Broken(f"{self.host} answered {code}", _retry_after(response.headers.get("Retry-After")))
        if code not in (200, 206):
            raise self._failure(f"{self.host} answered {code} {response.reason_phrase}".rstrip(), ELSEWHERE)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            why = f"{self.host} answered with a web page instead of the file"
            raise self._failure(why, "Open a browser: the network may want you to sign in")

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
            async with contextlib.aclosing(response.aiter_raw()) as pieces:
                async for piece in pieces:
                    pending += piece
                    self._received = True
                    now = loop.time()
                    full = self.part.done + len(pending) >= self.file.size
                    if full or len(pending) >= self.limits.block or now - written >= self.limits.report:
                        await self._write(pending)
                        written = now
                    if full and self._is_enough():
                        return
                    if crawl.sees(len(piece), now):
                        why = f"{self.host} sends less than {in_units(int(self.limits.crawl_speed))} per second"
                        raise self._failure(why, KEPT)
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
            why = f"the {in_units(done)} from {self.host} have another checksum than the catalogue's"
            raise NotIt(why, again=self.part.spliced)
        raise Broken(f"{self.host} ended early")

    def _failure(self, why: str, fix: str) -> ModelError:
        return ModelError(f"{self.model.name} was not downloaded", why=why, fix=fix)

    def _wrong(self, why: str) -> ModelError:
        what = f"{self.file.filename} of {self.model.name} came out wrong"
        return ModelError(what, why=why, fix=f"It was thrown away. {ELSEWHERE}")


def _announced(response: httpx2.Response, done: int) -> int | None:
    """How long the server says that the whole file is; None where it did not say."""
    if response.status_code == 206:
        total = re.search(r"/(\d+)\s*\Z", response.headers.get("Content-Range", ""))
        return int(total[1]) if total else None
    if "chunked" in response.headers.get("Transfer-Encoding", ""):
        return done  # its last chunk has come, which says so
    length = response.headers.get("Content-Length")
    return int(length) if length is not None else None


def _retry_after(value: str | None) -> float | None:
    """Seconds, from the header's number or date; None when it says neither."""
    if value is None:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(value))
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (date.astimezone(UTC) - datetime.now(UTC)).total_seconds())
