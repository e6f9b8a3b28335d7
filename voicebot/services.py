"""Services on a network: their refusals in plain words, when to ask again, and the client for OpenAI's protocol.

Many servers speak OpenAI's protocol, on this machine too (Ollama, LM Studio, llama.cpp): the base URL says which one.
The key goes into the request's header and nowhere else: not into a log, an error or a screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import gc
import ipaddress
import logging
import math
import os
import re
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from voicebot.errors import EngineError, EngineTimedOut, EngineUnavailable, RateLimited, Unauthorised, Unreachable
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.redaction import HIDDEN, redact
from voicebot.spending import UNMETERED, Amounts, Meter, Request

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from openai import APIStatusError, AsyncOpenAI

log = logging.getLogger(__name__)

T = TypeVar("T")
Key = Callable[[], str | None]

OPENAI_URL = "https://api.openai.com/v1"
DELAYS = (0.25, 1.0)
"""Seconds before the second and the third attempt."""
LONGEST_PAUSE = 5.0
"""A service that asks to wait longer is not waited for: a person is listening."""
LONGEST_FAILURE = 3.0
"""An attempt that took longer to fail is not repeated."""
CONNECT = 5.0
"""Seconds for a connection to stand."""
IDLE = 90.0
"""Seconds that an unused connection is kept for the next turn."""
NO_KEY = "no key needed"
"""What is sent in a key's place to a server that wants none; OpenAI's SDK insists on something."""


async def persist(attempt: Callable[[], Awaitable[T]], delays: tuple[float, ...] = DELAYS) -> T:
    """Make an attempt up to `len(delays) + 1` times, as long as it fails quickly in a way that can pass.

    What can pass is Unreachable, and RateLimited by at most LONGEST_PAUSE seconds. `attempt` must not have begun to
    hand out an answer when it fails.
    """
    clock = asyncio.get_running_loop().time
    for delay in delays:
        started = clock()
        try:
            return await attempt()
        except (Unreachable, RateLimited) as failure:
            pause = getattr(failure, "retry_after", None) or delay
            if pause > LONGEST_PAUSE or clock() - started > LONGEST_FAILURE:
                raise
            log.info("%s; asking again in %.2f s", failure, pause)
        await asyncio.sleep(pause)
    return await attempt()


def refused(where: str, status: int, said: str = "", retry_after: float | None = None) -> EngineError:
    """The error for an HTTP status that says no; `said` is the service's own reason in one line."""
    if status == 429:
        when = f"in {math.ceil(retry_after)} seconds" if retry_after else "in a minute"
        return RateLimited(f"{where} asks to wait", said or "too many requests", f"Try again {when}", retry_after)
    if status >= 500:
        return Unreachable(f"{where} is in trouble", said or f"it answered {status}", "Try again in a moment")
    return EngineError(f"{where} refused the request", said or f"it answered {status}")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds a service asks to wait (RFC 9110, 10.2.3, and OpenAI's own retry-after-ms), None without a number."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with contextlib.suppress(KeyError, ValueError):
            seconds = float(headers[name]) * unit
            return seconds if 0 <= seconds < math.inf else None
    with contextlib.suppress(KeyError, ValueError):
        until = email.utils.parsedate_to_datetime(headers["retry-after"])
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    return None


def one_line(text: str, limit: int = 160) -> str:
    """`text` as a short phrase: its first sentence on one line, without a full stop."""
    words = " ".join(text.split())
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= limit else sentence[: limit - 1].rstrip() + "…"


class Service:
    """A server that speaks OpenAI's protocol, as one engine uses it, over one connection that is kept between turns.

    `stage` is the group of the engine's settings ("llm"), for advice. `key` gives the key or None; it is called in a
    thread before each request. Without `base_url` the variable OPENAI_BASE_URL says where the server is,
    and without that it is OpenAI's own. `patience` is the longest wait between two signs of life, in seconds.
    `meter` counts what is used.
    """

    def __init__(
        self,
        stage: str,
        model: str,
        key: Key,
        base_url: str | None = None,
        patience: float = 30.0,
        connect: float = CONNECT,
        delays: tuple[float, ...] = DELAYS,
        meter: Meter = UNMETERED,
    ) -> None:
        self.stage = stage
        self.model = model
        self.url = base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL
        self.host = _host(self.url)
        self.official = self.host == "api.openai.com" or self.host.endswith(".api.openai.com")
        self.where = "OpenAI" if self.official else _address(self.url)
        self.local = _is_loopback(self.host)
        self._meter = meter
        self._key = key
        self._patience = patience
        self._connect = connect
        self._delays = delays
        self._client: AsyncOpenAI | None = None
        self._building = asyncio.Lock()

    def ready(self, adds: str = "") -> Readiness:
        """Whether there is an address and, where one is needed, a key. No network."""
        return self._readiness(self._key(), adds)

    async def warm(self) -> None:
        """Load the SDK and open the connection. A server that does not answer is no failure yet."""
        client = await self.client()
        with contextlib.suppress(EngineError), self.plainly():
            await client.models.with_raw_response.list(timeout=self._connect)

    async def client(self) -> AsyncOpenAI:
        """The client, with the key of now. Raises EngineUnavailable."""
        key = await asyncio.to_thread(self._key)
        demand(self.where, self._readiness(key))
        async with self._building:
            if self._client is None:
                self._client = await asyncio.to_thread(self._build)
        self._client.api_key = (key or "").strip() or NO_KEY
        return self._client

    async def ask(self, request: Callable[[AsyncOpenAI], Awaitable[T]]) -> T:
        """Send a request, again when that is right (see `persist`), until its answer begins. Raises EngineError."""
        client = await self.client()

        async def attempt() -> T:
            with self.plainly():
                return await request(client)

        return await persist(attempt, self._delays)

    def metered(self, expected: Amounts) -> contextlib.AbstractAsyncContextManager[Request]:
        """A request that may cost something; `expected` is what it will use. Raises EngineUnavailable at the cap.

        OpenAI's own prices are known. Another service is counted by its host, and this machine not at all.
        """
        meter = UNMETERED if self.local else self._meter
        return meter.request("openai" if self.official else self.host, self.model, expected)

    @contextlib.contextmanager
    def plainly(self) -> Iterator[None]:
        """Turn what the SDK raises into the project's errors; their cause is left out, for it may hold the key."""
        import httpx2
        import openai

        try:
            yield
        except (openai.OpenAIError, httpx2.RequestError, ssl.SSLError, ValueError) as error:
            raise self._failure(error) from None

    async def close(self) -> None:
        """Close the connection; the next request opens another."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _readiness(self, key: str | None, adds: str = "") -> Readiness:
        if not self.host:
            return NotReady(
                "its address is not one", f"Write {self.stage}.base_url as http://localhost:11434/v1, say", adds
            )
        key = (key or "").strip()
        if self.official and not key:
            return NotReady("no key", "Set OPENAI_API_KEY, or run `voicebot keys set openai`", adds)
        if not re.fullmatch(r"[!-~]*", key):
            return NotReady("the key has characters that no key has", "Copy the key again, alone and whole", adds)
        return Ready(f"{self.model} at {self.where}")

    def _build(self) -> AsyncOpenAI:
        """A client, with every module loaded that a request needs: a second the first time, so only in a thread."""
        with uncollected():
            import httpx2
            from openai import AsyncOpenAI

            transport = self._transport()
            try:
                client = AsyncOpenAI(api_key=NO_KEY, base_url=self.url, max_retries=0, http_client=transport)
            except httpx2.InvalidURL as error:
                why = f"its address is not one: {one_line(str(error))}"
                raise EngineUnavailable(f"{self.where} cannot be used", why, self._check_address) from None
            _ = client.chat.completions, client.audio.speech, client.audio.transcriptions, client.models
        return client

    def _transport(self) -> AsyncClient:
        import httpx2

        for chatty in ("httpx2", "httpcore2"):  # they write down addresses with passwords, and what servers repeat
            logging.getLogger(chatty).setLevel(logging.WARNING)
        try:
            return httpx2.AsyncClient(
                timeout=httpx2.Timeout(self._patience, connect=self._connect, pool=self._connect),
                limits=httpx2.Limits(max_connections=8, keepalive_expiry=IDLE),
                trust_env=not self.local,  # no proxy between this machine and itself
                follow_redirects=not self.local,  # and no way off it
            )
        except (ImportError, OSError, ValueError, httpx2.InvalidURL) as error:
            fix = "Correct the proxy or certificate variables (HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE)"
            raise EngineUnavailable(f"{self.where} cannot be used", one_line(str(error)), fix) from None

    def _failure(self, error: Exception) -> EngineError:
        import httpx2
        import openai

        if isinstance(error, openai.APIStatusError):
            return self._refused(error)
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)):
            return self._not_there(cause)
        if isinstance(cause, httpx2.TimeoutException):
            return EngineTimedOut(
                f"{self.where} gave no sign of life", f"for {self._patience:g} seconds", "Try again in a moment"
            )
        if isinstance(error, openai.APIConnectionError) or isinstance(cause, (httpx2.RequestError, ssl.SSLError)):
            return Unreachable(f"{self.where} broke off", "the connection was lost", "Try again in a moment")
        if isinstance(error, openai.APIError) and not isinstance(error, openai.APIResponseValidationError):
            return EngineError(f"{self.where} failed", self._said(error), "Try again in a moment")
        return EngineError(f"{self.where} sent an answer that cannot be understood", fix=self._check_address)

    def _not_there(self, cause: Exception) -> Unreachable:
        said = re.sub(r"^\[[^]]*]\s*", "", str(cause))  # "[Errno -2] Name or service not known"
        why = f"no connection within {self._connect:g} seconds"
        if said:
            why = "nothing answers there" if said == "All connection attempts failed" else self._clean(said)
        fix = "Start the server, or check its address" if self.local else "Check the network connection"
        return Unreachable(f"{self.where} cannot be reached", why, fix)

    def _refused(self, error: APIStatusError) -> EngineError:
        said = self._said(error)
        if error.status_code == 401:
            return Unauthorised(f"{self.where} refused the key", fix="Check OPENAI_API_KEY, or the key in the settings")
        if error.status_code == 403:
            return Unauthorised(
                f"{self.where} does not allow this", said, f"Use a key that may, or change {self.stage}.openai_model"
            )
        if error.code == "insufficient_quota":
            return EngineError(f"{self.where} has no credit left for this key", said, "Check the account's plan")
        if error.code == "model_not_found" or (error.status_code == 404 and "model" in said.lower()):
            return EngineError(
                f"{self.where} has no model {self.model}", said, f"Set {self.stage}.openai_model to one that it has"
            )
        if error.status_code == 404:
            return EngineError(f"{self.where} does not offer this at its address", said, self._check_address)
        if error.code == "context_length_exceeded":
            return EngineError(
                "the conversation is too long for the model", said, f"Lower {self.stage}.context_tokens"
            )
        return refused(self.where, error.status_code, said, retry_after(error.response.headers))

    @property
    def _check_address(self) -> str:
        return f"Check {self.stage}.base_url, which usually ends in /v1"

    def _said(self, error: Exception) -> str:
        """The service's own reason, or nothing when it sent a page instead of one."""
        body = getattr(error, "body", None)
        if isinstance(body, dict):
            body = body.get("message") or body.get("detail")
        if not isinstance(body, str) or body.lstrip().startswith("<"):
            return ""
        return self._clean(body)

    def _clean(self, text: str) -> str:
        key = self._client.api_key if self._client is not None else ""
        return one_line(redact(text.replace(key, HIDDEN) if key else text))


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which would stop every thread for 0.2 s at a time while the SDK is imported."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _host(url: str) -> str:
    """The host that `url` names, empty when it is no address of a server."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _address(url: str) -> str:
    """Host and port as they stand in `url`, without a name and password."""
    return urlsplit(url).netloc.rpartition("@")[2] if _host(url) else "the service"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
