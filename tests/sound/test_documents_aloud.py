"""A dropped PDF, asked aloud: the answer that comes out of the speaker holds the fact, and the page it stands on."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.cli.program import voicebot
from tests.rag.files import pdf
from tests.sound.server import SoundServer
from tests.sound.speech import flite, transcript
from tests.sound.test_conversation_aloud import Chat, chat, energy, energy_of_saying, wait_until_quiet

FACT = "Every employee gets fifteen days of paid leave in a year."
QUESTION = "how many days of leave does every employee get"
WITH_FLITE = (sys.executable, "-m", "tests.sound.flite_voice")
OTHERS = "tables chairs lamps carpets windows doors gardens roofs walls stairs kitchens printers coffee"


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Fourteen pages; the fact is on the last."""
    pages = [f"This page tells about {thing}, and of nothing else." for thing in OTHERS.split()]
    return pdf(tmp_path / "handbook.pdf", [*pages, f"{FACT}\nAsk the manager early."], "Handbook")


def dropped(handbook: Path) -> None:
    done = voicebot("docs", "add", "work", str(handbook))
    assert done.status == 0, done.err


def heard_after(running: Chat, sound: SoundServer, question: Path) -> np.ndarray:
    running.wait_for("Just speak")
    time.sleep(2.0)
    sound.speak(question)
    running.wait_for("voicebot: ")
    running.wait_for("[1] Handbook, page 14")
    return wait_until_quiet(sound)


def test_the_answer_that_is_heard_holds_the_fact_and_the_page(
    sound: SoundServer, tmp_path: Path, handbook: Path
) -> None:
    """In flite's voice, which PocketSphinx reads word for word."""
    dropped(handbook)
    words = ("--hands-free", "--collection", "work", "--tts", "flite")
    question = flite(QUESTION, tmp_path / "question.wav")
    with chat(sound, *words, program=WITH_FLITE) as running:
        heard = heard_after(running, sound, question)
    said = transcript(heard, tmp_path, "sphinx")
    assert "fifteen days" in said
    assert "page fourteen" in said
    assert said.count("page") == 1
    assert f'voicebot: The Handbook says on page 14: "{FACT}" [1]' in running.printed


def test_the_systems_voice_says_the_same(sound: SoundServer, tmp_path: Path, handbook: Path) -> None:
    """espeak-ng is heard badly here: its answer has the energy of that sentence."""
    dropped(handbook)
    question = flite(QUESTION, tmp_path / "question.wav")
    with chat(sound, "--hands-free", "--collection", "work") as running:
        heard = heard_after(running, sound, question)
    expected = energy_of_saying(f'The Handbook says on page 14: "{FACT}"', tmp_path)
    assert energy(heard) == pytest.approx(expected, rel=0.15)
