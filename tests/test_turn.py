"""A turn is one cancel scope: whatever happens in it, it ends, says so once, and the assistant is idle again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest

from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.errors import EngineError, RateLimited, StorageError
from voicebot.events import Event, Failed, Interrupted, Partial, State, StateChanged, TurnEnded
from voicebot.turn import CLOSING_LIMIT, STAGES, Turn, Turns, describe


@dataclass
class Stage:
    """Turns on a bus, with all that was told and called noted."""

    bus: Bus = field(default_factory=Bus)
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turns = Turns(self.bus)
        self.events = self.bus.subscribe(Event)
        self.turns.on_cut.append(lambda turn: self.calls.append(f"cut {turn.id}"))
        self.turns.closers.append(self.closer("first"))
        self.turns.closers.append(self.closer("second"))

    def closer(self, name: str) -> Callable[[Turn, str], Coroutine[Any, Any, None]]:
        async def close(turn: Turn, outcome: str) -> None:
            self.calls.append(f"{name} {turn.id} {outcome}")

        return close

    def fail_first(self, error: Exception) -> None:
        async def close(turn: Turn, outcome: str) -> None:
            raise error

        self.turns.closers[0] = close

    async def told(self) -> list[Event]:
        """All events so far, after the turns are idle."""
        await self.turns.idle()
        self.bus.close()
        return [event async for event in self.events]


def play(script: Callable[[Stage], Coroutine[Any, Any, None]]) -> tuple[Stage, list[Event]]:
    async def main() -> tuple[Stage, list[Event]]:
        stage = Stage()
        before = asyncio.all_tasks()
        await script(stage)
        told = await stage.told()
        assert asyncio.all_tasks() == before, "tasks are left over"
        return stage, told

    return run_virtually(main())


async def forever() -> None:
    await asyncio.Event().wait()


async def stubborn(release: asyncio.Event) -> None:
    """Does not end when it is cancelled, but only when it is released."""
    while not release.is_set():
        try:
            await release.wait()
        except asyncio.CancelledError:
            continue


def test_a_turn_is_opened_moved_and_ended_in_this_order() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.LISTENING)
        stage.turns.move(turn, State.TRANSCRIBING)
        stage.turns.move(turn, State.TRANSCRIBING)
        stage.turns.end(turn, "answered")

    stage, told = play(script)
    assert told == [
        StateChanged(1, State.LISTENING), StateChanged(1, State.TRANSCRIBING), StateChanged(1, State.IDLE),
        TurnEnded(1, "answered", {}),
    ]  # fmt: skip
    assert stage.calls == ["first 1 answered", "second 1 answered"]


def test_what_ends_early_is_cut_at_once_and_its_data_dropped() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.LISTENING)
        await stage.bus.publish(Partial(turn.id, "hel"))
        assert stage.turns.interrupt("stop")
        assert stage.calls == ["cut 1"]
        assert not stage.turns.interrupt("stop")

    _, told = play(script)
    assert Interrupted(1, "stop") in told
    assert not any(isinstance(event, Partial) for event in told)


def test_a_new_turn_interrupts_the_live_one_and_numbers_go_on() -> None:
    async def script(stage: Stage) -> None:
        stage.turns.continue_after(41)
        first = stage.turns.open(State.LISTENING)
        second = stage.turns.open(State.THINKING)
        assert (first.id, second.id) == (42, 43)
        assert stage.turns.live(42) is None
        assert stage.turns.live(43) is second
        stage.turns.move(first, State.SPEAKING)
        assert stage.turns.state is State.THINKING
        stage.turns.end(second, "answered")

    _, told = play(script)
    assert Interrupted(42, "new question") in told
    assert sum(isinstance(event, TurnEnded) for event in told) == 2


def test_each_turn_tells_the_state_it_begins_with() -> None:
    """Also when it is the one that the turn before was in."""

    async def script(stage: Stage) -> None:
        stage.turns.open(State.THINKING)
        stage.turns.end(stage.turns.open(State.THINKING), "answered")

    _, told = play(script)
    begun = [event for event in told if isinstance(event, StateChanged) and event.state is State.THINKING]
    assert [event.turn for event in begun] == [1, 2]


def test_ending_twice_is_ending_once() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.LISTENING)
        for outcome in ("failed", "answered", "interrupted"):
            stage.turns.end(turn, outcome)
        stage.turns.fail(turn, "stt", EngineError("too late"))

    _, told = play(script)
    assert [event.outcome for event in told if isinstance(event, TurnEnded)] == ["failed"]
    assert not any(isinstance(event, Failed) for event in told)


def test_all_work_is_cancelled_with_the_turn_and_has_ended_before_it_is_told() -> None:
    ended: list[float] = []

    async def slow_to_end() -> None:
        try:
            await forever()
        finally:
            await asyncio.sleep(1.0)
            ended.append(asyncio.get_running_loop().time())

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.THINKING)
        turn.start("llm", slow_to_end())
        turn.start("tts", slow_to_end())
        await asyncio.sleep(2.0)
        stage.turns.interrupt("stop")
        await stage.turns.settled()
        assert ended == [3.0, 3.0]

    play(script)


def test_work_begun_in_an_ended_turn_never_runs() -> None:
    ran: list[int] = []

    async def work() -> None:
        ran.append(1)

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.THINKING)
        stage.turns.interrupt("stop")
        turn.start("llm", work())
        assert not await turn.run("llm", work())

    play(script)
    assert ran == []


def test_run_tells_whether_the_work_succeeded() -> None:
    async def fine() -> None:
        await asyncio.sleep(1.0)

    async def broken() -> None:
        raise EngineError("broken")

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.THINKING)
        assert await turn.run("llm", fine())
        assert not await turn.run("llm", broken())
        assert turn.failure == "broken"

    play(script)


def test_a_stage_that_is_cancelled_takes_the_work_it_waits_for_with_it() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.THINKING)
        waiting = asyncio.create_task(turn.run("llm", forever()))  # type: ignore[arg-type]
        await asyncio.sleep(1.0)
        waiting.cancel()
        await asyncio.wait([waiting])
        await asyncio.sleep(0)
        assert not turn.tasks
        stage.turns.end(turn, "answered")

    play(script)


def test_a_failure_is_told_with_its_stage_reason_and_remedy_before_the_end() -> None:
    async def limited() -> None:
        raise RateLimited("the service asks to wait", "too many questions", "wait a little", retry_after=7.0)

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.THINKING)
        await turn.run("llm", limited())
        assert turn.failure == "the service asks to wait: too many questions"

    _, told = play(script)
    failed = Failed(1, "llm", "the service asks to wait", "too many questions", "wait a little", 7.0)
    assert told.index(failed) < told.index(TurnEnded(1, "failed", {}))


@pytest.mark.expects_warnings
def test_a_defect_is_told_without_its_inside_and_logged_with_it(caplog: pytest.LogCaptureFixture) -> None:
    told = describe(3, "tts", ZeroDivisionError("secret"))
    assert "secret" not in f"{told}"
    assert "secret" in caplog.text


@pytest.mark.expects_warnings
@pytest.mark.parametrize("error", [StorageError("the disk is full"), ZeroDivisionError("a defect")])
def test_a_closer_that_fails_stops_neither_the_others_nor_the_way_to_idle(error: Exception) -> None:
    async def script(stage: Stage) -> None:
        stage.fail_first(error)
        turn = stage.turns.open(State.LISTENING)
        stage.turns.end(turn, "no speech")

    stage, told = play(script)
    assert stage.calls == ["cut 1", "second 1 no speech"]
    assert [event.stage for event in told if isinstance(event, Failed)] == ["history"]
    assert told[-2:] == [StateChanged(1, State.IDLE), TurnEnded(1, "no speech", {})]
    assert stage.turns.state is State.IDLE


@pytest.mark.expects_warnings
def test_work_that_will_not_end_is_given_up_on_and_the_history_is_still_closed() -> None:
    release = asyncio.Event()

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.TRANSCRIBING)
        turn.start("stt", stubborn(release))
        await asyncio.sleep(1.0)
        stage.turns.interrupt("stop")
        await stage.turns.idle()
        assert asyncio.get_running_loop().time() == pytest.approx(1.0 + CLOSING_LIMIT)
        assert stage.calls == ["cut 1", "first 1 interrupted", "second 1 interrupted"]
        release.set()
        await asyncio.sleep(0.1)

    play(script)


@pytest.mark.expects_warnings
def test_a_stage_is_free_again_when_its_turn_was_given_up_on() -> None:
    release = asyncio.Event()

    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.TRANSCRIBING)
        running = asyncio.create_task(turn.run("stt", stubborn(release)))
        await asyncio.sleep(1.0)
        stage.turns.interrupt("stop")
        assert not await asyncio.wait_for(running, CLOSING_LIMIT + 1.0)
        release.set()
        await asyncio.sleep(0.1)

    play(script)


@pytest.mark.expects_warnings
def test_a_closer_that_hangs_is_given_up_on() -> None:
    async def script(stage: Stage) -> None:
        async def hang(turn: Turn, outcome: str) -> None:
            await forever()

        stage.turns.closers[0] = hang
        stage.turns.end(stage.turns.open(State.LISTENING), "no speech")

    _, told = play(script)
    assert told[-1] == TurnEnded(1, "no speech", {})


def test_idle_is_not_told_while_another_turn_is_live() -> None:
    async def script(stage: Stage) -> None:
        stage.turns.open(State.LISTENING)
        second = stage.turns.open(State.LISTENING)
        await stage.turns.settled()
        assert stage.turns.state is State.LISTENING
        stage.turns.end(second, "answered")

    _, told = play(script)
    assert [event.turn for event in told if event == StateChanged(event.turn, State.IDLE)] == [2]


def test_settled_waits_for_the_turns_before_and_not_for_this_one() -> None:
    order: list[str] = []

    async def script(stage: Stage) -> None:
        async def slowly(turn: Turn, outcome: str) -> None:
            await asyncio.sleep(1.0)
            order.append(f"closed {turn.id}")

        stage.turns.closers[:] = [slowly]
        stage.turns.open(State.THINKING)
        second = stage.turns.open(State.THINKING)
        await stage.turns.settled(before=second.id)
        order.append("settled")
        stage.turns.end(second, "answered")

    play(script)
    assert order == ["closed 1", "settled", "closed 2"]


def test_timings_are_the_spans_between_the_moments_that_came() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.LISTENING)
        turn.mark("speech_end", 10.0)
        turn.mark("transcript", 10.75)
        turn.mark("first_token", 11.0)
        turn.mark("first_token", 99.0)
        turn.mark("first_sound", 11.5)
        assert turn.timings() == {
            "transcript": 0.75, "first_token": 0.25, "first_sound": 0.5,
            "speech_end_to_first_audio": 1.5, "total": 1.5,
        }  # fmt: skip
        assert set(turn.marks) <= set(STAGES)
        stage.turns.end(turn, "answered")

    play(script)


def test_a_turn_in_which_nothing_happened_has_no_timings() -> None:
    async def script(stage: Stage) -> None:
        turn = stage.turns.open(State.LISTENING)
        assert turn.timings() == {}
        stage.turns.end(turn, "no speech")

    play(script)
