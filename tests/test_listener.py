"""Hearing: no word lost at the beginning or the end, whatever the key, the pauses and the microphone do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from tests.conversation import Scene, voice
from voicebot.audio.files import read_sound
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, SAMPLE_RATE, Loudness, Thresholds
from voicebot.barge_in import CANCEL
from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.events import (
    Event,
    Interrupted,
    Level,
    NoSpeech,
    Notice,
    Samples,
    SentenceStarted,
    SpeechEnded,
    SpeechStarted,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
    Utterance,
)
from voicebot.history import History
from voicebot.listener import DRAIN, ECHO_GUARD, Hearing, Listener
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.turn import Turns

PRE_ROLL = 25
"""Blocks in 0.8 seconds."""


def stream(*parts: tuple[str, int]) -> Samples:
    """Blocks of speech ("talk") and of quiet, each sample with a value of its own."""
    count = sum(blocks for _, blocks in parts) * BLOCK
    own = np.arange(count) / count
    loud = np.concatenate([np.full(blocks * BLOCK, kind == "talk") for kind, blocks in parts])
    return np.where(loud, 0.1 + 0.8 * own, 0.001 * own).astype(np.float32)


@dataclass
class Ear:
    """A listener by itself, that gets a stream in real blocks, and all that it told."""

    hearing: Hearing = field(default_factory=Hearing)
    events: list[Event] = field(default_factory=list)
    sound: Samples = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    fed: int = 0

    def start(self) -> None:
        self.bus = Bus()
        self.turns = Turns(self.bus)
        self.history = History(None)
        self.listener = Listener(self.bus, self.turns, self.history, Loudness(), self.hearing)
        self._subscription = self.bus.subscribe(Event, capacity=10_000)
        self._reading = asyncio.create_task(self._read())

    async def hear(self, sound: Samples, blocks: int | None = None) -> None:
        """The stream, or its next blocks, each at its time."""
        self.sound = sound
        for _ in range(blocks if blocks is not None else len(sound) // BLOCK - self.fed):
            await asyncio.sleep(BLOCK_SECONDS)
            self.listener.receive(sound[self.fed * BLOCK : (self.fed + 1) * BLOCK])
            self.fed += 1

    async def stop(self) -> None:
        for _ in range(3):
            await asyncio.sleep(0.5)
        await self.listener.close()
        await self.turns.settled()
        self.bus.close()
        await self._reading
        await self.history.close()

    async def _read(self) -> None:
        async for event in self._subscription:
            self.events.append(event)
            if isinstance(event, Utterance) and (turn := self.turns.live(event.turn)):
                self.turns.end(turn, "answered")

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def utterances(self) -> list[tuple[int, int]]:
        """The first and the last block of each, which is a stretch of the stream to the sample."""
        found = []
        for utterance in self.of(Utterance):
            [start, *_] = np.flatnonzero(self.sound == utterance.samples[0])
            assert np.array_equal(self.sound[start : start + len(utterance.samples)], utterance.samples)
            found.append((start // BLOCK, (start + len(utterance.samples)) // BLOCK - 1))
        return found


def listen(script: Callable[[Ear], Coroutine[Any, Any, None]], hearing: Hearing | None = None) -> Ear:
    async def main() -> Ear:
        before = asyncio.all_tasks()
        ear = Ear(hearing or Hearing())
        ear.start()
        await ear.history.open()
        await script(ear)
        await ear.stop()
        assert asyncio.all_tasks() == before, "tasks are left over"
        assert ear.turns.state is State.IDLE
        return ear

    return run_virtually(main())


# -- hands-free -------------------------------------------------------------------------------------------------------


def hands_free(sound: Samples, hearing: Hearing | None = None) -> Ear:
    async def script(ear: Ear) -> None:
        ear.listener.hands_free = True
        await ear.hear(sound)

    return listen(script, hearing)


def test_hands_free_takes_the_pre_roll_before_the_onset_to_the_sample() -> None:
    ear = hands_free(stream(("quiet", 60), ("talk", 30), ("quiet", 60)))
    assert ear.utterances == [(60 - PRE_ROLL, 60 + 30 + 17)]


@pytest.mark.parametrize("min_speech", [0.05, 0.5, 1.5])
def test_the_onset_is_kept_however_long_it_takes_to_be_sure_of_it(min_speech: float) -> None:
    ear = hands_free(stream(("quiet", 60), ("talk", 60), ("quiet", 60)), Hearing(Thresholds(min_speech=min_speech)))
    assert ear.utterances[0][0] == 60 - PRE_ROLL


@pytest.mark.parametrize("pre_roll", [0.0, 0.2, 1.0, 2.0])
def test_the_pre_roll_is_as_long_as_the_person_set_it(pre_roll: float) -> None:
    ear = hands_free(stream(("quiet", 90), ("talk", 30), ("quiet", 60)), Hearing(pre_roll=pre_roll))
    assert ear.utterances[0][0] == 90 - round(pre_roll / BLOCK_SECONDS)


def test_speech_from_the_first_block_on_is_whole() -> None:
    assert hands_free(stream(("talk", 30), ("quiet", 60))).utterances == [(0, 47)]


def test_short_pauses_do_not_end_it_and_the_long_one_does() -> None:
    pauses = [("quiet", 40), ("talk", 10), ("quiet", 15), ("talk", 10), ("quiet", 17), ("talk", 5), ("quiet", 50)]
    ear = hands_free(stream(*pauses))
    assert ear.utterances == [(40 - PRE_ROLL, 40 + 57 + 17)]


def test_two_utterances_share_no_sample() -> None:
    ear = hands_free(stream(("quiet", 40), ("talk", 20), ("quiet", 22), ("talk", 20), ("quiet", 40)))
    (_, first_end), (second_start, _) = ear.utterances
    assert first_end == 40 + 20 + 17
    assert second_start == first_end + 1


def test_the_end_of_speech_is_told_as_it_was_and_not_as_it_was_noticed() -> None:
    ear = hands_free(stream(("quiet", 40), ("talk", 20), ("quiet", 40)))
    [utterance], [ended], [started] = ear.of(Utterance), ear.of(SpeechEnded), ear.of(SpeechStarted)
    assert utterance.ended_at == ended.at == pytest.approx(60 * BLOCK_SECONDS)
    assert started.at == pytest.approx(42 * BLOCK_SECONDS)


def test_every_block_shows_its_level() -> None:
    ear = hands_free(stream(("quiet", 10), ("talk", 10)))
    levels = [event.dbfs for event in ear.of(Level)]
    assert len(levels) == 20
    assert max(levels[:10]) < -60 < -25 < min(levels[10:])


def test_what_is_longer_than_allowed_is_cut_told_and_the_rest_not_taken() -> None:
    sound = stream(("quiet", 40), ("talk", 200), ("quiet", 40), ("talk", 20), ("quiet", 40))
    ear = hands_free(sound, Hearing(longest=3.0))
    first, second = ear.utterances
    assert first == (40 - PRE_ROLL, 40 - PRE_ROLL + 93)
    assert second[0] == 280 - PRE_ROLL
    assert len(ear.of(Notice)) == 1


@pytest.mark.parametrize("talk", [1, 2, 4])
def test_a_click_is_no_utterance(talk: int) -> None:
    ear = hands_free(stream(("quiet", 40), ("talk", talk), ("quiet", 60)))
    assert ear.utterances == []
    assert {event.outcome for event in ear.of(TurnEnded)} <= {"no speech"}


def test_an_armed_microphone_takes_nothing_by_itself() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(stream(("quiet", 40), ("talk", 40), ("quiet", 40)))

    ear = listen(script)
    assert {type(event) for event in ear.events} == {Level}


# -- the talk key -----------------------------------------------------------------------------------------------------

TALK = stream(("quiet", 50), ("talk", 100), ("quiet", 60))


def drained(block: int) -> int:
    """The last block of an utterance whose key was released when `block` blocks had come."""
    return block + int(np.ceil(round(DRAIN / BLOCK_SECONDS, 6))) - 1


def test_a_key_takes_what_was_said_before_it_and_what_was_still_on_its_way() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        await ear.hear(TALK)

    ear = listen(script)
    assert ear.utterances == [(60 - PRE_ROLL, drained(90))]
    assert ear.of(Utterance)[0].ended_at == pytest.approx(90 * BLOCK_SECONDS)


def test_a_slow_device_is_waited_for_after_the_release() -> None:
    async def script(ear: Ear) -> None:
        ear.listener.latency = 10 * BLOCK_SECONDS
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        await ear.hear(TALK)

    assert listen(script).utterances == [(60 - PRE_ROLL, drained(100))]


def test_a_key_that_repeats_while_it_is_held_is_one_press() -> None:
    """A held key sends presses: none of them may throw away what was said."""

    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        turns = set()
        for _ in range(10):
            turns.add(ear.listener.press())
            await ear.hear(TALK, 3)
        ear.listener.release()
        await ear.hear(TALK)
        assert len(turns) == 1

    ear = listen(script)
    assert ear.utterances == [(60 - PRE_ROLL, drained(90))]
    assert [event.outcome for event in ear.of(TurnEnded)] == ["answered"]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_a_release_with_a_press_at_once_goes_on(gap: int) -> None:
    """A held key's repeat sometimes arrives as a real release."""

    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 20)
        ear.listener.release()
        await ear.hear(TALK, gap)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        await ear.hear(TALK)

    ear = listen(script)
    assert ear.utterances == [(60 - PRE_ROLL, drained(110 + gap))]
    assert ear.of(Utterance)[0].ended_at == pytest.approx((110 + gap) * BLOCK_SECONDS)


