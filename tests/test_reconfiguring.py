"""Settings that change while the assistant talks: each takes effect without a restart, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conversation import Scene, is_silent, voice
from voicebot.audio.card import Deliver, Render
from voicebot.audio.simulated import SimulatedCard, SimulatedStream
from voicebot.engines import Names
from voicebot.errors import DeviceError
from voicebot.events import Partial, SentenceStarted, Transcript
from voicebot.history import History
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.reconfiguring import reconfigure
from voicebot.session import Session, session
from voicebot.settings import SETTINGS, Settings, replaced
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.base import Manner
from voicebot.tts.scripted import ScriptedTextToSpeech

LONG = "It is a clock. It tells the time of the day. It has two hands and twelve hours, and it never stops."
OTHER: dict[str, object] = {
    "llm.device": "cpu",
    "stt.engine": "scripted:other", "llm.engine": "offline", "tts.engine": "scripted:other", "stt.languages": ["ko"],
    "listening.mode": "hands-free", "listening.attention": "wake word", "listening.wake_word": "alexa",
    "listening.speculate": "never", "listening.echo": "off",
    "listening.vad_on": 0.6, "listening.vad_off": 0.3, "desktop.theme": "dark",
    "desktop.language": "ko", "desktop.global_key": "F9", "spending.cap": 5.0,
    "documents.retrieval": "naive", "documents.steps": ["words", "fit"],
    "documents.chroma_address": "http://127.0.0.1:1", "documents.base_url": "http://127.0.0.1:1",
}  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Settings whose engines are scripted ones, for no child process knows a virtual clock."""
    for stage in ("STT", "LLM", "TTS"):
        monkeypatch.setenv(f"VOICEBOT_{stage}_ENGINE", "scripted")
    with session() as made:
        yield made


@dataclass(slots=True)
class NamedCard(SimulatedCard):
    """Notes what was opened, by name."""

    asked: list[tuple[str, str | None]] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> SimulatedStream:
        self.asked.append(("input", device))
        if device in self.missing:
            raise DeviceError("the microphone was not found", fix="choose another microphone")
        return await SimulatedCard.open_input(self, device, sample_rate, deliver)

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> SimulatedStream:
        self.asked.append(("output", device))
        return await SimulatedCard.open_output(self, device, sample_rate, render)


class Voice(ScriptedTextToSpeech):
    """Notes how it was asked to speak."""

    def __init__(self) -> None:
        super().__init__(delay=0.0, seconds=0.2)
        self.manners: list[Manner] = []

    def synthesise(self, text: str, manner: Manner) -> Any:
        self.manners.append(manner)
        return super().synthesise(text, manner)


def another(name: str) -> object:
    """A value that is not the one with which the setting is delivered."""
    if name in OTHER:
        return OTHER[name]
    match SETTINGS[name].default:
        case bool(default):
            return not default
        case int(default):
            return default + 1
        case float(default):
            return default * 0.9
        case _:
            return "http://127.0.0.1:9" if name.endswith(("base_url", "mirror")) else "another"


async def change(scene: Scene, opened: Session, before: Settings, **values: object) -> Settings:
    after = before
    for name, value in values.items():
        after = replaced(after, name.replace("__", "."), value)
    opened.workshop.settings = after
    await reconfigure(scene.assistant, before, after, opened, Names())
    return after


@pytest.mark.parametrize("name", SETTINGS)
def test_any_setting_may_change_while_it_speaks(name: str, opened: Session) -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("what is it")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        changing = asyncio.create_task(change(scene, opened, opened.settings, **{name: another(name)}))
        await scene.assistant.idle()
        await changing
        scene.assistant.ask("and now")
        await scene.assistant.idle()

    scene = Scene(llm=ScriptedLanguageModel((Line(LONG, 0.1, 50.0),)), card=NamedCard()).run(script)
    assert set(scene.outcomes) == {"answered"}


def test_another_recogniser_and_other_languages_from_the_next_utterance_on(opened: Session) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(4)
        await change(scene, opened, opened.settings, stt__engine="scripted:other", stt__languages=["ko"])
        assert scene.assistant.languages == scene.assistant.transcriber.languages == ("ko",)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(4)

    first = ScriptedSpeechToText((Words("one", delay=0.1),))
    scene = Scene(stt=first, llm=ScriptedLanguageModel((Line("Yes.", 0.0, 500.0),))).run(script)
    heard = scene.of(Transcript)
    assert heard[0].text == "one"
    assert heard[1].text != "one"


