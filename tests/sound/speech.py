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
