"""The assistant's commands, in every order and at every moment, and an end that leaves nothing."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from tests.conversation import Scene, is_silent, voice
from voicebot.assistant import ANNOUNCEMENTS, Assistant, Setup
from voicebot.audio.card import Deliver, Stream
from voicebot.audio.files import write_sound
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.vad import Loudness
from voicebot.clock import run_virtually
from voicebot.errors import AudioError, DeviceError, EngineError, StorageError, UsageError
from voicebot.events import (
    Event,
    Failed,
    Interrupted,
    MicrophoneChanged,
    NoSpeech,
    Notice,
    Preparing,
    Samples,
    SentenceStarted,
    Spoken,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
)
from voicebot.history import History
from voicebot.listener import Hearing
from voicebot.llm.base import Request
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.base import Alive, Heard, Nothing, Progress
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.base import Manner, Sound
from voicebot.tts.scripted import ScriptedTextToSpeech

BROKEN = EngineError("the engine broke", fix="mend it")
Script = Callable[[Scene], Coroutine[Any, Any, None]]


async def until(scene: Scene, kind: type[Event], count: int = 1) -> None:
    while len(scene.of(kind)) < count:
        await asyncio.sleep(0.01)


async def spoken_question(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(2.2)


# -- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_question_is_refused(text: str) -> None:
    async def script(scene: Scene) -> None:
        with pytest.raises(UsageError):
            scene.assistant.ask(text)

    assert not Scene().run(script).of(StateChanged)


def test_korean_is_asked_and_answered_in_korean() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("오늘 날씨 어때?")
        await scene.assistant.idle()
        scene.assistant.ask("안녕", language="en")
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert [request.language for request in scene.llm.requests] == ["ko", "en"]


def test_a_question_typed_while_somebody_speaks_drops_what_was_being_said(tmp_path: Path) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.press()
        scene.card.speak(voice(5.0))
        await asyncio.sleep(1.0)
        scene.assistant.ask("never mind")
        await asyncio.sleep(1.0)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = Scene(hearing=Hearing(recordings=tmp_path)).run(script)
    assert scene.outcomes == ["interrupted", "answered"]
    assert [event.text for event in scene.of(Transcript)] == ["never mind"]
    assert list(tmp_path.iterdir()) == []


def test_no_speech_reaches_whoever_listens_on_the_bus() -> None:
    """It is told just as its turn ends, and must not be dropped with it."""
    for stt, press in ((ScriptedSpeechToText([Words(None)]), False), (ScriptedSpeechToText(), True)):
        seen: list[Event] = []

        async def script(scene: Scene, press: bool = press, seen: list[Event] = seen) -> None:
            events = scene.assistant.bus.subscribe(Event, capacity=1000)
            if press:
                await scene.assistant.press()
                await asyncio.sleep(1.0)
                scene.assistant.release()
            else:
                await spoken_question(scene)
            await scene.assistant.idle()
            events.close()
            seen.extend([event async for event in events])

        Scene(stt=stt).run(script)
        kinds = [type(event) for event in seen]
        assert kinds.index(NoSpeech) < kinds.index(TurnEnded)


# -- trying again -----------------------------------------------------------------------------------------------------


def test_a_failed_turn_is_tried_again_with_another_recogniser(tmp_path: Path) -> None:
    turns: list[int] = []

    async def script(scene: Scene) -> None:
        await spoken_question(scene)
        await scene.assistant.idle()
        scene.assistant.use_stt(ScriptedSpeechToText([Words("what I really said")], name="better"))
        turns.append(await scene.assistant.retry(scene.of(TurnEnded)[0].turn))
        await scene.assistant.idle()
        kept = await scene.history.turn(turns[0])
        assert kept is not None
        assert kept.engines["stt"] == "better"
        turns.append(await scene.assistant.retry(turns[0]))
        await scene.assistant.idle()

    scene = Scene(stt=ScriptedSpeechToText([Words(error=BROKEN)]), hearing=Hearing(recordings=tmp_path)).run(script)
    assert scene.outcomes == ["failed", "answered", "answered"]
    assert scene.of(Transcript)[0].text == "what I really said"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("command", ["retry", "replay"])
def test_a_turn_without_a_recording_says_so(command: str) -> None:
    async def script(scene: Scene) -> None:
        turn = scene.assistant.ask("hello")
        await scene.assistant.idle()
        for number in (turn, 99):
            with pytest.raises(UsageError, match="no recording"):
                await getattr(scene.assistant, command)(number)

    Scene().run(script)


@pytest.mark.parametrize("command", ["retry", "replay"])
def test_a_recording_that_was_deleted_says_so(command: str, tmp_path: Path) -> None:
    async def script(scene: Scene) -> None:
        await spoken_question(scene)
        await scene.assistant.idle()
        next(tmp_path.iterdir()).unlink()
        with pytest.raises(AudioError, match="There is no file"):
            await getattr(scene.assistant, command)(1)

    Scene(hearing=Hearing(recordings=tmp_path)).run(script)


# -- playing again ----------------------------------------------------------------------------------------------------


def replaying(tmp_path: Path, script: Script, **parts: Any) -> Scene:
    """A scene whose turn 1 has a recording of two seconds."""
    recording = tmp_path / "said.wav"
    write_sound(recording, voice(2.0, 0.5), 16_000)

    async def whole(scene: Scene) -> None:
        scene.assistant.hear(voice(1.0), recording)
        await scene.assistant.idle()
        await asyncio.sleep(1.0)
        if scene.card is not None:
            scene.card.played.clear()
        await script(scene)

    return Scene(**parts).run(whole)


def loud_seconds(scene: Scene) -> float:
    return sum(np.count_nonzero(np.abs(block.samples) > 0.01) / block.sample_rate for block in scene.card.played)


def test_what_was_said_is_played_again_whole(tmp_path: Path) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.replay(1)
        await scene.assistant.idle()

    scene = replaying(tmp_path, script)
    assert loud_seconds(scene) == pytest.approx(2.0, abs=0.1)


def test_stop_stops_what_is_played_again(tmp_path: Path) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.replay(1)
        await asyncio.sleep(0.5)
        assert scene.assistant.interrupt()
        await asyncio.sleep(3.0)

    assert loud_seconds(replaying(tmp_path, script)) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("how", ["ask", "press", "replay"])
def test_whatever_comes_next_stops_what_is_played_again(tmp_path: Path, how: str) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.replay(1)
        await asyncio.sleep(0.5)
        started = asyncio.get_running_loop().time()
        if how == "ask":
            scene.assistant.ask("hello")
        elif how == "press":
            await scene.assistant.press()
        else:
            await scene.assistant.replay(1)
        await asyncio.sleep(0.2)
        if how != "replay":
            assert is_silent(scene.card.heard(since=started + 0.04, until=started + 0.2))
        scene.assistant.interrupt()

    replaying(tmp_path, script)


def test_the_microphone_does_not_take_what_is_played_again_for_a_question(tmp_path: Path) -> None:
    """On open speakers it hears all of it."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await scene.assistant.replay(1)
        scene.card.speak(voice(2.0), at=0.01)
        await asyncio.sleep(4.0)

    assert len(replaying(tmp_path, script).of(Transcript)) == 1


