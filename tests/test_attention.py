"""Attention: what is meant for the assistant, by itself and in a conversation whose wake word is a script's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from tests.conversation import Scene, voice
from voicebot.attention import WINDOW, Attention, Attentiveness
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS
from voicebot.audio.wake_word import PHRASES, names
from voicebot.building import hearing
from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.events import (
    AttentionChanged,
    Interrupted,
    Notice,
    Samples,
    SentenceStarted,
    SpeechStarted,
    State,
    Transcript,
    TurnEnded,
    Utterance,
)
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.resources import Home
from voicebot.settings import SETTINGS, ListeningSettings, PrivacySettings
from voicebot.tts.scripted import ScriptedTextToSpeech
from voicebot.vigil import Vigil

FOLLOW_UP = 8.0

# -- by itself --------------------------------------------------------------------------------------------------------


def test_always_it_never_sleeps() -> None:
    attention = Attention("always", 0.0)
    attention.asleep()
    assert attention.is_awake(1e9)
    assert attention.until(1e9) is None


def test_a_wake_word_opens_a_window() -> None:
    attention = Attention("wake word", FOLLOW_UP)
    assert not attention.is_awake(100.0)
    attention.woken(100.0)
    assert attention.is_awake(100.0)
    assert attention.is_awake(100.0 + WINDOW - 0.01)
    assert attention.until(101.0) == 100.0 + WINDOW
    assert not attention.is_awake(100.0 + WINDOW)
    assert attention.until(100.0 + WINDOW) is None


def test_an_answer_opens_the_follow_up_window() -> None:
    attention = Attention("wake word", FOLLOW_UP)
    attention.answered(50.0)
    assert attention.is_awake(50.0 + FOLLOW_UP - 0.01)
    assert not attention.is_awake(50.0 + FOLLOW_UP)


def test_no_window_makes_another_shorter() -> None:
    attention = Attention("wake word", follow_up=1.0)
    attention.woken(10.0)
    attention.answered(11.0)
    assert attention.until(11.0) == 10.0 + WINDOW


def test_without_a_follow_up_every_question_needs_the_wake_word() -> None:
    attention = Attention("wake word", follow_up=0.0)
    attention.answered(50.0)
    assert not attention.is_awake(50.0)


def test_it_can_be_put_to_sleep() -> None:
    attention = Attention("wake word", FOLLOW_UP)
    attention.woken(1.0)
    attention.asleep()
    assert not attention.is_awake(1.0)


def test_the_settings_say_how_to_attend(tmp_path: Path) -> None:
    settings = ListeningSettings(attention="wake word", wake_word="alexa", follow_up=3.0)
    way = hearing(settings, PrivacySettings(), Home(tmp_path, tmp_path, tmp_path, tmp_path), barge_in=False)
    assert way.attention == Attentiveness("wake word", "alexa", 3.0)


def test_the_settings_know_every_wake_word() -> None:
    assert set(names()) == set(PHRASES)
    assert all(name in SETTINGS["listening.wake_word"].expected for name in names())


# -- in a conversation ------------------------------------------------------------------------------------------------


@dataclass
class Scripted:
    """A detector that hears its phrase at given times of the virtual clock, the end of the phrase."""

    times: list[float] = field(default_factory=list)
    lag: float = 0.0
    phrase: str = "Okay Nabu"
    why_not: NotReady | None = None

    def ready(self) -> Readiness:
        return self.why_not or Ready()

    def feed(self, block: Samples) -> bool:
        if self.times and now() >= self.times[0] + self.lag:
            self.times.pop(0)
            return True
        return False


def conversation(
    script: Callable[[Scene], Coroutine[None, None, None]],
    detector: Scripted,
    way: Hearing | None = None,
    answer: str = "It is a clock.",
) -> Scene:
    """Hands-free with the scripted wake word."""
    attention = Attentiveness("wake word", "okay_nabu", FOLLOW_UP)

    async def with_wake_word(scene: Scene) -> None:
        scene.assistant.listener.vigil.make = lambda _: detector
        await scene.assistant.open_microphone(hands_free=True)
        await script(scene)

    scene = Scene(
        llm=ScriptedLanguageModel((Line(answer, 0.1, 500.0),)),
        tts=ScriptedTextToSpeech(delay=0.02, seconds=1.0),
        hearing=replace(way or Hearing(), attention=attention),
    )
    return scene.run(with_wake_word)


def say(scene: Scene, *moments: tuple[float, float]) -> None:
    """Speech from one moment to another, each on the loop's clock."""
    for start, end in moments:
        scene.card.speak(voice(end - start), at=start - now())


def spoken_in(utterance: Utterance) -> float:
    """Seconds of an utterance that are speech."""
    blocks = utterance.samples.reshape(-1, BLOCK)
    return int((np.abs(blocks).max(axis=1) > 0.1).sum()) * BLOCK_SECONDS


def test_only_what_follows_the_wake_word_is_answered() -> None:
    async def script(scene: Scene) -> None:
        say(scene, (1.0, 2.5), (5.0, 5.8), (6.3, 7.3))
        await asyncio.sleep(12.0)

    scene = conversation(script, Scripted([5.8]))
    [heard] = scene.of(Utterance)
    assert len(scene.of(Transcript)) == 1
    assert spoken_in(heard) == pytest.approx(1.0, abs=2 * BLOCK_SECONDS)
    assert scene.outcomes == ["answered"]


