"""The packages: how large they are, and how long the frozen program takes to show its window, cold and warm.

Measured is what `make package` left in dist/ and build/frozen. The window is watched from outside (`framebuffer`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.__main__ import CannotRun
from tests.bench.framebuffer import first_picture, on_a_screen

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "build" / "frozen" / "voicebot"
RUNS = 5
CACHES = Path("/proc/sys/vm/drop_caches")
MEGABYTE = 1e6


def measure() -> dict[str, float]:
    if not PROGRAM.is_dir():
        raise CannotRun("there is no frozen program: make package")
    if shutil.which("Xvfb") is None:
        raise CannotRun("Xvfb is not installed")
    found = {
        "package.program_mb": sum(file.lstat().st_size for file in PROGRAM.rglob("*") if file.is_file()) / MEGABYTE,
        **{f"package.{kind}_mb": file.stat().st_size / MEGABYTE for kind, file in packages()},
        "package.first_frame_seconds": median(started() for _ in range(RUNS)),
    }
    if os.access(CACHES, os.W_OK):
        found["package.first_frame_cold_seconds"] = median(started(cold=True) for _ in range(RUNS))
    return found


def packages() -> list[tuple[str, Path]]:
    kinds = (("deb", "voicebot_*.deb"), ("portable", "voicebot-*-linux-*.tar.*"))
    return [(kind, file) for kind, pattern in kinds for file in (ROOT / "dist").glob(pattern)]


def started(*, cold: bool = False) -> float:
    """Seconds from exec to the first picture, for somebody who starts it for the first time."""
    with tempfile.TemporaryDirectory() as home, on_a_screen() as screen:
        environment = {**os.environ, "VOICEBOT_HOME": home, "XDG_CACHE_HOME": home}
        if cold:
            subprocess.run(["sync"], check=True)
            CACHES.write_text("3")
        return first_picture(screen, [str(PROGRAM / "voicebot"), "window"], environment)