def test_an_answer_is_stopped_by_playing_again(tmp_path: Path) -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await until(scene, SentenceStarted, len(scene.of(SentenceStarted)) + 1)
        await scene.assistant.replay(1)
        await scene.assistant.idle()

    assert "interrupted" in replaying(tmp_path, script).outcomes


def test_without_a_speaker_nothing_can_be_played_again(tmp_path: Path) -> None:
    recording = tmp_path / "said.wav"
    write_sound(recording, voice(1.0), 16_000)

    async def script(scene: Scene) -> None:
        scene.assistant.hear(voice(1.0), recording)
        await scene.assistant.idle()
        with pytest.raises(DeviceError):
            await scene.assistant.replay(1)

    Scene(card=None).run(script)  # type: ignore[arg-type]


@pytest.mark.parametrize("plugged", [True, False])
def test_what_was_said_can_be_played_and_stopped_where_answers_are_only_shown(tmp_path: Path, plugged: bool) -> None:
    async def script(scene: Scene) -> None:
        if not plugged:
            scene.card.unplug("output")
            with pytest.raises(DeviceError):
                await scene.assistant.replay(1)
            return
        await scene.assistant.replay(1)
        await asyncio.sleep(0.5)
        scene.assistant.interrupt()
        await asyncio.sleep(3.0)
        assert loud_seconds(scene) == pytest.approx(0.5, abs=0.1)

    replaying(tmp_path, script, tts=None)


