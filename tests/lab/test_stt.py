"""`voicebot lab stt` as a person runs it: on human voices, on held-out phrases, killed and taken up again."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
from whisper.normalizers import EnglishTextNormalizer

from tests.checkpoint import CHECKPOINT
from tests.cli.program import VOICEBOT, voicebot
from voicebot.audio.files import write_sound

RATE = 16_000
RECORDINGS = Path(os.environ.get("VOICEBOT_SPEECH") or Path(__file__).parents[3] / "shared" / "speech")
TIMINGS = ("final", "final_95", "real_time_factor", "first_partial", "memory", "engine_memory")


def test_pocketsphinx_on_human_voices() -> None:
    """Word error rate at most 15 %, and what jiwer says by hand."""
    if not (RECORDINGS / "transcripts.tsv").is_file():
        pytest.skip(f"no recordings in {RECORDINGS}: set VOICEBOT_SPEECH")
    done = voicebot("lab", "stt", str(RECORDINGS), "--engine", "sphinx", "--language", "en", "--json")
    assert done.status == 0, done.err
    [row], clips = done.json["summary"]["rows"], done.json["summary"]["clips"]
    with (RECORDINGS / "transcripts.tsv").open(encoding="utf-8") as file:
        said = dict(csv.reader(file, delimiter="\t"))
    assert [(clip["clip"], clip["said"]) for clip in clips] == list(said.items())
    normal = EnglishTextNormalizer()
    by_hand = jiwer.wer([normal(text) for text in said.values()], [normal(clip["heard"]) for clip in clips])
    assert row["words"]["rate"] == pytest.approx(by_hand) and by_hand <= 0.15
    assert row["words"]["low"] < by_hand < row["words"]["high"]
    for clip in clips:
        assert clip["first_partial"] > 0 and clip["final"] > 0 and clip["engine_memory"] > 30 << 20
        assert clip["real_time_factor"] == pytest.approx(clip["final"] / clip["seconds"], rel=0.01)


@pytest.fixture(scope="module")
def held_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Phrases that the checkpoint was not trained on, English ones and Korean commands."""
    from tests.checkpoint.evaluation import examples

    folder = tmp_path_factory.mktemp("held-out")
    rows = []
    for language, count in (("en", 6), ("ko", 2)):
        for number, clip in enumerate(examples(count, language=language, seed=7)):
            write_sound(folder / f"{language}{number}.wav", clip.samples, RATE)
            rows.append({"audio": f"{language}{number}.wav", "text": clip.phrase.text, "language": language})
    manifest = folder / "manifest.jsonl"
    manifest.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return folder


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # openai-whisper leaves its word lists open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_both_whispers_agree_on_the_projects_own_checkpoint(held_out: Path, tmp_path: Path) -> None:
    from tests.checkpoint.convert import convert

    folder = convert(CHECKPOINT, tmp_path / "converted" / "spoken-commands")
    engines = (f"whisper:{CHECKPOINT}", f"faster-whisper:{folder}")
    words = [word for engine in engines for word in ("--engine", engine)]
    done = voicebot("lab", "stt", str(held_out), *words, "--json", "--report", str(tmp_path / "report.html"))
    assert done.status == 0, done.err
    summary = done.json["summary"]
    rows = {(row["engine"], row["language"]): row for row in summary["rows"]}
    heard = [[clip["heard"] for clip in summary["clips"] if clip["engine"] == engine] for engine in engines]
    assert heard[0] == heard[1] and len(heard[0]) == 8
    for engine in engines:
        assert rows[engine, "en"]["unit"] == "words" and rows[engine, "en"]["words"]["rate"] <= 0.05
        assert rows[engine, "ko"]["unit"] == "characters" and rows[engine, "ko"]["characters"]["rate"] <= 0.15
        assert rows[engine, "en"]["failed"] == rows[engine, "ko"]["failed"] == 0
    assert "<html" in (tmp_path / "report.html").read_text("utf-8")


