"""Speaking over an answer: at the first sign it pauses, words cancel it, anything else lets it go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.conversation import Scene, is_silent, voice
from voicebot.audio.playback import FADE
from voicebot.barge_in import CANCEL, ENDED, RESUME
from voicebot.errors import EngineError
from voicebot.events import AnswerHeld, Samples, SentenceStarted, State, Transcript, TurnEnded
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

ANSWER = "One two three four five. Six seven eight nine ten."
BROKEN = EngineError("it broke")


def spoken_over(*bursts: tuple[float, float], words: Line, then: Callable[[Scene], Any] | None = None) -> Scene:
    """An answer of four seconds, and bursts of speech over it: (seconds after its first sound, length)."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("hello")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        for at, seconds in bursts:
            scene.card.speak(voice(seconds), at=at)
        if then is not None:
            await then(scene)
        await asyncio.sleep(12.0)
        await scene.assistant.idle()

    return Scene(
        stt=ScriptedSpeechToText([words]),
        llm=ScriptedLanguageModel([Reply(ANSWER)]),
        tts=ScriptedTextToSpeech(seconds=2.0),
        hearing=Hearing(barge_in=True),
    ).run(script)


def holds(scene: Scene) -> list[bool]:
    return [event.held for event in scene.of(AnswerHeld)]


def sounding(scene: Scene) -> Samples:
    """All that was heard, silence left out."""
    heard = scene.card.heard()
    return heard[np.abs(heard) > 0]


def test_a_sound_without_words_pauses_it_and_it_goes_on_from_where_it_stopped() -> None:
    scene = spoken_over((1.0, 0.3), words=Line(None))
    assert holds(scene) == [True, False]
    held, on = scene.when(AnswerHeld)
    assert on - held < RESUME
    assert is_silent(scene.card.heard(since=held + 0.04, until=on))
    whole = sounding(spoken_over(words=Line(None)))
    assert len(sounding(scene)) == pytest.approx(len(whole), abs=20), "every sample once"
    rate = scene.card.played[-1].sample_rate
    at = int((held - scene.when(SentenceStarted)[0]) * rate)
    assert np.allclose(sounding(scene)[: at - 1000], whole[: at - 1000], atol=1e-3)
    assert scene.outcomes == ["answered"]


@pytest.mark.parametrize("words", ["Mm-hm.", "yeah", "네", "응, 그래"])
@pytest.mark.parametrize("seconds", [0.2, 0.3, 0.45])
def test_a_backchannel_does_not_cancel(words: str, seconds: float) -> None:
    scene = spoken_over((1.0, seconds), words=Line(words))
    assert holds(scene) == [True, False]
    assert scene.outcomes == ["answered"]


@pytest.mark.parametrize("words", ["stop", "wait a moment", "잠깐만"])
def test_a_short_word_cancels_and_is_answered(words: str) -> None:
    scene = spoken_over((1.0, 0.3), words=Line(words))
    assert holds(scene) == [True]
    assert scene.outcomes == ["interrupted", "answered"]
    [heard] = [event for event in scene.of(Transcript) if event.engine != "typed"]
    assert heard.text == words
    assert scene.llm.requests[-1].messages[1].text.endswith("…"), "the history holds what was heard"
    waited = scene.of(TurnEnded)[-1].timings["speech_end_to_first_audio"]
    assert waited == pytest.approx(0.55 + 0.1 + 0.2 + 0.1 + 0.08, abs=0.1), "from the end of the word on"


def test_speech_cancels_before_its_words_are_known() -> None:
    scene = spoken_over((1.0, 2.0), words=Line("hold on", delay=3.0))
    [held] = scene.when(AnswerHeld)
    assert scene.outcomes == ["interrupted", "answered"]
    cut = next(noted.at for noted in scene.noted if noted.event.__class__.__name__ == "Interrupted")
    assert cut - held == pytest.approx(CANCEL, abs=0.05)


@pytest.mark.parametrize("words", [Line("hm", hangs=True), Line("hm", delay=5.0), Line("hm", error=BROKEN)])
def test_it_goes_on_whatever_the_recogniser_does(words: Line) -> None:
    scene = spoken_over((1.0, 0.3), words=words)
    assert holds(scene) == [True, False]
    held, on = scene.when(AnswerHeld)
    assert on - held <= RESUME + 0.1
    assert scene.outcomes == ["answered"]


def test_speech_goes_on_while_it_is_asked_what_was_said() -> None:
    scene = spoken_over((1.0, 0.3), (1.3 + ENDED + 0.1, 1.0), words=Line("hello again", delay=0.4))
    assert scene.outcomes == ["interrupted", "answered"]


def test_a_knock_is_not_asked_about() -> None:
    scene = spoken_over((1.0, 0.08), words=Line("knock knock"))
    assert holds(scene) in ([], [True, False])
    assert scene.outcomes == ["answered"]
    assert scene.stt.heard == 0


def test_the_microphone_goes_while_the_answer_is_held() -> None:
    async def unplug(scene: Scene) -> None:
        await asyncio.sleep(1.2)
        scene.card.unplug("input")
        await asyncio.sleep(3.0)
        scene.card.plug("input")

    scene = spoken_over((1.0, 0.3), words=Line("hm", delay=5.0), then=unplug)
    assert holds(scene) == [True, False]
    assert scene.outcomes == ["answered"]


def test_stop_while_it_is_held_makes_no_sound_and_the_next_answer_is_heard() -> None:
    async def stop(scene: Scene) -> None:
        await asyncio.sleep(1.3)
        assert holds(scene) == [True]
        assert scene.assistant.turns.state is State.SPEAKING
        scene.assistant.interrupt()
        stopped = asyncio.get_running_loop().time()
        await asyncio.sleep(1.0)
        assert is_silent(scene.card.heard(since=stopped))
        scene.assistant.ask("and now")

    scene = spoken_over((1.0, 0.2), words=Line(None), then=stop)
    assert scene.outcomes == ["interrupted", "answered"]
    assert np.abs(scene.card.heard(since=scene.when(SentenceStarted)[-1])).max() == pytest.approx(0.5, abs=0.01)


def test_it_fades_and_does_not_click() -> None:
    scene = spoken_over((1.0, 0.3), words=Line(None))
    heard = scene.card.heard()
    within = spoken_over(words=Line(None)).card.heard()
    rate = scene.card.played[-1].sample_rate
    assert np.abs(np.diff(heard)).max() <= np.abs(np.diff(within)).max() + 2.0 / (FADE * rate)


@settings(max_examples=25, deadline=None)
@given(
    some.lists(some.tuples(some.floats(0.0, 3.5), some.floats(0.05, 0.9)), max_size=4),
    some.sampled_from([Line(None), Line("yeah"), Line("stop it"), Line("hm", hangs=True), Line("hm", error=BROKEN)]),
)
def test_whatever_is_said_over_it_it_never_stays_silent(bursts: list[tuple[float, float]], words: Line) -> None:
    scene = spoken_over(*bursts, words=words)
    assert scene.outcomes, "every turn ends"
    assert scene.assistant.turns.state is State.IDLE
    held = holds(scene)
    assert all(before != after for before, after in pairwise(held) if after is False)
    if scene.outcomes == ["answered"]:
        assert held.count(True) == held.count(False)
        assert scene.of(SentenceStarted)[-1].index == 1
