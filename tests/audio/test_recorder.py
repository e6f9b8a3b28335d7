"""A speaker that is a file: the answer to the sample, as fast as it is made."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from voicebot.assistant import Assistant, Setup
from voicebot.audio.files import read_sound
from voicebot.audio.recorder import Recorder
from voicebot.audio.vad import Loudness
from voicebot.clock import run_virtually
from voicebot.errors import AudioError, StorageError
from voicebot.events import Samples, TurnEnded
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech, hertz


def steps(count: int, level: float = 1.0) -> Samples:
    return (level * np.arange(1, count + 1) / count).astype(np.float32)


async def test_clips_are_kept_in_their_order() -> None:
    recorder = Recorder()
    await recorder.open(16_000)
    for index, count in enumerate((100, 50)):
        clip = recorder.begin(1, index)
        await clip.write(steps(count), 16_000)
        await clip.write(steps(count, 0.5), 16_000)
        clip.end()
        assert clip.finished
        assert clip.played == 2 * count
        assert clip.started_at is not None
    expected = [steps(100), steps(100, 0.5), steps(50), steps(50, 0.5)]
    assert np.array_equal(recorder.samples, np.concatenate(expected))
    await recorder.close()


async def test_hours_may_be_written_without_waiting_for_a_speaker() -> None:
    recorder = Recorder()
    await recorder.open(1_000)
    clip = recorder.begin(1, 0)
    for _ in range(100):
        await clip.write(np.zeros(100_000, dtype=np.float32), 1_000)
    clip.end()
    assert len(recorder.samples) == 10_000_000


async def test_a_cut_ends_what_is_written_and_not_what_comes_after() -> None:
    recorder = Recorder()
    await recorder.open(16_000)
    old = recorder.begin(1, 0)
    await old.write(steps(100), 16_000)
    recorder.cut()
    await recorder.settled()
    await old.write(steps(100), 16_000)
    new = recorder.begin(2, 0)
    await new.write(steps(30), 16_000)
    new.end()
    assert (old.played, new.finished) == (100, True)
    assert np.array_equal(recorder.samples, np.concatenate([steps(100), steps(30)]))


async def test_it_keeps_the_rate_it_began_with() -> None:
    recorder = Recorder()
    await recorder.open(24_000)
    await recorder.open(16_000)
    clip = recorder.begin(1, 0)
    await clip.write(np.zeros(16_000, dtype=np.float32), 16_000)
    clip.end()
    assert recorder.sample_rate == 24_000
    assert len(recorder.samples) == pytest.approx(24_000, abs=2)


async def test_it_is_saved_as_a_sound_file(tmp_path: Path) -> None:
    recorder = Recorder()
    await recorder.open(16_000)
    clip = recorder.begin(1, 0)
    await clip.write(steps(1_000, 0.5), 16_000)
    clip.end()
    recorder.save(tmp_path / "answer.wav")
    assert np.allclose(read_sound(tmp_path / "answer.wav", 16_000), steps(1_000, 0.5), atol=1e-4)
    with pytest.raises(AudioError):
        recorder.save(tmp_path / "answer.exe")
    with pytest.raises(StorageError):
        recorder.save(tmp_path / "nowhere" / "answer.wav")


def test_nothing_said_is_an_empty_file(tmp_path: Path) -> None:
    Recorder().save(tmp_path / "answer.wav")
    assert (tmp_path / "answer.wav").stat().st_size == 44


def test_a_whole_answer_is_recorded_to_the_sample() -> None:
    """Three sentences, each a tone of its own pitch, end to end and nothing else."""

    async def main() -> Recorder:
        recorder = Recorder()
        reply = Reply("One two three four. Five six seven eight nine. Ten eleven twelve thirteen.")
        setup = Setup(
            ScriptedSpeechToText(), ScriptedLanguageModel([reply]), ScriptedTextToSpeech(seconds=0.5), None,
            playback=recorder, probability=Loudness(),
        )  # fmt: skip
        async with Assistant(setup) as assistant:
            events = assistant.bus.subscribe(TurnEnded)
            assistant.ask("count")
            assert (await asyncio.wait_for(anext(events), 60)).outcome == "answered"  # type: ignore[attr-defined]
        return recorder

    recorder = run_virtually(main())
    times = np.arange(12_000) / 24_000
    tones = [(0.5 * np.sin(2 * np.pi * hertz(number) * times)).astype(np.float32) for number in range(3)]
    assert np.array_equal(recorder.samples, np.concatenate(tones))
