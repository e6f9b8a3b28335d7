"""Words while they are spoken: they come, grow, stop with the utterance, and change nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.checkpoint import CHECKPOINT
from tests.conversation import Scene, voice
from tests.sound.speech import flite
from voicebot.assistant import Assistant, Setup
from voicebot.audio.files import read_sound
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.audio.vad import Loudness
from voicebot.errors import EngineError
from voicebot.events import (
    Event,
    Interrupted,
    MicrophoneSilent,
    NoSpeech,
    Partial,
    Samples,
    SpeechEnded,
    Transcript,
    TurnEnded,
)
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.partials import EVERY, Partials
from voicebot.stt.base import SAMPLE_RATE, Alive, Heard, Nothing
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.stt.sphinx import Sphinx
from voicebot.stt.whisper import Whisper

FINAL = Line().text or ""
Script = Callable[[Scene], Coroutine[Any, Any, None]]


async def hands_free(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(3.0), at=1.0)
    await asyncio.sleep(5.0)
    await scene.assistant.idle()


async def push_to_talk(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=False)
    scene.card.speak(voice(3.0), at=1.0)
    await asyncio.sleep(0.9)
    await scene.assistant.press()
    await asyncio.sleep(3.2)
    scene.assistant.release()
    await scene.assistant.idle()


def heard(line: Line, script: Script = hands_free, **options: Any) -> Scene:
    return Scene(stt=ScriptedSpeechToText([line]), options=options).run(script)


def texts(scene: Scene) -> list[str]:
    return [event.text for event in scene.of(Partial)]


# -- they come --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [hands_free, push_to_talk])
def test_words_appear_while_they_are_spoken_and_grow_towards_the_transcript(script: Script) -> None:
    scene = heard(Line(), script)
    said = texts(scene)
    assert len(said) >= 3
    assert all(later.startswith(earlier) and later != earlier for earlier, later in pairwise(said))
    assert FINAL.startswith(said[-1])
    assert len(said[0].split()) < len(said[-1].split())
    [transcript] = scene.of(Transcript)
    assert (transcript.text, {event.turn for event in scene.of(Partial)}) == (FINAL, {transcript.turn})
    assert scene.outcomes == ["answered"]


def test_they_begin_no_oftener_than_allowed() -> None:
    scene = heard(Line(partial_delay=0.0))
    gaps = [after - before for before, after in pairwise(scene.when(Partial))]
    assert min(gaps) >= EVERY - 1e-9


class Counting(ScriptedSpeechToText):
    """Notes how many partials run at once."""

    running = 0
    most = 0

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await ScriptedSpeechToText.partial(self, samples, languages, first=first)
        finally:
            self.running -= 1


@pytest.mark.parametrize("script", [hands_free, push_to_talk])
@pytest.mark.parametrize("delay", [0.05, 0.4, 0.9, 1.3, 4.0])
def test_the_end_of_the_utterance_cancels_the_one_that_runs(delay: float, script: Script) -> None:
    """The recogniser is free before it is asked for the transcript, and no partial comes after it."""
    stt = Counting([Line(delay=2.0, partial_delay=delay)])
    running = []

    def look(_: int, event: Event) -> None:
        if isinstance(event, SpeechEnded):
            asyncio.get_running_loop().call_soon(lambda: running.append(stt.running))

    scene = Scene(stt=stt, hook=look).run(script)
    assert stt.glimpsed > 0
    assert running == [0]
    assert all(at <= scene.when(SpeechEnded)[0] for at in scene.when(Partial))
    assert len(scene.of(Transcript)) == 1


def test_letting_go_of_the_key_cancels_the_one_that_runs() -> None:
    """Before the last blocks have come, so that the recogniser is free when they have."""

    async def script(scene: Scene) -> None:
        scene.card.speak(voice(3.0))
        await scene.assistant.press()
        await asyncio.sleep(1.0)
        before = stt.running
        scene.assistant.release()
        await asyncio.sleep(0.01)
        assert (before, stt.running) == (1, 0)
        await scene.assistant.idle()

    stt = Counting([Line(partial_hangs=True)])
    assert Scene(stt=stt).run(script).outcomes == ["answered"]


def test_a_slow_recogniser_is_asked_less_often_and_never_twice_at_once() -> None:
    slow, fast = Counting([Line(partial_delay=1.2)]), Counting([Line()])
    for stt in (slow, fast):
        Scene(stt=stt).run(hands_free)
        assert (stt.most, stt.running) == (1, 0)
    assert 0 < slow.glimpsed < fast.glimpsed


class Noting(ScriptedSpeechToText):
    """Notes what it is given."""

    given: list[tuple[Samples, bool]]

    async def partial(self, samples: Samples, languages: Sequence[str], *, first: bool) -> str:
        self.given.append((samples, first))
        return await ScriptedSpeechToText.partial(self, samples, languages, first=first)


def test_each_is_given_the_utterance_from_its_beginning() -> None:
    async def twice(scene: Scene) -> None:
        await hands_free(scene)
        await hands_free(scene)

    stt = Noting()
    stt.given = []
    scene = Scene(stt=stt).run(twice)
    assert len(scene.of(Transcript)) == 2
    begins = [number for number, (_, first) in enumerate(stt.given) if first]
    assert len(begins) == 2
    assert begins[0] == 0
    for (before, _), (after, first) in pairwise(stt.given):
        if not first:
            assert len(after) > len(before)
            assert np.array_equal(after[: len(before)], before)


def test_a_key_that_is_let_go_and_pressed_again_goes_on() -> None:
    async def bouncing(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=False)
        scene.card.speak(voice(3.0))
        await scene.assistant.press()
        for _ in range(2):
            await asyncio.sleep(1.4)
            scene.assistant.release()
            await scene.assistant.press()
        scene.assistant.release()
        await scene.assistant.idle()

    scene = heard(Line(), bouncing)
    assert len(scene.of(Transcript)) == 1
    assert max(scene.when(Partial)) > 1.4
    assert len(texts(scene)) >= 3


# -- they change nothing else -----------------------------------------------------------------------------------------


def course(scene: Scene) -> list[tuple[float, type[Event], int]]:
    """All that happened but the partials, each at its time; the silence of a simulated room belongs to no turn."""
    return [
        (noted.at, type(noted.event), noted.event.turn)
        for noted in scene.noted
        if not isinstance(noted.event, Partial | MicrophoneSilent)
    ]


FAULTS = [
    Line(),
    Line(partial_delay=0.7),
    Line(partial_hangs=True),
    Line(partial_error=EngineError("no partial today")),
    Line(partial_error=RuntimeError("a defect")),
]


@pytest.mark.expects_warnings
@pytest.mark.parametrize("script", [hands_free, push_to_talk])
@pytest.mark.parametrize("line", FAULTS)
def test_everything_else_happens_as_without_them_at_the_same_moment(line: Line, script: Script) -> None:
    """The transcript most of all: however a partial hangs, it is not a millisecond later."""
    without = heard(line, script, partials=False)
    assert course(heard(line, script)) == course(without)
    assert without.stt.glimpsed == 0
    assert without.outcomes == ["answered"]


@pytest.mark.parametrize(
    "stt", [ScriptedSpeechToText(partials=False), ScriptedSpeechToText(local=False)], ids=["cannot", "sends it away"]
)
def test_an_engine_that_cannot_or_sends_sound_away_is_not_asked(stt: ScriptedSpeechToText) -> None:
    scene = Scene(stt=stt).run(hands_free)
    assert (stt.glimpsed, texts(scene), scene.outcomes) == (0, [], ["answered"])


class Plain:
    """A recogniser that knows nothing of partials."""

    name = "plain"
    local = True
    patience = 5.0

    def __init__(self) -> None:
        self._rest = ScriptedSpeechToText()
        self.ready, self.warm, self.close = self._rest.ready, self._rest.warm, self._rest.close

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        return await self._rest.transcribe(samples, languages, alive)


def test_an_engine_that_knows_nothing_of_them_is_as_good() -> None:
    scene = Scene(stt=Plain())  # type: ignore[arg-type]
    scene.run(hands_free)
    assert (texts(scene), scene.outcomes) == ([], ["answered"])


@pytest.mark.expects_warnings
@pytest.mark.parametrize("error", [EngineError("no partial today"), RuntimeError("a defect")])
def test_one_that_fails_is_logged_once_a_turn_and_tried_again_in_the_next(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def twice(scene: Scene) -> None:
        await hands_free(scene)
        await hands_free(scene)

    scene = heard(Line(partial_error=error), twice)
    assert scene.stt.glimpsed == 2
    assert scene.outcomes == ["answered", "answered"]
    logged = [record for record in caplog.records if record.name == Partials.__module__]
    assert len(logged) == 2
    assert "goes on without partials" in logged[0].getMessage()


@pytest.mark.expects_warnings
def test_one_without_an_answer_is_given_up_on(caplog: pytest.LogCaptureFixture) -> None:
    stt = ScriptedSpeechToText([Line(partial_hangs=True)], patience=0.6)
    assert Scene(stt=stt).run(hands_free).outcomes == ["answered"]
    assert stt.glimpsed == 1
    assert "scripted: no answer" in caplog.text


def test_a_reader_that_does_not_read_holds_up_nothing() -> None:
    async def unread(scene: Scene) -> None:
        unread = scene.assistant.bus.subscribe(Partial, capacity=1)
        await hands_free(scene)
        unread.close()
        assert [event.text async for event in unread] == texts(scene)[:1]

    scene = heard(Line(), unread)
    assert scene.outcomes == ["answered"]
    assert scene.stt.glimpsed == 2, "the second waited for room, and none came after it"


def test_interrupting_at_any_event_leaves_no_task_and_no_word_after_it() -> None:
    whole = heard(Line(partial_delay=0.2)).noted
    heard_at = next(index for index, one in enumerate(whole) if isinstance(one.event, Transcript))
    for index in range(heard_at + 1):
        scene = Scene(stt=ScriptedSpeechToText([Line(partial_delay=0.2)]))
        scene.hook = interrupting(scene, index)
        scene.run(hands_free)
        for interrupted in scene.of(Interrupted):
            after = scene.noted[[one.event for one in scene.noted].index(interrupted) :]
            assert not [one for one in after if isinstance(one.event, Partial) and one.event.turn == interrupted.turn]


def interrupting(scene: Scene, index: int) -> Callable[[int, Event], None]:
    def hook(number: int, _: Event) -> None:
        if number == index:
            asyncio.get_running_loop().call_soon(scene.assistant.interrupt)

    return hook


@pytest.mark.parametrize("after", [0.3, 0.9, 1.01, 1.6, 2.5])
@pytest.mark.parametrize("line", [Line(partial_delay=0.3), Line(partial_hangs=True)])
def test_closing_the_microphone_while_somebody_speaks_leaves_nothing(line: Line, after: float) -> None:
    async def closing(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(3.0))
        await asyncio.sleep(after)
        await scene.assistant.close_microphone()
        await scene.assistant.idle()
        assert not scene.assistant.turns.current

    scene = heard(line, closing)
    assert scene.outcomes == ["interrupted"]
    assert not [at for at in scene.when(Partial) if at > after]


# -- they cost nothing when nobody speaks -----------------------------------------------------------------------------


@pytest.mark.parametrize("hands_free", [False, True])
def test_an_open_microphone_recognises_nothing_while_no_turn_is_live(hands_free: bool) -> None:
    async def waiting(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=hands_free)
        if not hands_free:
            scene.card.speak(voice(30.0), at=5.0)
        await asyncio.sleep(60.0)

    scene = heard(Line(), waiting)
    assert (scene.stt.glimpsed, scene.of(Partial, TurnEnded)) == (0, [])


def test_a_held_key_in_silence_recognises_nothing() -> None:
    async def silent(scene: Scene) -> None:
        await scene.assistant.press()
        await asyncio.sleep(10.0)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = heard(Line(), silent)
    assert (scene.stt.glimpsed, scene.outcomes) == (0, ["no speech"])


def test_a_pause_for_thought_recognises_nothing_anew() -> None:
    async def pausing(scene: Scene) -> None:
        await scene.assistant.press()
        scene.card.speak(voice(1.0))
        await asyncio.sleep(1.6)
        before = scene.stt.glimpsed
        await asyncio.sleep(10.0)
        assert scene.stt.glimpsed == before > 0
        scene.assistant.release()
        await scene.assistant.idle()

    assert heard(Line(), pausing).outcomes == ["answered"]


def test_what_is_only_noise_is_not_shown_as_words() -> None:
    """A steady tone that Silero half believes: the utterance will be dropped for noise."""
    scene = Scene(probability=lambda block: 0.7 * Loudness()(block)).run(hands_free)
    assert [type(event) for event in scene.of(NoSpeech, Transcript)] == [NoSpeech]
    assert (scene.stt.glimpsed, texts(scene)) == (0, [])


# -- with real recognisers --------------------------------------------------------------------------------------------

QUESTION = "please tell me what day of the week christmas falls on"


@pytest.fixture
def question(tmp_path: Path) -> Samples:
    return read_sound(flite(QUESTION, tmp_path / "question.wav", "slt"), RATE)


def shared(one: str, other: str) -> float:
    """The share of one's words that the other has."""
    words = one.split()
    return sum(word in other.split() for word in words) / len(words)


