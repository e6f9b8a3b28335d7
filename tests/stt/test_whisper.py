"""Whisper's real code path, on a checkpoint with random weights: loading, words or none, cancelling, wrong files."""

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

from tests.cli.program import voicebot
from tests.sound.speech import flite
from voicebot.errors import EngineError, EngineUnavailable, ModelError
from voicebot.readiness import NotReady, Ready
from voicebot.stt.base import Heard, Nothing
from voicebot.stt.whisper import Whisper

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECOND = (0.1 * np.sin(np.arange(16_000) / 7)).astype(np.float32)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made in a process of its own: torch stays out of the tests' process, as it stays out of the program's."""
    path = tmp_path_factory.mktemp("whisper") / "tiny-random.pt"
    subprocess.run([sys.executable, "-m", "tests.stt.tiny_whisper", str(path)], check=True, timeout=120)
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(checkpoint: Path) -> AsyncIterator[Whisper]:
    """One for all tests: importing torch takes seconds, which is why it stays warm."""
    whisper = Whisper(checkpoint, "whisper:tiny-random", patience=60.0)
    yield whisper
    await whisper.close()


async def test_it_loads_with_progress_and_transcribes(engine: Whisper) -> None:
    assert isinstance(engine.ready(), Ready)
    steps: list[float | None] = []
    await engine.warm(steps.append)
    known = [step for step in steps if step is not None]
    assert known[0] == 0.0
    assert known[-1] == 1.0
    assert known == sorted(known)
    signs: list[None] = []
    found = await engine.transcribe(SECOND, ("en", "ko"), lambda: signs.append(None))
    assert isinstance(found, Heard | Nothing)
    assert signs
    if isinstance(found, Heard):
        assert found.language in ("en", "ko")
        assert all(0.0 <= one.start <= one.end <= 30.0 for one in found.segments)
    assert "torch" not in sys.modules


async def test_the_model_stays_warm(engine: Whisper) -> None:
    await engine.transcribe(SECOND, ("en",), lambda: None)
    child = engine._child.pid
    steps: list[float | None] = []
    await engine.warm(steps.append)
    await engine.transcribe(SECOND, ("en",), lambda: None)
    assert engine._child.pid == child
    assert not steps


async def test_cancelling_stops_the_work_and_the_next_one_works(engine: Whisper) -> None:
    await engine.warm(lambda _: None)
    child = engine._child.pid
    working = asyncio.Event()
    task = asyncio.create_task(engine.transcribe(SECOND, ("en",), working.set))
    await working.wait()
    task.cancel()
    await asyncio.wait([task], timeout=5.0)
    assert task.cancelled()
    assert isinstance(await engine.transcribe(SECOND, ("en",), lambda: None), Heard | Nothing)
    assert engine._child.pid == child, "it was killed, though it could be told to stop"


async def test_a_killed_child_is_told_and_the_next_call_loads_again(engine: Whisper) -> None:
    await engine.warm(lambda _: None)
    working = asyncio.Event()
    task = asyncio.create_task(engine.transcribe(SECOND, ("en",), working.set))
    await working.wait()
    assert engine._child.pid is not None
    os.kill(engine._child.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match="stopped unexpectedly"):
        await task
    assert isinstance(await engine.transcribe(SECOND, ("en",), lambda: None), Heard | Nothing)


async def test_digital_silence_gives_no_words_or_says_so(engine: Whisper) -> None:
    found = await engine.transcribe(np.zeros(16_000, dtype=np.float32), ("ko",), lambda: None)
    assert isinstance(found, Heard | Nothing)
    if isinstance(found, Heard):
        assert found.language == "ko"


class Evil:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {os.environ['EVIL']}",)


def wrong_files(folder: Path, checkpoint: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.pt" for name in ("text", "truncated", "zip", "pickle", "other")}
    files["text"].write_text("these are not weights\n" * 1000)
    files["truncated"].write_bytes(checkpoint.read_bytes()[:100_000])
    with zipfile.ZipFile(files["zip"], "w") as archive:
        archive.writestr("readme.txt", "no weights here")
    files["pickle"].write_bytes(pickle.dumps(Evil()))
    program = "import sys, torch; torch.save({'weights': torch.zeros(3)}, sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(files["other"])], check=True, timeout=120)
    return files


async def test_a_wrong_file_is_one_clear_line_and_runs_no_code(
    tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIL", str(tmp_path / "evil"))
    whisper = Whisper(checkpoint, "whisper:wrong", patience=60.0)
    for path in wrong_files(tmp_path, checkpoint).values():
        whisper.path = path
        with pytest.raises(ModelError, match="is no Whisper checkpoint") as caught:
            await whisper.transcribe(SECOND, ("en",), lambda: None)
        assert "\n" not in str(caught.value)
    await whisper.close()
    assert not (tmp_path / "evil").exists()


async def test_a_model_that_is_not_there_names_its_download(tmp_path: Path) -> None:
    whisper = Whisper(tmp_path / "base.pt", "whisper:base")
    readiness = whisper.ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "voicebot models download whisper:base"
    with pytest.raises(EngineUnavailable, match="not downloaded"):
        await whisper.transcribe(SECOND, ("en",), lambda: None)
    assert isinstance(Whisper(tmp_path, "whisper:folder").ready(), NotReady)


async def test_the_command_line_takes_a_checkpoint_by_its_path(checkpoint: Path, tmp_path: Path) -> None:
    speech = flite("what is the time", tmp_path / "time.wav")
    done = voicebot("transcribe", str(speech), "--engine", f"whisper:{checkpoint}", "--json")
    assert done.status == 0, done.err
    assert done.json[0]["engine"] == "whisper:tiny-random"
    missing = voicebot("transcribe", str(speech), "--engine", "whisper:base")
    missing.complained(1, "whisper:base", "voicebot models download whisper:base")
