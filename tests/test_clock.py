"""The virtual clock: order, exactness, work outside the loop, and an honest word about a deadlock."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from voicebot.clock import VirtualLoop, run_virtually


def loop() -> VirtualLoop:
    running = asyncio.get_running_loop()
    assert isinstance(running, VirtualLoop)
    return running


def test_an_hour_takes_no_time_and_is_exact() -> None:
    async def main() -> float:
        await asyncio.sleep(3600.0)
        return loop().time()

    before = time.monotonic()
    assert run_virtually(main()) == 3600.0
    assert time.monotonic() - before < 60


def test_sleepers_wake_in_the_order_of_their_times() -> None:
    woken: list[tuple[float, float]] = []

    async def sleeper(seconds: float) -> None:
        await asyncio.sleep(seconds)
        woken.append((seconds, loop().time()))

    async def main() -> None:
        await asyncio.gather(*(sleeper(seconds) for seconds in (0.3, 0.1, 2.0, 0.0, 0.1, 5.5)))

    run_virtually(main())
    assert [seconds for seconds, _ in woken] == [0.0, 0.1, 0.1, 0.3, 2.0, 5.5]
    assert all(seconds == at for seconds, at in woken)


def test_time_stands_still_while_work_is_outside() -> None:
    """A thread that takes real time takes no virtual time, and overtakes every timer."""
    order: list[str] = []

    async def timer() -> None:
        await asyncio.sleep(0.001)
        order.append("timer")

    async def main() -> float:
        running = asyncio.create_task(timer())
        await asyncio.to_thread(time.sleep, 0.05)
        order.append("thread")
        at = loop().time()
        await running
        return at

    assert run_virtually(main()) == 0.0
    assert order == ["thread", "timer"]


def test_work_outside_that_raises_lets_time_go_on() -> None:
    async def main() -> float:
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(lambda: 1 // 0)
        await asyncio.sleep(1.0)
        return loop().time()

    assert run_virtually(main()) == 1.0


def test_work_outside_that_is_cancelled_lets_time_go_on() -> None:
    release = threading.Event()

    async def main() -> tuple[float, int]:
        work = asyncio.create_task(asyncio.to_thread(release.wait, 10))
        await asyncio.sleep(0)
        work.cancel()
        await asyncio.wait([work])
        await asyncio.sleep(1.0)
        release.set()
        return loop().time(), loop().outside

    assert run_virtually(main()) == (1.0, 0)


def test_work_that_an_ended_executor_refuses_does_not_count_as_outside() -> None:
    async def main() -> int:
        ended = ThreadPoolExecutor(1)
        ended.shutdown()
        with pytest.raises(RuntimeError):
            loop().run_in_executor(ended, print)
        return loop().outside

    assert run_virtually(main()) == 0


def test_a_deadlock_is_reported_and_not_waited_for() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing is left to happen"):
        run_virtually(main())


def test_a_thread_may_call_in_while_other_work_is_outside() -> None:
    async def main() -> float:
        called = asyncio.Event()
        running = loop()

        def work() -> None:
            running.call_soon_threadsafe(called.set)

        await running.run_in_executor(None, work)
        await called.wait()
        return running.time()

    assert run_virtually(main()) == 0.0


def test_the_end_waits_for_the_threads_of_the_loop() -> None:
    """Closing the loop's own executor is work outside, too: it is no deadlock."""

    async def main() -> int:
        return await asyncio.to_thread(lambda: 7)

    for _ in range(100):
        assert run_virtually(main()) == 7


def test_an_error_in_the_conversation_comes_out_as_it_is() -> None:
    async def main() -> None:
        await asyncio.to_thread(lambda: None)
        raise KeyError("a defect")

    with pytest.raises(KeyError, match="a defect"):
        run_virtually(main())