# -- other engines in the middle --------------------------------------------------------------------------------------


class Closing:
    """How often an engine was closed, and whether it was in use."""

    closed = 0
    used = 0
    closed_in_use = False

    async def close(self) -> None:
        self.closed += 1
        self.closed_in_use = self.closed_in_use or self.used > 0


class Recogniser(Closing, ScriptedSpeechToText):
    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        self.used += 1
        try:
            return await super().transcribe(samples, languages, alive)
        finally:
            self.used -= 1


class Model(Closing, ScriptedLanguageModel):
    async def reply(self, request: Request) -> AsyncIterator[str]:
        self.used += 1
        try:
            async for delta in super().reply(request):
                yield delta
        finally:
            self.used -= 1


class Voice(Closing, ScriptedTextToSpeech):
    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        self.used += 1
        try:
            async for sound in super().synthesise(text, manner):
                yield sound
        finally:
            self.used -= 1


MOMENTS = [0.1, 1.7, 1.75, 2.2, 2.35, 2.5, 3.5, 5.0]


@pytest.mark.parametrize("moment", MOMENTS)
def test_engines_changed_in_the_middle_of_a_turn_are_closed_after_it_and_credited_for_their_own_work(
    moment: float,
) -> None:
    first = (Recogniser(name="stt one"), Model(name="llm one"), Voice(name="tts one"))
    second = (Recogniser(name="stt two"), Model(name="llm two"), Voice(name="tts two"))

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0), at=0.5)
        await asyncio.sleep(moment)
        scene.assistant.use_stt(second[0])
        scene.assistant.use_llm(second[1])
        scene.assistant.use_tts(second[2])
        await asyncio.sleep(3.0)
        await scene.assistant.idle()
        await asyncio.sleep(0.1)
        assert [engine.closed for engine in first] == [1, 1, 1]
        kept = await scene.history.turn(1)
        assert kept is not None
        assert kept.engines == {
            "stt": "stt one" if first[0].heard else "stt two", "llm": "llm one" if first[1].requests else "llm two"
        }  # fmt: skip

    scene = Scene(stt=first[0], llm=first[1], tts=first[2]).run(script)
    assert scene.outcomes == ["answered"]
    assert not any(engine.closed_in_use for engine in (*first, *second))
    assert [engine.closed for engine in (*first, *second)] == [1] * 6


def test_going_back_to_an_engine_does_not_close_it() -> None:
    first, second = Recogniser(), Recogniser()

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(0.5)
        for engine in (second, first, first):
            scene.assistant.use_stt(engine)
        await asyncio.sleep(1.5)
        await scene.assistant.idle()
        await asyncio.sleep(0.1)
        assert (first.closed, second.closed) == (0, 1)

    Scene(stt=first).run(script)
    assert (first.closed, second.closed) == (1, 1)


def test_a_voice_cannot_be_chosen_without_a_sound_card() -> None:
    async def script(scene: Scene) -> None:
        with pytest.raises(UsageError):
            scene.assistant.use_tts(ScriptedTextToSpeech())

    Scene(card=None).run(script)  # type: ignore[arg-type]


def test_a_voice_is_chosen_where_nothing_was_spoken() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("what is it")
        await scene.assistant.idle()
        assert is_silent(scene.card.heard())
        scene.assistant.use_tts(ScriptedTextToSpeech())
        scene.assistant.ask("what is it")
        await scene.assistant.idle()

    scene = Scene(tts=None).run(script)  # type: ignore[arg-type]
    assert scene.outcomes == ["answered", "answered"]
    assert not is_silent(scene.card.heard())


@dataclass
class Unready(ScriptedSpeechToText):
    async def warm(self, progress: Progress) -> None:
        progress(0.5)
        raise EngineError("the model is not there", fix="download it")


def test_an_engine_that_cannot_be_made_ready_is_a_notice() -> None:
    async def script(scene: Scene) -> None:
        await asyncio.sleep(0.1)
        scene.assistant.use_stt(ScriptedSpeechToText(name="other"))
        await asyncio.sleep(0.1)

    scene = Scene(stt=Unready(name="unready")).run(script)
    assert [notice.fix for notice in scene.of(Notice)] == ["download it"]
    prepared = [(event.engine, event.done) for event in scene.of(Preparing) if event.stage == "stt"]
    assert prepared == [
        ("unready", None), ("unready", 0.5), ("unready", 1.0), ("other", None), ("other", 1.0), ("other", 1.0)
    ]  # fmt: skip


