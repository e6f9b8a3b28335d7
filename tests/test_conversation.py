"""Whole conversations on the virtual clock: what is said, heard, kept, and when."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from tests.conversation import Scene, is_silent, voice
from voicebot.audio.vad import Thresholds
from voicebot.events import Interrupted, NoSpeech, ReplyEnded, SentenceStarted, Spoken, State, StateChanged, Transcript
from voicebot.history import Said
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText


async def hands_free_turn(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.5), at=1.0)
    await asyncio.sleep(4.0)
    await scene.assistant.idle()


def test_a_hands_free_turn_goes_through_every_state_and_is_kept() -> None:
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        await hands_free_turn(scene)
        kept.extend(await scene.history.messages())

    scene = Scene().run(script)
    states = [event.state for event in scene.of(StateChanged)]
    assert states == [State.LISTENING, State.TRANSCRIBING, State.THINKING, State.SPEAKING, State.IDLE]
    assert scene.outcomes == ["answered"]
    assert [said.role for said in kept] == ["user", "assistant"]
    assert kept[1].text == scene.of(ReplyEnded)[0].text
    assert not kept[1].interrupted


def test_speech_starts_while_the_model_still_writes() -> None:
    scene = Scene().run(hands_free_turn)
    assert scene.when(SentenceStarted)[0] < scene.when(ReplyEnded)[0]


def test_the_voice_to_voice_time_is_the_sum_of_its_stages() -> None:
    scene = Scene().run(hands_free_turn)
    spoken_until = 1.0 + 1.5
    first_sound = scene.of(SentenceStarted)[0].at
    # wait 0.55, recogniser 0.1, model 0.2 and to its first clause, voice 0.08, and blocks of the card
    assert 0.55 + 0.1 + 0.2 + 0.08 < first_sound - spoken_until < 1.5
    timings = scene.noted[-1].event.timings  # type: ignore[attr-defined]
    assert timings["transcript"] == pytest.approx(0.1, abs=1e-3)
    assert timings["first_token"] == pytest.approx(0.2, abs=1e-3)
    assert timings["speech_end_to_first_audio"] == pytest.approx(first_sound - spoken_until, abs=0.05)


def test_the_same_conversation_twice_is_the_same_to_the_bit() -> None:
    first, second = Scene().run(hands_free_turn), Scene().run(hands_free_turn)
    assert np.array_equal(first.card.heard(), second.card.heard())
    assert [(n.at, type(n.event)) for n in first.noted] == [(n.at, type(n.event)) for n in second.noted]


def test_pre_roll_and_drain_keep_the_first_and_last_words() -> None:
    """The key is pressed 0.4 s late and released 0.05 s early: all that was said is in the utterance."""
    lengths: list[float] = []

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=False)
        scene.card.speak(voice(2.0), at=1.0)
        await asyncio.sleep(1.4)
        await scene.assistant.press()
        await asyncio.sleep(1.55)
        scene.assistant.release()
        await scene.assistant.idle()
        lengths.append(scene.of(Transcript)[0].seconds)

    stt = ScriptedSpeechToText()
    heard: list[np.ndarray] = []
    transcribe = stt.transcribe

    async def listening(samples, languages, alive):  # type: ignore[no-untyped-def]
        heard.append(samples)
        return await transcribe(samples, languages, alive)

    stt.__class__ = type("Listening", (ScriptedSpeechToText,), {"transcribe": staticmethod(listening), "__slots__": ()})
    Scene(stt=stt).run(script)
    loud = np.flatnonzero(np.abs(heard[0]) > 0.01)
    assert (loud[-1] - loud[0]) / 16_000 == pytest.approx(2.0, abs=0.001)


def test_typed_questions_need_no_microphone() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.of(Transcript)[0].engine == "typed"
    assert scene.outcomes == ["answered"]


def test_history_holds_what_was_heard_when_it_is_cut() -> None:
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        while len(scene.of(SentenceStarted)) < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.0)  # half of the second piece's two seconds
        scene.assistant.interrupt()
        await scene.assistant.idle()
        kept.extend(await scene.history.messages())

    text = "One two three four. Five six seven eight nine ten. Eleven twelve thirteen fourteen."
    scene = Scene(llm=ScriptedLanguageModel([Reply(text)])).run(script)
    answer = kept[-1]
    assert answer.interrupted
    assert text.startswith(answer.text)
    assert answer.text.startswith("One two three four. Five six")
    assert "ten" not in answer.text
    assert scene.of(Spoken)[-1].heard == answer.text


def test_nothing_played_means_no_assistant_message() -> None:
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await asyncio.sleep(0.1)
        scene.assistant.interrupt()
        await scene.assistant.idle()
        kept.extend(await scene.history.messages())

    Scene().run(script)
    assert [said.role for said in kept] == ["user"]


def test_the_next_question_knows_what_was_heard_of_the_last_answer() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("first")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        scene.assistant.ask("second")
        await scene.assistant.idle()

    scene = Scene().run(script)
    roles = [message.role for message in scene.llm.requests[1].messages]
    assert roles == ["user", "assistant", "user"]
    assert scene.llm.requests[1].messages[1].text.endswith("…")


def test_barge_in_stops_the_sound_and_begins_a_turn() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("tell me a long story")
        scene.card.speak(voice(1.5), at=2.0)
        await asyncio.sleep(5.0)
        await scene.assistant.idle()

    scene = Scene(hearing=Hearing(barge_in=True)).run(script)
    assert scene.outcomes == ["interrupted", "answered"]
    [cut] = scene.when(Interrupted)
    assert cut == pytest.approx(2.0 + 0.06 + 0.5, abs=0.05)
    next_sound = min(at for at in scene.when(SentenceStarted) if at > cut)
    assert is_silent(scene.card.heard(since=cut + 0.04, until=next_sound - 0.02))


def test_without_barge_in_the_assistant_does_not_hear_itself() -> None:
    """Half-duplex: what its own speaker plays into the microphone begins no turn."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("hello")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        scene.card.speak(voice(6.0))
        await asyncio.sleep(6.2)
        await scene.assistant.idle()
        await asyncio.sleep(2.0)

    scene = Scene().run(script)
    assert scene.outcomes == ["answered"]


