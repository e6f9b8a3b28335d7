#!/usr/bin/env python3
"""Sets Voicebot up in this checkout: Debian packages where it may, and everything from PyPI in .venv.

    python3 packaging/install.py run     what Voicebot needs
    python3 packaging/install.py test    that, and what its tests need

The Makefile calls this before it starts anything. The first run takes minutes; after that a stamp in .venv says within
milliseconds that nothing has changed. A run that was cut off leaves no stamp, and the next one goes on from there.
All of it needs nothing but Python's standard library, and old Pythons understand it well enough to be told their age.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from setup import debian, pypi, venv
from setup.commands import BUILD, LOG, ROOT, Failed, say

OLDEST_PYTHON = (3, 11)


def main(arguments: Sequence[str]) -> int:
    require_python()
    if list(arguments) not in (["run"], ["test"]):
        print("usage: install.py run|test", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        install(arguments[0])
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def require_python() -> None:
    """Hands over to a newer Python when there is one, and ends with one line when there is none."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for newer in map(shutil.which, ("python3.13", "python3.12", "python3.11", "python3.14")):
        if newer and subprocess.run([newer, "-c", ""], capture_output=True, check=False).returncode == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(
        f"Voicebot needs Python 3.11 or newer, and {sys.executable} is {venv.VERSION}. Install one (Ubuntu 22.04: "
        "sudo apt-get install python3.11 python3.11-venv; macOS: brew install python@3.13; otherwise: "
        "https://www.python.org/downloads) and run the same command again."
    )


def install(kind: str) -> None:
    if is_current(kind, ROOT):
        return
    with only_one():
        if is_current(kind, ROOT):
            return
        began = time.monotonic()
        LOG.write_text("", encoding="utf-8")
        say(f"Setting Voicebot up. What the installers print goes to {LOG.relative_to(ROOT)}.")
        venv.require_disk(pypi.gigabytes())
        debian.install(kind)
        venv.make()
        pypi.install(kind)
        stamp(kind, ROOT).write_text(fingerprint(ROOT), encoding="utf-8")
        say(f"Ready after {time.monotonic() - began:.0f} s.")


def is_current(kind: str, root: Path) -> bool:
    """What the tests need includes what the program needs, so for `run` either stamp will do."""
    stamps = [stamp(name, root) for name in (kind, "test")]
    written = [file.read_text(encoding="utf-8") for file in stamps if file.exists()]
    return bool(written) and (root / ".venv/bin/python").exists() and fingerprint(root) in written


def stamp(kind: str, root: Path) -> Path:
    return root / ".venv" / f"installed-for-{kind}"


def fingerprint(root: Path) -> str:
    """What an installation rests on, as one hash; when any of it changes, the next run installs again."""
    digest = hashlib.sha256(f"{venv.VERSION} {root}\n".encode())
    packaging = root / "packaging"
    for file in (root / "pyproject.toml", packaging / "install.py", *sorted(packaging.glob("setup/*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Keeps a second set-up in the same checkout waiting. pip inherits the lock, and holds it if it is left behind."""
    import fcntl

    BUILD.mkdir(exist_ok=True)
    with (BUILD / "install.lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this checkout: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