# -- stopped and taken up again --------------------------------------------------------------------------------------


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """Clips of 0.3 s; the scripted recogniser takes 0.1 s for each."""
    folder = tmp_path / "clips"
    folder.mkdir()
    for number in range(15):
        write_sound(folder / f"{number:02}.wav", np.full(RATE * 3 // 10, 0.1, np.float32), RATE)
        (folder / f"{number:02}.txt").write_text(f"I would like to cancel {number} orders.")
    return folder


def results_of(home: Path) -> Path:
    [folder] = (home / "data" / "lab").glob("*-stt")
    return folder / "results.jsonl"


def begun(home: Path, clips: Path, at_least: int) -> subprocess.Popen[str]:
    """A run that has some results already."""
    words = [VOICEBOT, "lab", "stt", str(clips), "--engine", "scripted", "--stress", "noise:10", "--language", "en"]
    environment = {**os.environ, "VOICEBOT_HOME": str(home)}
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        if any(file.read_bytes().count(b"\n") >= at_least for file in home.glob("data/lab/*-stt/results.jsonl")):
            return process
        time.sleep(0.02)
    raise AssertionError(process.communicate(timeout=10))


def without_timings(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        kind: [{name: value for name, value in row.items() if name not in TIMINGS} for row in summary[kind]]
        for kind in ("rows", "clips")
    }


def test_killed_and_taken_up_again_it_comes_to_the_same(tmp_path: Path, clips: Path) -> None:
    killed = begun(tmp_path / "killed", clips, 9)
    killed.kill()
    killed.communicate(timeout=10)
    lines = results_of(tmp_path / "killed").read_bytes().splitlines(keepends=True)
    assert 9 <= len(lines) < 30
    results_of(tmp_path / "killed").write_bytes(b"".join(lines) + lines[0][:20])  # and it died in a line
    resumed = voicebot("lab", "stt", "--resume", "--json", VOICEBOT_HOME=str(tmp_path / "killed"))
    assert resumed.status == 0, resumed.err
    after = results_of(tmp_path / "killed").read_bytes().splitlines(keepends=True)
    assert after[: len(lines)] == lines and len(after) == 30, "what was done was not done again"
    undisturbed = voicebot(
        "lab", "stt", str(clips), "--engine", "scripted", "--stress", "noise:10", "--language", "en", "--json",
        VOICEBOT_HOME=str(tmp_path / "undisturbed"),
    )  # fmt: skip
    assert without_timings(resumed.json["summary"]) == without_timings(undisturbed.json["summary"])
    assert len(undisturbed.json["summary"]["clips"]) == 30


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path, clips: Path) -> None:
    process = begun(tmp_path / "stopped", clips, 3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130 and "Traceback" not in err
    run = results_of(tmp_path / "stopped").parent.name
    assert f"`voicebot lab stt --resume {run}` goes on" in err
    [about] = voicebot("lab", "list", "--json", VOICEBOT_HOME=str(tmp_path / "stopped")).json
    assert (about["run"], about["trials"]) == (run, 30) and 3 <= about["done"] < 30


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def few(clips: Path) -> Path:
    """Two of the clips."""
    for file in sorted(clips.iterdir())[4:]:
        file.unlink()
    return clips


def test_one_engine_that_cannot_run_ends_nothing(tmp_path: Path, clips: Path) -> None:
    words = ("--engine", f"whisper:{tmp_path}/none.pt", "--engine", "scripted", "--language", "en")
    done = voicebot("lab", "stt", str(few(clips)), *words, "--json")
    assert done.status == 0, done.err
    broken, right = done.json["summary"]["rows"]
    assert (broken["failed"], right["failed"], right["clips"]) == (2, 0, 2)
    assert "whisper:none is not downloaded" in broken["failure"]
    run = done.json["run"]
    shown = voicebot("lab", "show")
    assert "whisper:none is not downloaded" in shown.out and "scripted" in shown.out
    voicebot("lab", "show", "2001").complained(2, "no run 2001")
    exported = voicebot("lab", "export", run, "--to", str(tmp_path / "run.csv"), "--json")
    assert exported.json == {"runs": [run], "file": str(tmp_path / "run.csv")}
    with (tmp_path / "run.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [bool(row["error"]) for row in rows] == [True, True, False, False]
    assert rows[2]["said"] == "I would like to cancel 0 orders." and float(rows[2]["wer"]) > 0
    assert voicebot("lab", "remove", run, "--json").json == [run]
    assert voicebot("lab", "list", "--json").json == []


def test_pocketsphinx_fails_for_korean_alone(tmp_path: Path, clips: Path) -> None:
    manifest = tmp_path / "list.csv"
    few(clips)
    manifest.write_text("audio,text,language\nclips/00.wav,안녕,ko\nclips/01.wav,hello,en\n", encoding="utf-8")
    done = voicebot("lab", "stt", str(manifest), "--engine", "sphinx", "--json")
    korean, english = done.json["summary"]["rows"]
    assert "understands English only" in korean["failure"] and not english["failure"]


def test_clips_leave_the_machine_only_when_that_was_asked_for(clips: Path) -> None:
    words = ("lab", "stt", str(few(clips)), "--engine", "openai")
    voicebot(*words).complained(2, "would send the clips off this computer", "--yes")
    asked = voicebot(*words, "--yes", "--json")
    assert "openai" in asked.err and asked.status == 1, "there is no key"
    assert asked.json["summary"]["rows"][0]["failed"] == 2
    chosen = voicebot(*words, "--json", VOICEBOT_STT_ENGINE="openai")
    assert chosen.status == 1 and chosen.json["summary"]["rows"][0]["failed"] == 2


def test_wrong_words_are_told_before_anything_begins(tmp_path: Path, clips: Path) -> None:
    for words, told in (
        (("--engine", "sphynx"), "Did you mean sphinx"),
        (("--engine", "scripted", "--stress", "echo"), "There is no stress 'echo'"),
        (("--engine", "scripted", "--recordings"), "not clear which clips"),
    ):
        voicebot("lab", "stt", str(clips), *words).complained(2, told)
    voicebot("lab", "stt", str(tmp_path / "none"), "--engine", "scripted").complained(2, "no folder or list")
    voicebot("lab", "stt", "--resume").complained(2, "There is no run yet")
    assert voicebot("lab", "list", "--json").json == []
