"""Recordings in the window's model: listed, begun one after another, stopped, failing, read, played, exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

pytest.importorskip("PySide6.QtQml", exc_type=ImportError)

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtTest import QSignalSpy

from tests.desktop.running import Engines, Window, until, window
from tests.sound.speech import flite
from tests.transcription.media import RATE, make, speech
from voicebot.desktop.transcribing import Step
from voicebot.desktop.transcriptions import ROLES, Transcriptions
from voicebot.errors import EngineError
from voicebot.events import Samples
from voicebot.stt.base import Segment
from voicebot.stt.scripted import Line, ScriptedSpeechToText

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

pytestmark = pytest.mark.usefixtures("qt")
PAUSE = np.zeros(3 * RATE, dtype=np.float32)


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return speech(flite("What time is it in London?", tmp_path_factory.mktemp("speech") / "question.wav"))


@pytest.fixture
def film(tmp_path: Path, question: Samples) -> Path:
    return make(tmp_path / "한국 영화.mp4", np.concatenate([question, PAUSE, question]), picture=True)


@pytest.fixture
def engine() -> ScriptedSpeechToText:
    return ScriptedSpeechToText((Line("One.", delay=0.0), Line("Two.", delay=0.0)))


@pytest.fixture
def shown(qt: QGuiApplication, engine: ScriptedSpeechToText, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The models over a running core; every recogniser that is wanted is the scripted one."""
    from voicebot.engines import Workshop

    monkeypatch.setattr(Workshop, "stt", lambda self, name="": engine)
    with window(Engines()) as made:
        yield made


def rows(model: Transcriptions) -> list[dict[str, Any]]:
    first = Qt.ItemDataRole.UserRole
    return [
        {role: model.data(model.index(row), first + number) for number, role in enumerate(ROLES)}
        for row in range(model.rowCount())
    ]


def standings(model: Transcriptions) -> list[str]:
    return [row["standing"] for row in rows(model)]


def texts(model: Transcriptions) -> list[tuple[str, str]]:
    first = Qt.ItemDataRole.UserRole
    passages = model.passages
    indices = [passages.index(row) for row in range(passages.rowCount())]
    return [(passages.data(one, first + 1), passages.data(one, first + 2)) for one in indices]


def add(model: Transcriptions, *files: Path) -> bool:
    return model.add([QUrl.fromLocalFile(str(file)) for file in files])


def test_a_film_is_listed_and_waits_until_it_is_begun(shown: Window, film: Path) -> None:
    model = shown.root.transcriptions
    assert add(model, film, film)
    assert add(model, film)
    [row] = rows(model)
    assert (row["name"], row["folder"], row["standing"]) == ("한국 영화.mp4", str(film.parent), "new")
    assert model.property("unbegun") == 1
    model.begin()
    until(lambda: standings(model) == ["done"])
    [row] = rows(model)
    assert row["share"] == pytest.approx(1.0, abs=0.01)
    assert row["detail"]["total"] == "0:06" and row["passages"] == 2
    assert texts(model) == [("0:00", "One."), ("0:04", "Two.")]
    assert model.copied() == "One.\n\nTwo."
    assert model.property("shownName") == "한국 영화.mp4"


def test_what_is_no_file_of_this_machine_is_refused(shown: Window) -> None:
    model = shown.root.transcriptions
    refused = QSignalSpy(model.refused)
    assert not model.add([QUrl("https://example.com/talk.mp4")])
    assert (model.rowCount(), refused.at(0)) == (0, ["https://example.com/talk.mp4"])


def test_one_after_another_and_one_that_fails_holds_up_nobody(shown: Window, film: Path, tmp_path: Path) -> None:
    model = shown.root.transcriptions
    add(model, film, tmp_path / "nowhere.mp4", film.parent)
    model.begin()
    assert standings(model) == ["waiting", "waiting", "waiting"]
    until(lambda: standings(model) == ["done", "failed", "failed"])
    assert "nowhere.mp4" in rows(model)[1]["fault"] and "folder" in rows(model)[2]["fault"]
    shown.root.appearance.setProperty("language", "ko")
    assert rows(model)[2]["fault"].endswith("폴더예요. 그 안의 소리 파일을 골라 주세요")


def test_stopped_it_keeps_its_text_and_the_next_one_begins(
    shown: Window, film: Path, question: Samples, engine: ScriptedSpeechToText
) -> None:
    model = shown.root.transcriptions
    other = make(film.parent / "other.wav", question, "pcm_s16le")
    engine.lines = (Line("One.", delay=0.0), Line(hangs=True), Line("Other.", delay=0.0))
    add(model, film, other)
    model.begin()
    until(lambda: engine.heard == 2)
    model.stop(1)
    until(lambda: standings(model) == ["stopped", "done"])
    assert texts(model) == [("0:00", "Other.")]
    model.show(1)
    assert texts(model) == [("0:00", "One.")]
    assert model.property("exportable")
    engine.heard, engine.lines = 0, (Line("Once more.", delay=0.0),)
    model.again(1)
    until(lambda: standings(model) == ["done", "done"])
    assert [words for _, words in texts(model)] == ["Once more.", "Once more."]


