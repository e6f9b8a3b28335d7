"""`voicebot lab tts`, `roundtrip` and `listen` as a person runs them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.program import VOICEBOT, voicebot
from tests.lab.trying import Bench, begun, carried_out
from voicebot.audio.recorder import Recorder
from voicebot.cli.lab_listen import ask
from voicebot.lab import tts
from voicebot.lab.listening import Listening
from voicebot.lab.report import as_html
from voicebot.lab.runs import Run, find
from voicebot.lab.texts import Text
from voicebot.resources import find_home
from voicebot.tts.scripted import ScriptedTextToSpeech

SCRIPTED = ("--voice", "scripted", "--stt", "scripted")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    file = tmp_path / "texts.tsv"
    file.write_text("I would like to cancel my order.\nHello there.\ten\n안녕하세요.\tko\n", encoding="utf-8")
    return file


def test_voices_as_json_and_a_report(texts: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = voicebot("lab", "tts", *SCRIPTED, "--texts", str(texts), "--json", "--report", str(report))
    assert done.status == 0, done
    found = done.json
    assert (found["done"], found["failed"], found["total"], found["stopped"]) == (3, 0, 3, False)
    assert [(one["voice"], one["language"], one["trials"]) for one in found["summary"]["voices"]] == [
        ("scripted", "en", 2), ("scripted", "ko", 1),
    ]  # fmt: skip
    assert len(list((Path(found["folder"]) / tts.FOLDER).iterdir())) == 3
    assert report.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_table_for_people_and_a_failure_in_it(texts: Path) -> None:
    recognisers = ("--stt", "scripted", "--stt", "sphinx")
    done = voicebot("lab", "roundtrip", "--voice", "scripted", *recognisers, "--texts", str(texts))
    assert done.status == 0 and "of 6 done" in done.err
    rows = [line.split() for line in done.out.splitlines() if line.startswith("scripted")]
    assert [row[:3] for row in rows] == [
        ["scripted", "scripted", "en"], ["scripted", "scripted", "ko"], ["scripted", "sphinx", "en"],
        ["scripted", "sphinx", "ko"],
    ]  # fmt: skip
    assert "it understands English only" in done.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("tts",), "There is no voice to try"),
        (("tts", "--voice", "espek"), "no voice called 'espek'"),
        (("tts", *SCRIPTED, "--language", "fi"), "There is nothing to compare"),
        (("roundtrip", "--samples", "nowhere"), "no folder or list"),
        (("roundtrip", "--voice", "scripted", "--stt", "spinx"), "Did you mean sphinx?"),
        (("listen",), "There is no run yet"),
        (("listen", "none"), "There is no run none"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], complaint: str) -> None:
    voicebot("lab", *words).complained(2, complaint)


def test_killed_and_gone_on_with_it_comes_to_the_same(texts: Path) -> None:
    """Killed as hard as can be, at the first result of 7."""
    texts.write_text("".join(f"Text number {number}.\n" for number in range(7)), encoding="utf-8")
    words = ("lab", "tts", *SCRIPTED, "--texts", str(texts), "--name", "long", "--json")
    process = subprocess.Popen([VOICEBOT, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(find_home().lab.glob("*/results.jsonl")) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=20)
    run = find(find_home())
    assert 1 <= len(run.results()) < 7
    resumed = voicebot("lab", "tts", "--resume", run.id, "--json").json
    assert (resumed["run"], resumed["done"], resumed["failed"]) == (run.id, 7, 0)
    whole = Run.open(Path(voicebot(*words).json["folder"]))
    for one in (run, whole):
        assert [result.values["heard"] for result in one.results()] == ["I would like to cancel my order."] * 7
    assert [result.key for result in run.results()] == [result.key for result in whole.results()]
    [first], [other] = tts.summary(run).voices, tts.summary(whole).voices
    assert (first.words, first.characters, first.duration) == (other.words, other.characters, other.duration)
    assert as_html(run).count("<section>") == as_html(whole).count("<section>") == 7


async def test_listening_takes_keys_and_tells_at_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    run = begun(tts.plan(["high", "low"], [Text(f"text {number}", "en") for number in range(3)]))
    voices = {name: ScriptedTextToSpeech(delay=0.0, speed=1000.0, seconds=0.5) for name in ("high", "low")}
    await carried_out(run, tts.trials, Bench(voices))
    listening, played = Listening(run), Recorder()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    for line in ("what?", "r", " A ", "q", "b"):
        lines.put_nowait(line)
    await ask(listening, played, lines)
    assert len(listening.left) == 2, "one was answered before q"
    assert len(played.samples) / 48_000 == pytest.approx(6 * 0.5, abs=0.1), "two of the first, again, two of the second"
    lines.put_nowait(None)
    await ask(listening, Recorder(), lines)
    assert len(listening.left) == 1, "the end of the input leaves too"
    said = capfd.readouterr().err
    assert "1 of 3" in said and "high" not in said and "low" not in said
    result = listening.result()
    assert result.first_preferred + result.second_preferred == 2


def test_listening_that_is_finished_says_which_was_which(texts: Path) -> None:
    """Nothing is left to be played, so no speaker is needed."""
    voices = ("--voice", "scripted", "--voice", "scripted/tone")
    done = voicebot("lab", "tts", *voices, "--texts", str(texts), "--json")
    run = Run.open(Path(done.json["folder"]))
    test = Listening(run)
    for pair in test.left:
        test.answer(pair, "same")
    found = json.loads(voicebot("lab", "listen", "--json").out)
    assert (found["first"], found["second"], found["same"], found["left"]) == ("scripted", "scripted/tone", 3, 0)
    assert voicebot("lab", "listen", run.id).out == "scripted: 0, scripted/tone: 0, same: 3\n"