# -- announcements ----------------------------------------------------------------------------------------------------


def test_a_timer_waits_for_the_answer_and_for_who_speaks() -> None:
    async def script(scene: Scene) -> None:
        await spoken_question(scene)
        scene.assistant.announce("The tea is ready.", "en")
        await until(scene, SentenceStarted)
        scene.assistant.announce("달걀이 다 됐어요.", "ko")
        await asyncio.sleep(30.0)

    scene = Scene().run(script)
    assert scene.outcomes == ["answered"] * 3
    assert scene.tts.said[-2:] == ["The tea is ready.", "달걀이 다 됐어요."]


def test_a_timer_does_not_cut_off_a_person_who_holds_the_key() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.press()
        scene.card.speak(voice(3.0))
        await asyncio.sleep(1.0)
        scene.assistant.announce("The tea is ready.", "en")
        await asyncio.sleep(2.0)
        scene.assistant.release()
        await asyncio.sleep(30.0)

    scene = Scene().run(script)
    assert scene.outcomes == ["answered", "answered"]
    assert scene.of(Transcript)[0].seconds > 3.0


def test_a_timer_does_not_cut_off_a_question_asked_just_as_the_assistant_fell_silent() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("first")
        asking = asyncio.create_task(ask_when_idle(scene))
        await asyncio.sleep(1.0)
        scene.assistant.announce("The tea is ready.", "en")
        await asking
        await asyncio.sleep(30.0)

    async def ask_when_idle(scene: Scene) -> None:
        await scene.assistant.idle()
        scene.assistant.ask("second")

    scene = Scene().run(script)
    assert scene.outcomes == ["answered"] * 3
    assert not scene.of(Interrupted)


@pytest.mark.expects_warnings
def test_too_many_timers_are_dropped_and_the_rest_said() -> None:
    async def script(scene: Scene) -> None:
        for number in range(ANNOUNCEMENTS + 5):
            scene.assistant.announce(f"Timer number {number} is over.", "en")
        await asyncio.sleep(600.0)

    scene = Scene(tts=ScriptedTextToSpeech(seconds=0.3)).run(script)
    assert len(scene.outcomes) == ANNOUNCEMENTS


def test_a_timer_is_shown_where_nothing_is_spoken() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.announce("The tea is ready.", "en")
        await asyncio.sleep(1.0)

    scene = Scene(tts=None).run(script)  # type: ignore[arg-type]
    assert [event.heard for event in scene.of(Spoken)] == ["The tea is ready."]


# -- the key and the microphone ---------------------------------------------------------------------------------------


@dataclass
class SlowCard(SimulatedCard):
    """Takes a third of a second to open, as a real one may."""

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:  # type: ignore[override]
        await asyncio.sleep(0.3)
        return await super().open_input(device, sample_rate, deliver)


def test_a_key_that_goes_up_before_the_microphone_is_open_does_not_leave_it_listening() -> None:
    async def script(scene: Scene) -> None:
        pressing = asyncio.create_task(scene.assistant.press())
        await asyncio.sleep(0.1)
        scene.assistant.release()
        await pressing
        await asyncio.sleep(1.0)
        assert scene.assistant.turns.state is State.IDLE

    scene = Scene(card=SlowCard()).run(script)
    assert scene.outcomes == ["no speech"]


def test_a_key_that_repeats_while_the_microphone_opens_opens_one() -> None:
    async def script(scene: Scene) -> None:
        presses = [asyncio.create_task(scene.assistant.press()) for _ in range(4)]
        await asyncio.sleep(0.5)
        assert len({press.result() for press in presses}) == 1
        assert len([stream for stream in scene.card.streams if stream._direction == "input"]) == 1
        scene.card.speak(voice(1.0))
        await asyncio.sleep(1.2)
        scene.assistant.release()
        await scene.assistant.idle()

    assert Scene(card=SlowCard()).run(script).outcomes == ["answered"]


