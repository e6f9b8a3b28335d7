"""Speech for the tests, made by flite and espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


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
