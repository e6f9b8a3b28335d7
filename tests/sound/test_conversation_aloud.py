"""A spoken question into the virtual microphone, a spoken answer out of the virtual speaker, real parts only."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoint import CHECKPOINT
from tests.cli.program import SCRIPTED, VOICEBOT, voicebot
from tests.noises import noise
from tests.sound.server import RATE, SoundServer
from tests.sound.speech import flite
from voicebot.audio.files import read_sound, write_sound

QUESTION = "what is seven plus five"
LIMIT = 60.0


class Chat:
    """`voicebot chat` on the virtual sound card; what it prints is read as it comes."""

    def __init__(self, sound: SoundServer, *words: str, program: Sequence[str] = (VOICEBOT,)) -> None:
        self.process = subprocess.Popen(
            [*program, "chat", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **sound.environment},
        )  # fmt: skip
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        self.printed = ""

    def wait_for(self, words: str, since: int = 0) -> None:
        deadline = time.monotonic() + LIMIT
        while words not in self.printed[since:]:
            assert time.monotonic() < deadline, f"{words!r} did not come: {self.printed}"
            assert self.process.poll() is None, f"it ended: {self.printed}"
            self.read()
            time.sleep(0.02)

    def read(self) -> None:
        assert self.process.stdout is not None
        self.printed += (self.process.stdout.read() or b"").decode()

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()


@contextmanager
def chat(sound: SoundServer, *words: str, program: Sequence[str] = (VOICEBOT,)) -> Iterator[Chat]:
    running = Chat(sound, *words, program=program)
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGINT)
        running.process.wait(15)
        running.read()
        for pipe in (running.process.stdin, running.process.stdout):
            if pipe is not None:
                pipe.close()
    assert "Traceback" not in running.printed


def wait_until_quiet(sound: SoundServer) -> np.ndarray:
    """What was played, once it has been played."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        heard = sound.recorded()
        if np.abs(heard).max(initial=0.0) > 0.02 and np.abs(heard[-RATE:]).max() < 0.01:
            return heard
        time.sleep(0.2)
    raise AssertionError("nothing was played")


def speech_seconds(samples: np.ndarray) -> float:
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    return float(loud[-1] - loud[0]) / RATE


def energy(samples: np.ndarray) -> float:
    """The sum of squares: gaps that a busy machine makes in the sound do not change it."""
    return float(np.sum(np.square(samples, dtype=np.float64)))


def energy_of_saying(text: str, folder: Path) -> float:
    """The energy of a sentence in the system's voice, as the speaker would play it."""
    voicebot("say", text, "--out", str(folder / "expected.wav"))
    return energy(read_sound(folder / "expected.wav", RATE))


RECOGNISERS = {"sphinx": QUESTION, f"whisper:{CHECKPOINT}": "What is seven plus five?"}


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=["sphinx", "whisper"])
def test_hands_free_a_spoken_question_is_answered_aloud(sound: SoundServer, tmp_path: Path, recogniser: str) -> None:
    question = flite(QUESTION, tmp_path / "question.wav")
    with chat(sound, "--hands-free", "--stt", recogniser) as running:
        running.wait_for("Just speak")
        time.sleep(2.0)
        sound.speak(question)
        running.wait_for("voicebot: ")
        running.wait_for("twelve")
        heard = wait_until_quiet(sound)
    assert f"you: {RECOGNISERS[recogniser]}" in running.printed
    expected = energy_of_saying("Seven plus five is twelve.", tmp_path)
    assert energy(heard) == pytest.approx(expected, rel=0.15)
    assert running.process.returncode == 130


def test_push_to_talk_on_enter(sound: SoundServer, tmp_path: Path) -> None:
    question = flite(QUESTION, tmp_path / "question.wav")
    with chat(sound) as running:
        running.wait_for("Press Enter to talk")
        time.sleep(1.0)
        running.type("")
        sound.speak(question)
        running.type("")
        running.wait_for("twelve")
        wait_until_quiet(sound)
    assert f"you: {QUESTION}" in running.printed