@pytest.mark.parametrize("lag", [-0.2, 0.0, 0.05, 0.2])
def test_in_one_breath_the_phrase_is_cut_off(lag: float) -> None:
    async def script(scene: Scene) -> None:
        say(scene, (2.0, 4.0))  # "okay nabu what time is it"; the phrase ends at 3.0
        await asyncio.sleep(10.0)

    scene = conversation(script, Scripted([3.0], lag))
    [heard] = scene.of(Utterance)
    assert spoken_in(heard) == pytest.approx(1.0, abs=2 * BLOCK_SECONDS)


def test_a_phrase_that_nothing_follows_is_no_turn() -> None:
    async def script(scene: Scene) -> None:
        say(scene, (2.0, 3.0))
        await asyncio.sleep(15.0)

    scene = conversation(script, Scripted([2.9]))
    assert not scene.of(SpeechStarted, TurnEnded)
    told = scene.of(AttentionChanged)
    assert [one.awake for one in told] == [False, True, False]
    assert {one.phrase for one in told} == {"Okay Nabu"}
    woken, slept = scene.when(AttentionChanged)[1:]
    assert slept - woken == pytest.approx(WINDOW, abs=2 * BLOCK_SECONDS)


def test_in_the_follow_up_window_no_wake_word_is_needed_and_after_it_it_is() -> None:
    async def script(scene: Scene) -> None:
        say(scene, (2.0, 2.8), (3.2, 4.2))
        await until_answered(scene, 1)
        say(scene, (now() + 3.0, now() + 4.0))
        await until_answered(scene, 2)
        say(scene, (now() + FOLLOW_UP + 1.0, now() + FOLLOW_UP + 2.0))
        await asyncio.sleep(FOLLOW_UP + 8.0)

    scene = conversation(script, Scripted([2.8]))
    assert scene.outcomes == ["answered", "answered"]
    assert len(scene.of(Transcript)) == 2
    assert scene.of(AttentionChanged)[-1].awake is False


@pytest.mark.parametrize("barge_in", [True, False], ids=["headphones", "half-duplex"])
def test_the_wake_word_stops_the_answer_and_speech_does_not(barge_in: bool) -> None:
    detector = Scripted([1.0])

    async def script(scene: Scene) -> None:
        say(scene, (0.2, 1.0), (1.4, 2.4))
        async with asyncio.timeout(30):
            while not scene.of(SentenceStarted):
                await asyncio.sleep(0.05)
        say(scene, (now() + 0.5, now() + 1.5))
        await asyncio.sleep(2.0)
        assert scene.assistant.turns.state is State.SPEAKING
        detector.times.append(now() + 0.8)
        say(scene, (now() + 0.1, now() + 0.8), (now() + 1.2, now() + 2.2))
        await asyncio.sleep(20.0)

    answer = "One. " + "It is a very long story. " * 12
    scene = conversation(script, detector, Hearing(barge_in=barge_in), answer)
    assert [one.reason for one in scene.of(Interrupted)] == ["barge-in"]
    assert len(scene.of(Transcript)) == 2
    assert scene.outcomes == ["interrupted", "answered"]


def test_the_talk_key_needs_no_wake_word() -> None:
    async def script(scene: Scene) -> None:
        say(scene, (1.0, 2.0))
        await asyncio.sleep(0.9)
        await scene.assistant.press()
        await asyncio.sleep(1.5)
        scene.assistant.release()
        await scene.assistant.idle()

    assert conversation(script, Scripted()).outcomes == ["answered"]


def test_a_wake_word_that_cannot_run_is_told_once() -> None:
    async def script(scene: Scene) -> None:
        say(scene, (1.0, 2.0))
        await asyncio.sleep(5.0)

    why = NotReady("its library is not installed", "pip install it")
    scene = conversation(script, Scripted(why_not=why))
    [notice] = scene.of(Notice)
    assert (notice.why, notice.fix) == (why.why, why.fix)
    assert not scene.outcomes


def test_attention_changes_at_once() -> None:
    async def script(scene: Scene) -> None:
        await asyncio.sleep(0.5)
        listener = scene.assistant.listener
        scene.assistant.use_hearing(replace(listener.hearing, attention=Attentiveness("always")), partials=False)
        say(scene, (1.0, 2.0))
        await asyncio.sleep(6.0)

    scene = conversation(script, Scripted())
    assert scene.outcomes == ["answered"]
    assert [(one.awake, one.until) for one in scene.of(AttentionChanged)] == [(False, None), (True, None)]


def test_a_vigil_says_each_change_once() -> None:
    async def main() -> list[object]:
        bus = Bus()
        events = bus.subscribe(AttentionChanged, capacity=10)
        vigil = Vigil(bus, Attentiveness("wake word"), lambda _: Scripted())
        for _ in range(3):
            vigil.hear(np.zeros(BLOCK, np.float32), now())
        bus.close()
        return [event async for event in events]

    assert len(run_virtually(main())) == 1


def now() -> float:
    return asyncio.get_running_loop().time()


async def until_answered(scene: Scene, count: int) -> None:
    async with asyncio.timeout(30):
        while len(scene.of(TurnEnded)) < count:
            await asyncio.sleep(0.05)
