"""What is made before anybody has asked for it: kept in order, up to a bound, until it is read or thrown away."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """An async iterator with one writer, who may be far ahead, and one reader, who may come late or never.

    The writer waits while `most` values are unread. An error of the writer's reaches the reader after the values
    before it; unread, it is forgotten.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: deque[T] = deque()
        self._ended = False
        self._error: Exception | None = None
        self._changed = asyncio.Event()

    async def put(self, value: T) -> None:
        while len(self._values) >= self._most:
            await self._change()
        self._values.append(value)
        self._changed.set()

    async def written_by(self, work: Callable[..., Coroutine[Any, Any, None]], *given: Any) -> None:
        """Run the work that writes, `work(*given)`, to its end, whatever that is."""
        outcomes = await asyncio.gather(work(*given), return_exceptions=True)
        self.end(next((error for error in outcomes if isinstance(error, Exception)), None))

    def end(self, error: Exception | None = None) -> None:
        """No more will come: all is there, or `error` came in between."""
        self._ended, self._error = True, error
        self._changed.set()

    def __aiter__(self) -> Ahead[T]:
        return self

    async def __anext__(self) -> T:
        while not self._values:
            if self._error is not None:
                raise self._error
            if self._ended:
                raise StopAsyncIteration
            await self._change()
        self._changed.set()
        return self._values.popleft()

    async def aclose(self) -> None:
        """Nobody will read on."""
        self.end()
        self._values.clear()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
