"""A run goes on after whatever ended it; one engine that fails ends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from voicebot.errors import EngineError, EngineUnavailable, StorageError, UsageError
from voicebot.lab.runner import Progress, Trial, Values, carry_out
from voicebot.lab.runs import RESULTS, Plan, Result, Run, find, taken
from voicebot.resources import Home

CREATED = "2026-11-29T18:15:00+09:00"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "data", tmp_path, tmp_path)


@pytest.fixture
def run(home: Home) -> Run:
    return Run.create(home, Plan("stt", CREATED, "two engines", {"engines": ["a", "b"]}, 6))


def work(values: Values | Exception, tried: list[str], key: str) -> Callable[[], Awaitable[Values]]:
    async def give() -> Values:
        tried.append(key)
        if isinstance(values, Exception):
            raise values
        return values

    return give


def trials(tried: list[str], **faults: Exception) -> list[Trial]:
    keys = [f"{engine}{number}" for engine in "ab" for number in range(3)]
    return [Trial(key, key[0], 2.0, work(faults.get(key, {"n": int(key[1])}), tried, key)) for key in keys]


async def done(run: Run, found: list[Trial], *, again: bool = False) -> list[Progress]:
    told: list[Progress] = []
    await carry_out(run, found, told.append, asyncio.Event(), again=again)
    return told


async def test_results_are_kept_and_none_is_done_twice(home: Home, run: Run) -> None:
    tried: list[str] = []
    told = await done(run, trials(tried))
    assert tried == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert [one.done for one in told] == [0, 1, 2, 3, 4, 5, 6]
    assert told[0].seconds_left is None and told[0].now == "a0"
    assert told[1].seconds_left is not None and told[-1].seconds_left == 0
    opened = Run.open(run.folder)
    assert opened.plan == run.plan and [one.values for one in opened.results()][:2] == [{"n": 0}, {"n": 1}]
    assert len(await done(opened, trials(tried))) == 1 and len(tried) == 6
    assert run.id == "20261129-181500-stt" and run.folder == home.lab / run.id


async def test_a_failed_trial_is_a_result_and_done_again_when_asked(run: Run) -> None:
    tried: list[str] = []
    await done(run, trials(tried, a1=EngineError("the engine failed", "it was tired", "try again")))
    failed = run.results()[1]
    assert failed == Result("a1", {}, "The engine failed: it was tired. Try again")
    outcome = await carry_out(run, trials(tried), lambda _: None, asyncio.Event())
    assert (outcome.done, outcome.failed, outcome.stopped, len(tried)) == (6, 1, False, 6)
    await done(run, trials(tried), again=True)
    assert tried[6:] == ["a1"] and run.results()[1] == Result("a1", {"n": 1}), "in its old place"


async def test_an_engine_that_is_not_there_is_asked_once(run: Run) -> None:
    tried: list[str] = []
    await done(run, trials(tried, a1=EngineUnavailable("a cannot run", fix="install it")))
    assert tried == ["a0", "a1", "b0", "b1", "b2"]
    assert [one.error for one in run.results()[:3]] == ["", *["A cannot run. Install it"] * 2]


@pytest.mark.expects_warnings
async def test_a_defect_is_a_result_too(run: Run) -> None:
    await done(run, trials([], a1=ZeroDivisionError("division by zero")))
    assert [bool(one.error) for one in run.results()] == [False, True, False, False, False, False]
    assert "ZeroDivisionError" in run.results()[1].error


async def test_stopping_leaves_the_trial_at_work_for_the_next_time(run: Run) -> None:
    stop, tried = asyncio.Event(), [""]

    async def hang() -> Values:
        stop.set()
        await asyncio.Event().wait()
        return {}

    found = trials(tried)
    found[2] = Trial("a2", "a", 2.0, hang)
    outcome = await carry_out(run, found, lambda _: None, stop)
    assert (outcome.done, outcome.total, outcome.stopped) == (2, 6, True)
    await done(run, trials(tried))
    assert [one.key for one in run.results()] == ["a0", "a1", "a2", "b0", "b1", "b2"]


async def test_a_torn_last_line_is_done_again(run: Run) -> None:
    await done(run, trials([]))
    file = run.folder / RESULTS
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    assert len(run.results()) == 5
    tried: list[str] = []
    await done(Run.open(run.folder), trials(tried))
    assert tried == ["b2"] and file.read_bytes() == whole


def test_a_broken_line_in_the_middle_is_named(run: Run) -> None:
    (run.folder / RESULTS).write_text('{"key": "a0"}\n{"key": \n{"key": "a1"}\n')
    with pytest.raises(StorageError, match="Line 2 of"):
        run.results()


async def test_two_do_not_carry_out_one_run(run: Run) -> None:
    with taken(Run.open(run.folder)):
        with pytest.raises(StorageError, match="another program"):
            await done(run, trials([]))
        with pytest.raises(StorageError, match="another program"):
            run.remove()
    run.remove()
    assert not list(run.folder.parent.iterdir())


def test_runs_are_listed_found_and_not_confused(home: Home, run: Run) -> None:
    later = Run.create(home, Plan("tts", "2026-11-29T18:20:00+09:00", "voices"))
    same = Run.create(home, Plan("stt", CREATED, "again"))
    (home.lab / "20261130-000000-stt").mkdir()
    (home.lab / "20261130-000000-stt" / "plan.json").write_text("{")
    assert [one.id for one in Run.all(home)] == [later.id, same.id, run.id]
    assert find(home).id == later.id and find(home, kind="stt").id == same.id and find(home, run.id).id == run.id
    for name, words in (("20261129-1815", "beginning of 2 runs"), ("2025", "no run 2025")):
        with pytest.raises(UsageError, match=words):
            find(home, name)
    with pytest.raises(StorageError, match="is broken"):
        Run.open(home.lab / "20261130-000000-stt")
