"""Whisper on the checkpoint that the project trained: loading, words, languages, cancelling, wrong files."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from tests.checkpoint import CHECKPOINT
from tests.cli.program import voicebot
from tests.noises import noise
from tests.sound.speech import espeak, flite
from voicebot.audio.files import read_sound
from voicebot.errors import EngineError, EngineUnavailable, ModelError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.stt.base import SAMPLE_RATE, Heard, Nothing
from voicebot.stt.whisper import Whisper
from voicebot.stt.whisper_family import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "What time is it in London?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine() -> AsyncIterator[Whisper]:
    """One for all tests: importing torch takes seconds, which is why it stays warm."""
    whisper = Whisper(CHECKPOINT, "whisper:spoken-commands", patience=60.0)
    yield whisper
    await whisper.close()


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return read_sound(flite(QUESTION, tmp_path_factory.mktemp("speech") / "question.wav"), SAMPLE_RATE)


async def test_it_loads_with_progress_and_transcribes(engine: Whisper, question: Samples) -> None:
    assert isinstance(engine.ready(), Ready)
    torch_was_there = "torch" in sys.modules
    steps: list[float | None] = []
    await engine.warm(steps.append)
    known = [step for step in steps if step is not None]
    assert known[0] == 0.0
    assert known[-1] == 1.0
    assert known == sorted(known)
    signs: list[None] = []
    found = await engine.transcribe(question, ("en", "ko"), lambda: signs.append(None))
    assert isinstance(found, Heard)
    assert (found.text, found.language) == (QUESTION, "en")
    assert signs
    assert [one.text for one in found.segments] == [QUESTION]
    assert 0.0 <= found.segments[0].start < found.segments[0].end <= len(question) / SAMPLE_RATE + 0.3
    assert ("torch" in sys.modules) == torch_was_there, "only the child loads it"


async def test_korean_is_heard_among_the_persons_languages(engine: Whisper, tmp_path: Path) -> None:
    samples = read_sound(espeak("불 켜 줘.", tmp_path / "light.wav", "ko"), SAMPLE_RATE)
    found = await engine.transcribe(samples, ("en", "ko"), lambda: None)
    assert isinstance(found, Heard)
    assert (found.text, found.language) == ("불 켜 줘.", "ko")


async def test_two_sentences_have_their_times(engine: Whisper, tmp_path: Path) -> None:
    one, two = (read_sound(flite(text, tmp_path / "x.wav"), SAMPLE_RATE) for text in (QUESTION, "Turn on the lights."))
    pause = np.zeros(SAMPLE_RATE, np.float32)
    found = await engine.transcribe(np.concatenate([one, pause, two]), ("en",), lambda: None)
    assert isinstance(found, Heard)
    assert found.text == f"{QUESTION} Turn on the lights."
    assert found.segments[-1].start == pytest.approx(len(one) / SAMPLE_RATE + 1.0, abs=0.4)


async def test_the_model_stays_warm(engine: Whisper, question: Samples) -> None:
    await engine.transcribe(question, ("en",), lambda: None)
    child = engine._child.pid
    steps: list[float | None] = []
    await engine.warm(steps.append)
    await engine.transcribe(question, ("en",), lambda: None)
    assert engine._child.pid == child
    assert not steps


async def test_partials_grow_behind_fixed_words(engine: Whisper, question: Samples) -> None:
    await engine.warm(lambda _: None)
    said, fixed = [], [""]
    for end in range(SAMPLE_RATE // 2, len(question) + 1, SAMPLE_RATE // 4):
        said.append(await engine.partial(question[:end], ("en", "ko"), first=not said))
        fixed.append(text_of(engine._live.said.fixed))
        assert said[-1].startswith(fixed[-1])
        assert fixed[-1].startswith(fixed[-2])
    said.append(await engine.partial(question, ("en", "ko"), first=False))
    assert said[-1] == QUESTION
    assert QUESTION.startswith(fixed[-1])
    assert len(fixed[-1].split()) >= 3
    await engine.partial(question[: SAMPLE_RATE // 2], ("en", "ko"), first=True)
    assert engine._live.said.fixed == ()


async def test_cancelling_stops_the_work_and_the_next_one_works(engine: Whisper, question: Samples) -> None:
    await engine.warm(lambda _: None)
    child = engine._child.pid
    working = asyncio.Event()
    task = asyncio.create_task(engine.transcribe(question, ("en",), working.set))
    await working.wait()
    task.cancel()
    await asyncio.wait([task], timeout=5.0)
    assert task.cancelled()
    assert isinstance(await engine.transcribe(question, ("en",), lambda: None), Heard)
    assert engine._child.pid == child, "it was killed, though it could be told to stop"


async def test_a_killed_child_is_told_and_the_next_call_loads_again(engine: Whisper, question: Samples) -> None:
    await engine.warm(lambda _: None)
    working = asyncio.Event()
    task = asyncio.create_task(engine.transcribe(question, ("en",), working.set))
    await working.wait()
    assert engine._child.pid is not None
    os.kill(engine._child.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match="stopped unexpectedly"):
        await task
    assert isinstance(await engine.transcribe(question, ("en",), lambda: None), Heard)


@pytest.mark.parametrize("kind", ["silence", "fan", "keyboard", "piano"])
async def test_what_is_no_speech_has_no_words(engine: Whisper, kind: str) -> None:
    found = await engine.transcribe(noise(kind, 3.0, -30.0, seed=77), ("en", "ko"), lambda: None)
    assert isinstance(found, Nothing)


class Evil:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {os.environ['EVIL']}",)


def wrong_files(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.pt" for name in ("text", "truncated", "zip", "pickle", "other")}
    files["text"].write_text("these are not weights\n" * 1000)
    files["truncated"].write_bytes(CHECKPOINT.read_bytes()[:100_000])
    with zipfile.ZipFile(files["zip"], "w") as archive:
        archive.writestr("readme.txt", "no weights here")
    files["pickle"].write_bytes(pickle.dumps(Evil()))
    program = "import sys, torch; torch.save({'weights': torch.zeros(3)}, sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(files["other"])], check=True, timeout=120)
    return files


async def test_a_wrong_file_is_one_clear_line_and_runs_no_code(
    tmp_path: Path, question: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIL", str(tmp_path / "evil"))
    whisper = Whisper(CHECKPOINT, "whisper:wrong", patience=60.0)
    for path in wrong_files(tmp_path).values():
        whisper.path = path
        with pytest.raises(ModelError, match="is no Whisper checkpoint") as caught:
            await whisper.transcribe(question, ("en",), lambda: None)
        assert "\n" not in str(caught.value)
    await whisper.close()
    assert not (tmp_path / "evil").exists()


async def test_a_model_that_is_not_there_names_its_download(tmp_path: Path, question: Samples) -> None:
    whisper = Whisper(tmp_path / "base.pt", "whisper:base")
    readiness = whisper.ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "voicebot models download whisper:base"
    with pytest.raises(EngineUnavailable, match="not downloaded"):
        await whisper.transcribe(question, ("en",), lambda: None)
    assert isinstance(Whisper(tmp_path, "whisper:folder").ready(), NotReady)


async def test_the_command_line_takes_a_checkpoint_by_its_path(tmp_path: Path) -> None:
    speech = flite(QUESTION, tmp_path / "time.wav")
    done = voicebot("transcribe", str(speech), "--engine", f"whisper:{CHECKPOINT}", "--json")
    assert done.status == 0, done.err
    assert (done.json[0]["engine"], done.json[0]["text"]) == ("whisper:spoken-commands", QUESTION)
    missing = voicebot("transcribe", str(speech), "--engine", "whisper:base")
    missing.complained(1, "whisper:base", "voicebot models download whisper:base")


async def test_a_spoken_question_is_answered(tmp_path: Path) -> None:
    speech = flite("What is seven plus five?", tmp_path / "sum.wav")
    done = voicebot("ask", "--audio", str(speech), "--stt", f"whisper:{CHECKPOINT}", "--llm", "offline", "--json")
    assert done.status == 0, done.err
    assert done.json["transcript"] == "What is seven plus five?"
    assert done.json["reply"] == "Seven plus five is twelve."
