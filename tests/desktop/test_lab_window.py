"""The page Lab: a run begun and read in the real window, a blind test answered there; in every look."""

from __future__ import annotations

import asyncio
from itertools import product
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.desktop.app import Screen, app
from tests.desktop.stage import Stage, apart, stage
from tests.desktop.test_accessibility import _stops, faults, operable
from tests.desktop.test_transcriptions_window import beyond
from tests.lab.trying import Bench, begun, carried_out, samples
from tests.screenshots.said import ENGLISH
from tests.sound.server import SoundServer
from voicebot.desktop.lab_results import shown as read
from voicebot.lab import stt, tts
from voicebot.lab.clips import Clip
from voicebot.lab.runs import Result, Run
from voicebot.lab.texts import Text
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

SAID = ("what time is it in london", "set a timer for five minutes")


def voices_run() -> Run:
    """Two voices that have said two texts."""
    run = begun(tts.plan(["loud", "soft"], [Text(text, "en") for text in SAID]))
    quick = {"delay": 0.0, "seconds": 0.5, "speed": 1000.0}
    voices = {"loud": ScriptedTextToSpeech(**quick), "soft": ScriptedTextToSpeech(level=0.02, **quick)}  # type: ignore[arg-type]
    asyncio.run(carried_out(run, tts.trials, Bench(dict(voices))))
    return run


def test_recognisers_are_compared_in_the_window(display: Screen, tmp_path: Path) -> None:
    folder = samples(tmp_path / "clips", SAID, "rms")
    with app(display, "window", "--stt", "scripted", "--tts", "scripted") as running:
        running.screen.xdotool("key", "ctrl+b")
        running.click("Recognisers to compare: PocketSphinx", "CheckBox")
        running.click("Folder or list of clips", "EditableText")
        running.do("commit", text=str(folder))
        running.click("Run", "Button")
        running.wait_for("Stop the run", "Button")
        running.wait_for("Run", "Button")
        running.wait_for("WER (words): …")
        running.wait_for("Real-time factor: …")
        running.wait_for("In brackets: where the rate lies with 95 % confidence. …")


def test_a_blind_test_is_answered_in_the_window(display: Screen, sound: SoundServer) -> None:
    run = voices_run()
    with app(display, "window", "--stt", "scripted", "--tts", "scripted") as running:
        running.screen.xdotool("key", "ctrl+b")
        running.click(f"Show what came of it: Voices: loud, soft, {run.id}", "Button")
        running.wait_for("Blind test", "Button")
        running.click("Blind test", "Button")
        for number in (1, 2):
            running.wait_for(f"Pair {number} of 2")
            assert running.find("A is better", "Button")["disabled"]  # type: ignore[index]
            for name in ("Play A", "Play B"):
                running.click(name, "Button")
            assert not [name for name in running.names() if "was better" in name]
            running.wait_until(lambda: not running.wait_for("A is better")["disabled"], "the choice")
            running.click("A is better", "Button")
        running.wait_until(lambda: [name for name in running.names() if "was better" in name], "the result")
    assert len([one for one in read(run).preferences if one.first_preferred + one.second_preferred == 2]) == 1


def test_what_sends_something_away_is_asked_first() -> None:
    apart(asked)


def test_every_look_of_it() -> None:
    apart(looks)


def test_it_is_named_and_reached() -> None:
    apart(reached)


def filled(shown: Stage) -> None:
    """The page with a run of recognisers shown, and a run of voices that is not finished."""
    voices = voices_run()
    (voices.folder / "results.jsonl").write_text("", "utf-8")
    clips = [Clip(f"/nowhere/{number}.wav", text, "en", f"clip {number}", 2.0) for number, text in enumerate(SAID)]
    run = begun(stt.plan(["sphinx", "whisper:base"], clips, ["noise:10"]))
    shown.root.lab._list_runs(run.id)
    heard = ScriptedSpeechToText((Line("what thyme is it", delay=0.0),))
    for number, text in enumerate(SAID, start=1):
        run.add(Result(stt.key_of("sphinx", number, ""), tried(text, heard.lines[0].text)))
        run.add(Result(stt.key_of("whisper:base", number, ""), error="Whisper is not installed"))
    shown.root.lab._list_runs(run.id)
    shown.root.lab.refresh()
    shown.window.setProperty("page", "lab")
    shown.wait_until(lambda: shown.root.lab.property("result").get("rows"), "the run")
    shown.wait_until(lambda: shown.root.lab.property("recognisers"), "the engines")
    shown.settle()


def tried(said: str, heard: str) -> dict[str, object]:
    from voicebot.lab.hearing import judged

    figures = {"seconds": 2.0, "final": 0.4, "real_time_factor": 0.2, "first_partial": 0.1, "memory": None}
    return {**asyncio.run(judged(said, heard, "en")), **figures}


def asked() -> None:
    """Google is listed with what it does, and is not taken before the person agreed to it."""
    with stage(ENGLISH) as shown:
        filled(shown)
        shown.resize(1040, 3000)
        name = "Recognisers to compare: Google: sends to a service"
        for answer, ticked in (("Stay on this machine", False), ("Use it", True)):
            click(shown, name)
            assert node(shown, "The clips are sent to Google over the network, as sound.")
            assert not node(shown, name)["checked"]
            click(shown, answer)
            assert node(shown, name)["checked"] is ticked
        click(shown, name)
        assert not node(shown, name)["checked"], "nobody is asked whether to leave it"


def node(shown: Stage, name: str) -> dict[str, Any]:
    found: dict[str, Any] = shown.wait_until(
        lambda: next((one for one in shown.nodes() if one["name"] == name), None), name
    )
    return found


def click(shown: Stage, name: str) -> None:
    there = node(shown, name)
    place = QPoint(int(there["x"]), int(there["y"])) - shown.window.position()
    QTest.mouseClick(shown.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    shown.picture()


def looks() -> None:
    with stage(ENGLISH) as shown:
        filled(shown)
        for theme, language in product(("light", "dark"), ("en", "ko")):
            shown.root.appearance.setProperty("theme", theme)
            shown.root.appearance.setProperty("language", language)
            for size, width in product((1.0, 1.5), (360, 1040)):
                shown.root.appearance.setProperty("textSize", size)
                shown.resize(width, 3000)
                picture = shown.picture()
                assert (picture.pixelColor(4, 716).lightness() < 128) == (theme == "dark")
                assert beyond(shown) == []
        names = {node["name"] for node in shown.nodes()}
        assert any("time" in name and "thyme" in name and "(" in name for name in names), "the errors are told aloud"


def reached() -> None:
    with stage(ENGLISH) as shown:
        filled(shown)
        for width in (1040, 360):
            shown.resize(width, 3000)
            assert faults(shown.nodes()) == []
        shown.resize(1040, 3000)
        stops = _stops(shown, Qt.Key.Key_Tab)
        nodes = shown.nodes()
        unchosen = {node["name"] for node in nodes if node["role"] == "RadioButton" and not node["checked"]}
        every = {node["name"] for node in operable(nodes) if not node["disabled"]}
        assert every - {name for name, _ in stops} - unchosen == set()
        assert [name for name, seen in stops if not seen] == []
        QTest.keyClick(shown.window, Qt.Key.Key_Escape)
        shown.settle()
        assert shown.window.property("page") == ""
