"""The first minute as a person has it: an empty home, a real window, a microphone and a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.checkpoint import CHECKPOINT
from tests.desktop.app import App, Screen, app
from tests.desktop.test_window_aloud import ANSWER, SAID, listening, wait_until_spoken
from tests.sound.server import SoundServer
from tests.sound.speech import flite, nearest, transcript
from voicebot.resources import find_home
from voicebot.settings import Settings, load

pytestmark = pytest.mark.timeout(300)
OTHERS = (
    "It is half past nine in the evening.", "I did not understand that.", "The timer is set for five minutes.",
    "I can tell the time, count and convert.", "There are thirty days until Christmas.",
)  # fmt: skip
"""Other things that the assistant says, by the voice that the test's Whisper hears only in part."""
OFFER = "Set up in a minute"


@pytest.fixture
def question(tmp_path: Path) -> Path:
    return flite("what is seven plus five", tmp_path / "question.wav")


@pytest.fixture
def started(display: Screen, sound: SoundServer) -> Iterator[App]:
    with app(display) as running:
        listening(running)
        yield running


def settings() -> Settings:
    return load(find_home(), {}).settings


def test_from_an_empty_home_to_the_first_spoken_answer_nothing_is_in_the_way(
    started: App, sound: SoundServer, question: Path, tmp_path: Path
) -> None:
    assert started.find(OFFER), "the first minute is offered, and no more than that"
    sound.begin()
    started.screen.xdotool("keydown", "space")
    started.wait_for("Listening")
    sound.speak(question)
    started.screen.xdotool("keyup", "space")
    started.wait_for(SAID)
    started.wait_for(ANSWER)
    heard = transcript(wait_until_spoken(started, sound), tmp_path, f"whisper:{CHECKPOINT}")
    assert nearest(heard, ("Seven plus five is twelve.", *OTHERS)) == "Seven plus five is twelve.", heard


def test_each_step_is_taken(started: App, sound: SoundServer, tmp_path: Path) -> None:
    started.click(OFFER)
    started.wait_for("Your microphone")
    assert started.wait_for("Microphone level")["description"] == "silent"
    speaking = Thread(target=sound.speak, args=(flite("one two three four five six", tmp_path / "level.wav"),))
    speaking.start()
    started.wait_until(lambda: started.wait_for("Microphone level")["description"].endswith("dB"), "a level")
    speaking.join()
    speaking = Thread(target=sound.speak, args=(flite("my own voice. " * 4, tmp_path / "me.wav"),))
    sound.begin()
    started.click("Hear yourself", "Button")
    started.wait_for("Speak now: three seconds are recorded")
    speaking.start()  # several times: a busy machine begins late, and some of it is heard whole all the same
    heard = wait_until_spoken(started, sound)
    speaking.join()
    assert "own voice" in transcript(heard, tmp_path, "sphinx")
    started.click("Next")
    started.wait_for("Its voice")
    sound.begin()
    started.click("Hear the voice: For English")
    wait_until_spoken(started, sound)
    started.click("Next")
    started.wait_for("Its brain")
    started.wait_for("The built-in assistant")
    started.click("Done")
    started.wait_for("Hold Space and speak")
    assert started.find(OFFER) is None
    started.wait_until(lambda: settings().desktop.first_minute == 3, "the settings")
    assert not started.find("You: …"), "hearing oneself is no question"
    started.screen.xdotool("keydown", "space")
    started.wait_for("Listening")
    started.screen.xdotool("keyup", "space")


def test_each_step_is_skipped_and_none_is_asked_twice(display: Screen, sound: SoundServer) -> None:
    with app(display) as running:
        running.click(OFFER)
        running.click("Skip: Your microphone")
        running.wait_for("Its voice")
        running.wait_until(lambda: settings().desktop.first_minute == 1, "the settings")
        running.screen.xdotool("key", "Escape")
        running.wait_for("You have begun to set up; the rest takes half a minute.")
    with app(display) as running:
        running.click("Go on")
        running.click("Skip: Its voice")
        running.click("Skip: Its brain")
        running.wait_for("Hold Space and speak")
        running.wait_until(lambda: settings().desktop.first_minute == 3, "the settings")
    with app(display) as running:
        running.wait_for("Hold Space and speak")
        assert running.find(OFFER) is None


def test_the_offer_is_declined_for_good(display: Screen, sound: SoundServer) -> None:
    with app(display) as running:
        running.click("Not now")
        running.wait_gone(OFFER)
        running.wait_until(lambda: settings().desktop.first_minute == 3, "the settings")
    with app(display) as running:
        running.wait_for("Hold Space and speak")
        assert running.find(OFFER) is None