def test_a_key_without_a_microphone_says_so_and_works_when_it_is_there() -> None:
    async def script(scene: Scene) -> None:
        scene.card.unplug("input")
        with pytest.raises(DeviceError):
            await scene.assistant.press()
        scene.assistant.release()
        scene.card.plug("input")
        await scene.assistant.press()
        scene.card.speak(voice(1.0))
        await asyncio.sleep(1.2)
        scene.assistant.release()
        await scene.assistant.idle()

    assert Scene().run(script).outcomes == ["answered"]


def test_closing_the_microphone_in_the_middle_of_speech_drops_it_and_is_idle() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(5.0))
        await asyncio.sleep(1.0)
        await scene.assistant.close_microphone()
        await asyncio.wait_for(scene.assistant.idle(), 5.0)
        assert not scene.card.streams

    scene = Scene().run(script)
    assert scene.outcomes == ["interrupted"]
    assert scene.of(MicrophoneChanged)[-1].microphone == "closed"


def test_closing_the_microphone_does_not_stop_the_answer() -> None:
    async def script(scene: Scene) -> None:
        await spoken_question(scene)
        await scene.assistant.close_microphone()
        await scene.assistant.idle()

    assert Scene().run(script).outcomes == ["answered"]


def test_without_a_card_there_is_no_microphone_and_typing_works() -> None:
    async def script(scene: Scene) -> None:
        for opening in (scene.assistant.open_microphone(hands_free=True), scene.assistant.press()):
            with pytest.raises(DeviceError):
                await opening
        scene.assistant.release()
        await scene.assistant.close_microphone()
        scene.assistant.ask("hello")
        await scene.assistant.idle()

    scene = Scene(card=None).run(script)  # type: ignore[arg-type]
    assert scene.outcomes == ["answered"]
    assert State.SPEAKING not in [event.state for event in scene.of(StateChanged)]


def test_what_was_shown_when_it_was_interrupted_is_what_was_heard() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await asyncio.sleep(0.5)
        scene.assistant.interrupt()
        await scene.assistant.idle()
        [_, answer] = await scene.history.messages()
        assert answer.interrupted
        assert scene.of(Spoken)[0].heard == answer.text

    scene = Scene(tts=None).run(script)  # type: ignore[arg-type]
    assert scene.outcomes == ["interrupted"]


# -- beginning and ending ---------------------------------------------------------------------------------------------


async def nothing(scene: Scene) -> None:
    return None


async def listening_hands_free(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(9.0))
    await asyncio.sleep(1.0)


async def listening_by_key(scene: Scene) -> None:
    await scene.assistant.press()
    scene.card.speak(voice(9.0))
    await asyncio.sleep(1.0)


async def released(scene: Scene) -> None:
    await listening_by_key(scene)
    scene.assistant.release()
    await asyncio.sleep(0.02)


async def opening(scene: Scene) -> None:
    asyncio.create_task(scene.assistant.press())  # noqa: RUF006  it ends with the assistant
    await asyncio.sleep(0.1)


