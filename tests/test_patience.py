"""Waiting with a limit: it is the engine's time that counts, and the engine is always closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing
from typing import Any

import pytest

from voicebot.clock import run_virtually
from voicebot.errors import EngineError, EngineTimedOut
from voicebot.patience import patient


class Source:
    """Yields numbers, each after its delay in seconds; says when it was closed."""

    def __init__(self, *delays: float, error: EngineError | None = None) -> None:
        self.delays = delays
        self.error = error
        self.closed = False

    async def values(self) -> AsyncIterator[int]:
        try:
            for number, delay in enumerate(self.delays):
                await asyncio.sleep(delay)
                yield number
            if self.error is not None:
                raise self.error
        finally:
            self.closed = True


async def taken(source: Source, pause: float = 0.0) -> list[int]:
    got = []
    async with aclosing(patient(source.values(), 2.0, 1.0, "it wrote nothing")) as values:
        async for value in values:
            got.append(value)
            await asyncio.sleep(pause)
    return got


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return run_virtually(work())


@pytest.mark.parametrize("delays", [(), (1.9,), (1.9, 0.9, 0.9)])
def test_what_comes_in_time_passes(delays: tuple[float, ...]) -> None:
    source = Source(*delays)
    assert run(lambda: taken(source)) == list(range(len(delays)))
    assert source.closed


@pytest.mark.parametrize(("delays", "limit"), [((2.1,), "2"), ((0.1, 1.1), "1"), ((9e9,), "2")])
def test_what_does_not_is_one_error_with_its_limit(delays: tuple[float, ...], limit: str) -> None:
    source = Source(*delays)
    with pytest.raises(EngineTimedOut, match=f"wrote nothing for {limit} seconds"):
        run(lambda: taken(source))
    assert source.closed


def test_the_time_that_the_consumer_takes_does_not_count() -> None:
    assert run(lambda: taken(Source(0.5, 0.5, 0.5), pause=100.0)) == [0, 1, 2]


def test_the_engines_own_error_passes() -> None:
    source = Source(0.1, error=EngineError("broken"))
    with pytest.raises(EngineError, match="Broken"):
        run(lambda: taken(source))


def test_leaving_early_closes_the_source() -> None:
    source = Source(0.1, 0.1, 0.1)

    async def first() -> int:
        async with aclosing(patient(source.values(), 2.0, 1.0, "")) as values:
            async for value in values:
                return value
        return -1

    assert run(first) == 0
    assert source.closed


def test_being_cancelled_while_it_waits_closes_the_source() -> None:
    source = Source(1.5)

    async def main() -> None:
        task = asyncio.create_task(taken(source))
        await asyncio.sleep(1.0)
        task.cancel()
        await asyncio.wait([task])

    run(main)
    assert source.closed
