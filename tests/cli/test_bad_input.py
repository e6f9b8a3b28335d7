"""Bad input: one clear line, the right exit status, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.program import SCRIPTED, VOICEBOT, voicebot
from tests.sound.speech import flite


def test_help_and_version() -> None:
    assert "ask" in voicebot("--help").out
    assert voicebot("--version").out.startswith("voicebot ")


@pytest.mark.parametrize("command", ["ask", "chat", "transcribe", "say", "models", "doctor"])
def test_every_subcommand_has_help(command: str) -> None:
    done = voicebot(command, "--help")
    assert done.status == 0
    assert "usage: voicebot" in done.out


def test_wrong_usage_is_status_2() -> None:
    assert voicebot("dance").status == 2
    assert voicebot("ask").status == 2
    assert voicebot("ask", "hi", "--stt", "sphynx").status == 2
    voicebot("ask", "hi", "--stt", "sphynx").complained(2, "sphynx", "Did you mean sphinx?")


def test_no_such_file() -> None:
    voicebot("ask", "--audio", "nowhere.wav", *SCRIPTED).complained(1, "nowhere.wav")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    voicebot("ask", "--audio", str(tmp_path / "empty.wav"), *SCRIPTED).complained(1, "empty")


def test_a_text_file_named_wav(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("this is no sound\n" * 100)
    voicebot("transcribe", str(tmp_path / "text.wav"), "--engine", "scripted").complained(1, "not a sound file")


def test_one_bad_file_does_not_lose_the_others(tmp_path: Path) -> None:
    good = flite("what is the time", tmp_path / "good.wav")
    done = voicebot("transcribe", "missing.wav", str(good), "--engine", "scripted", "--json")
    done.complained(1, "missing.wav")
    assert [one["file"] for one in done.json] == [str(good)]


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"), [(8_000, 2, "PCM_24"), (48_000, 1, "FLOAT"), (44_100, 2, "PCM_U8")]
)
def test_other_formats_work(tmp_path: Path, rate: int, channels: int, subtype: str) -> None:
    samples, own = soundfile.read(flite("what is the time", tmp_path / "plain.wav"))
    import soxr

    converted = soxr.resample(samples, own, rate)
    soundfile.write(tmp_path / "other.wav", np.stack([converted] * channels, axis=1), rate, subtype=subtype)
    done = voicebot(
        "ask", "--audio", str(tmp_path / "other.wav"), "--reply-audio", str(tmp_path / "r.wav"), *SCRIPTED, "--json"
    )
    assert done.status == 0, done.err
    assert done.json["transcript"]


def test_two_hours_of_silence_in_bounded_memory(tmp_path: Path) -> None:
    silence = tmp_path / "silence.flac"
    with soundfile.SoundFile(silence, "w", 16_000, 1, "PCM_16") as file:
        for _ in range(120):
            file.write(np.zeros(16_000 * 60, dtype=np.int16))
    words = ["transcribe", str(silence), "--engine", "scripted", "--json"]
    # through a small process of its own: a child's peak counts what its parent held when it was forked
    program = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], check=True);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, VOICEBOT, *words], capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)
    assert found["text"] == ""
    assert found["duration"] == 7200.0
    assert int(done.stderr.split()[-1]) < 150 * 1024  # the samples alone would be 460 MB


def test_no_microphone_and_no_speaker_still_answer_typed() -> None:
    nothing = {"PULSE_SERVER": "unix:/nowhere"}
    done = voicebot("chat", *SCRIPTED, stdin="hello\n", **nothing)
    assert done.status == 0, done.err
    assert "microphone" in done.out
    assert "answers are shown" in done.out
    assert "voicebot: The order was cancelled" in done.out
    assert "!" not in done.out.partition("voicebot: The order")[2]
    asked = voicebot("ask", "hello", *SCRIPTED, **nothing)
    assert asked.status == 0
    assert "speaker" in asked.err
    assert asked.out.startswith("The order was cancelled")


def test_a_broken_settings_file_is_named_with_its_line_and_kept(own_home: Path) -> None:
    file = own_home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[stt]\nengine = \n")
    voicebot("ask", "hi", *SCRIPTED).complained(2, "settings.toml line 2")
    assert file.read_text() == "[stt]\nengine = \n"
    file.write_text("[stt]\nenginee = 'sphinx'\n")
    voicebot("ask", "hi", *SCRIPTED).complained(2, "settings.toml line 2", "enginee", "engine")
    assert any(check["check"] == "settings" and not check["ok"] for check in voicebot("doctor", "--json").json)


def test_a_broken_history_is_kept_aside(own_home: Path, tmp_path: Path) -> None:
    file = own_home / "data" / "history.db"
    file.parent.mkdir(parents=True)
    file.write_text("this is no database at all, but somebody's words" * 100)
    done = voicebot("ask", "hi", *SCRIPTED, "--reply-audio", str(tmp_path / "r.wav"))
    assert "history could not be read" in done.err
    assert done.out.startswith("The order was cancelled")
    [aside] = file.parent.glob("history.db.broken-*")
    assert "somebody's words" in aside.read_text()
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT text FROM message WHERE role = 'user'").fetchall() == [("hi",)]
    database.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        (disk / "filler").write_bytes(b"x" * 65_536)
        done = voicebot(
            "ask", "hi", *SCRIPTED, "--reply-audio", str(tmp_path / "r.wav"), VOICEBOT_HOME=str(disk / "home")
        )
        done.complained(1, "history")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("words", [("chat", *SCRIPTED), ("transcribe", "--engine", "scripted", "long.wav")])
def test_ctrl_c_stops_at_once_and_cleanly(words: tuple[str, ...], tmp_path: Path) -> None:
    write_silence(tmp_path / "long.wav", hours=12)
    process = subprocess.Popen(
        [VOICEBOT, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in err


def write_silence(path: Path, hours: int) -> None:
    """A WAV file of digital silence that takes no room: a hole behind a header."""
    count = 16_000 * 2 * 3_600 * hours
    with path.open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + count) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 1, 1, 16_000, 32_000, 2, 16) + b"data" + struct.pack("<I", count))
        file.truncate(44 + count)


def test_output_into_a_closed_pipe_is_no_failure() -> None:
    done = subprocess.run(
        f"{VOICEBOT} doctor | true", shell=True, capture_output=True, text=True, timeout=60, executable="/bin/bash"
    )
    assert "Traceback" not in done.stderr
