"""The keys of services: in the system's keyring, with environment variables above it, and never in a plain file.

The keyring keeps them under the service "voicebot". It is asked on a thread of its own, for it may hang as long as it
is locked, and every question has a limit.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

from voicebot.errors import StorageError, UsageError, VoicebotError
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.redaction import HIDDEN, conceal, redact

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
Source = Literal["keyring", "environment"]

SERVICE = "voicebot"
VARIABLES = {
    "openai": "OPENAI_API_KEY",
    "elevenlabs": "ELEVENLABS_API_KEY",
    "pinecone": "PINECONE_API_KEY",
    "mongodb": "MONGODB_URI",
}
PATIENCE = 5.0
"""Seconds that the keyring may take."""
WAITING = 16
"""Questions that wait for the keyring; further ones are refused."""

_ENVIRONMENT_ONLY = f"Keys come from the environment only: set {VARIABLES['openai']}, for one"
_PEPPER = os.urandom(32)


class Secret:
    """A key. Only `reveal` shows it: it is not printed, formatted, logged or pickled, and compared in constant time."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: Source) -> None:
        conceal(value)
        self._value = value
        self.source: Source = source

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN}, source={self.source!r})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, specification: str) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(hashlib.blake2b(self._value.encode(), key=_PEPPER).digest())

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")


class Secrets:
    """The keys by name: "openai", "elevenlabs", "pinecone", "mongodb". An empty or blank one counts as absent.

    Plain methods block, for at most `patience` seconds, and are for the command line; those in `_async` are for the
    event loop. All raise UsageError for an unknown name, and StorageError when there is a keyring and it fails or does
    not answer. Where there is none, only the environment counts; `store_available` says why.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ, patience: float = PATIENCE) -> None:
        self._environ = environ
        self._patience = patience
        self._keyring = _KeyringThread()
        self._read: dict[str, Secret] = {}
        for name in VARIABLES:
            self._from_environment(name)  # hidden from the log from the start, for libraries read them as well

    def get(self, name: str) -> Secret | None:
        """The key, from the environment or else the keyring."""
        return self._from_environment(name) or self._wait(partial(self._fetch, name))

    async def get_async(self, name: str) -> Secret | None:
        """As `get`."""
        return self._from_environment(name) or await self._await(partial(self._fetch, name))

    def known(self, name: str) -> Secret | None:
        """The key as far as it is known without asking the keyring: never blocks, and may be out of date."""
        return self._from_environment(name) or self._read.get(name)

    def source(self, name: str) -> Source | None:
        """Where the key comes from; None when there is none."""
        return getattr(self.get(name), "source", None)

    async def source_async(self, name: str) -> Source | None:
        """As `source`."""
        return getattr(await self.get_async(name), "source", None)

    def set(self, name: str, value: str) -> None:
        """Keep the key in the keyring. A variable in the environment still stands above it.

        Raises UsageError when it is blank or has spaces in it, and StorageError where no keyring is.
        """
        self._wait(partial(self._store, name, _one_word(name, value)))

    async def set_async(self, name: str, value: str) -> None:
        """As `set`."""
        await self._await(partial(self._store, name, _one_word(name, value)))

    def forget(self, name: str) -> bool:
        """Remove the key from the keyring; False when there was none."""
        return self._wait(partial(self._remove, _known_name(name)))

    async def forget_async(self, name: str) -> bool:
        """As `forget`."""
        return await self._await(partial(self._remove, _known_name(name)))

    def store_available(self) -> Readiness:
        """Whether keys can be kept on this system. Never raises."""
        try:
            return self._wait(_readiness)
        except StorageError as error:
            return _unavailable(error)

    async def store_available_async(self) -> Readiness:
        """As `store_available`."""
        try:
            return await self._await(_readiness)
        except StorageError as error:
            return _unavailable(error)

    def _from_environment(self, name: str) -> Secret | None:
        value = self._environ.get(VARIABLES[_known_name(name)], "").strip()
        return Secret(value, "environment") if value else None

    def _fetch(self, name: str) -> Secret | None:
        backend = _backend()
        value = ((backend and backend.get_password(SERVICE, name)) or "").strip()
        self._read.pop(name, None)
        if not value:
            return None
        self._read[name] = Secret(value, "keyring")
        return self._read[name]

    def _store(self, name: str, secret: Secret) -> None:
        backend = _backend()
        if backend is None:
            raise StorageError("The key cannot be kept", _why_none(), _ENVIRONMENT_ONLY)
        backend.set_password(SERVICE, name, secret.reveal())
        self._read[name] = secret

    def _remove(self, name: str) -> bool:
        backend = _backend()
        self._read.pop(name, None)
        if backend is None or backend.get_password(SERVICE, name) is None:
            return False
        backend.delete_password(SERVICE, name)
        return True

    def _wait(self, question: Callable[[], T]) -> T:
        future: Future[T] = self._keyring.submit(_plainly, question)
        try:
            return future.result(self._patience)
        except TimeoutError:
            future.cancel()
            raise self._no_answer() from None

    async def _await(self, question: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience):
                answer: T = await loop.run_in_executor(self._keyring, _plainly, question)
                return answer
        except TimeoutError:
            raise self._no_answer() from None

    def _no_answer(self) -> StorageError:
        why = f"nothing came within {self._patience:g} s; it may be waiting to be unlocked"
        return StorageError("The system keyring does not answer", why, "Unlock it, and try again")


class _KeyringThread(Executor):
    """Does one thing after another on a thread that is there while there is work.

    It is a daemon: one that hangs in a locked keyring must not hold up the exit, as a pool's thread would.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._work: deque[Callable[[], None]] = deque()
        self._running = False

    def submit(self, call: Callable[..., T], /, *args: Any, **keywords: Any) -> Future[T]:
        future: Future[T] = Future()
        with self._lock:
            if len(self._work) >= WAITING:
                raise StorageError("The system keyring does not answer", "earlier questions still wait for it")
            self._work.append(partial(_settle, future, partial(call, *args, **keywords)))
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="keyring", daemon=True).start()
        return future

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._work:
                    self._running = False
                    return
                work = self._work.popleft()
            work()


