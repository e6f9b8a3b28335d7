"""faster-whisper on the checkpoint that the project trained: words, languages, cancelling, wrong folders."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import pytest_asyncio

from tests.checkpoint import CHECKPOINT
from tests.cli.program import voicebot
from tests.noises import noise
from tests.sound.speech import espeak, flite
from voicebot.audio.files import read_sound
from voicebot.engines import Workshop
from voicebot.errors import EngineUnavailable, ModelError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.resources import find_home
from voicebot.secrets import Secrets
from voicebot.settings import Settings
from voicebot.stt.base import SAMPLE_RATE, Heard, Nothing, PartialSpeechToText
from voicebot.stt.faster_whisper import FasterWhisper
from voicebot.stt.whisper_family import text_of

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    # openai-whisper leaves its word lists open
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

QUESTION = "What time is it in London?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.checkpoint.convert import convert

    return convert(CHECKPOINT, tmp_path_factory.mktemp("converted") / "spoken-commands")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(folder: Path) -> AsyncIterator[FasterWhisper]:
    made = FasterWhisper(folder, "faster-whisper:spoken-commands", patience=60.0)
    yield made
    await made.close()


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return read_sound(flite(QUESTION, tmp_path_factory.mktemp("speech") / "question.wav"), SAMPLE_RATE)


async def test_it_loads_with_progress_and_transcribes(engine: FasterWhisper, question: Samples) -> None:
    assert isinstance(engine.ready(), Ready)
    assert isinstance(engine, PartialSpeechToText)
    was_there = "ctranslate2" in sys.modules
    steps: list[float | None] = []
    await engine.warm(steps.append)
    assert steps == sorted(step for step in steps if step is not None)
    assert (steps[0], steps[-1]) == (0.0, 1.0)
    signs: list[None] = []
    found = await engine.transcribe(question, ("en", "ko"), lambda: signs.append(None))
    assert isinstance(found, Heard)
    assert (found.text, found.language) == (QUESTION, "en")
    assert signs
    assert [one.text for one in found.segments] == [QUESTION]
    assert 0.0 <= found.segments[0].start < found.segments[0].end <= len(question) / SAMPLE_RATE + 0.3
    assert ("ctranslate2" in sys.modules) == was_there, "only the child loads it"


@pytest.mark.parametrize("command", ["불 켜 줘.", "지금 몇 시야?"])
async def test_korean_is_heard_among_the_persons_languages(
    engine: FasterWhisper, tmp_path: Path, command: str
) -> None:
    samples = read_sound(espeak(command, tmp_path / "command.wav", "ko"), SAMPLE_RATE)
    found = await engine.transcribe(samples, ("en", "ko"), lambda: None)
    assert isinstance(found, Heard)
    assert (found.text, found.language) == (command, "ko")


async def test_only_the_persons_languages_are_heard(engine: FasterWhisper, question: Samples) -> None:
    found = await engine.transcribe(question, ("ko",), lambda: None)
    assert isinstance(found, Nothing) or found.language == "ko"


async def test_two_sentences_have_their_times(engine: FasterWhisper, tmp_path: Path) -> None:
    one, two = (read_sound(flite(text, tmp_path / "x.wav"), SAMPLE_RATE) for text in (QUESTION, "Turn on the lights."))
    pause = np.zeros(SAMPLE_RATE, np.float32)
    found = await engine.transcribe(np.concatenate([one, pause, two]), ("en",), lambda: None)
    assert isinstance(found, Heard)
    assert found.text == f"{QUESTION} Turn on the lights."
    assert found.segments[-1].start == pytest.approx(len(one) / SAMPLE_RATE + 1.0, abs=0.4)


async def test_more_than_a_window_is_heard_piece_by_piece(engine: FasterWhisper, question: Samples) -> None:
    silence = np.zeros(28 * SAMPLE_RATE, np.float32)
    found = await engine.transcribe(np.concatenate([question, silence, question]), ("en",), lambda: None)
    assert isinstance(found, Heard)
    assert found.text.count(QUESTION) == 2
    assert found.segments[-1].start > 28.0


async def test_it_hears_what_whisper_hears(engine: FasterWhisper) -> None:
    """The other engine's words, from the same weights in 32 bits: eight bits may change one of forty."""
    import jiwer
    import torch

    from tests.checkpoint.evaluation import examples
    from voicebot.stt.whisper_checkpoint import Checkpoint

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # it was imported without being told how to wait
    whisper = Checkpoint(lambda: None)
    said: list[str] = []
    heard: list[str] = []
    for clip in (*examples(6, seed=31), *examples(2, language="ko", seed=31)):
        segments = whisper.recognise(str(CHECKPOINT), clip.samples, ("en", "ko")).segments
        said.append("".join(one.text for one in segments).strip())
        found = await engine.transcribe(clip.samples, ("en", "ko"), lambda: None)
        heard.append(found.text if isinstance(found, Heard) else "")
    torch.set_num_threads(threads)
    assert jiwer.wer(said, heard) <= 1 / 40


