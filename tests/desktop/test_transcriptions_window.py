"""The page Transcribe: files dropped, begun by the keyboard, read, copied, exported; in every look, however long."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.desktop.app import Screen, app
from tests.desktop.driven import drop
from tests.desktop.stage import Stage, apart, stage
from tests.desktop.test_accessibility import _stops, faults, operable
from tests.screenshots.said import ENGLISH
from tests.sound.speech import flite
from tests.transcription.media import RATE, make, speech
from voicebot.desktop.transcribing import Step
from voicebot.stt.base import Segment
from voicebot.transcription import Progress

PAUSE = np.zeros(2 * RATE, dtype=np.float32)
SENTENCE = "It goes on and on, sentence after sentence, as people do. " * 4


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    question = speech(flite("What time is it in London?", folder / "question.wav"))
    return make(folder / "talk.mp4", np.concatenate([question, PAUSE, question]), picture=True)


def test_dropped_on_the_conversation_a_film_is_offered_and_begun_with_the_keyboard(
    display: Screen, film: Path, tmp_path: Path
) -> None:
    with app(display, "window", "--stt", "sphinx", VOICEBOT_STT_ENGINE="scripted") as running:
        assert running.do("drop", paths=[str(film)])
        button = running.wait_for("Transcribe", "Button")
        running.wait_until(lambda: (running.find("Transcribe", "Button") or button)["focused"], "the focus on it")
        assert running.find("I would like to cancel my order.") is None
        running.screen.xdotool("key", "Return")
        running.wait_for("Done: 0:05 of sound")
        running.wait_for("I would like to cancel my order.")
        running.wait_for("Play from 0:03, passage 2", "Button")
        running.click("Copy the whole text", "Button")
        running.wait_for("Copied")
        running.click("Export", "Button")
        running.click("Subtitles (SRT)", "MenuItem")
        running.wait_for(f"Exported to {film.with_suffix('.srt')}")
        running.screen.xdotool("key", "Escape")
        running.wait_gone("Copy the whole text")
        running.screen.xdotool("key", "ctrl+t")
        running.wait_for("Play from 0:03, passage 2", "Button")
    assert film.with_suffix(".srt").read_text("utf-8").count("I would like to cancel my order.") == 2


def test_every_look_of_it() -> None:
    apart(looks)


def test_it_is_named_and_reached() -> None:
    apart(reached)


def test_a_long_text_is_drawn_in_pieces() -> None:
    apart(long)


def test_what_cannot_be_transcribed_is_told() -> None:
    apart(refused)


STEPS = (
    Step("working", Progress(61.0, None, 10.0)),
    Step("working", Progress(61.0, 3600.0, 10.0)),
    Step("stopped", Progress(61.0, 3600.0, 10.0), last=True),
    Step("done", Progress(3600.0, 3600.0, 400.0), last=True),
)


def filled(shown: Stage, passages: int = 3) -> Any:
    """The page with a recording in every state, and the text of the first."""
    model = shown.root.transcriptions
    model.add([f"file:///nowhere/{'a very long name of a recording ' * number}{number}.mp4" for number in range(6)])
    for number, step in enumerate((*STEPS, Step("waiting")), 1):
        found = model._find(number)
        assert found is not None
        found.segments = [Segment(n * 30.0, n * 30.0 + 29.0, f"{SENTENCE}{n}") for n in range(passages)]
        model._show_step(found, step)
    model.show(1)
    shown.window.setProperty("page", "transcribe")
    shown.settle()
    return model


def named(shown: Stage, name: str) -> list[dict[str, Any]]:
    return [node for node in shown.nodes() if node["name"] == name]


def looks() -> None:
    with stage(ENGLISH) as shown:
        filled(shown)
        for theme, language in product(("light", "dark"), ("en", "ko")):
            shown.root.appearance.setProperty("theme", theme)
            shown.root.appearance.setProperty("language", language)
            for size, width in product((1.0, 1.5), (360, 1040)):
                shown.root.appearance.setProperty("textSize", size)
                shown.resize(width)
                picture = shown.picture()
                assert (picture.pixelColor(4, 716).lightness() < 128) == (theme == "dark")
                assert beyond(shown) == []


def beyond(shown: Stage) -> list[dict[str, Any]]:
    """What can be operated and is cut off at the side of the window."""
    left, right = shown.window.x(), shown.window.x() + shown.window.width()
    return [
        node for node in operable(shown.nodes())
        if node["x"] - node["w"] / 2 < left - 1 or node["x"] + node["w"] / 2 > right + 1
    ]  # fmt: skip


def reached() -> None:
    with stage(ENGLISH) as shown:
        filled(shown)
        for width in (1040, 360):
            shown.resize(width, 2000)
            assert faults(shown.nodes()) == []
        stops = _stops(shown, Qt.Key.Key_Tab)
        every = {node["name"] for node in operable(shown.nodes()) if not node["disabled"]}
        assert every - {name for name, _ in stops} == set()
        assert [name for name, seen in stops if not seen] == []
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        assert shown.window.property("page") == ""


def long() -> None:
    """Ten hours of text: only what is seen exists, the last of it is reached, and the beginning too."""
    with stage(ENGLISH) as shown:
        model = filled(shown, passages=1200)
        shown.picture()
        kinds = [one.metaObject().className() for one in shown.everything()]
        assert 0 < sum("Passage_QMLTYPE" in kind for kind in kinds) < 60
        model._take(2, Step("working", segments=(Segment(0.0, 1.0, "of another one"),)))
        QTest.keyClick(shown.window, Qt.Key.Key_End)
        shown.settle()
        assert named(shown, f"{SENTENCE}1199")
        QTest.keyClick(shown.window, Qt.Key.Key_Home)
        shown.settle()
        assert named(shown, "Choose files")


def refused() -> None:
    with stage(ENGLISH) as shown:
        drop(shown.window, ["https://example.com/talk.mp4"])
        shown.settle()
        assert shown.window.property("page") == ""
        assert named(shown, "https://example.com/talk.mp4 is not on this machine: download it first")
        drop(shown.window, ["https://example.com/talk.mp4", os.devnull])
        shown.settle()
        assert shown.window.property("page") == "transcribe"
        assert QGuiApplication.focusObject().property("text") == "Transcribe"
