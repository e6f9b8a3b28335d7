"""The core's thread: commands go in, events come out, and whatever fails is told and leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.running import Engines
from voicebot.assistant import Assistant
from voicebot.desktop.core import Core
from voicebot.errors import EngineError, StorageError
from voicebot.events import Event, Failed, TurnEnded

LIMIT = 30.0
"""Seconds for anything to come about on a busy machine."""


class Told:
    """Events as they come, on the core's thread."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._news = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def wait_for(self, fits: Callable[[Event], bool]) -> Event:
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.events)), LIMIT), self.events
            return next(event for event in self.events if fits(event))

    def failures(self, count: int = 1) -> list[Failed]:
        with self._news:
            assert self._news.wait_for(lambda: len(self._failed()) >= count, LIMIT), self.events
            return self._failed()

    def _failed(self) -> list[Failed]:
        return [event for event in self.events if isinstance(event, Failed)]


def result_of(core: Core, command: Callable[[Assistant], object]) -> object:
    answers: list[object] = []
    there = threading.Event()

    def take(answer: object) -> None:
        answers.append(answer)
        there.set()

    core.ask(command, take)
    assert there.wait(LIMIT)
    return answers[0]


def nothing_is_left(core: Core) -> None:
    assert not core._thread.is_alive()
    assert core._loop.is_closed()
    assert not core._commands
    gc.collect()  # a task or coroutine that was never ended would warn here


def test_a_question_is_answered_and_everything_ends() -> None:
    told = Told()
    core = Core(Engines().make, told)
    core.do(lambda assistant: assistant.ask("What is it?"))  # before it has started
    core.start()
    ended = told.wait_for(lambda event: isinstance(event, TurnEnded))
    assert isinstance(ended, TurnEnded)
    assert ended.outcome == "answered"
    assert core.close()
    nothing_is_left(core)


def test_it_ends_in_the_middle_of_an_answer_and_twice() -> None:
    told = Told()
    core = Core(Engines().make, told)
    core.start()
    result_of(core, lambda assistant: assistant.ask("What is it?"))
    assert core.close()
    assert core.close()
    nothing_is_left(core)
    count = len(told.events)
    core.do(lambda assistant: assistant.ask("Too late."))
    core.work(lambda: None)
    assert len(told.events) == count


def test_one_that_never_started_ends() -> None:
    core = Core(Engines().make, Told())
    core.do(lambda assistant: assistant.idle())
    assert core.close()
    nothing_is_left(core)


@pytest.mark.parametrize("fault", [StorageError("the disk is full", fix="free some space"), ValueError("a defect")])
@pytest.mark.expects_warnings
def test_an_assistant_that_cannot_be_made_is_told_and_so_is_each_command(fault: Exception) -> None:
    async def make() -> Assistant:
        raise fault

    told = Told()
    core = Core(make, told)
    core.start()
    core.do(lambda assistant: assistant.idle())
    core.do(lambda assistant: assistant.idle(), stage="microphone")
    failures = told.failures(3)
    assert [failure.stage for failure in failures] == ["assistant", "command", "microphone"]
    if isinstance(fault, StorageError):
        assert {(failure.what, failure.fix) for failure in failures} == {("the disk is full", "free some space")}
    done = threading.Event()
    core.work(lambda: 7, lambda seven: done.set() if seven == 7 else None)
    assert done.wait(LIMIT)
    assert core.close()
    nothing_is_left(core)


def test_a_history_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "a file"
    blocker.write_text("in the way")
    told = Told()
    core = Core(Engines(file=blocker / "history.db").make, told)
    core.start()
    assert told.failures()[0].what == "the history cannot be opened"
    assert core.close()
    nothing_is_left(core)


def test_one_that_is_still_being_made_ends() -> None:
    begun = threading.Event()

    async def make() -> Assistant:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    core = Core(make, Told())
    core.start()
    core.do(lambda assistant: assistant.idle())
    assert begun.wait(LIMIT)
    assert core.close()
    nothing_is_left(core)


@pytest.mark.expects_warnings
def test_a_command_that_fails_is_told_and_the_next_is_carried_out() -> None:
    def breaks(_: Assistant) -> None:
        raise RuntimeError("a defect")

    async def fails(_: Assistant) -> None:
        raise EngineError("it broke", "no reason", "mend it")

    told = Told()
    core = Core(Engines().make, told)
    core.start()
    core.do(breaks)
    core.do(fails, stage="microphone")
    first, second = told.failures(2)
    assert (first.stage, first.why) == ("command", "RuntimeError")
    assert (second.stage, second.what, second.why, second.fix) == ("microphone", "it broke", "no reason", "mend it")
    assert result_of(core, lambda _: 5) == 5
    assert core.close()
    nothing_is_left(core)


def test_a_job_under_way_at_the_end_is_finished() -> None:
    core = Core(Engines().make, Told())
    core.start()
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        go.wait(LIMIT)
        done.set()

    core.work(job)
    assert begun.wait(LIMIT)
    ending = threading.Thread(target=core.close)
    ending.start()
    go.set()
    ending.join(LIMIT)
    assert done.is_set()
    nothing_is_left(core)


def test_a_command_that_never_ends_does_not_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.desktop.core.FINISHING", 0.02)
    cancelled = threading.Event()

    async def endless(_: Assistant) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    core = Core(Engines().make, Told())
    core.start()
    core.do(endless)
    assert result_of(core, lambda _: 1) == 1
    assert core.close()
    assert cancelled.is_set()
    nothing_is_left(core)
