"""What a frozen program needs of the system it is installed on: asked of its own files, not guessed."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from frozen import elf

LOADED_BY_NAME = {"libespeak-ng.so.1": "espeak-ng", "libpulse.so.0": "libpulse0"}
"""What no file names as needed, for it is loaded when it is wanted: the voice, and what the sound server mutes."""
RECOMMENDED = ("pipewire-alsa | libasound2-plugins", "fonts-noto-cjk | fonts-nanum", "xdg-desktop-portal",
               "gnome-keyring | kwalletmanager")  # fmt: skip
"""ALSA's way to the sound server, Korean letters, the desktop's own dialogs, a place for keys."""
SINCE = {
    "CXXABI_1.3.13": "11", "CXXABI_1.3.14": "13",
    "GLIBCXX_3.4.29": "11", "GLIBCXX_3.4.30": "12", "GLIBCXX_3.4.31": "13",
}  # fmt: skip
"""The version of gcc since which libstdc++ has these (https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html)."""
OPTIONAL = ("libcuda.so.1", "libnvcuvid.so.1", "libnvidia-encode.so.1", "libjack.so.0")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A library by the name it is looked for, and the Debian package that has it, with a version where it matters."""

    library: str
    package: str

    @property
    def name(self) -> str:
        return self.package.partition(" ")[0]


def requirements(program: Path) -> list[Requirement]:
    """Every library that the program's files need and do not bring. Raises LookupError for one without a package."""
    wanted: set[str] = set()
    versions: dict[str, set[str]] = defaultdict(set)
    brought = {file.name for file in program.rglob("*.so*")}
    for file in elf.files(program):
        needs = elf.needs(file)
        wanted |= needs.libraries
        for library, version in needs.versions:
            versions[library].add(version)
    missing = sorted((wanted - brought - set(OPTIONAL)) | set(LOADED_BY_NAME))
    return [Requirement(library, package_of(library, versions[library])) for library in missing]


def package_of(library: str, versions: set[str]) -> str:
    name = LOADED_BY_NAME.get(library) or owner(library)
    if name == "libc6":
        return f"libc6 (>= {newest('GLIBC_', versions)})" if newest("GLIBC_", versions) else name
    if name == "libstdc++6":
        known = [SINCE[version] for version in versions if version in SINCE]
        return f"libstdc++6 (>= {max(known, key=int)})" if known else name
    return name


def newest(prefix: str, versions: set[str]) -> str:
    """The newest of "GLIBC_2.34", "GLIBC_2.4", ... without its prefix; empty for none."""
    found = [version.removeprefix(prefix) for version in versions if re.fullmatch(rf"{prefix}[\d.]+", version)]
    return max(found, key=lambda text: [int(part) for part in text.split(".")], default="")


def owner(library: str) -> str:
    """The Debian package of a library on this machine. Raises LookupError when it is not installed."""
    for folder in ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/lib", "/usr/lib"):
        path = Path(folder, library)
        if not path.exists():
            continue
        for one in dict.fromkeys((str(path), str(path.resolve()))):
            done = subprocess.run(["dpkg", "-S", one], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout.partition(":")[0]
    raise LookupError(f"{library} is needed, and no package of this machine has it")


def control_field(found: list[Requirement]) -> str:
    """As a control file has it: each package once, with its strictest version."""
    packages: dict[str, str] = {}
    for one in found:
        if " " in one.package or one.name not in packages:
            packages[one.name] = _strictest(packages.get(one.name, one.name), one.package)
    return ", ".join(packages[name] for name in sorted(packages))


def _strictest(before: str, now: str) -> str:
    def version(text: str) -> list[int]:
        return [int(part) for part in re.findall(r"\d+", text.partition(">=")[2])]

    return max(before, now, key=version)
