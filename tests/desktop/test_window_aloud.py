"""The window with a microphone and a speaker, used as a person would: heard, seen and answered aloud."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.checkpoint import CHECKPOINT
from tests.desktop.app import App, Screen, app
from tests.sound.faults import unload
from tests.sound.server import RATE, SoundServer
from tests.sound.speech import flite

pytestmark = pytest.mark.timeout(300)

QUESTION = "what is seven plus five"
ANSWER = "Voicebot: Seven plus five is twelve."
SAID = "You: what is seven plus five"


@pytest.fixture
def question(tmp_path: Path) -> Path:
    return flite(QUESTION, tmp_path / "question.wav")


def listening(running: App) -> None:
    running.wait_for("The microphone is armed: nothing is kept until you talk")
    running.wait_gone("Getting sphinx ready…")


def ask_in_a_new_conversation(running: App, sound: SoundServer, question: Path) -> None:
    running.click("New conversation")
    running.screen.xdotool("key", "Tab")
    running.screen.xdotool("keydown", "space")
    running.wait_for("Listening")
    sound.speak(question)
    running.screen.xdotool("keyup", "space")
    running.wait_for(SAID)


def wait_until_spoken(running: App, sound: SoundServer) -> np.ndarray:
    def spoken() -> bool:
        heard = sound.recorded()
        return bool(len(heard) > RATE and np.abs(heard).max() > 0.02 and np.abs(heard[-RATE:]).max() < 0.01)

    running.wait_until(spoken, "the spoken answer")
    return sound.recorded()


def test_space_is_held_while_a_question_is_asked(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display) as running:
        listening(running)
        sound.begin()
        display.xdotool("keydown", "space")
        running.wait_for("Listening")
        sound.speak(question)
        display.xdotool("keyup", "space")
        running.wait_for(SAID)
        running.wait_for(ANSWER)
        wait_until_spoken(running, sound)
        running.wait_for("Hold or tap to talk")
        running.wait_for("answered after…")


def test_space_is_tapped_to_begin_and_to_finish(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display) as running:
        listening(running)
        display.xdotool("key", "space")
        running.wait_for("Listening")
        sound.speak(question)
        assert running.find("Listening"), "a tap goes on listening"
        display.xdotool("key", "space")
        running.wait_for(SAID)
        running.wait_for(ANSWER)


def test_whisper_hears_what_is_held_for(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display, "window", "--stt", f"whisper:{CHECKPOINT}") as running:
        running.wait_for("The microphone is armed: nothing is kept until you talk")
        running.wait_gone("Getting whisper:spoken-commands ready…")
        display.xdotool("keydown", "space")
        running.wait_for("Listening")
        sound.speak(question)
        display.xdotool("keyup", "space")
        running.wait_for("You: What is seven plus five?")
        running.wait_for(ANSWER)


def test_hands_free_needs_no_key(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display) as running:
        listening(running)
        running.click("Hands-free", "CheckBox")
        running.wait_for("The microphone is listening")
        sound.begin()
        sound.speak(question)
        running.wait_for(SAID)
        running.wait_for(ANSWER)
        wait_until_spoken(running, sound)
        running.wait_for("Just speak")


def test_words_appear_while_they_are_spoken(display: Screen, sound: SoundServer, tmp_path: Path) -> None:
    long = flite("what is seven plus five and what is the time in london and what day is it", tmp_path / "long.wav")
    with app(display) as running:
        listening(running)
        display.xdotool("keydown", "space")
        running.wait_for("Listening")
        sound.speak(long)
        running.wait_for("You: what is…")
        display.xdotool("keyup", "space")
        running.wait_gone("Listening")


def test_mute_is_seen_and_closes_the_microphone(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display) as running:
        listening(running)
        running.click("Mute the microphone", "Button")
        running.wait_for("Muted")
        running.wait_until(lambda: not sound.microphone_is_open(), "a closed microphone")
        display.xdotool("key", "space")
        running.wait_for("The microphone is muted")
        running.click("Unmute the microphone", "Button")
        listening(running)


def test_the_speech_server_dies_and_comes_back(display: Screen, sound: SoundServer, question: Path) -> None:
    with app(display) as running:
        listening(running)
        sound.stop()
        running.wait_until(lambda: [n for n in running.nodes() if n["role"] == "AlertMessage"], "a banner")
        running.ask("what is two plus two")
        running.wait_for("You: what is two plus two")
        sound.start()
        running.wait_until(sound.microphone_is_open, "an open microphone")
        running.wait_for("The microphone is armed: nothing is kept until you talk")
        ask_in_a_new_conversation(running, sound, question)


def test_the_microphone_is_taken_away_and_given_back(display: Screen, own_server: SoundServer, question: Path) -> None:
    with app(display, **own_server.environment) as running:
        listening(running)
        unload(own_server, "remap-source")
        running.wait_for("There is no microphone: the sound server has none. Plug in a microphone")
        running.ask("what is two plus two")
        running.wait_for("Voicebot: Two plus two is four.")
        own_server.pactl("load-module", "module-remap-source", "master=mic_in.monitor", "source_name=mic")
        own_server.pactl("set-default-source", "mic")
        running.wait_until(lambda: own_server.recorded_sources() == {"mic"}, "the microphone, open again")
        listening(running)
        ask_in_a_new_conversation(running, own_server, question)


def test_closed_in_the_middle_of_an_answer(display: Screen, sound: SoundServer) -> None:
    with app(display) as running:
        listening(running)
        running.ask("what can you do")
        running.wait_for("Speaking")
    with app(display) as running:
        running.wait_for("You: what can you do")
        running.wait_for("Stopped here: what is struck out was not heard")
