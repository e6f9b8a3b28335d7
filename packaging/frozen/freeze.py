"""Freezes Voicebot: PyInstaller, then what it leaves to be done, so that twice the same makes twice the same.

    python packaging/frozen/freeze.py FOLDER

makes FOLDER/voicebot (the program) and FOLDER/sources.json (which file came from where). Run it with a Python that has
Voicebot's wheel and PyInstaller installed; `make package` prepares one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STRIPPED = ("ctranslate2/_ext*.so", "libpython*.so*")
"""Files that bring debugging symbols, 85 MB of them. Others are left alone: what patchelf changed, strip breaks."""


def freeze(folder: Path, moment: int) -> Path:
    """The frozen program; `moment` is the time in seconds that it bears. Raises CalledProcessError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment), "VOICEBOT_SOURCES": str(folder)}
    environment = {**os.environ, **fixed}
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
               "--distpath", str(folder), "--workpath", str(folder / "work"), str(HERE / "voicebot.spec")]  # fmt: skip
    subprocess.run(command, env=environment, cwd=folder, check=True)
    program = folder / "voicebot"
    strip(program / "lib")
    shutil.rmtree(folder / "work", ignore_errors=True)
    return program


def strip(library: Path) -> None:
    """Take the debugging symbols out of what brings them."""
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for file in sorted(library.rglob("*.so*")):
        inside = file.relative_to(library).as_posix()
        if not file.is_symlink() and any(fnmatch(inside, pattern) for pattern in STRIPPED):
            subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)


def sources(folder: Path) -> dict[str, str]:
    """Place in the program → path of the file that was taken, as the spec wrote it down."""
    found: dict[str, str] = json.loads((folder / "sources.json").read_text("utf-8"))
    return found


if __name__ == "__main__":
    freeze(Path(sys.argv[1]).resolve(), int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