async def test_partials_grow_behind_fixed_words(engine: FasterWhisper, question: Samples) -> None:
    await engine.warm(lambda _: None)
    said, fixed = [], [""]
    for end in range(SAMPLE_RATE // 2, len(question) + 1, SAMPLE_RATE // 4):
        said.append(await engine.partial(question[:end], ("en", "ko"), first=not said))
        fixed.append(text_of(engine._live.said.fixed))
        assert said[-1].startswith(fixed[-1])
        assert fixed[-1].startswith(fixed[-2])
    said.append(await engine.partial(question, ("en", "ko"), first=False))
    assert said[-1] == QUESTION
    assert len(fixed[-1].split()) >= 3
    await engine.partial(question[: SAMPLE_RATE // 2], ("en", "ko"), first=True)
    assert engine._live.said.fixed == ()


async def test_nothing_is_loaded_for_a_partial(folder: Path, question: Samples) -> None:
    cold = FasterWhisper(folder, "faster-whisper:cold")
    assert await cold.partial(question, ("en",), first=True) == ""
    assert cold._child.pid is None


async def test_cancelling_stops_and_the_next_one_works_in_the_same_process(
    engine: FasterWhisper, question: Samples
) -> None:
    await engine.warm(lambda _: None)
    child = engine._child.pid
    working = asyncio.Event()
    task = asyncio.create_task(engine.transcribe(question, ("en",), working.set))
    await working.wait()
    task.cancel()
    await asyncio.wait([task], timeout=5.0)
    assert task.cancelled()
    found = await engine.transcribe(question, ("en",), lambda: None)
    assert isinstance(found, Heard) and found.text == QUESTION
    assert engine._child.pid == child, "it was killed, though it could be told to stop"


@pytest.mark.parametrize("kind", ["silence", "fan", "keyboard", "piano"])
async def test_what_is_no_speech_has_no_words(engine: FasterWhisper, kind: str) -> None:
    found = await engine.transcribe(noise(kind, 3.0, -30.0, seed=77), ("en", "ko"), lambda: None)
    assert isinstance(found, Nothing)


async def test_closing_ends_the_process_and_its_memory(folder: Path, question: Samples) -> None:
    made = FasterWhisper(folder, "faster-whisper:closing", patience=60.0)
    await made.warm(lambda _: None)
    child = made._child.pid
    assert child is not None and psutil.pid_exists(child)
    await made.close()
    assert not psutil.pid_exists(child)
    assert isinstance(await made.transcribe(question, ("en",), lambda: None), Heard), "it can be warmed again"
    await made.close()


async def test_a_wrong_folder_is_one_clear_line(folder: Path, tmp_path: Path, question: Samples) -> None:
    wrong = FasterWhisper(folder, "faster-whisper:wrong", is_own=True, patience=60.0)
    contents = {"text": b"these are not weights", "short": (folder / "model.bin").read_bytes()[:5000]}
    for name, content in contents.items():
        wrong.path = tmp_path / name
        shutil.copytree(folder, wrong.path)
        (wrong.path / "model.bin").write_bytes(content)
        with pytest.raises(ModelError, match="is no Whisper model") as caught:
            await wrong.transcribe(question, ("en",), lambda: None)
        assert "\n" not in str(caught.value)
    await wrong.close()


async def test_what_is_missing_names_what_mends_it(folder: Path, tmp_path: Path, question: Samples) -> None:
    absent = FasterWhisper(tmp_path / "base", "faster-whisper:base")
    readiness = absent.ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "voicebot models download faster-whisper:base"
    with pytest.raises(EngineUnavailable, match="not downloaded"):
        await absent.transcribe(question, ("en",), lambda: None)
    own = FasterWhisper(tmp_path, "faster-whisper:own", is_own=True)
    readiness = own.ready()
    assert isinstance(readiness, NotReady) and "no model.bin" in readiness.why
    shutil.copy(folder / "model.bin", tmp_path)
    readiness = own.ready()
    assert isinstance(readiness, NotReady) and "no tokenizer.json" in readiness.why
    with pytest.raises(EngineUnavailable, match="tokenizer"):
        await own.transcribe(question, ("en",), lambda: None)


async def test_without_the_library_it_says_how_to_install_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.stt.faster_whisper.library_is_installed", lambda: False)
    readiness = FasterWhisper(folder, "faster-whisper:base").ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "pip install 'voicebot[faster-whisper]'"


@pytest.mark.parametrize(
    ("here", "library", "best"),
    [
        (("whisper:base", "faster-whisper:base"), True, "whisper:base"),
        (("whisper:base", "faster-whisper:base"), False, "whisper:base"),
        (("whisper:base", "faster-whisper:small"), True, "faster-whisper:small"),
        (("faster-whisper:base",), True, "faster-whisper:base"),
        (("faster-whisper:base",), False, "sphinx"),
    ],
)
async def test_the_better_model_is_taken_and_of_the_same_the_one_that_is_quicker_here(
    monkeypatch: pytest.MonkeyPatch, here: tuple[str, ...], library: bool, best: str
) -> None:
    workshop = Workshop(Settings(), find_home(), Secrets())
    monkeypatch.setattr("voicebot.downloads.installed", lambda model, folder: model.name in here)
    monkeypatch.setattr("voicebot.stt.faster_whisper.library_is_installed", lambda: library)
    assert workshop.best_stt() == best
    assert workshop.stt("auto").name == best


async def test_the_command_line_takes_a_folder_by_its_path(folder: Path, tmp_path: Path) -> None:
    speech = flite(QUESTION, tmp_path / "time.wav")
    done = voicebot("transcribe", str(speech), "--engine", f"faster-whisper:{folder}", "--json")
    assert done.status == 0, done.err
    assert (done.json[0]["engine"], done.json[0]["text"]) == ("faster-whisper:spoken-commands", QUESTION)
    missing = voicebot("transcribe", str(speech), "--engine", "faster-whisper:base")
    missing.complained(1, "faster-whisper:base", "voicebot models download faster-whisper:base")
