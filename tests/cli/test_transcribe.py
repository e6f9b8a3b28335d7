"""`voicebot transcribe` as a person runs it: films, subtitles, folders, stopped in the middle, bad files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cli.program import VOICEBOT, voicebot
from tests.sound.speech import flite
from tests.transcription.media import RATE, make, speech
from voicebot.events import Samples

ORDER = "I would like to cancel my order."
"""What the scripted recogniser hears."""
SCRIPTED = ("--engine", "scripted")


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return speech(flite("What time is it in London?", tmp_path_factory.mktemp("speech") / "question.wav"))


@pytest.fixture
def film(tmp_path: Path, question: Samples) -> Path:
    return make(tmp_path / "한국 영화.mp4", question, picture=True)


def test_json_has_the_same_shape_for_every_kind_of_file(film: Path) -> None:
    [found] = voicebot("transcribe", str(film), *SCRIPTED, "--json").json
    assert list(found) == ["file", "text", "language", "engine", "duration", "seconds", "segments", "complete"]
    assert (found["file"], found["text"], found["engine"]) == (str(film), ORDER, "scripted")
    assert [list(one) for one in found["segments"]] == [["start", "end", "text"]]
    [same] = voicebot("transcribe", str(film), *SCRIPTED, "--format", "json").json
    assert {**same, "seconds": 0} == {**found, "seconds": 0}


@pytest.mark.parametrize(("words", "begins"), [
    (("--format", "srt"), "1\n00:00:00,"), (("--times",), "[0:00] "),
])  # fmt: skip
def test_formats_on_standard_output(film: Path, words: tuple[str, ...], begins: str) -> None:
    done = voicebot("transcribe", str(film), *SCRIPTED, *words)
    assert done.status == 0 and done.out.startswith(begins) and ORDER in done.out


def test_a_file_is_named_and_its_ending_says_the_format(film: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.vtt"
    target.write_text("old", encoding="utf-8")
    done = voicebot("transcribe", str(film), *SCRIPTED, "--output", str(target))
    assert (done.status, done.out) == (0, "")
    assert f"written to {target}" in done.err
    assert target.read_text("utf-8").startswith("WEBVTT")


def test_several_files_go_into_a_folder_and_overwrite_nothing(film: Path, tmp_path: Path, question: Samples) -> None:
    other = make(tmp_path / "한국 영화.m4a", question)
    done = voicebot(
        "transcribe", str(film), "missing.mp4", str(other), *SCRIPTED, "--output", str(tmp_path / "texts"),
        "--format", "srt",
    )  # fmt: skip
    done.complained(1, "missing.mp4")
    names = sorted(one.name for one in (tmp_path / "texts").iterdir())
    assert names == ["한국 영화 (2).srt", "한국 영화.srt"]


@pytest.mark.parametrize("words", [
    ("--output", "one.srt"), ("--format", "srt"),
])  # fmt: skip
def test_several_files_do_not_go_into_one(words: tuple[str, ...]) -> None:
    voicebot("transcribe", "a.mp4", "b.mp4", *SCRIPTED, *words).complained(2, "Name a folder with --output")


def test_a_folder_that_cannot_be_written_is_told_at_the_end(film: Path, tmp_path: Path) -> None:
    done = voicebot("transcribe", str(film), *SCRIPTED, "--output", str(tmp_path / "nowhere" / "x.srt"))
    done.complained(1, "x.srt cannot be written")


def test_a_film_without_sound_and_no_film_at_all(tmp_path: Path) -> None:
    from tests.transcription.test_media import pictures_only

    pictures_only(tmp_path / "silent.mp4")
    voicebot("transcribe", str(tmp_path / "silent.mp4"), *SCRIPTED).complained(1, "silent.mp4 has no sound in it")
    voicebot("transcribe", str(tmp_path), *SCRIPTED).complained(1, "is a folder")


def test_several_tracks_are_told_on_standard_error(tmp_path: Path, question: Samples) -> None:
    done = voicebot("transcribe", str(make(tmp_path / "film.mkv", question, tracks=2)), *SCRIPTED)
    assert done.out == f"{ORDER}\n"
    assert "film.mkv has 2 tracks of sound: the first one was recognised" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("words", [("--json",), ("--output", "long.srt")])
def test_ctrl_c_keeps_what_was_recognised_and_says_so(
    tmp_path: Path, question: Samples, words: tuple[str, ...]
) -> None:
    """The recogniser takes 0.1 s for each of 300 questions; it is stopped among them, once the bar moves."""
    import termios

    pause = np.zeros(RATE, dtype=np.float32)
    make(tmp_path / "long.wav", np.concatenate([question, pause] * 300), "pcm_s16le")
    terminal, its_end = os.openpty()
    termios.tcsetwinsize(its_end, (24, 80))
    process = subprocess.Popen(
        [VOICEBOT, "transcribe", "long.wav", *SCRIPTED, *words],
        stdout=subprocess.PIPE, stderr=its_end, text=True, cwd=tmp_path,
    )  # fmt: skip
    os.close(its_end)
    shown = until(terminal, r"[1-9]\d*/\d+ s of sound")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    shown += until(terminal, r"(?!)")
    os.close(terminal)
    assert process.returncode == 130
    assert "Traceback" not in shown and "what was recognised so far is kept" in shown
    if words == ("--json",):
        [found] = json.loads(out)
        assert found["text"].startswith(ORDER) and not found["complete"]
    else:
        assert out == "" and "written to long.srt" in shown
        assert 1 <= (tmp_path / "long.srt").read_text("utf-8").count(" --> ") < 300


def until(terminal: int, pattern: str) -> str:
    """What is written to a terminal, until it is like `pattern` or nobody is there any more."""
    shown = ""
    while not re.search(pattern, shown):
        try:
            shown += os.read(terminal, 4096).decode(errors="replace")
        except OSError:
            break
    return shown