async def microphone_away(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.unplug("input")
    await asyncio.sleep(1.7)


async def transcribing(scene: Scene) -> None:
    await spoken_question(scene)
    assert scene.assistant.turns.state is State.TRANSCRIBING


async def thinking(scene: Scene) -> None:
    scene.assistant.ask("hello")
    await asyncio.sleep(0.1)


async def speaking(scene: Scene) -> None:
    scene.assistant.ask("hello")
    await until(scene, SentenceStarted)
    await asyncio.sleep(0.5)


async def asked_at_once(scene: Scene) -> None:
    scene.assistant.ask("hello")


async def interrupted(scene: Scene) -> None:
    await speaking(scene)
    scene.assistant.interrupt()


async def announcing(scene: Scene) -> None:
    for number in range(3):
        scene.assistant.announce(f"Timer number {number} is over.", "en")
    await until(scene, SentenceStarted)


async def announced_while_speaking(scene: Scene) -> None:
    await speaking(scene)
    scene.assistant.announce("The tea is ready.", "en")
    await asyncio.sleep(0.1)


async def changing_engines(scene: Scene) -> None:
    await speaking(scene)
    scene.assistant.use_stt(Recogniser())
    scene.assistant.use_tts(Voice())


async def speaker_away(scene: Scene) -> None:
    await speaking(scene)
    scene.card.unplug("output")


STATES = [
    nothing, listening_hands_free, listening_by_key, released, opening, microphone_away, transcribing, thinking,
    speaking, asked_at_once, interrupted, announcing, announced_while_speaking, changing_engines, speaker_away,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_it_can_be_closed_in_every_state_and_leaves_nothing(state: Script, tmp_path: Path) -> None:
    """No task (the scene looks), thread, process, open file, stream or half-written recording; each engine closed."""
    process = psutil.Process()
    before = (threading.active_count(), process.children(recursive=True), process.open_files())
    card = SlowCard()
    engines = (Recogniser([Words(hangs=True)]), Model(), Voice())
    hearing = Hearing(recordings=tmp_path / "recordings")
    scene = Scene(*engines, hearing=hearing, card=card, history=History(tmp_path / "history.db"))
    scene.run(state)
    assert (threading.active_count(), process.children(recursive=True), process.open_files()) == before
    assert not card.streams
    assert not list(tmp_path.rglob("*.part"))
    assert [engine.closed for engine in engines] == [1, 1, 1]
    assert len(scene.of(TurnEnded)) == len({event.turn for event in scene.of(StateChanged)})


def small(history: History | None = None) -> Assistant:
    engines = (ScriptedSpeechToText(), ScriptedLanguageModel(), ScriptedTextToSpeech())
    return Assistant(Setup(*engines, SimulatedCard(), history or History(None), probability=Loudness()))


def test_closing_at_once_after_starting_leaves_no_work_that_never_ran() -> None:
    async def main() -> None:
        before = asyncio.all_tasks()
        async with small():
            pass
        assert asyncio.all_tasks() == before

    run_virtually(main())


def test_closing_twice_or_without_starting_is_closing() -> None:
    async def main() -> None:
        assistant = small()
        await assistant.start()
        await assistant.close()
        await assistant.close()
        await small().close()

    threads = threading.active_count()
    run_virtually(main())
    assert threading.active_count() == threads


def test_starting_twice_is_starting_once() -> None:
    async def main() -> list[Event]:
        async with small() as assistant:
            await assistant.start()
            events = assistant.bus.subscribe(TurnEnded)
            assistant.ask("hello")
            await assistant.idle()
            events.close()
            return [event async for event in events]

    assert len(run_virtually(main())) == 1


def test_a_start_that_fails_leaves_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        before = asyncio.all_tasks()
        with pytest.raises(StorageError):
            async with small(History(tmp_path)):
                pass
        assert asyncio.all_tasks() == before

    threads = threading.active_count()
    run_virtually(main())
    assert threading.active_count() == threads


class Unclosable(ScriptedLanguageModel):
    async def close(self) -> None:
        raise EngineError("it will not close")


def test_an_engine_that_cannot_be_closed_does_not_keep_the_others_open(tmp_path: Path) -> None:
    stt = Recogniser()

    async def main() -> None:
        card = SimulatedCard()
        setup = Setup(stt, Unclosable(), None, card, History(tmp_path / "history.db"), probability=Loudness())
        with pytest.raises(EngineError, match="will not close"):
            async with Assistant(setup):
                pass

    threads = threading.active_count()
    run_virtually(main())
    assert stt.closed == 1
    assert threading.active_count() == threads


@pytest.mark.expects_warnings
def test_a_history_that_was_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"no database" * 100)
    scene = Scene(history=History(tmp_path / "history.db"))
    notices: list[Event] = []

    async def script(scene: Scene) -> None:
        notices.extend(scene.of(Notice))

    scene.run(script)
    assert len(notices) == 1
    assert "broken-" in notices[0].fix  # type: ignore[attr-defined]


def test_numbers_go_on_where_the_last_conversation_ended(tmp_path: Path) -> None:
    turns: list[int] = []

    async def script(scene: Scene) -> None:
        turns.append(scene.assistant.ask("hello"))
        await scene.assistant.idle()

    for _ in range(2):
        Scene(history=History(tmp_path / "history.db")).run(script)
    assert turns == [1, 2]


def test_the_recordings_are_cleaned_at_the_start(tmp_path: Path) -> None:
    left = tmp_path / "20240101-120000-123456789-7.part"
    left.touch()
    os.utime(left, (0, 0))

    async def script(scene: Scene) -> None:
        await asyncio.sleep(0.1)

    scene = Scene(hearing=Hearing(recordings=tmp_path)).run(script)
    assert not left.exists()
    assert not scene.of(Failed)
