"""The Lab in the window's model: runs begun, stopped, gone on with, failing, compared, exported, listened to blind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

pytest.importorskip("PySide6.QtQml", exc_type=ImportError)

from PySide6.QtTest import QSignalSpy

from tests.desktop.running import Engines, Window, until, window
from voicebot.audio.files import write_sound
from voicebot.desktop.lab import Lab
from voicebot.engines import Workshop
from voicebot.errors import EngineUnavailable
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

pytestmark = [
    pytest.mark.usefixtures("qt"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),  # openai-whisper leaves its word lists open
]
WORDS = ("red blue green", "cat dog cow")


class Broken(ScriptedSpeechToText):
    async def warm(self, progress: Any) -> None:
        raise EngineUnavailable("Whisper is not installed", fix="pip install 'voicebot[whisper]'")


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    for number, words in enumerate(WORDS):
        write_sound(folder / f"{number}.wav", np.full(16_000, 0.1, np.float32), 16_000)
        (folder / f"{number}.txt").write_text(words, "utf-8")
    return folder


@pytest.fixture
def shown(qt: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The models over a running core; recognisers and voices are scripted, but for one that is broken."""

    def stt(self: Workshop, name: str = "") -> ScriptedSpeechToText:
        slow = 60.0 if name == "slow" else 0.0
        lines = (Line("red blew green", delay=slow), Line("red blew green", delay=slow))
        return Broken(lines, name=name) if name == "broken" else ScriptedSpeechToText(lines, name=name)

    def tts(self: Workshop, name: str = "") -> ScriptedTextToSpeech:
        return ScriptedTextToSpeech(delay=0.0, seconds=0.5, speed=1000.0, level=0.02 if name == "soft" else 0.5)

    monkeypatch.setattr(Workshop, "stt", stt)
    monkeypatch.setattr(Workshop, "tts", tts)
    with window(Engines()) as made:
        yield made


def begin(lab: Lab, kind: str, **chosen: Any) -> None:
    lab.begin({"kind": kind, "language": "en", **chosen})


def ended(lab: Lab) -> dict[str, Any]:
    """Wait for the end of a run that was begun; what it came to."""
    until(lambda: not lab.property("standing") and lab.property("result"), "the end of the run")
    found: dict[str, Any] = lab.property("result")
    return found


def figures(row: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in row["figures"]}


def test_recognisers_are_compared_and_a_broken_one_is_told(shown: Window, clips: Path) -> None:
    lab = shown.root.lab
    begin(lab, "stt", source=str(clips), recognisers=["good", "broken"], stresses=["telephone"])
    assert lab.property("standing") == "preparing"
    result = ended(lab)
    assert (result["kind"], result["done"], result["total"]) == ("stt", 8, 8)
    good, telephone, broken, _ = result["rows"]
    assert (good["engine"], good["stress"], telephone["stress"]) == ("good", "", "telephone")
    assert figures(good)["wer"].startswith("66.7%"), "one of three words, and all of three"
    assert (broken["failed"], broken["failure"]) == (2, "Whisper is not installed. pip install 'voicebot[whisper]'")
    [first, *_] = lab.property("trials")
    assert [step["change"] for step in first["steps"]] == ["equal", "substitute", "equal"]
    assert (first["sound"], first["rate"]) == (str(clips / "0.wav"), "33.3%")
    lab.play(first["sound"])
    until(lambda: shown.root.talk.property("state") == "speaking", "its sound")
    [row] = lab.property("runs")
    assert (row["done"], row["failed"], row["sends"]) == (8, 4, [])


