"""The system's own voice, for real."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest

from voicebot.child.process import Child
from voicebot.errors import EngineError, EngineTimedOut
from voicebot.readiness import NotReady
from voicebot.tts.base import Manner, Sound
from voicebot.tts.pyttsx3 import Pyttsx3

HOSTILE = (
    "<break time='1h'/>",
    "\x00\x07\x1b[2J bell",
    "…",
    "a" * 10_000,
    "🎉 안녕 hello",
    "<speak>&amp;</speak>",
    "-" * 500,
)


@pytest.fixture
async def engine() -> AsyncIterator[Pyttsx3]:
    voice = Pyttsx3()
    if isinstance(readiness := voice.ready(), NotReady):
        pytest.skip(f"{readiness.why}: {readiness.fix}")
    yield voice
    await voice.close()


async def spoken(engine: Pyttsx3, text: str, manner: Manner | None = None) -> list[Sound]:
    return [sound async for sound in engine.synthesise(text, manner or Manner())]


def seconds(sounds: list[Sound]) -> float:
    return sum(len(sound.samples) / sound.sample_rate for sound in sounds)


async def test_it_speaks_in_small_pieces(engine: Pyttsx3) -> None:
    sounds = await spoken(engine, "Seven plus five is twelve.")
    assert {sound.sample_rate for sound in sounds} == {engine.sample_rate}
    assert all(sound.samples.dtype == np.float32 for sound in sounds)
    assert all(len(sound.samples) <= 0.1 * sound.sample_rate + 1 for sound in sounds)
    assert 1.0 < seconds(sounds) < 4.0
    loudest = max(float(np.abs(sound.samples).max()) for sound in sounds)
    assert 0.05 < loudest <= 1.0
    assert np.abs(sounds[0].samples).max() > 0.003, "it begins with silence"


async def test_korean_is_spoken_with_a_korean_voice(engine: Pyttsx3) -> None:
    korean = seconds(await spoken(engine, "칠 더하기 오는 십이예요.", Manner("ko")))
    assert korean > 1.0
    assert any("ko" in voice.languages for voice in await engine.voices())


async def test_the_rate_is_relative_to_the_voices_own(engine: Pyttsx3) -> None:
    text = "This sentence takes a while to say at any pace."
    slow, own, fast = [seconds(await spoken(engine, text, Manner(rate=rate))) for rate in (0.7, 1.0, 1.6)]
    assert slow > own * 1.15
    assert fast < own * 0.85


async def test_each_sentence_gets_its_own_sound(engine: Pyttsx3) -> None:
    """Not the one of the sentence before, whatever the order."""
    lengths = {
        text: seconds(await spoken(engine, text)) for text in ("Yes.", "This one takes far longer to say than that.")
    }
    again = {text: seconds(await spoken(engine, text)) for text in reversed(lengths)}
    assert again == pytest.approx(lengths, rel=0.05)
    assert max(lengths.values()) > 2 * min(lengths.values())


async def test_a_voice_that_is_not_there_is_named(engine: Pyttsx3) -> None:
    with pytest.raises(EngineError, match="no voice called Nobody"):
        await spoken(engine, "hello", Manner(voice="Nobody"))
    assert await spoken(engine, "hello")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_neither_hangs_nor_crashes(engine: Pyttsx3, text: str) -> None:
    try:
        await spoken(engine, text)
    except EngineError as error:
        assert "no sound" in str(error)
    assert await spoken(engine, "still here")


async def test_leaving_a_sentence_leaves_the_voice_usable(engine: Pyttsx3) -> None:
    sentence = engine.synthesise("A sentence that nobody will hear the end of, for it is cut off.", Manner())
    await anext(sentence)
    await sentence.aclose()  # type: ignore[attr-defined]
    assert await spoken(engine, "The next one.")


class Hangs:
    """A driver that never comes back."""

    def __init__(self, alive: object) -> None:
        print("noise on standard output")

    def speak(self, *_: object) -> Iterator[None]:
        time.sleep(60)
        yield None

    def voices(self) -> list[object]:
        return []


async def test_a_voice_that_hangs_is_killed_within_its_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    engine = Pyttsx3(patience=1.0)
    engine._child = Child(f"{__name__}:Hangs", "the system's voice")
    with pytest.raises(EngineTimedOut):
        await spoken(engine, "hello")
    assert engine._child.pid is None
    await engine.close()


async def test_it_stays_in_its_process(engine: Pyttsx3) -> None:
    await spoken(engine, "hello")
    assert "pyttsx3" not in sys.modules
    await asyncio.sleep(0)
