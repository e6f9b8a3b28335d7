"""Whatever a person does, in whatever order: it comes back to idle, with nothing left over, and answers again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conversation import Scene, is_silent, voice
from voicebot.audio.card import Deliver, Stream
from voicebot.audio.simulated import SimulatedCard
from voicebot.errors import AudioError, DeviceError, EngineError, UsageError
from voicebot.events import DeviceFound, DeviceLost, Interrupted, SentenceStarted, State, StateChanged, TurnEnded
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.speaker import Limits
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech
from voicebot.turn_end import Waits

BROKEN = EngineError("the engine broke", fix="mend it")


@dataclass
class SlowCard(SimulatedCard):
    """Takes a third of a second to open, as a real one may."""

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:  # type: ignore[override]
        await asyncio.sleep(0.3)
        return await super().open_input(device, sample_rate, deliver)


class Person:
    """Does anything at any time, and lets go of the key in the end."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene = scene
        self.rng = random.Random(seed)

    async def act(self, times: int) -> None:
        for _ in range(times):
            action = getattr(self, self.rng.choice(ACTIONS))
            with suppress(DeviceError, UsageError, AudioError):
                await action()
            await asyncio.sleep(self.rng.choice((0.0, 0.01, 0.03, 0.2, 1.0, 3.0)))
        self.scene.card.plug("input")
        self.scene.card.plug("output")
        await self.let_go()
        await self.close_microphone()

    async def press(self) -> None:
        await self.scene.assistant.press()

    async def press_and_go_on(self) -> None:
        self.pressing = asyncio.create_task(suppressed(self.scene.assistant.press()))

    async def let_go(self) -> None:
        self.scene.assistant.release()

    async def speak(self) -> None:
        self.scene.card.speak(voice(self.rng.choice((0.05, 0.4, 1.0, 4.0))), at=self.rng.random())

    async def ask(self) -> None:
        self.scene.assistant.ask(self.rng.choice(("hello", "안녕하세요")))

    async def stop(self) -> None:
        self.scene.assistant.interrupt()

    async def set_a_timer(self) -> None:
        self.scene.assistant.announce("The tea is ready.", "en")

    async def open_microphone(self) -> None:
        await self.scene.assistant.open_microphone(hands_free=self.rng.random() < 0.7)

    async def close_microphone(self) -> None:
        await self.scene.assistant.close_microphone()

    async def pull_or_push_a_plug(self) -> None:
        which = self.rng.choice(("input", "output"))
        (self.scene.card.unplug if which in self.scene.card.plugged else self.scene.card.plug)(which)

    async def try_again(self) -> None:
        await self.scene.assistant.retry(self.rng.randint(1, 5))

    async def play_again(self) -> None:
        await self.scene.assistant.replay(self.rng.randint(1, 5))

    async def change_engines(self) -> None:
        """To ones that fail, hang, or are slow, now and then."""
        words = [Words(delay=0.3), Words(None), Words(error=BROKEN), Words(hangs=True)]
        replies = [Reply("Yes. " * 20), Reply(fails_after=5, error=BROKEN), Reply(fails_after=9), Reply("```x```")]
        self.scene.assistant.use_stt(ScriptedSpeechToText(self.rng.sample(words, 3)))
        self.scene.assistant.use_llm(ScriptedLanguageModel(self.rng.sample(replies, 3)))
        voice_ = ScriptedTextToSpeech(seconds=0.5, speed=self.rng.choice((0.5, 10.0)), error=BROKEN)
        voice_.fails_at = self.rng.choice((None, None, 1))
        self.scene.assistant.use_tts(voice_)


ACTIONS = [name for name, what in vars(Person).items() if not name.startswith("_") and name != "act" and callable(what)]


async def suppressed(work: Coroutine[Any, Any, object]) -> None:
    with suppress(DeviceError):
        await work


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_person_does_it_comes_back_to_idle_and_nothing_is_left(seed: int, tmp_path: Path) -> None:
    """No defect either: that would be in the log, and fail the test."""
    kept: list[str] = []
    handles = open_files()

    async def script(scene: Scene) -> None:
        await Person(scene, seed).act(30)
        await asyncio.sleep(60.0)
        assert scene.assistant.turns.state is State.IDLE
        scene.assistant.use_stt(ScriptedSpeechToText())
        scene.assistant.use_llm(ScriptedLanguageModel())
        scene.assistant.use_tts(ScriptedTextToSpeech(seconds=0.5))
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0), at=0.5)
        await asyncio.sleep(2.5)
        await scene.assistant.idle()
        kept.extend(said.text for said in await scene.history.messages())

    speculate = ("never", "local", "always")[seed % 3]
    options = {"speaking_limits": Limits(3.0, 2.0), "keep_days": 30, "speculate": speculate}
    hearing = Hearing(recordings=tmp_path, barge_in=seed % 2 == 0, waits=Waits())
    scene = Scene(hearing=hearing, options=options, card=SlowCard(seed=seed, noise=0.0005)).run(script)
    turns = [event.turn for event in scene.of(TurnEnded)]
    assert sorted(turns) == sorted({event.turn for event in scene.of(StateChanged)})
    assert scene.outcomes[-1] == "answered"
    assert kept[-1].startswith("The order was cancelled")
    assert open_files() == handles
    assert not list(tmp_path.glob("*.part"))
    check_cuts(scene)


@pytest.mark.parametrize("seed", range(6))
def test_a_microphone_that_comes_and_goes_in_the_middle_of_anything_is_told_each_time(seed: int) -> None:
    """Within two seconds of each, once; and the question after the last is answered."""
    rng = random.Random(seed)
    gone: list[float] = []
    back: list[float] = []

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        clock = asyncio.get_running_loop().time
        for _ in range(8):
            scene.card.speak(voice(rng.uniform(0.3, 3.0)), at=rng.random())
            await asyncio.sleep(rng.uniform(0.5, 6.0))
            scene.card.unplug("input")
            gone.append(clock())
            await asyncio.sleep(rng.uniform(2.1, 5.0))
            scene.card.plug("input")
            back.append(clock())
            await asyncio.sleep(2.0)
        await scene.assistant.idle()
        scene.card.speak(voice(1.0), at=0.5)
        await asyncio.sleep(2.5)
        await scene.assistant.idle()

    speculate = ("never", "local", "always")[seed % 3]
    scene = Scene(options={"speculate": speculate}, hearing=Hearing(barge_in=seed % 2 == 0, waits=Waits())).run(script)
    for happened, told in ((gone, scene.when(DeviceLost)), (back, scene.when(DeviceFound))):
        assert [0.0 < at - when <= 2.0 for when, at in zip(happened, told, strict=True)] == [True] * 8
    assert scene.outcomes[-1] == "answered"
    assert set(scene.outcomes) <= {"answered", "interrupted", "nothing heard", "dropped"}


def open_files() -> list[str]:
    return [file.path for file in psutil.Process().open_files()]


def check_cuts(scene: Scene) -> None:
    """After each interruption there is silence, until something new is played."""
    for number, noted in enumerate(scene.noted):
        if isinstance(noted.event, Interrupted):
            later = [one.at for one in scene.noted[number:] if isinstance(one.event, (SentenceStarted, StateChanged))]
            assert is_silent(scene.card.heard(since=noted.at + 0.04, until=min(later, default=0.0) - 0.02))
