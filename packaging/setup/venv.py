"""The virtual environment in .venv: making it, and telling what in it is whole."""

from __future__ import annotations

import csv
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setup.commands import ROOT, Failed, logged, say

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SITE_PACKAGES = VENV / "lib" / f"python{VERSION}" / "site-packages"
GIGABYTES_MEANWHILE = 1.3  # system packages, pip's cache, and what pip unpacks
DEBIAN_PACKAGE = f"python{VERSION}-venv"


def make() -> None:
    """Makes .venv unless a good one is there; one that an older or newer Python made is made anew."""
    if works():
        return
    if not can_be_made():
        raise Failed(f"Python cannot make a virtual environment yet: sudo apt-get install {DEBIAN_PACKAGE}")
    say(f"Making .venv with Python {VERSION}.")
    logged([sys.executable, "-m", "venv", "--clear", str(VENV)])


def require_disk(gigabytes: float) -> None:
    """Raises Failed unless .venv can grow to that size; what an earlier run has put there is already paid for."""
    paid = sum(file.lstat().st_size for file in VENV.rglob("*"))
    missing = gigabytes + GIGABYTES_MEANWHILE - (shutil.disk_usage(ROOT).free + paid) / 1e9
    if missing > 0:
        raise Failed(f"Not enough disk space for {ROOT}: free {missing:.1f} GB, and run the same command again.")


def can_be_made() -> bool:
    """Debian keeps ensurepip in a package of its own."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def works() -> bool:
    """Whether .venv is whole and of this version; its pip is then new enough, since Python 3.11 came with 22.3."""
    probe = [str(PYTHON), "-c", "import sys, pip; print('%d.%d' % sys.version_info[:2])"]
    if not PYTHON.exists():
        return False
    return subprocess.run(probe, capture_output=True, text=True, check=False).stdout.strip() == VERSION


def name_of(requirement: str) -> str:
    """A requirement's package name in the one spelling that all sources agree on."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def installed(site_packages: Path) -> set[str]:
    """The names of the packages in there."""
    return {name_of(metadata.name.split("-")[0]) for metadata in site_packages.glob("*.dist-info")}


def requires_of(name: str, site_packages: Path) -> list[str]:
    """What an installed package asks for, as it says itself, without its extras."""
    from importlib.metadata import distributions

    package = next(iter(distributions(name=name, path=[str(site_packages)])))
    return [requirement for requirement in package.requires or [] if "extra ==" not in requirement]


def forget_half_installed(site_packages: Path) -> None:
    """Removes the metadata of packages whose files are not all there, so that pip installs them once more."""
    for metadata in site_packages.glob("*.dist-info"):
        if not is_whole(metadata):
            say(f"{metadata.stem} is only half installed: once more.")
            shutil.rmtree(metadata)


def is_whole(metadata: Path) -> bool:
    """Whether every file is there in the size that the package's RECORD gives it."""
    record = metadata / "RECORD"
    rows = csv.reader(record.read_text(encoding="utf-8").splitlines()) if record.exists() else ()
    measured = [(metadata.parent / path, int(size)) for path, _, size in rows if size]
    return bool(measured) and all(path.exists() and path.stat().st_size == size for path, size in measured)
