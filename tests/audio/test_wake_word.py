"""The wake words with their models as they are: voices of flite's and espeak-ng's say them, and other things."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from tests.audio.test_no_false_turns import HUMAN, SPOKEN, bounds, corpus, in_a_room, quiet, recording, spoken
from tests.conversation import Scene
from tests.noises import RATE, at_level
from voicebot.attention import Attentiveness
from voicebot.audio import wake_word
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.vad import BLOCK, Silero
from voicebot.audio.wake_word import PHRASES, WakeWord, names
from voicebot.errors import EngineUnavailable
from voicebot.events import Samples, Utterance
from voicebot.listener import Hearing
from voicebot.readiness import NotReady, Ready

if not wake_word.installed():
    pytest.skip("pymicro-wakeword is not installed (the extra wake-word)", allow_module_level=True)

SAID = [
    *(("okay_nabu", f"flite {voice}") for voice in ("slt", "rms", "awb", "kal16")), ("okay_nabu", "espeak-ng en-us"),
    *(("hey_jarvis", f"flite {voice}") for voice in ("slt", "rms", "awb", "kal16")),
    *(("hey_mycroft", f"flite {voice}") for voice in ("rms", "awb")),
    *(("alexa", f"flite {voice}") for voice in ("slt", "rms", "awb", "kal16")), ("alexa", "espeak-ng en-us"),
]  # fmt: skip


def moments(name: str, sound: Samples) -> list[float]:
    """When a wake word is heard, in seconds."""
    detector = WakeWord(name)
    blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
    return [(number + 1) * BLOCK / RATE for number, block in enumerate(blocks) if detector.feed(block)]


@pytest.mark.parametrize(("name", "voice"), SAID)
@pytest.mark.parametrize("level", [-20.0, -35.0])
def test_it_is_heard_once_each_time_it_is_said(tmp_path: Path, name: str, voice: str, level: float) -> None:
    phrase = at_level(spoken(tmp_path, voice, PHRASES[name]), level)
    sound = in_a_room(quiet(2.0), phrase, quiet(2.0), phrase, quiet(1.5), level=-65.0)
    first, second = moments(name, sound)
    assert 2.0 < first < 2.5 + len(phrase) / RATE < second


@pytest.fixture(scope="module")
def noises() -> Samples:
    return in_a_room(*corpus(2.0, seed=1))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder = tmp_path_factory.mktemp("words")
    said = [at_level(spoken(folder, voice, text), -22.0) for voice, text in SPOKEN]
    return in_a_room(*(part for clip in said for part in (quiet(0.7), clip)), quiet(1.0))


@pytest.mark.parametrize("name", names())
def test_no_noise_wakes_it(name: str, noises: Samples) -> None:
    assert moments(name, noises) == []


@pytest.mark.parametrize("name", names())
def test_no_other_words_wake_it(name: str, words: Samples, tmp_path: Path) -> None:
    others = [at_level(spoken(tmp_path, "flite rms", PHRASES[other]), -22.0) for other in names() if other != name]
    sound = np.concatenate([words, *(part for clip in others for part in (clip, quiet(0.7)))])
    assert moments(name, sound) == []


@pytest.mark.parametrize("name", names())
def test_no_human_reading_wakes_it(name: str) -> None:
    sound = in_a_room(*(at_level(recording(one), -22.0) for one in HUMAN), quiet(1.0))
    assert moments(name, sound) == []


@pytest.mark.parametrize("voice", ["flite rms", "flite awb"])
@pytest.mark.parametrize("gap", [0.0, 0.15, 1.0])
def test_the_question_alone_is_the_utterance(tmp_path: Path, voice: str, gap: float) -> None:
    """With Silero and the model as they are; what comes before the wake word is not answered."""
    before, phrase, question = (
        at_level(spoken(tmp_path, voice, text), -22.0)
        for text in ("the news at nine", "okay nabu", "what is seven plus five")
    )
    phrase, question = (clip[slice(*bounds(clip))] for clip in (phrase, question))
    sound = in_a_room(quiet(2.0), before, quiet(1.5), phrase, quiet(gap), question)

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(sound)
        await asyncio.sleep(len(sound) / RATE + 4.0)

    hearing = Hearing(attention=Attentiveness("wake word"))
    scene = Scene(card=SimulatedCard(noise=0.0005), hearing=hearing, probability=Silero()).run(script)
    [heard] = scene.of(Utterance)
    first, last = bounds(heard.samples)
    assert (last - first) / RATE == pytest.approx(len(question) / RATE, abs=0.15)


def test_it_is_ready_and_says_what_is_to_be_said() -> None:
    assert WakeWord("hey_jarvis").ready() == Ready()
    assert WakeWord("hey_jarvis").phrase == "Hey Jarvis"
    with pytest.raises(KeyError):
        WakeWord("hey_you")


def test_without_the_library_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_word, "installed", lambda: False)
    readiness = WakeWord("alexa").ready()
    assert isinstance(readiness, NotReady)
    assert "voicebot[wake-word]" in readiness.fix
    with pytest.raises(EngineUnavailable):
        WakeWord("alexa").feed(np.zeros(BLOCK, dtype=np.float32))


def test_the_library_has_these_models() -> None:
    from pymicro_wakeword import Model

    assert {model.value for model in Model} == set(names())
