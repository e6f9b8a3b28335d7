"""What the window has the core do in the Lab: carry a run out step by step, read what is kept, write a report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.desktop.lab_choices import senders
from voicebot.engines import Workshop
from voicebot.errors import StorageError, VoicebotError
from voicebot.resources import Home

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.lab.runner import Outcome, Progress
    from voicebot.lab.runs import Plan, Run


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is. `last` when its job has ended, with `fault` if that is why, or with what it came to."""

    run: Run | None = None
    progress: Progress | None = None
    outcome: Outcome | None = None
    fault: VoicebotError | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A run in the list; `sends` are its engines that are not on this machine, as {stage, name}."""

    run: Run
    done: int
    failed: int
    sends: list[dict[str, str]]


async def carried_out(
    workshop: Workshop, make: Callable[[], Run], tell: Callable[[Step], None], *, again: bool = False
) -> None:
    """Make a run and carry it out to its end; cancelling it keeps what is done. `tell` gets every step."""
    from voicebot.lab.runner import carry_out

    end, run = Step(last=True), None
    try:
        run = await asyncio.to_thread(make)
        tell(Step(run))
        begun: Run = run
        kind: Any = import_module(f"voicebot.lab.{run.plan.kind}")
        async with kind.trials(run, workshop) as trials:
            report = lambda progress: tell(Step(begun, progress))  # noqa: E731
            outcome = await carry_out(run, trials, report, asyncio.Event(), again=again)
        end = Step(run, outcome=outcome, last=True)
    except VoicebotError as error:
        end = Step(run, fault=error, last=True)
    except asyncio.CancelledError:
        end = Step(run, last=True)
        raise
    finally:
        tell(end)


def begun(home: Home, make_plan: Callable[[], Plan]) -> Run:
    """Blocks. Raises VoicebotError."""
    from voicebot.lab.runs import Run

    return Run.create(home, make_plan())


def listed(home: Home, workshop: Workshop) -> list[Listed]:
    """The runs that are kept, newest first. Blocks."""
    from voicebot.lab.runs import Run

    found = []
    for run in Run.all(home):
        try:
            results = run.results()
        except StorageError:  # it can be deleted
            results = []
        failed = sum(bool(one.error) for one in results)
        found.append(Listed(run, len(results), failed, senders(workshop, run.plan)))
    return found


async def played(assistant: Assistant, file: Path) -> None:
    """Raises AudioError or DeviceError."""
    from voicebot.audio.files import read_sound
    from voicebot.lab.listening import RATE

    await assistant.play(await asyncio.to_thread(read_sound, file, RATE), RATE)


def exported(runs: list[Run], folder: Path, form: str, language: str) -> str:
    """Write a report into a folder; where it lies. Blocks. Raises VoicebotError."""
    from voicebot.lab.report import write

    return str(write(runs, folder, form, language))  # type: ignore[arg-type]
