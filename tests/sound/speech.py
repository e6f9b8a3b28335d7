"""Speech for the tests, made by flite and espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from voicebot.audio.files import write_sound
from voicebot.events import Samples


def flite(text: str, path: Path, voice: str = "rms") -> Path:
    """Speak `text` into a 16 kHz WAV file."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (`make test` installs it)")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, timeout=60)
    return path


def espeak(text: str, path: Path, voice: str = "en-us") -> Path:
    """Speak `text` into a WAV file; the voice is one of espeak-ng's, such as "ko"."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed (`make test` installs it)")
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(path), text], check=True, timeout=60)
    return path


def transcript(samples: Samples, folder: Path, engine: str) -> str:
    """What a recogniser of this program hears in 16 kHz sound, such as a recording of the speaker."""
    file = folder / "heard.wav"
    write_sound(file, samples, 16_000)
    command = [sys.executable, "-m", "voicebot", "transcribe", str(file), "--engine", engine, "--language", "en"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.strip()


def nearest(heard: str, candidates: Sequence[str]) -> str:
    """Which of some sentences a transcript is most like, letter by letter: a voice may be heard badly and still be told
    from others.
    """
    return max(candidates, key=lambda one: SequenceMatcher(None, heard.lower(), one.lower()).ratio())