def test_a_press_after_the_drain_is_another_turn() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        for blocks in (20, 20):
            ear.listener.press()
            await ear.hear(TALK, blocks)
            ear.listener.release()
            await ear.hear(TALK, 10)
        await ear.hear(TALK)

    ear = listen(script)
    (_, end), (start, _) = ear.utterances
    assert start == end + 1


def test_a_release_without_a_press_is_nothing() -> None:
    async def script(ear: Ear) -> None:
        ear.listener.release()
        await ear.hear(TALK)
        ear.listener.release()

    assert not listen(script).of(StateChanged)


def test_a_key_pressed_while_somebody_speaks_hands_free_takes_over_what_was_said() -> None:
    async def script(ear: Ear) -> None:
        ear.listener.hands_free = True
        await ear.hear(TALK, 80)
        ear.listener.press()
        await ear.hear(TALK, 90)  # a pause long enough to end it, were the key not held
        ear.listener.release()
        await ear.hear(TALK)

    ear = listen(script)
    assert ear.utterances == [(50 - PRE_ROLL, drained(170))]


def test_a_key_held_longer_than_allowed_is_an_utterance() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 100)
        ear.listener.release()
        await ear.hear(TALK)

    ear = listen(script, Hearing(longest=2.0))
    assert ear.utterances == [(60 - PRE_ROLL, 60 - PRE_ROLL + 62)]
    assert [event.outcome for event in ear.of(TurnEnded)] == ["answered"]
    assert len(ear.of(Notice)) == 1