def test_a_typed_question_is_answered_aloud_and_enter_stops_it(sound: SoundServer) -> None:
    with chat(sound, *SCRIPTED) as running:
        running.wait_for("Press Enter to talk")
        running.type("hello")
        running.wait_for("back within")
        while np.abs(sound.recorded()).max(initial=0.0) < 0.02:
            time.sleep(0.05)
        running.type("")
        running.wait_for("— stop —")
        heard = wait_until_quiet(sound)
    assert speech_seconds(heard) < 6.0  # all of it would be 8 s and more


def test_keeping_quiet_is_no_turn(sound: SoundServer, tmp_path: Path) -> None:
    noise = (0.003 * np.random.default_rng(1).standard_normal(RATE * 3)).astype(np.float32)
    write_sound(tmp_path / "noise.wav", noise, RATE)
    with chat(sound, "--hands-free") as running:
        running.wait_for("Just speak")
        sound.speak(tmp_path / "noise.wav")
        time.sleep(1.0)
    assert "you:" not in running.printed
    assert np.abs(sound.recorded()).max(initial=0.0) < 0.01


def test_the_history_and_the_recording_are_kept(sound: SoundServer, tmp_path: Path, own_home: Path) -> None:
    import sqlite3

    import soundfile

    question = flite(QUESTION, tmp_path / "question.wav")
    with chat(sound, "--hands-free") as running:
        running.wait_for("Just speak")
        time.sleep(1.5)
        sound.speak(question)
        running.wait_for("twelve")
        wait_until_quiet(sound)
    database = sqlite3.connect(own_home / "data" / "history.db")
    rows = database.execute("SELECT role, text, interrupted FROM message ORDER BY id").fetchall()
    [(recording, outcome)] = database.execute("SELECT recording, outcome FROM turn").fetchall()
    database.close()
    assert rows == [("user", QUESTION, 0), ("assistant", "Seven plus five is twelve.", 0)]
    assert outcome == "answered"
    assert soundfile.info(recording).format == "FLAC"
    assert voicebot("transcribe", recording).out.strip() == QUESTION


def test_a_sound_server_that_dies_is_told_and_the_chat_goes_on(tmp_path: Path) -> None:
    server = SoundServer()
    server.start()
    try:
        with chat(server, "--hands-free", *SCRIPTED) as running:
            running.wait_for("Just speak")
            time.sleep(1.0)
            server.stop()
            running.wait_for("stopped working")
            running.type("hello")
            running.wait_for("The order was cancelled")
            server.start()
            running.wait_for("the microphone is back")
    finally:
        server.remove()


def test_ask_answers_a_recording_with_a_recording(sound: SoundServer, tmp_path: Path) -> None:
    question = flite(QUESTION, tmp_path / "question.wav")
    done = voicebot("ask", "--audio", str(question), "--reply-audio", str(tmp_path / "answer.wav"), "--json")
    assert done.status == 0, done.err
    answer = done.json
    assert answer["transcript"] == QUESTION
    assert "twelve" in answer["reply"]
    assert answer["engines"] == {"stt": "sphinx", "llm": "offline", "tts": "pyttsx3"}
    assert {"speech_end_to_first_audio", "stt", "llm_first_token", "tts_first_audio", "total"} <= set(answer["timings"])
    assert answer["citations"] == []
    assert (tmp_path / "answer.wav").stat().st_size > 20_000


def test_words_over_the_answer_stop_it_and_a_cough_does_not(sound: SoundServer, tmp_path: Path) -> None:
    cough, words = tmp_path / "cough.wav", flite("wait a moment please", tmp_path / "words.wav")
    write_sound(cough, noise("coughs", 1.0, -20.0), RATE)
    with chat(sound, "--hands-free", "--barge-in", "--llm", "scripted", "--tts", "pyttsx3") as running:
        running.wait_for("Just speak")
        time.sleep(2.0)
        running.type("hello")
        running.wait_for("back within")
        while np.abs(sound.recorded()).max(initial=0.0) < 0.02:
            time.sleep(0.05)
        sound.speak(cough)
        running.read()
        assert "barge-in" not in running.printed
        sound.begin()
        sound.speak(words)
        running.wait_for("— barge-in —")
        running.wait_for("you: ")
    assert "wait a moment" in running.printed
