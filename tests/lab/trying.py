"""Runs for the tests of the Lab: a workshop of scripted engines, and a way to carry a run out."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.sound.speech import flite
from voicebot.engines import Workshop
from voicebot.lab.runner import Outcome, Progress, Trial, carry_out
from voicebot.lab.runs import Plan, Run
from voicebot.resources import find_home
from voicebot.secrets import Secrets
from voicebot.settings import Settings
from voicebot.stt.base import SpeechToText
from voicebot.tts.base import TextToSpeech

Trials = Callable[[Run, Workshop], AbstractAsyncContextManager[list[Trial]]]


class Bench(Workshop):
    """A workshop with engines of the test's own, by name; the program's are there too."""

    def __init__(
        self, voices: dict[str, TextToSpeech] | None = None, recognisers: dict[str, SpeechToText] | None = None
    ) -> None:
        super().__init__(Settings(), find_home(), Secrets())
        self.own_voices, self.own_recognisers = voices or {}, recognisers or {}

    def tts(self, name: str = "") -> TextToSpeech:
        return self.own_voices.get(name) or Workshop.tts(self, name)

    def stt(self, name: str = "") -> SpeechToText:
        return self.own_recognisers.get(name) or Workshop.stt(self, name)


def begun(plan: Plan) -> Run:
    return Run.create(find_home(), plan)


async def carried_out(run: Run, trials: Trials, workshop: Workshop, stop_after: int | None = None) -> Outcome:
    """To its end, or until `stop_after` trials have begun."""
    stop = asyncio.Event()
    begun = 0

    def report(progress: Progress) -> None:
        nonlocal begun
        begun += bool(progress.now)
        if stop_after is not None and begun > stop_after:
            stop.set()

    async with trials(run, workshop) as found:
        return await carry_out(run, found, report, stop)


def samples(folder: Path, texts: Sequence[str], speaker: str) -> Path:
    """A folder of samples by flite's voices, or by espeak-ng for the speaker "espeak"."""
    folder.mkdir()
    lines = []
    for number, text in enumerate(texts):
        file = folder / f"{number}.wav"
        if speaker == "espeak":
            subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(file), text], check=True, timeout=60)
        else:
            flite(text, file, speaker)
        lines.append(f"{file.name}\t{text}\n")
    (folder / "transcripts.tsv").write_text("".join(lines), encoding="utf-8")
    return folder