@pytest.mark.parametrize("heard", [None, "", "   "])
def test_no_words_bring_it_back_to_idle(heard: str | None) -> None:
    scene = Scene(stt=ScriptedSpeechToText([Words(heard)])).run(hands_free_turn)
    assert scene.outcomes == ["no speech"]
    assert scene.of(NoSpeech)
    assert scene.of(StateChanged)[-1].state is State.IDLE


def test_a_key_pressed_in_silence_is_no_turn_for_the_recogniser() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.press()
        await asyncio.sleep(1.0)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.stt.heard == 0
    assert [event.reason for event in scene.of(NoSpeech)] == ["no speech heard"]


def test_a_click_is_only_noise() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(0.08), at=1.0)
        await asyncio.sleep(3.0)

    scene = Scene(hearing=Hearing(thresholds=Thresholds(min_silence=0.3))).run(script)
    assert scene.stt.heard == 0
    assert set(scene.outcomes) <= {"no speech"}


def test_long_speech_is_cut_at_the_longest_utterance() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(8.0), at=1.0)
        await asyncio.sleep(6.0)

    scene = Scene(hearing=Hearing(longest=5.0)).run(script)
    assert scene.of(Transcript)[0].seconds == pytest.approx(5.0, abs=0.05)


def test_a_timer_rings_when_nobody_is_speaking() -> None:
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await asyncio.sleep(1.0)
        scene.assistant.announce("Your tea is ready.", "en")
        await asyncio.sleep(0.1)
        await scene.assistant.idle()
        await asyncio.sleep(0.1)
        await scene.assistant.idle()
        kept.extend(await scene.history.messages())

    scene = Scene().run(script)
    assert scene.outcomes == ["answered", "answered"]
    assert scene.tts.said[-1] == "Your tea is ready."
    assert kept[-1].text == "Your tea is ready."