def _settle(future: Future[T], call: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(call())
    except VoicebotError as error:
        future.set_exception(error)


def _plainly(question: Callable[[], T]) -> T:
    """Ask, and turn whatever a keyring may raise, which is anything, into a StorageError."""
    try:
        return question()
    except VoicebotError:
        raise
    except Exception as error:
        reason = redact(" ".join(str(error).split())).rstrip(".!") or type(error).__name__
        locked = type(error).__name__ in ("KeyringLocked", "LockedException", "PromptDismissedException")
        what = "The system keyring is locked" if locked else "The system keyring failed"
        raise StorageError(what, reason, "Unlock it, and try again" if locked else _ENVIRONMENT_ONLY) from error


def _backend() -> KeyringBackend | None:
    """The system's keyring; None when there is none that keeps a key safe."""
    return next((backend for backend in _backends() if not _keeps_nothing(backend) and not _keeps_files(backend)), None)


def _backends() -> list[KeyringBackend]:
    """What keyring would use, best first. Importing it and looking around takes a while."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    return list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]


def _keeps_nothing(backend: KeyringBackend) -> bool:
    return any(kind.__module__ in ("keyring.backends.fail", "keyring.backends.null") for kind in type(backend).__mro__)


def _keeps_files(backend: KeyringBackend) -> bool:
    """All of keyrings.alt counts: most of it writes plain files, and the rest asks for passwords on the terminal."""
    kinds = type(backend).__mro__
    return any(kind.__module__.startswith("keyrings.alt") or "plaintext" in kind.__name__.lower() for kind in kinds)


def _why_none() -> str:
    if any(_keeps_files(backend) for backend in _backends()):
        return "the only keyring here keeps keys in a plain file"
    return "this system offers no keyring"


def _readiness() -> Readiness:
    backend = _backend()
    if backend is None:
        return NotReady(_why_none(), _ENVIRONMENT_ONLY)
    return Ready(str(backend.name))


def _unavailable(error: StorageError) -> NotReady:
    return NotReady(f"{error.what[:1].lower()}{error.what[1:]}: {error.why}", error.fix)


def _known_name(name: str) -> str:
    if name not in VARIABLES:
        raise UsageError(f"There is no key {name!r}", fix=f"The names are {', '.join(VARIABLES)}")
    return name


def _one_word(name: str, value: str) -> Secret:
    _known_name(name)
    if len(value.split()) != 1:
        raise UsageError(f"This is no key for {name}", "a key is one word", "Copy it again, whole and alone")
    return Secret(value.strip(), "keyring")
