"""Engines that are changed once they are ready: until then, and where they cannot be, the one before goes on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from tests.conversation import Scene, voice
from voicebot.errors import EngineError
from voicebot.events import Notice, Preparing, ReplyDelta, Transcript
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.stt.base import Progress
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.base import Manner
from voicebot.tts.scripted import ScriptedTextToSpeech

LOADING = 60.0


@dataclass(slots=True)
class Slow(ScriptedLanguageModel):
    """Loads for `seconds`, or fails then; notes whether it was closed."""

    seconds: float = LOADING
    failure: EngineError | None = None
    lacks: NotReady | None = None
    closed: int = 0
    ended: list[str] = field(default_factory=list)

    def ready(self) -> Readiness:
        return self.lacks or Ready()

    async def warm(self) -> None:
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.ended.append("cancelled")
            raise
        if self.failure is not None:
            raise self.failure
        self.ended.append("loaded")

    async def close(self) -> None:
        self.closed += 1


def brain(text: str, name: str) -> ScriptedLanguageModel:
    return ScriptedLanguageModel((Line(text, 0.1, 500.0),), name=name)


def slow(**what: object) -> Slow:
    return Slow((Line("It is slow.", 0.1, 500.0),), name="slow", **what)  # type: ignore[arg-type]


def replies(scene: Scene) -> list[str]:
    said: dict[int, str] = {}
    for delta in scene.of(ReplyDelta):
        said[delta.turn] = said.get(delta.turn, "") + delta.text
    return list(said.values())


async def asked(scene: Scene, text: str = "what is it") -> None:
    scene.assistant.ask(text)
    await scene.assistant.idle()


def test_while_another_model_loads_the_one_before_answers() -> None:
    coming = slow()

    async def script(scene: Scene) -> None:
        scene.assistant.use_llm(coming, once_ready=True)
        await asked(scene)
        assert not coming.ended
        await asyncio.sleep(LOADING)
        await asked(scene)

    scene = Scene(llm=brain("It is quick.", "quick")).run(script)
    assert replies(scene) == ["It is quick.", "It is slow."]
    told = [event.done for event in scene.of(Preparing) if event.engine == "slow"]
    assert told == [None, 1.0]


@pytest.mark.parametrize(
    "what",
    [
        {"failure": EngineError("slow cannot run", "it is broken", "mend it"), "seconds": 1.0},
        {"lacks": NotReady("it is broken", "mend it")},
    ],
)
def test_one_that_cannot_be_made_ready_is_told_in_one_line_and_the_one_before_stays(what: dict[str, object]) -> None:
    coming = slow(**what)

    async def script(scene: Scene) -> None:
        scene.assistant.use_llm(coming, once_ready=True)
        await asked(scene)
        await asyncio.sleep(2.0)
        await asked(scene)
        assert coming.closed == 1

    scene = Scene(llm=brain("It is quick.", "quick")).run(script)
    assert replies(scene) == ["It is quick."] * 2
    assert [(note.what, note.why, note.fix) for note in scene.of(Notice)] == [
        ("slow cannot run", "it is broken", "mend it")
    ]


def test_one_that_loads_is_taken_back_by_choosing_another() -> None:
    coming, back = slow(), brain("It is back.", "back")

    async def script(scene: Scene) -> None:
        scene.assistant.use_llm(coming, once_ready=True)
        await asyncio.sleep(1.0)
        scene.assistant.use_llm(back, once_ready=True)
        await asyncio.sleep(0.1)
        assert (coming.ended, coming.closed) == (["cancelled"], 1)
        await asyncio.sleep(LOADING)
        await asked(scene)

    scene = Scene(llm=brain("It is quick.", "quick")).run(script)
    assert replies(scene) == ["It is back."]
    assert not scene.of(Notice)


def test_one_that_still_loads_and_is_not_used_any_more_stops_loading() -> None:
    first = slow()

    async def script(scene: Scene) -> None:
        scene.assistant.use_llm(brain("It is quick.", "quick"), once_ready=True)
        await asyncio.sleep(0.1)
        assert (first.ended, first.closed) == (["cancelled"], 1)
        await asked(scene)

    scene = Scene(llm=first).run(script)
    assert replies(scene) == ["It is quick."]


def test_the_end_of_the_program_does_not_wait_for_it() -> None:
    coming = slow()

    async def script(scene: Scene) -> None:
        scene.assistant.use_llm(coming, once_ready=True)
        await asyncio.sleep(1.0)

    Scene().run(script)
    assert (coming.ended, coming.closed) == (["cancelled"], 1)


class Recogniser(ScriptedSpeechToText):
    """Takes a while to load."""

    async def warm(self, progress: Progress) -> None:
        progress(0.5)
        await asyncio.sleep(1.0)


class Voice(ScriptedTextToSpeech):
    """Notes with which voices it was asked to speak."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(delay=0.0, seconds=0.2, name=name)
        self.loading = seconds
        self.asked: list[str | None] = []

    async def warm(self) -> None:
        await asyncio.sleep(self.loading)

    def synthesise(self, text: str, manner: Manner):  # type: ignore[no-untyped-def]
        self.asked.append(manner.voice)
        return super().synthesise(text, manner)


def test_a_voice_comes_with_its_engine_and_not_before() -> None:
    before, after = Voice("before", 0.0), Voice("after", 30.0)

    async def script(scene: Scene) -> None:
        scene.assistant.use_tts(after, once_ready=True, voices={"en": "theirs"})
        await asked(scene)
        await asyncio.sleep(30.0)
        await asked(scene)

    Scene(llm=brain("It is so.", "quick"), tts=before, options={"voices": {"en": "ours"}}).run(script)
    assert (before.asked, after.asked) == (["ours"], ["theirs"])


def test_a_recogniser_tells_how_far_it_is_and_hears_from_then_on() -> None:
    coming = Recogniser((Words("another"),), name="another")

    async def script(scene: Scene) -> None:
        scene.assistant.use_stt(coming, once_ready=True)
        await asyncio.sleep(2.0)
        scene.assistant.hear(voice(1.0))
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert [event.text for event in scene.of(Transcript)] == ["another"]
    assert [event.done for event in scene.of(Preparing) if event.engine == "another"] == [None, 0.5, 1.0]