def test_a_run_is_stopped_and_gone_on_with(shown: Window, clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab = shown.root.lab
    begin(lab, "stt", source=str(clips), recognisers=["quick", "slow"])
    until(lambda: lab.property("progress").get("done") == 2, "the slow one")
    lab.stop()
    result = ended(lab)
    assert (result["done"], result["total"], lab.property("fault")) == (2, 4, "")
    monkeypatch.setattr(Workshop, "stt", lambda self, name="": ScriptedSpeechToText((Line("one", delay=0.0),)))
    lab.goOn(result["id"], False)
    until(lambda: not lab.property("standing") and lab.property("result")["done"] == 4, "the rest")


def test_what_cannot_be_begun_is_told(shown: Window, tmp_path: Path) -> None:
    lab = shown.root.lab
    begin(lab, "stt", source=str(tmp_path / "nowhere"), recognisers=["good"])
    until(lambda: lab.property("fault"), "the fault")
    assert "nowhere" in lab.property("fault") and lab.property("standing") == ""
    begin(lab, "stt", source="", recognisers=["good"])
    until(lambda: "recordings" in lab.property("fault"), "that there are no recordings")
    assert lab.property("runs") == []


def test_compared_exported_and_deleted(
    shown: Window, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = shown.root.lab
    begin(lab, "stt", source=str(clips), recognisers=["good"])
    first = ended(lab)["id"]
    begin(lab, "stt", source=str(clips), recognisers=["good"])
    until(lambda: lab.property("result")["id"] != first and not lab.property("standing"), "the second")
    second = lab.property("result")["id"]
    lab.show(second, first)
    until(lambda: lab.property("result")["other"] == first, "the comparison")
    [row] = lab.property("result")["rows"]
    assert {one["before"] for one in row["figures"] if one["name"] == "wer"} == {figures(row)["wer"]}
    written = QSignalSpy(lab.exported)
    monkeypatch.setattr("voicebot.desktop.lab.QStandardPaths.writableLocation", lambda _: str(tmp_path))
    lab.export("json")
    until(lambda: written.count(), "the report")
    report = json.loads((tmp_path / f"{second}.json").read_text("utf-8"))
    assert [run["id"] for run in report["runs"]] == [second, first]
    lab.remove(second)
    until(lambda: [run["id"] for run in lab.property("runs")] == [first], "its end")
    assert lab.property("result") == {}


def test_voices_are_listened_to_without_knowing_which_is_which(shown: Window, tmp_path: Path) -> None:
    lab, texts = shown.root.lab, tmp_path / "texts.txt"
    texts.write_text("one\ntwo\nthree\n", "utf-8")
    begin(lab, "tts", source=str(texts), voices=["loud", "soft"], recognisers=["good"])
    result = ended(lab)
    assert [row["voice"] for row in result["rows"]] == ["loud", "soft"]
    assert {"first", "speed", "loudness", "wer"} <= figures(result["rows"][0]).keys()
    assert [Path(one["sound"]).is_file() for one in lab.property("trials")] == [True] * 6
    blind = lab.listening
    lab.listen("", "")
    until(lambda: blind.property("left") == 3, "the pairs")
    for left in (2, 1, 0):
        assert blind.property("text") in ("one", "two", "three") and not blind.property("bothHeard")
        told = {blind.property(name) for name in ("text", "fault", "total", "left")}
        assert not told & {"loud", "soft"} and lab.property("result")["preferences"] == []
        blind.play("a")
        blind.play("b")
        until(lambda: blind.property("bothHeard"), "both")
        blind.choose("a" if left else "same")
        until(lambda left=left: blind.property("left") == left, "the next pair")  # type: ignore[misc]
    until(lambda: lab.property("result")["preferences"], "the result")
    [found] = lab.property("result")["preferences"]
    assert (found["firstPreferred"] + found["secondPreferred"], found["same"]) == (2, 1)
    assert found["share"] and found["p"] and not blind.property("active")


def test_a_test_without_samples_says_so(shown: Window, tmp_path: Path) -> None:
    lab, texts = shown.root.lab, tmp_path / "texts.txt"
    texts.write_text("one\n", "utf-8")
    begin(lab, "tts", source=str(texts), voices=["loud", "soft"])
    ended(lab)
    shutil.rmtree(lab._shown.run.folder / "samples")  # type: ignore[union-attr]
    lab.listen("", "")
    until(lambda: lab.listening.property("fault"), "the fault")


def test_each_voice_is_heard_by_each_recogniser(shown: Window, tmp_path: Path) -> None:
    lab, texts = shown.root.lab, tmp_path / "texts.txt"
    texts.write_text("red blue green\n", "utf-8")
    begin(lab, "roundtrip", source=str(texts), voices=["loud", "soft"], recognisers=["good", "broken"])
    rows = ended(lab)["rows"]
    assert [(row["voice"], row["engine"], row["failed"]) for row in rows] == [
        ("loud", "good", 0), ("loud", "broken", 1), ("soft", "good", 0), ("soft", "broken", 1),
    ]  # fmt: skip
    assert figures(rows[0])["wer"].startswith("33.3%")


def test_what_can_be_chosen_is_looked_for(qt: QGuiApplication) -> None:
    with window(Engines()) as made:
        lab = made.root.lab
        lab.refresh()
        until(lambda: lab.property("recognisers"), "the engines")
        by_name = {one["name"]: one["local"] for one in lab.property("recognisers")}
        assert by_name["sphinx"] and "scripted" not in by_name
        assert all(one["detail"] == "" for one in lab.property("voices") if not one["local"]), "no service was asked"
