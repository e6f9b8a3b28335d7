"""System packages, where the system is Debian or Ubuntu: which are needed, which are missing, and adding those."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from setup import venv
from setup.commands import Failed, counted, logged, say

RUN_NEEDS = (
    *("libportaudio2", "espeak-ng"),  # sound, and the system's voice
    *("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libfreetype6", "libdbus-1-3"),  # Qt itself
    *("libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),  # Qt's windows
    *("libxcb-shape0", "libxcb-xkb1", "libxcb-render-util0", "libxcb-image0"),
)
TEST_NEEDS = (
    *("pulseaudio", "pulseaudio-utils", "libasound2-plugins"),  # a sound card with nothing attached
    *("flite", "ffmpeg"),  # a voice that recognisers understand; sound files of every kind
    *("xvfb", "xauth", "xdotool", "libgl1-mesa-dri", "fonts-noto-cjk"),  # a screen, keys, and Korean on it
    *("dbus", "gnome-keyring"),  # a place for secrets
    *("desktop-file-utils", "appstream", "mandoc"),  # what judges the menu entry, its description and the manual page
    "zstd",  # what packs the portable archive
)
TEST_DOCUMENTS = (
    *("python3-doc", "debian-faq", "apache2-doc"),  # to be searched, in English
    *("debian-faq-ko", "installation-guide-amd64"),  # and in Korean, as apache2-doc is too: 37 MB in all
)
"""Added by themselves: a system that has not all of them has the others, and what the tests of sound need."""


def install(kind: str) -> None:
    """Installs what is missing for `run` or `test`; without permission it names the command and goes on."""
    if sys.platform != "linux":
        return  # on macOS the wheels carry PortAudio and Qt whole, and the system has a voice
    if not shutil.which("dpkg-query"):
        say("Not Debian or Ubuntu: for sound and speech, install PortAudio and espeak-ng with your package manager.")
        return
    wanted = needed(kind, venv.can_be_made(), with_pipewire=not missing(["pipewire-alsa"]))
    add_missing(wanted, needed_by="sound, speech or the screen")
    if kind == "test":
        add_missing(TEST_DOCUMENTS, needed_by="the tests of searching documents")


def needed(kind: str, venv_can_be_made: bool, with_pipewire: bool) -> list[str]:
    """Leaves PulseAudio out where PipeWire is the sound server, since the one would be installed over the other."""
    first = [] if venv_can_be_made else [venv.DEBIAN_PACKAGE]
    tests = TEST_NEEDS if kind == "test" else ()
    return [*first, *RUN_NEEDS, *(name for name in tests if not (with_pipewire and name == "pulseaudio"))]


def missing(packages: Sequence[str]) -> list[str]:
    """Those that dpkg does not have, under their name or the one that the move to 64-bit time gave them."""
    names = [name for package in packages for name in (package, f"{package}t64")]
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\n", *names]
    listing = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [name for name in packages if not {f"installed {name}", f"installed {name}t64"}.intersection(listing)]


def add_missing(packages: Sequence[str], needed_by: str) -> None:
    if absent := missing(packages):
        add(absent, f"sudo apt-get install {' '.join(absent)}", needed_by)


def add(packages: Sequence[str], by_hand: str, needed_by: str = "sound, speech or the screen") -> None:
    elevated = permission(packages)
    if elevated is None:
        say(f"Left out, though {needed_by} need it; to add it: {by_hand}")
        return
    say(f"Installing {counted(packages, 'Debian package')}: {', '.join(packages)}.")
    try:
        apt_install(packages, elevated)
    except Failed as failure:
        say(f"Going on without them. {failure} To add them later: {by_hand}")


def permission(packages: Sequence[str]) -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None when it may not be run."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo"]
    return ["sudo"] if is_at_terminal() and agrees(packages) else None


def is_at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def agrees(packages: Sequence[str]) -> bool:
    """Asks the person at the terminal, and lets sudo ask for the password."""
    say(f"{counted(packages, 'Debian package')} missing: {', '.join(packages)}.")
    try:
        answer = input("Install with sudo? [Y/n] ").strip().lower()
    except EOFError:
        return False
    return answer in ("", "y", "yes") and subprocess.run(["sudo", "-v"], check=False).returncode == 0


def apt_install(packages: Sequence[str], elevated: Sequence[str]) -> None:
    """Raises Failed with apt's own reason. A stale package list, or an apt that was cut off, is put right once."""
    unattended = [*elevated, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*unattended, "apt-get", "--option", "DPkg::Lock::Timeout=300"]
    add_all = [*apt, "install", "--yes", "--no-remove", "--no-install-recommends", *packages]
    try:
        logged(add_all)
    except Failed:
        logged([*unattended, "dpkg", "--configure", "-a"])
        logged([*apt, "update"])
        logged(add_all)
