"""Each stage slow, hung, failing and flooding: one clear event, bounded memory, and idle again."""

from __future__ import annotations

import asyncio

import pytest

from tests.conversation import Scene, voice
from voicebot.errors import EngineError, RateLimited, StorageError
from voicebot.events import DeviceFound, DeviceLost, Failed, ReplyDelta, Sentence, State, StateChanged, Transcript
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.speaker import Limits
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

BROKEN = EngineError("the engine broke", why="a test said so", fix="mend it")


async def two_turns(scene: Scene) -> None:
    """A turn that meets the fault, and one after it."""
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(2.5)
    await scene.assistant.idle()
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(2.5)
    await scene.assistant.idle()


@pytest.mark.parametrize(
    ("stage", "parts"),
    [
        ("stt", {"stt": ScriptedSpeechToText([Words(error=BROKEN), Words()])}),
        ("stt", {"stt": ScriptedSpeechToText([Words(hangs=True), Words()])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(fails_after=0, error=BROKEN), Reply()])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(fails_after=30, error=BROKEN), Reply()])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(fails_after=0), Reply()])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(fails_after=30), Reply()])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(text=" "), Reply()])}),
    ],
    ids=["stt fails", "stt hangs", "llm fails", "llm breaks off", "llm hangs", "llm stalls", "llm says nothing"],
)
def test_a_failing_stage_fails_its_turn_and_no_other(stage: str, parts: dict[str, object]) -> None:
    scene = Scene(**parts).run(two_turns)  # type: ignore[arg-type]
    assert scene.outcomes == ["failed", "answered"]
    [failure] = scene.of(Failed)
    assert failure.stage == stage
    assert failure.what
    assert failure.fix
    assert scene.of(StateChanged)[-1].state is State.IDLE


@pytest.mark.parametrize("voice_", [
    ScriptedTextToSpeech(fails_at=0, error=BROKEN), ScriptedTextToSpeech(fails_at=1, error=BROKEN),
    ScriptedTextToSpeech(fails_at=0), ScriptedTextToSpeech(fails_at=2), ScriptedTextToSpeech(silent=True),
], ids=["fails", "fails at the second", "hangs", "hangs at the third", "makes no sound"])  # fmt: skip
def test_a_failing_voice_fails_the_turn(voice_: ScriptedTextToSpeech) -> None:
    scene = Scene(tts=voice_).run(two_turns)
    assert scene.outcomes == ["failed", "failed"]
    assert {failure.stage for failure in scene.of(Failed)} == {"tts"}
    assert scene.of(StateChanged)[-1].state is State.IDLE


def test_a_hung_recogniser_recovers_within_five_seconds() -> None:
    scene = Scene(stt=ScriptedSpeechToText([Words(hangs=True)])).run(two_turns)
    transcribing = next(n.at for n in scene.noted if n.event == StateChanged(1, State.TRANSCRIBING))
    idle = next(n.at for n in scene.noted if n.event == StateChanged(1, State.IDLE))
    assert idle - transcribing <= 5.0 + 0.01


def test_slow_stages_only_take_longer() -> None:
    scene = Scene(
        stt=ScriptedSpeechToText([Words(delay=4.0)]),
        llm=ScriptedLanguageModel([Reply(first_token=25.0, tokens_per_second=2.0)]),
        tts=ScriptedTextToSpeech(delay=3.0, speed=0.8),
    ).run(two_turns)
    assert scene.outcomes == ["answered", "answered"]


def test_a_voice_slower_than_speech_buffers_more_each_time() -> None:
    scene = Scene(tts=ScriptedTextToSpeech(speed=0.5)).run(two_turns)
    from voicebot.events import Underrun

    assert scene.of(Underrun)
    assert scene.outcomes == ["answered", "answered"]


def test_a_flooding_model_waits_for_the_voice() -> None:
    """Ten thousand sentences at once: the pipeline holds a bounded number of them."""
    published: list[int] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("flood")
        await asyncio.sleep(20.0)
        published.append(len(scene.of(Sentence)))
        scene.assistant.interrupt()
        await scene.assistant.idle()

    line = Reply("This is a sentence of the flood. ", tokens_per_second=1e6, repeats=10_000)
    scene = Scene(llm=ScriptedLanguageModel([line])).run(script)
    assert published[0] < 64 + 20
    assert len(scene.of(ReplyDelta)) < 2_000


def test_rate_limits_say_when_to_try_again() -> None:
    error = RateLimited("the service asks to wait", retry_after=17.0)
    scene = Scene(llm=ScriptedLanguageModel([Reply(fails_after=0, error=error), Reply()])).run(two_turns)
    assert scene.of(Failed)[0].retry_after == 17.0


@pytest.mark.expects_warnings
def test_a_defect_is_one_plain_line_and_the_pipeline_lives() -> None:
    scene = Scene(llm=ScriptedLanguageModel([Reply(fails_after=0, error=ValueError("defect")), Reply()]))  # type: ignore[arg-type]
    scene.run(two_turns)
    assert scene.outcomes == ["failed", "answered"]
    assert "defect" not in scene.of(Failed)[0].what


def test_no_sound_from_the_speaker_fails_the_turn() -> None:
    async def script(scene: Scene) -> None:
        scene.card.unplug("output")
        scene.assistant.ask("hello")
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.outcomes == ["failed"]
    assert "speaker" in scene.of(Failed)[0].what


def test_a_speaker_that_goes_away_in_the_middle_fails_the_turn() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        await asyncio.sleep(2.0)
        scene.card.unplug("output")
        await scene.assistant.idle()
        scene.card.plug("output")
        scene.assistant.ask("hello again")
        await scene.assistant.idle()

    scene = Scene(options={"speaking_limits": Limits(first_sound=2.0)}).run(script)
    assert scene.outcomes == ["failed", "answered"]


def test_a_microphone_that_goes_away_says_so_and_comes_back() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)
        scene.card.unplug("input")
        await asyncio.sleep(3.0)
        scene.card.plug("input")
        await asyncio.sleep(2.0)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(2.5)
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.when(DeviceLost)[0] - 1.0 <= 2.0
    assert len(scene.of(DeviceLost)) == len(scene.of(DeviceFound)) == 1
    assert scene.outcomes == ["answered"]


def test_what_was_said_before_the_microphone_went_away_is_answered() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(3.0), at=0.5)
        await asyncio.sleep(2.5)
        scene.card.unplug("input")
        await asyncio.sleep(3.0)
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.of(Transcript)
    assert scene.outcomes == ["answered"]


def test_a_history_that_cannot_be_written_fails_the_turn() -> None:
    async def script(scene: Scene) -> None:
        async def full(*_: object) -> None:
            raise StorageError("the history could not be written", why="disk full", fix="free some space")

        scene.history.question = full  # type: ignore[method-assign]
        scene.assistant.ask("hello")
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert scene.outcomes == ["failed"]
    assert scene.of(Failed)[0].why == "disk full"