def test_a_key_pressed_in_silence_is_no_speech() -> None:
    async def script(ear: Ear) -> None:
        ear.listener.press()
        await ear.hear(stream(("quiet", 20)))
        ear.listener.release()

    ear = listen(script)
    assert ear.utterances == []
    assert [event.reason for event in ear.of(NoSpeech)] == ["no speech heard"]


def test_a_key_released_with_a_microphone_that_gives_nothing_more_is_closed_all_the_same() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        await ear.turns.idle()
        assert asyncio.get_running_loop().time() < 90 * BLOCK_SECONDS + 0.5

    assert listen(script).utterances == [(60 - PRE_ROLL, 89)]


# -- the microphone goes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_key", [False, True])
def test_what_was_said_before_the_microphone_went_away_is_an_utterance(by_key: bool) -> None:
    async def script(ear: Ear) -> None:
        ear.listener.hands_free = not by_key
        await ear.hear(TALK, 60)
        if by_key:
            ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.microphone_lost()
        ear.listener.microphone_lost()
        ear.listener.release()

    ear = listen(script)
    assert len(ear.utterances) == 1
    assert ear.utterances[0][1] == 89
    assert [event.outcome for event in ear.of(TurnEnded)] == ["answered"]


def test_a_microphone_that_goes_between_release_and_drain_loses_nothing() -> None:
    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        ear.listener.microphone_lost()

    assert listen(script).utterances == [(60 - PRE_ROLL, 89)]


