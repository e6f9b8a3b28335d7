"""What an engine that costs money is given: something that lets a request through, and counts what it used."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What services charge for. Cached input tokens are not among the input tokens."""

    INPUT_TOKENS = "input tokens"
    CACHED_TOKENS = "cached input tokens"
    OUTPUT_TOKENS = "output tokens"
    SECONDS = "seconds"
    CHARACTERS = "characters"


Amounts = Mapping[Kind, float]


class Request(Protocol):
    """A request that was let through."""

    def used(self, amounts: Amounts, *, estimate: bool = False) -> None:
        """What it has used in all, in place of what was expected or said before. Never waits and never fails."""
        ...


class Meter(Protocol):
    """Counts what engines use. An engine without one is given `UNMETERED`."""

    def request(self, service: str, model: str, expected: Amounts) -> AbstractAsyncContextManager[Request]:
        """A request to a paid service; `expected` is what it will use, as far as that is known beforehand.

        Entering raises EngineUnavailable when the month's cap is reached, or would be by what is expected. From then
        on that counts, as an estimate, so that a crash loses nothing. A request that fails before anything was
        `used` counts nothing: the service refused it, or never heard of it. One that is cancelled counts what it had
        used, or what was expected.
        """
        ...


class _Unmetered:
    """Lets everything through, and counts nothing."""

    @asynccontextmanager
    async def request(self, service: str, model: str, expected: Amounts) -> AsyncIterator[Request]:
        yield _Uncounted()


class _Uncounted:
    def used(self, amounts: Amounts, *, estimate: bool = False) -> None:
        """Nobody asks."""


UNMETERED: Meter = _Unmetered()
