"""A child process: called, streamed from, cancelled at any moment, hung, crashed and orphaned."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from voicebot.child.process import LONGEST_LINE, Child
from voicebot.errors import EngineError, EngineTimedOut, RateLimited

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    """A child that leaves nothing behind: no process, thread, task or unclosed thing (a warning is an error here)."""
    child = Child("tests.children:Worker", "the worker")
    yield child
    await child.kill()
    assert child.pid is None
    await nothing_left()


OURS = "voicebot.child"
"""Part of the command line of every child; other children of the tests (a sound server) are none of ours."""


def command_of(process: psutil.Process) -> str:
    """Its command line; "" once it is gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


async def nothing_left() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    assert not tasks
    ours = [one for one in psutil.Process().children(recursive=True) if OURS in command_of(one)]
    assert not ours
    for thread in threading.enumerate():
        if thread.name.startswith("waitpid"):  # asyncio's own: it ends as soon as it has told of the process's end
            await asyncio.to_thread(thread.join, PATIENCE)
            assert not thread.is_alive()
    gc.collect()


async def begun(file: Path) -> None:
    """Wait until the method in the child has made its file."""
    async with asyncio.timeout(PATIENCE):
        while not file.exists():
            await asyncio.sleep(0.001)


async def gone(pid: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while alive(pid):
            await asyncio.sleep(0.001)


def alive(pid: int) -> bool:
    """Whether the process runs; it may go while it is asked."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def pid_of(child: Child) -> int:
    pid, _ = await child.call("where", patience=PATIENCE)
    assert pid == child.pid
    return int(pid)


# -- calls -----------------------------------------------------------------------------------------------------------


async def test_a_call_brings_back_what_the_method_returns(child: Child) -> None:
    assert child.pid is None
    assert await child.call("echo", {"words": ("안녕", None)}, patience=PATIENCE) == {"words": ("안녕", None)}


async def test_the_process_stays_warm_between_calls(child: Child) -> None:
    first = await pid_of(child)
    assert [await child.call("count_calls", patience=PATIENCE) for _ in range(3)] == [1, 2, 3]
    assert await pid_of(child) == first


async def test_a_generator_is_streamed(child: Child) -> None:
    assert [piece async for piece in child.stream("pieces", 5, patience=PATIENCE)] == [0, 1, 2, 3, 4]
    assert [piece async for piece in child.stream("pieces", 0, patience=PATIENCE)] == []
    assert await child.call("pieces", 5, patience=PATIENCE) == 4


async def test_ten_megabytes_go_there_and_back(child: Child) -> None:
    samples = np.random.default_rng(1).random(2_500_000, np.float32)
    assert np.array_equal(await child.call("echo", samples, patience=PATIENCE), samples)


async def test_a_slow_listener_holds_the_child_back_and_gets_everything(child: Child) -> None:
    received = []
    async with aclosing(child.stream("arrays", 100, 25_000, patience=PATIENCE)) as arrays:
        async for array in arrays:
            received.append(float(array[0]))
            await asyncio.sleep(0)
    assert received == list(range(100))


async def test_what_waits_for_a_slow_listener_is_bounded(child: Child) -> None:
    async with aclosing(child.stream("arrays", 1000, 250_000, patience=PATIENCE)) as arrays:
        await anext(arrays)
        process = psutil.Process(child.pid)
        before = -1.0
        while process.io_counters().write_chars != before:  # until the child, too, waits
            before = process.io_counters().write_chars
            await asyncio.sleep(0.05)
        assert before < 30e6


async def test_concurrent_calls_wait_for_one_another(child: Child) -> None:
    async def together(number: int) -> int:
        return int(await child.call("echo", number, patience=PATIENCE))

    assert await asyncio.gather(*map(together, range(20))) == list(range(20))


async def test_it_runs_from_any_working_directory(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise ImportError('this is not the one')")
    monkeypatch.chdir(tmp_path)
    assert (await child.call("where", patience=PATIENCE))[1] == str(tmp_path)


async def test_ctrl_c_in_the_terminal_does_not_reach_it(child: Child) -> None:
    assert os.getpgid(await pid_of(child)) != os.getpgid(0)
    assert await child.call("interrupt_group", patience=PATIENCE) == "still here"


async def test_signs_of_life_are_passed_on(child: Child) -> None:
    signs = []
    assert await child.call("slow_but_alive", 0.3, patience=PATIENCE, alive=lambda: signs.append(1)) == "done"
    assert 3 <= len(signs) <= 10  # as often as SIGN_INTERVAL allows, and not every 2 ms


# -- failures --------------------------------------------------------------------------------------------------------


async def test_our_errors_come_through_whole(child: Child) -> None:
    with pytest.raises(RateLimited) as caught:
        await child.call("refuse", patience=PATIENCE)
    error = caught.value
    assert (error.what, error.why, error.fix) == ("it asks to wait", "too many questions", "wait")
    assert error.retry_after == 2.5


@pytest.mark.parametrize(
    ("method", "why"),
    [
        ("fail", "KeyError: 'no such thing'"),
        ("fail_between", "ValueError: bad luck"),
        ("unpicklable", "pickle"),
        ("no_such_method", "no_such_method"),
    ],
)
async def test_any_other_error_is_an_engine_error(
    child: Child, method: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "voicebot.child")
    before = await pid_of(child)
    with pytest.raises(EngineError, match="Worker failed") as caught:
        await child.call(method, patience=PATIENCE)
    assert why in caught.value.why
    assert await pid_of(child) == before
    await child.kill()
    assert "Traceback" in caplog.text


async def test_an_argument_that_cannot_be_sent_is_the_callers_error(child: Child) -> None:
    with pytest.raises((AttributeError, TypeError)):
        await child.call("echo", lambda: None, patience=PATIENCE)
    assert await child.call("echo", 1, patience=PATIENCE) == 1


@pytest.mark.parametrize("target", ["tests.children:Missing", "tests.no_such_module:Worker"])
async def test_a_target_that_is_not_there(target: str) -> None:
    child = Child(target, "nobody")
    for _ in range(2):
        with pytest.raises(EngineError, match="failed"):
            await child.call("echo", 1, patience=PATIENCE)
    await child.kill()
    await nothing_left()


async def test_an_object_that_cannot_be_built_says_why() -> None:
    child = Child("tests.children:Unbuildable", "nobody")
    with pytest.raises(RateLimited, match="Not yet"):
        await child.call("anything", patience=PATIENCE)
    await child.kill()


async def test_a_program_that_cannot_be_started(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/no/such/python")
        with pytest.raises(EngineError, match="The worker could not start"):
            await child.call("echo", 1, patience=PATIENCE)
    assert await child.call("echo", 1, patience=PATIENCE) == 1


@pytest.mark.parametrize(
    ("method", "args", "why"),
    [("exit", (7,), "status 7"), ("crash", (), "Segmentation fault"), ("half_an_answer", (), "status 3")],
)
async def test_a_crash_is_an_error_and_the_next_call_works(
    child: Child, method: str, args: tuple[object, ...], why: str
) -> None:
    before = await pid_of(child)
    with pytest.raises(EngineError, match="The worker stopped unexpectedly") as caught:
        await child.call(method, *args, patience=PATIENCE)
    assert why in caught.value.why
    assert await pid_of(child) != before


async def test_a_segmentation_fault_says_in_the_log_where_it_was(
    child: Child, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "voicebot.child")
    with pytest.raises(EngineError):
        await child.call("crash", patience=PATIENCE)
    assert "children.py" in caplog.text
    assert "in crash" in caplog.text


async def test_dying_between_two_calls_goes_unnoticed(child: Child) -> None:
    before = await pid_of(child)
    os.kill(before, signal.SIGKILL)
    await gone(before)
    while child.pid is not None:
        await asyncio.sleep(0)
    assert await pid_of(child) != before


async def test_a_hung_method_is_killed_when_patience_ends(child: Child) -> None:
    before = await pid_of(child)
    with pytest.raises(EngineTimedOut, match="The worker gave no sign of life"):
        await child.call("hang", patience=0.05)
    assert not psutil.pid_exists(before)
    assert await pid_of(child) != before


async def test_signs_of_life_keep_a_long_call_alive(child: Child) -> None:
    await pid_of(child)
    assert await child.call("slow_but_alive", 1.5, patience=1.0) == "done"


# -- noise -----------------------------------------------------------------------------------------------------------


async def test_what_libraries_print_goes_to_the_log_and_nowhere_else(
    child: Child, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO, "voicebot.child")
    assert await child.call("noise", "잡음 \ud800", 3, patience=PATIENCE) == ""
    await child.kill()
    assert caplog.text.count("the worker: 잡음 \\ud800") == 6
    assert "the worker: from C" in caplog.text
    assert "the worker: from a program" in caplog.text
    assert capfd.readouterr() == ("", "")


async def test_a_very_long_line_is_logged_in_pieces(child: Child, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "voicebot.child")
    await child.call("noise", "x" * 1_000_000, 1, patience=PATIENCE)
    await child.kill()
    lines = [record.getMessage() for record in caplog.records]
    assert sum(line.count("x") for line in lines) == 2_000_000
    assert max(map(len, lines)) <= LONGEST_LINE + 100


# -- cancelling ------------------------------------------------------------------------------------------------------


async def test_a_cancelled_method_is_left_at_its_next_sign_of_life(child: Child, tmp_path: Path) -> None:
    before = await pid_of(child)
    call = asyncio.create_task(child.call("working", str(tmp_path / "begun"), patience=PATIENCE))
    await begun(tmp_path / "begun")
    call.cancel()
    await asyncio.wait([call])
    assert call.cancelled()
    assert await child.call("times_cleaned", patience=PATIENCE) == 1
    assert await pid_of(child) == before


async def test_a_cancelled_method_that_gives_no_sign_is_killed(child: Child, tmp_path: Path) -> None:
    before = await pid_of(child)
    call = asyncio.create_task(child.call("hang", str(tmp_path / "begun"), patience=PATIENCE))
    await begun(tmp_path / "begun")
    call.cancel()
    await asyncio.wait([call])
    assert await pid_of(child) != before
    assert not psutil.pid_exists(before)


async def test_it_is_killed_though_nobody_calls_again(child: Child, tmp_path: Path) -> None:
    call = asyncio.create_task(child.call("hang", str(tmp_path / "begun"), patience=PATIENCE))
    await begun(tmp_path / "begun")
    pid = child.pid
    call.cancel()
    await asyncio.wait([call])
    assert pid is not None
    await gone(pid)


async def test_closing_a_stream_stops_the_method_and_keeps_the_process(child: Child) -> None:
    before = await pid_of(child)
    for number in range(1, 4):
        async with aclosing(child.stream("endless_pieces", patience=PATIENCE)) as pieces:
            assert [await anext(pieces) for _ in range(50)] == list(range(1, 51))
        assert await child.call("times_cleaned", patience=PATIENCE) == number
    assert await pid_of(child) == before


async def test_a_stream_that_is_left_while_the_child_waits_for_us_keeps_the_process(child: Child) -> None:
    before = await pid_of(child)
    async with aclosing(child.stream("arrays", 1000, 250_000, patience=PATIENCE)) as arrays:
        await anext(arrays)
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)  # nobody calls, and yet the child's last pieces are taken from it
    assert await pid_of(child) == before


class Interrupted:
    """Awaits `work`, and cancels its task at the n-th time that it waits: at once, or when what it waits for is there.

    The second is the race that matters: the result has come, and is thrown away.
    """

    def __init__(self, work: Coroutine[Any, Any, None], at: int, when_done: bool) -> None:
        self.work = work
        self.at = at
        self.when_done = when_done

    def __await__(self) -> Generator[Any, Any, None]:
        task = asyncio.current_task()
        assert task is not None
        steps = self.work.__await__()
        resume = partial(next, steps)
        for step in itertools.count(1):
            try:
                waiting = resume()
            except StopIteration:
                return
            if step == self.at and self.when_done and waiting is not None:
                waiting.add_done_callback(lambda _: task.cancel())
            elif step == self.at:
                task.cancel()
            try:
                yield waiting
                resume = partial(next, steps)
            except BaseException as thrown:  # noqa: BLE001  into the work, whatever it is
                resume = partial(steps.throw, thrown)


@pytest.mark.parametrize("when_done", [False, True])
async def test_cancelling_wherever_it_waits_leaves_it_usable(child: Child, when_done: bool) -> None:
    async def converse() -> None:
        assert await child.call("echo", "a" * 200_000, patience=PATIENCE) == "a" * 200_000
        async with aclosing(child.stream("pieces", 3, patience=PATIENCE)) as pieces:
            assert [piece async for piece in pieces] == [0, 1, 2]
        await child.kill()
        with pytest.raises(EngineError):
            await child.call("exit", 0, patience=PATIENCE)
        assert await child.call("echo", 2, patience=PATIENCE) == 2
        with pytest.raises(EngineTimedOut):
            await child.call("hang", patience=0.01)

    async def interrupted(at: int) -> None:
        await Interrupted(converse(), at, when_done)

    for at in range(1, 100):
        conversation = asyncio.create_task(interrupted(at))
        await asyncio.wait([conversation])
        if not conversation.cancelled():
            break
        assert await child.call("echo", at, patience=PATIENCE) == at
    conversation.result()
    assert at > 15


async def test_cancelling_at_random_moments_leaves_it_usable(child: Child, tmp_path: Path) -> None:
    chance = random.Random(7)

    async def converse() -> None:
        await child.call("echo", np.zeros(100_000), patience=PATIENCE)
        async with aclosing(child.stream("arrays", 20, 30_000, patience=PATIENCE)) as arrays:
            async for _ in arrays:
                pass
        if chance.random() < 0.2:
            await child.kill()

    await pid_of(child)
    for number in range(60):
        conversations = [asyncio.create_task(converse()) for _ in range(2)]
        await asyncio.sleep(chance.random() * 0.02)
        for conversation in conversations:
            conversation.cancel()
        await asyncio.wait(conversations)
        if number % 5 == 0:
            assert await child.call("echo", number, patience=PATIENCE) == number


# -- ending ----------------------------------------------------------------------------------------------------------


async def test_kill_makes_a_running_call_fail(child: Child, tmp_path: Path) -> None:
    call = asyncio.create_task(child.call("hang", str(tmp_path / "begun"), patience=PATIENCE))
    await begun(tmp_path / "begun")
    await child.kill()
    with pytest.raises(EngineError, match="The worker was stopped"):
        await call


async def test_kill_before_and_while_it_starts(child: Child) -> None:
    await child.kill()
    call = asyncio.create_task(child.call("echo", 1, patience=PATIENCE))
    await asyncio.sleep(0)
    await asyncio.gather(child.kill(), child.kill())
    await asyncio.wait([call])
    assert isinstance(call.exception(), EngineError | None)
    assert await child.call("echo", 1, patience=PATIENCE) == 1


async def test_what_the_child_has_started_goes_with_it(child: Child) -> None:
    grandchild = int(await child.call("grandchild", patience=PATIENCE))
    await child.kill()
    await gone(grandchild)


async def test_a_crash_that_leaves_a_program_holding_the_log_open(child: Child) -> None:
    grandchild = int(await child.call("grandchild", patience=PATIENCE))
    with pytest.raises(EngineError, match="stopped unexpectedly"):
        await child.call("exit", 1, patience=PATIENCE)
    os.kill(grandchild, signal.SIGKILL)
    await gone(grandchild)


@pytest.mark.parametrize("method", ["working", "hang", "hang_without_python"])
def test_a_child_whose_parent_was_killed_ends(method: str, tmp_path: Path) -> None:
    if method == "hang_without_python" and sys.platform != "linux":
        pytest.skip("only Linux tells a process of its parent's death")
    begun = tmp_path / "begun"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.children", method, begun], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        deadline = time.monotonic() + PATIENCE
        while not begun.exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        assert psutil.pid_exists(pid)
        parent.kill()
    asyncio.run(gone(pid))
