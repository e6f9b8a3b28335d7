"""The engine that is being tried: one at a time, so that none takes memory or time from another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from voicebot.errors import EngineUnavailable, VoicebotError


class Closable(Protocol):
    async def close(self) -> None: ...


Engine = TypeVar("Engine", bound=Closable)


class OneWarm(Generic[Engine]):
    """Makes engines by name (`make`), warms each (`warm`), and keeps the last one."""

    def __init__(self, make: Callable[[str], Engine], warm: Callable[[Engine], Awaitable[None]]) -> None:
        self._make = make
        self._warm = warm
        self._name = ""
        self._engine: Engine | None = None

    async def get(self, name: str) -> Engine:
        """The engine called `name`, warm; the one before it is closed.

        Raises EngineUnavailable for whatever keeps it from being made or warmed.
        """
        if self._engine is not None and name == self._name:
            return self._engine
        await self.close()
        try:
            engine = self._make(name)
            self._name, self._engine = name, engine
            await self._warm(engine)
        except VoicebotError as error:
            await self.close()
            raise EngineUnavailable(error.what, error.why, error.fix) from None
        return engine

    async def close(self) -> None:
        engine, self._name, self._engine = self._engine, "", None
        if engine is not None:
            await engine.close()