@pytest.mark.parametrize("how", ["lost", "closed"])
def test_what_was_heard_before_the_microphone_went_is_no_pre_roll_when_it_is_back(how: str) -> None:
    """It may be hours old."""

    async def script(ear: Ear) -> None:
        await ear.hear(TALK, 60)
        ear.listener.microphone_lost() if how == "lost" else ear.listener.microphone_closed()
        await asyncio.sleep(3600.0)
        ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.release()
        await ear.hear(TALK)

    assert listen(script).utterances == [(60, drained(90))]


@pytest.mark.parametrize("by_key", [False, True])
def test_closing_the_microphone_drops_what_was_being_said(by_key: bool, tmp_path: Path) -> None:
    async def script(ear: Ear) -> None:
        ear.listener.hands_free = not by_key
        await ear.hear(TALK, 60)
        if by_key:
            ear.listener.press()
        await ear.hear(TALK, 30)
        ear.listener.microphone_closed()
        await ear.turns.idle()

    ear = listen(script, Hearing(recordings=tmp_path))
    assert ear.utterances == []
    assert [event.outcome for event in ear.of(TurnEnded)] == ["interrupted"]
    assert list(tmp_path.iterdir()) == []


# -- recordings -------------------------------------------------------------------------------------------------------


def test_an_utterance_is_on_disk_before_anybody_sees_it(tmp_path: Path) -> None:
    ear = hands_free(stream(("quiet", 60), ("talk", 30), ("quiet", 60)), Hearing(recordings=tmp_path))
    [utterance] = ear.of(Utterance)
    assert utterance.recording is not None
    assert [path.name for path in tmp_path.iterdir()] == [utterance.recording.name]
    assert np.abs(read_sound(utterance.recording, SAMPLE_RATE) - utterance.samples).max() <= 1 / 32_767