def test_another_voice_and_pace_from_the_next_sentence_on(opened: Session) -> None:
    tts = Voice()

    async def script(scene: Scene) -> None:
        scene.assistant.ask("what is it")
        await scene.assistant.idle()
        await change(scene, opened, opened.settings, tts__voice="grandmother", tts__rate=1.5)
        scene.assistant.ask("what is it")
        await scene.assistant.idle()

    Scene(tts=tts).run(script)
    assert (tts.manners[0].voice, tts.manners[0].rate) == (None, 1.0)
    assert (tts.manners[-1].voice, tts.manners[-1].rate) == ("grandmother", 1.5)


def test_another_microphone_while_one_is_open(opened: Session) -> None:
    card = NamedCard()

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await change(scene, opened, opened.settings, audio__microphone="headset")
        scene.card.speak(voice(1.0))
        await asyncio.sleep(3)

    scene = Scene(card=card).run(script)
    assert [name for direction, name in card.asked if direction == "input"] == [None, "headset"]
    assert scene.of(Transcript)


def test_a_microphone_that_is_not_there_is_told_and_tried_again(opened: Session) -> None:
    card = NamedCard(missing={"headset"})

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        with pytest.raises(DeviceError):
            await change(scene, opened, opened.settings, audio__microphone="headset", tts__rate=1.5)
        assert scene.assistant.speaker.rate == 1.5  # what else was changed took effect
        await asyncio.sleep(2)
        card.missing.clear()
        await asyncio.sleep(2)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(3)

    assert Scene(card=card).run(script).of(Transcript)


def test_another_speaker_once_the_answer_has_ended(opened: Session) -> None:
    card = NamedCard()

    async def script(scene: Scene) -> None:
        scene.assistant.ask("what is it")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        changing = asyncio.create_task(change(scene, opened, opened.settings, audio__speaker="headphones"))
        await scene.assistant.idle()
        assert [name for direction, name in card.asked if direction == "output"] == [None]
        await changing
        scene.assistant.ask("and now")
        await scene.assistant.idle()

    scene = Scene(card=card).run(script)
    assert [name for direction, name in card.asked if direction == "output"] == [None, "headphones"]
    assert scene.outcomes == ["answered", "answered"]


def test_more_silence_before_a_turn_ends(opened: Session) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await change(scene, opened, opened.settings, listening__min_silence=2.0, stt__partials=False)
        scene.card.speak(np.concatenate([voice(1.0), np.zeros(16_000, np.float32), voice(1.0)]))
        await asyncio.sleep(8)

    scene = Scene().run(script)
    assert len(scene.of(Transcript)) == 1
    assert not scene.of(Partial)


def test_recordings_are_turned_off_and_on(opened: Session, tmp_path: Path) -> None:
    folder = opened.home.recordings

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        settings = await change(scene, opened, opened.settings, privacy__recordings=False)
        settings = await change(scene, opened, settings, privacy__recordings=True)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(4)
        assert len(list(folder.glob("*.flac"))) == 1
        await change(scene, opened, settings, privacy__recordings=False)
        scene.card.speak(voice(1.0))
        await asyncio.sleep(4)

    scene = Scene(llm=ScriptedLanguageModel((Line("Yes.", 0.0, 500.0),))).run(script)
    assert len(scene.of(Transcript)) == 2
    assert len(list(folder.glob("*.flac"))) == 1


def test_the_history_is_turned_off_and_on(opened: Session) -> None:
    file = opened.home.history_file

    async def script(scene: Scene) -> None:
        history, assistant = scene.assistant.history, scene.assistant
        for question in ("one", "two"):
            assistant.ask(question)
            await assistant.idle()
        settings = await change(scene, opened, opened.settings, history__enabled=False)
        assert await history.conversations() == []
        assistant.ask("nobody is to know")
        await assistant.idle()
        assert [one.title for one in await history.conversations()] == ["nobody is to know"]
        await change(scene, opened, settings, history__enabled=True)
        assert [one.title for one in await history.conversations()] == ["one"]
        assistant.ask("three")
        await assistant.idle()

    scene = Scene(history=History(file)).run(script)
    assert scene.outcomes == ["answered"] * 4
    assert b"nobody is to know" not in file.read_bytes()


def test_hearing_oneself_begins_no_turn() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0), at=0.5)
        samples = await scene.assistant.record(3.0)
        assert len(samples) == pytest.approx(48_000, rel=0.05)
        assert not is_silent(samples)
        await scene.assistant.play(samples)
        await scene.assistant.idle()

    scene = Scene().run(script)
    assert not scene.of(Transcript)
    assert not is_silent(scene.card.heard())


def test_hearing_oneself_closes_a_microphone_that_was_closed() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.record(0.5)
        assert not scene.card.streams

    Scene().run(script)
