"""What is made ahead: in order, bounded, with its error at its place, whoever is late."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as some

from voicebot.ahead import Ahead
from voicebot.clock import run_virtually


async def write(ahead: Ahead[int], values: int, error: Exception | None = None, pause: float = 0.0) -> None:
    for value in range(values):
        await asyncio.sleep(pause)
        await ahead.put(value)
    if error is not None:
        raise error


@given(some.integers(0, 20), some.integers(1, 5), some.sampled_from([0.0, 0.1]), some.sampled_from([0.0, 0.1]))
def test_every_value_comes_once_and_in_order(values: int, most: int, writing: float, reading: float) -> None:
    async def main() -> list[int]:
        ahead: Ahead[int] = Ahead(most)
        work = asyncio.create_task(ahead.written_by(write, ahead, values, None, writing))
        found = []
        async for value in ahead:
            await asyncio.sleep(reading)
            found.append(value)
        await work
        return found

    assert run_virtually(main()) == list(range(values))


def test_the_writer_waits_for_a_late_reader() -> None:
    async def main() -> None:
        ahead: Ahead[int] = Ahead(2)
        work = asyncio.create_task(ahead.written_by(write, ahead, 3))
        await asyncio.sleep(10.0)
        assert not work.done()
        assert [value async for value in ahead] == [0, 1, 2]
        await work

    run_virtually(main())


def test_an_error_comes_after_the_values_before_it() -> None:
    async def main() -> None:
        ahead: Ahead[int] = Ahead(9)
        await ahead.written_by(write, ahead, 2, ValueError("broken"))
        assert [await anext(ahead), await anext(ahead)] == [0, 1]
        with pytest.raises(ValueError, match="broken"):
            await anext(ahead)

    run_virtually(main())


def test_closed_it_is_empty() -> None:
    async def main() -> None:
        ahead: Ahead[int] = Ahead(9)
        await ahead.written_by(write, ahead, 2)
        await ahead.aclose()
        assert [value async for value in ahead] == []

    run_virtually(main())