def test_no_speech_leaves_no_recording(tmp_path: Path) -> None:
    hands_free(stream(("quiet", 60), ("talk", 4), ("quiet", 60)), Hearing(recordings=tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.expects_warnings
def test_a_recording_that_fails_is_told_and_the_turn_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sound = stream(("quiet", 60), ("talk", 30), ("quiet", 60), ("talk", 4), ("quiet", 60))
    ear = hands_free(sound, Hearing(recordings=tmp_path / "file"))
    [utterance] = ear.of(Utterance)
    assert utterance.recording is None
    assert [notice.what for notice in ear.of(Notice)] == ["the recording could not be saved"]


async def one_recorded_turn(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(2.4)
    await scene.assistant.idle()


def test_interrupting_at_any_event_leaves_no_half_written_recording(tmp_path: Path) -> None:
    """Nor an open file."""
    noted = Scene(hearing=Hearing(recordings=tmp_path / "whole")).run(one_recorded_turn).noted
    transcript = next(index for index, one in enumerate(noted) if isinstance(one.event, Transcript))
    handles = open_files()
    for index in range(transcript + 1):
        scene = Scene(hearing=Hearing(recordings=tmp_path / str(index)))
        scene.hook = interrupting(scene, index)
        scene.run(one_recorded_turn)
        assert not list(tmp_path.rglob("*.part"))
        assert open_files() == handles
    assert len(list(tmp_path.rglob("*.flac"))) > 2


def interrupting(scene: Scene, index: int) -> Callable[[int, Event], None]:
    """Interrupts as soon as the loop is free after the event with this index."""

    def hook(number: int, _: Event) -> None:
        if number == index:
            asyncio.get_running_loop().call_soon(scene.assistant.interrupt)

    return hook


def open_files() -> list[str]:
    return [file.path for file in psutil.Process().open_files()]


# -- not hearing itself -----------------------------------------------------------------------------------------------


def spoken_over(barge_in: bool, at: float, seconds: float, words: Words | None = None) -> Scene:
    """Sound before the microphone, `at` seconds after the assistant's first word; it speaks for about eight."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("hello")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        scene.card.speak(voice(seconds), at=at)
        await scene.assistant.idle()
        await asyncio.sleep(seconds + 2.0)
        await scene.assistant.idle()

    stt = ScriptedSpeechToText([words or Words()])
    return Scene(stt=stt, hearing=Hearing(barge_in=barge_in)).run(script)


@pytest.mark.parametrize("at", [0.0, 3.0, 7.0])
def test_in_half_duplex_nothing_is_heard_while_it_speaks(at: float) -> None:
    assert spoken_over(False, at, 0.8).outcomes == ["answered"]


def test_in_half_duplex_it_is_deaf_a_little_longer_than_it_speaks() -> None:
    """What still echoes is not heard, and what is said after it is."""
    scene = spoken_over(False, 0.0, 1.0)
    end = scene.when(TurnEnded)[0]
    for seconds, outcomes in ((ECHO_GUARD - 0.1, ["answered"]), (1.5, ["answered", "answered"])):
        since = scene.when(SentenceStarted)[0]
        assert spoken_over(False, end - since + 0.001, seconds).outcomes == outcomes


def test_a_person_who_goes_on_speaking_while_it_thinks_interrupts() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("hello")
        scene.card.speak(voice(1.0))
        await asyncio.sleep(4.0)
        await scene.assistant.idle()

    scene = Scene(llm=ScriptedLanguageModel([Line(first_token=3.0), Line()])).run(script)
    assert scene.outcomes == ["interrupted", "answered"]


def test_a_barge_in_is_an_utterance_with_its_pre_roll() -> None:
    """The half second that proves it is part of it, and the pre-roll before that."""
    scene = spoken_over(True, 1.0, 1.5)
    assert scene.outcomes == ["interrupted", "answered"]
    [heard] = [event for event in scene.of(Transcript) if event.engine != "typed"]
    assert heard.seconds == pytest.approx(0.8 + 1.5 + 0.576, abs=0.07)
    [cut] = scene.when(Interrupted)
    assert cut - scene.when(SentenceStarted)[0] - 1.0 == pytest.approx(0.06 + CANCEL, abs=0.05)


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.45])
def test_a_short_sound_does_not_interrupt(seconds: float) -> None:
    assert spoken_over(True, 1.0, seconds, Words(None)).outcomes == ["answered"]


def test_a_key_pressed_while_it_speaks_stops_it_and_listens() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=False)
        scene.assistant.ask("hello")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.0)
        scene.card.speak(voice(1.0), at=0.05)
        await scene.assistant.press()
        await asyncio.sleep(1.2)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.outcomes == ["interrupted", "answered"]
    assert scene.of(Transcript)[-1].seconds == pytest.approx(1.3, abs=0.1)