def test_one_that_waits_is_stopped_and_taken_off_the_list(
    shown: Window, film: Path, question: Samples, engine: ScriptedSpeechToText
) -> None:
    model = shown.root.transcriptions
    engine.lines = (Line(hangs=True),)
    add(model, film, make(film.parent / "other.wav", question, "pcm_s16le"))
    model.begin()
    until(lambda: engine.heard == 1)
    model.stop(2)
    assert standings(model)[1] == "new"
    model.remove(1)  # it is being worked on
    model.remove(2)
    assert [row["number"] for row in rows(model)] == [1]
    model.stop(1)
    until(lambda: standings(model) == ["stopped"])
    model.remove(1)
    assert (rows(model), texts(model), model.property("shown")) == ([], [], 0)


def test_an_engine_that_fails_says_why_and_what_was_recognised_stays(
    shown: Window, film: Path, engine: ScriptedSpeechToText
) -> None:
    model = shown.root.transcriptions
    engine.lines = (Line("One.", delay=0.0), Line(error=EngineError("it broke", fix="mend it"), delay=0.0))
    add(model, film)
    model.begin()
    until(lambda: standings(model) == ["failed"])
    assert rows(model)[0]["fault"] == "It broke. Mend it"
    assert texts(model) == [("0:00", "One.")]


def test_it_is_exported_beside_the_film_under_a_free_name(shown: Window, film: Path) -> None:
    model = shown.root.transcriptions
    exported = QSignalSpy(model.exported)
    add(model, film)
    model.begin()
    until(lambda: standings(model) == ["done"])
    for kind in ("srt", "srt", "txt", "vtt", "json"):
        before = exported.count()
        model.export(kind)
        until(lambda before=before: exported.count() > before)  # type: ignore[misc]
    names = [Path(exported.at(number)[0]).name for number in range(exported.count())]
    assert names == ["한국 영화.srt", "한국 영화 (2).srt", "한국 영화.txt", "한국 영화.vtt", "한국 영화.json"]
    assert "One." in film.with_suffix(".srt").read_text("utf-8")


def test_it_is_played_from_a_passage_on(shown: Window, film: Path) -> None:
    model = shown.root.transcriptions
    add(model, film)
    model.begin()
    until(lambda: standings(model) == ["done"])
    states: list[str] = []
    shown.root.talk.changed.connect(lambda: states.append(shown.root.talk.property("state")))
    model.play(4.0)
    until(lambda: "speaking" in states and states[-1] == "idle")
    assert not shown.said


def test_the_engine_and_the_language_that_are_chosen_are_taken(
    shown: Window, film: Path, monkeypatch: pytest.MonkeyPatch, engine: ScriptedSpeechToText
) -> None:
    from voicebot.engines import Workshop

    asked: list[str] = []
    languages: list[Any] = []
    transcribe = ScriptedSpeechToText.transcribe

    async def listening(self: ScriptedSpeechToText, samples: Samples, wanted: Any, alive: Any) -> Any:
        languages.append(wanted)
        return await transcribe(self, samples, wanted, alive)

    monkeypatch.setattr(Workshop, "stt", lambda self, name="": asked.append(name) or engine)
    monkeypatch.setattr(ScriptedSpeechToText, "transcribe", listening)
    model = shown.root.transcriptions
    model.setProperty("engine", "whisper")
    model.setProperty("language", "ko")
    add(model, film)
    model.begin()
    until(lambda: standings(model) == ["done"])
    assert (asked, set(languages)) == (["whisper"], {("ko",)})


def test_ten_hours_of_text_are_added_piece_by_piece(shown: Window, tmp_path: Path) -> None:
    """A view is told of new rows alone, never of a list that was made anew."""
    model = shown.root.transcriptions
    add(model, tmp_path / "long.mp4")
    model.show(1)
    resets, added = QSignalSpy(model.passages.modelReset), QSignalSpy(model.passages.rowsInserted)
    for number in range(10_000):
        model._take(1, Step("working", segments=(Segment(number * 3.6, number * 3.6 + 3.0, "words " * 12),)))
    assert (resets.count(), added.count(), model.passages.rowCount()) == (0, 10_000, 10_000)
    assert model.passages.rowCount(model.passages.index(0)) == 0
    assert model.passages.data(QModelIndex(), Qt.ItemDataRole.UserRole) is None
    assert texts(model)[-1][0] == "9:59:56"