async def test_sphinx_tells_the_words_of_a_real_voice_before_it_is_silent(question: Samples) -> None:
    """The key is held until most words are there, however busy the machine is."""
    setup = Setup(
        Sphinx(patience=60), ScriptedLanguageModel(), None, SimulatedCard(), languages=("en",), probability=Loudness()
    )
    async with asyncio.timeout(60), Assistant(setup) as assistant:
        await setup.stt.warm(lambda _: None)
        events = assistant.bus.subscribe(Partial, Transcript, capacity=100)
        assert isinstance(setup.card, SimulatedCard)
        await assistant.press()
        setup.card.speak(question)
        said: list[str] = []
        async for event in events:
            if isinstance(event, Transcript):
                break
            assert isinstance(event, Partial)
            said.append(event.text)
            if shared(QUESTION, event.text) >= 0.7:
                assistant.release()
        await assistant.idle()
    assert len(said) >= 2
    assert len(said[0].split()) < len(said[-1].split())
    assert shared(event.text, said[-1]) >= 0.6
    assert shared(QUESTION, event.text) >= 0.8


async def test_sphinx_hears_the_same_after_partials_and_after_one_that_was_cancelled(question: Samples) -> None:
    plain, live = Sphinx(patience=60), Sphinx(patience=60)
    try:
        expected = await plain.transcribe(question, ["en"], lambda: None)
        assert await live.partial(question, ["en"], first=True) == ""
        assert live._child.pid is None, "a partial starts nothing"
        await live.warm(lambda _: None)
        assert await live.partial(question, ["ko", "en"], first=True) == ""
        half = len(question) // 2
        begun = await live.partial(question[:half], ["en"], first=True)
        grown = await live.partial(question, ["en"], first=False)
        assert 0 < len(begun.split()) < len(grown.split())
        await cancelled(live.partial(question, ["en"], first=True))
        assert await live.transcribe(question, ["en"], lambda: None) == expected
    finally:
        await plain.close()
        await live.close()


async def test_whisper_tells_nothing_until_it_is_warm_and_stays_warm_when_cancelled(tmp_path: Path) -> None:
    spoken = read_sound(flite("What is the weather in London?", tmp_path / "weather.wav"), SAMPLE_RATE)
    half = spoken[: len(spoken) // 2]
    engine = Whisper(CHECKPOINT, "whisper:spoken-commands", patience=60.0)
    try:
        assert await engine.partial(half, ("en", "ko"), first=True) == ""
        assert engine._child.pid is None, "a partial starts nothing"
        await engine.warm(lambda _: None)
        pid = engine._child.pid
        assert (await engine.partial(half, ("en", "ko"), first=True)).startswith("What is")
        await cancelled(engine.partial(half, ("en", "ko"), first=False))
        heard = await engine.transcribe(spoken, ("en", "ko"), lambda: None)
        assert isinstance(heard, Heard)
        assert heard.text == "What is the weather in London?"
        assert engine._child.pid == pid
    finally:
        await engine.close()


async def cancelled(partial: Coroutine[Any, Any, str]) -> None:
    """Cancelled once the child has been asked."""
    task = asyncio.create_task(partial)
    for _ in range(5):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
