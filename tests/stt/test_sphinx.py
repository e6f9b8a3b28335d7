"""PocketSphinx on flite's voice, on a human one, on silence, and when it is cancelled or killed."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import jiwer
import numpy as np
import pytest
import pytest_asyncio
import soundfile

import voicebot.stt.sphinx as module
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.stt.base import SAMPLE_RATE, Heard, Nothing
from voicebot.stt.sphinx import Cepstra, Sphinx

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "what is seven plus five"
RECORDINGS = Path(os.environ.get("VOICEBOT_SPEECH") or Path(__file__).parents[3] / "shared" / "speech")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def warm() -> AsyncIterator[Sphinx]:
    """One engine for the tests that do not care what it heard before."""
    engine = Sphinx(patience=60)
    yield engine
    await engine.close()


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return spoken(QUESTION, tmp_path_factory.mktemp("speech") / "question.wav")


def spoken(text: str, path: Path, voice: str = "rms") -> Samples:
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (apt install flite)")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", path], check=True, timeout=60)
    return read(path)


def read(path: Path) -> Samples:
    samples, sample_rate = soundfile.read(path, dtype="float32")
    assert sample_rate == SAMPLE_RATE
    return np.asarray(samples, np.float32)


def unheard() -> None:
    """Nobody listens to signs of life."""


async def words(engine: Sphinx, samples: Samples) -> str:
    heard = await engine.transcribe(samples, ["en"], unheard)
    assert isinstance(heard, Heard)
    return heard.text


# -- what it hears ---------------------------------------------------------------------------------------------------


async def test_it_hears_a_question_at_first_hearing(question: Samples) -> None:
    engine = Sphinx(patience=60)
    try:
        assert await words(engine, question) == QUESTION
    finally:
        await engine.close()


@pytest.mark.parametrize("noise", [0.0, 3e-4])
async def test_the_quiet_around_the_words_changes_nothing(warm: Sphinx, question: Samples, noise: float) -> None:
    quiet = np.zeros(SAMPLE_RATE // 2, np.float32)
    padded = np.concatenate([quiet, question, quiet])
    padded += noise * np.random.default_rng(1).standard_normal(len(padded)).astype(np.float32)
    heard = await warm.transcribe(padded, ["en", "ko"], unheard)
    assert isinstance(heard, Heard)
    assert heard.text == QUESTION
    (segment,) = heard.segments
    assert segment.text == QUESTION
    assert 0.3 < segment.start < 0.8
    assert len(question) / SAMPLE_RATE < segment.end < len(padded) / SAMPLE_RATE


async def test_a_faint_voice(warm: Sphinx, question: Samples) -> None:
    assert await words(warm, question * 0.01) == QUESTION


async def test_human_voices() -> None:
    """Word error rate at most 0.15 over five recordings, heard one after another."""
    transcripts = RECORDINGS / "transcripts.tsv"
    if not transcripts.is_file():
        pytest.skip(f"no recordings in {RECORDINGS}: set VOICEBOT_SPEECH")
    with transcripts.open(encoding="utf-8") as file:
        said = dict(csv.reader(file, delimiter="\t"))
    engine = Sphinx(patience=60)
    try:
        heard = [await words(engine, read(RECORDINGS / name)) for name in said]
    finally:
        await engine.close()
    in_full = jiwer.Compose([jiwer.ExpandCommonEnglishContractions(), jiwer.SubstituteWords({"mr": "mister"})])
    assert len(heard) == 5
    assert jiwer.wer(in_full(list(said.values())), in_full(heard)) <= 0.15


@pytest.mark.parametrize("samples", [np.zeros(SAMPLE_RATE), np.zeros(1600), np.full(1600, 0.5), np.zeros(0)])
async def test_no_words_are_nothing(warm: Sphinx, samples: Samples) -> None:
    assert await warm.transcribe(samples.astype(np.float32), ["en"], unheard) == Nothing("no speech heard")


async def test_too_loud_is_clipped_and_not_wrapped(warm: Sphinx, question: Samples) -> None:
    loudest = np.abs(question).max()
    assert await words(warm, question / loudest * 1.2) == QUESTION


async def test_it_gives_signs_of_life(warm: Sphinx, question: Samples) -> None:
    signs: list[int] = []
    await warm.transcribe(question, ["en"], lambda: signs.append(1))
    assert len(signs) >= 3


# -- when it cannot --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("languages", [["ko"], ["ko", "en"], ["fr"]])
async def test_another_language_is_refused_and_whisper_offered(warm: Sphinx, languages: list[str]) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        await warm.transcribe(np.zeros(SAMPLE_RATE, np.float32), languages, unheard)
    message = str(caught.value)
    assert "English only" in message
    assert "voicebot models download whisper:base" in message
    assert "145 MB" in message
    assert "Korean" in message


async def test_ready_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert isinstance(Sphinx().ready(), Ready)
    monkeypatch.setattr(module, "_model", lambda: tmp_path / "nothing")
    assert Sphinx().ready() == NotReady(
        "SpeechRecognition is not installed", "pip install SpeechRecognition", "recognition of English at once"
    )
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    refusal = Sphinx().ready()
    assert isinstance(refusal, NotReady)
    assert refusal.fix == "pip install pocketsphinx"
    with pytest.raises(EngineUnavailable, match="PocketSphinx cannot run"):
        await Sphinx().warm(lambda _: None)


# -- stopping --------------------------------------------------------------------------------------------------------


async def test_a_cancelled_call_leaves_the_decoder_warm(warm: Sphinx, question: Samples) -> None:
    assert await words(warm, question) == QUESTION
    before = warm._child.pid
    working = asyncio.Event()
    call = asyncio.create_task(warm.transcribe(np.tile(question, 2), ["en"], working.set))
    await working.wait()
    call.cancel()
    await asyncio.wait([call])
    assert call.cancelled()
    assert await words(warm, question) == QUESTION
    assert before is not None
    assert warm._child.pid is not None


async def test_a_killed_decoder_comes_back(warm: Sphinx, question: Samples) -> None:
    await warm.warm(lambda _: None)
    assert warm._child.pid is not None
    os.kill(warm._child.pid, signal.SIGKILL)
    while warm._child.pid is not None:
        await asyncio.sleep(0.001)
    assert await words(warm, question) == QUESTION


async def test_close_and_warm_again(question: Samples) -> None:
    engine = Sphinx(patience=60)
    steps: list[float | None] = []
    await engine.warm(steps.append)
    assert steps == [None, 1.0]
    await engine.close()
    assert engine._child.pid is None
    assert await words(engine, question) == QUESTION
    await engine.close()


# -- the mean that is taken off --------------------------------------------------------------------------------------


async def test_what_was_heard_before_counts_as_much_as_memory_allows() -> None:
    heard = Cepstra((600.0,) * 13, 100.0) + Cepstra((2400.0,) * 13, 300.0)
    assert heard.mean == ",".join(["7.5"] * 13)
    assert heard.at_most(200.0) == Cepstra((1500.0,) * 13, 200.0)
    assert heard.at_most(1000.0) == heard
    assert Cepstra().at_most(500.0).mean == "40,3,-1"
