"""What the window has the core do with a recording: transcribe it step by step, play it, write its text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.engines import Workshop
from voicebot.errors import StorageError, VoicebotError
from voicebot.events import Notice

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.stt.base import Segment
    from voicebot.transcription import Job, Progress, Transcription

OFTEN = 0.1
"""Seconds between two steps of the progress: more nobody can see."""
PLAYED = 60.0
"""Seconds that are played from a passage on."""


@dataclass(frozen=True, slots=True)
class Step:
    """What there is more of a recording. `last` when its job has ended, with `fault` if that is why."""

    standing: str
    progress: Progress | None = None
    segments: tuple[Segment, ...] = ()
    notices: tuple[Notice, ...] = ()
    fault: VoicebotError | None = None
    last: bool = False
    found: Transcription | None = None


async def transcribed(
    workshop: Workshop, engine: str, path: Path, languages: tuple[str, ...], tell: Callable[[Step], None]
) -> Step:
    """One file to its end, or as far as it came; `tell` gets every step. Cancelling it keeps what there is."""
    from voicebot.transcription import Job

    tell(Step("loading"))
    recogniser = await asyncio.to_thread(workshop.stt, engine)
    job = Job(path, recogniser, languages)
    steps = _Steps(job, tell)
    job.changed = steps.tell
    fault = None
    standing = "stopped"
    try:
        await recogniser.warm(lambda _: None)
        await job.run()
        standing = "done"
    except VoicebotError as error:
        fault, standing = error, "failed"
    except asyncio.CancelledError:
        pass  # it is what was asked for, and the end of this task
    finally:
        await recogniser.close()
    return steps.last(standing, fault)


class _Steps:
    """Tells what is new of a job, not oftener than can be seen."""

    def __init__(self, job: Job, tell: Callable[[Step], None]) -> None:
        self._job = job
        self._tell = tell
        self._told = 0
        self._at = 0.0

    def tell(self) -> None:
        now = time.monotonic()
        if now - self._at >= OFTEN or len(self._job.segments) > self._told:
            self._at = now
            self._tell(Step("working", self._job.progress, self._new(), tuple(self._job.notices)))

    def last(self, standing: str, fault: VoicebotError | None) -> Step:
        job = self._job
        return Step(standing, job.progress, self._new(), tuple(job.notices), fault, last=True, found=job.so_far())

    def _new(self) -> tuple[Segment, ...]:
        new = tuple(self._job.segments[self._told :])
        self._told += len(new)
        return new


def detail(progress: Progress | None) -> dict[str, Any]:
    """Parts for the screen to put into words: {done, total, left} as clocks, and how much faster than speech."""
    if progress is None:
        return {}
    from voicebot.transcription.formats import clock

    left = progress.seconds_left
    return {
        "done": clock(progress.done),
        "total": "" if progress.total is None else clock(progress.total),
        "left": "" if left is None else clock(left),
        "speed": f"{progress.speed:.1f}" if progress.speed < 10 else f"{progress.speed:.0f}",
    }


async def play_from(assistant: Assistant, path: Path, start: float) -> None:
    from voicebot.audio.files import read_excerpt
    from voicebot.audio.vad import SAMPLE_RATE

    samples = await asyncio.to_thread(read_excerpt, path, SAMPLE_RATE, start, PLAYED)
    await assistant.play(samples)


def exported_to(found: Transcription, folders: tuple[Path, Path], kind: str) -> str:
    """Beside the recording, where a player finds subtitles; where nothing can be written there, among the documents."""
    from voicebot.transcription import to_folder

    beside, documents = folders
    try:
        return str(to_folder(beside, found, kind))  # type: ignore[arg-type]
    except StorageError:
        return str(to_folder(documents, found, kind))  # type: ignore[arg-type]
