"""Requests about one file of a model: what a server answers is judged, and what goes wrong told in plain words."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voicebot.catalogue import Model
from voicebot.downloads.limits import Limits, Retries
from voicebot.downloads.progress import Meter
from voicebot.errors import ModelError, UsageError

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass: the server is asked again."""
GONE = frozenset({404, 410})

CERTIFICATE = "Look at the clock of this computer; a company's network may need its certificate in SSL_CERT_FILE"
KEPT = "What has arrived is kept; try again to go on from there"
ELSEWHERE = "Try again later, or from a mirror (the setting downloads.mirror)"


class Broken(Exception):
    """The line broke off, or the server asks to come back: worth another try, after `wait` seconds if it said so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


class Refused(Exception):
    """The server will not give it: the `status`, the `code` by which a hub calls its reason, and what that comes to."""

    def __init__(self, status: int, code: str, failure: ModelError) -> None:
        super().__init__(str(failure))
        self.status = status
        self.code = code
        self.failure = failure


class Line:
    """Asks for one file, again and again if need be."""

    def __init__(self, client: httpx2.AsyncClient, model: Model, limits: Limits, meter: Meter) -> None:
        self.limits = limits
        self.meter = meter
        self.received = False
        """Whether bytes of it have arrived: then a host that is not there any more is worth another try."""
        self._client = client
        self._model = model
        self._retries = Retries(limits)

    @contextlib.asynccontextmanager
    async def get(
        self, url: str, headers: Mapping[str, str], good: Collection[int] = (200,)
    ) -> AsyncIterator[httpx2.Response]:
        """The answer to one request, of a `good` status. Raises Broken, Refused, ModelError, also while it is read."""
        import httpx2

        host = host_of(url)
        try:
            async with self._client.stream("GET", url, headers=headers) as response:
                self._judge(response, host, good)
                yield response
        except httpx2.ReadTimeout as error:
            raise Broken(f"{host} sent nothing for {self.limits.silence:g} seconds") from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            self._unreachable(host, error)
        except (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError) as error:
            raise Broken(f"the connection to {host} broke off") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            why = f"{host}: {str(error).rstrip('.')}"
            raise self.failure(why, "Look at the addresses of mirror and proxy") from error

    async def wait(self, broken: Broken, done: int) -> None:
        """Before the next try, with `done` bytes here. Raises ModelError when enough was tried."""
        pause = self._retries.pause(done, broken.wait)
        if pause is None:
            raise self.failure(f"{broken.why}, {self._retries.failures} times in a row", KEPT) from broken
        if broken.wait is not None and pause > self.limits.retry_after:
            raise self.failure(f"{broken.why} and asks to wait {pause:.0f} seconds", ELSEWHERE) from broken
        log.info("%s: %s; trying again in %.1f s", self._model.name, broken.why, pause)
        self.meter.tell(done, f"{broken.why}; trying again in {pause:.0f} s")
        await asyncio.sleep(pause)

    def failure(self, why: str, fix: str) -> ModelError:
        return ModelError(f"{self._model.name} was not downloaded", why=why, fix=fix)

    def _judge(self, response: httpx2.Response, host: str, good: Collection[int]) -> None:
        code = response.status_code
        if code in BUSY:
            raise Broken(f"{host} answered {code}", _retry_after(response.headers.get("Retry-After")))
        if code not in good:
            failure = self.failure(f"{host} answered {code} {response.reason_phrase}".rstrip(), ELSEWHERE)
            raise Refused(code, response.headers.get("X-Error-Code", ""), failure)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            why = f"{host} answered with a web page instead of the file"
            raise self.failure(why, "Open a browser: the network may want you to sign in")

    def _unreachable(self, host: str, error: Exception) -> None:
        if self.received:
            raise Broken(f"{host} cannot be reached any more") from error
        log.info("%s: %s", host, error)
        if "certificate" in str(error).lower():
            raise self.failure(f"the certificate of {host} is not trusted", CERTIFICATE) from error
        why = f"{host} cannot be reached"
        raise self.failure(why, "Look at the network and its proxy settings, and try again") from error


def host_of(url: str) -> str:
    """Host and port, without the password that may stand before them."""
    return url.split("/")[2].rpartition("@")[2]


def mirrored(url: str, mirror: str | None) -> str:
    """The same path at the mirror, if there is one."""
    if not mirror:
        return url
    return mirror.rstrip("/") + urlsplit(url)._replace(scheme="", netloc="").geturl()


def demand_address(mirror: str) -> None:
    """Raise UsageError unless it is the address of a mirror."""
    try:
        parts = urlsplit(mirror)
        good = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"{mirror!r} is not the address of a mirror", fix="Give it like https://host/folder")


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
