"""Waiting with a limit for what an engine streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from voicebot.errors import EngineTimedOut

T = TypeVar("T")


async def patient(source: AsyncIterator[T], first: float, gap: float, complaint: str) -> AsyncGenerator[T, None]:
    """What `source` yields; at most `first` seconds to the first, `gap` between two, then EngineTimedOut.

    `complaint` is what the engine failed to do: "gave no words". The source is closed with this generator. The time
    that the consumer takes does not count.
    """
    limit = first
    try:
        while True:
            try:
                async with asyncio.timeout(limit):
                    value = await anext(source)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise EngineTimedOut(
                    f"{complaint} for {limit:g} seconds", fix="try again, or choose another engine"
                ) from None
            limit = gap
            yield value
    finally:
        if isinstance(source, AsyncGenerator):
            await source.aclose()
