"""An hour of a film: in memory that does not grow, with progress that only goes up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.sound.speech import flite
from tests.transcription.media import RATE, make, speech

HOUR = 3600
PROGRAM = """
import asyncio, json, resource, sys
from pathlib import Path
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.transcription import Job

async def main(paths):
    peaks = []
    for path in map(Path, paths):
        done = []
        job = Job(path, ScriptedSpeechToText((Line(delay=0.0),)), ("en",))
        job.changed = lambda: done.append(job.progress.done)
        found = await job.run()
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(json.dumps({"peaks": peaks, "monotone": done == sorted(done), "steps": len(done),
                      "starts": [one.start for one in found.segments], "duration": found.duration}))

asyncio.run(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak")
def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    question = speech(flite("What time is it in London?", tmp_path / "question.wav"))
    hour = np.zeros(HOUR * RATE, dtype=np.float32)
    starts = range(300, HOUR, 600)
    for start in starts:
        hour[start * RATE : start * RATE + len(question)] = question
    files = [
        make(tmp_path / "minute.mkv", hour[290 * RATE : 350 * RATE], "pcm_s16le"),
        make(tmp_path / "hour.mkv", hour, "pcm_s16le"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, files)], capture_output=True, text=True, timeout=120, check=True
    )
    told = json.loads(done.stdout)
    minute, whole = told["peaks"]
    assert whole - minute < 12 * 1024, "kilobytes; the samples alone would be 230 MB"
    assert told["starts"] == pytest.approx(list(starts), abs=0.5)
    assert told["duration"] == pytest.approx(HOUR, abs=0.1)
    assert told["monotone"] and told["steps"] > HOUR / 10
