"""The .deb: the frozen program in /usr/lib/voicebot, its menu entries and pages, and what it needs of the system.

Made by hand out of an ar, two tar archives and text (deb(5)), by dpkg-deb, with every time and owner fixed.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from linux import depends, share

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "The Voicebot authors <voicebot@localhost>"
POSTRM = """#!/bin/sh
# What is in people's homes is theirs: neither removing nor purging touches it.
set -e
if [ "$1" = remove ] && [ -t 1 ]; then
    echo "Conversations, models and settings stay in ~/.local/share/voicebot and ~/.config/voicebot of whoever used it."
fi
"""
PRERM = """#!/bin/sh
set -e
if [ "$1" = remove ] && [ -t 1 ]; then
    echo "To delete your own conversations, models and settings too, run before: voicebot data remove"
fi
"""


def build(program: Path, into: Path, version: str, machine: str, app_id: str, moment: int) -> Path:
    """The package, in the folder `into`. Raises LookupError, CalledProcessError, FileNotFoundError (no dpkg-deb)."""
    architecture = ARCHITECTURES[machine]
    tree = into / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(program, tree, version, app_id)
    write_control(tree, version, architecture, depends.requirements(program))
    fix(tree, moment)
    package = into / f"voicebot_{version}_{architecture}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    options = ["--root-owner-group", "-Zzstd", "-z12", "--threads-max=2"]  # readable from Debian 12 and Ubuntu 22.04 on
    command = ["dpkg-deb", *options, "--build", str(tree), str(package)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return package


def lay_out(program: Path, tree: Path, version: str, app_id: str) -> None:
    shutil.copytree(program, tree / "usr/lib/voicebot", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/voicebot").symlink_to("../lib/voicebot/voicebot")
    share.write(tree / "usr/share", app_id, version)
    documents = tree / "usr/share/doc/voicebot"
    documents.mkdir(parents=True)
    shutil.copyfile(copyright_text(), documents / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    (documents / "licences").symlink_to("../../../lib/voicebot/lib/voicebot/_data/licences")


def copyright_text() -> Path:
    return Path(__file__).parent / "copyright"


def write_control(tree: Path, version: str, architecture: str, found: list[depends.Requirement]) -> None:
    control = tree / "DEBIAN"
    control.mkdir()
    kilobytes = sum(file.lstat().st_size for file in tree.rglob("*") if not file.is_dir()) // 1024
    (control / "control").write_text(control_text(version, architecture, kilobytes, depends.control_field(found)))
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree).as_posix()}"
        for file in sorted((tree / "usr").rglob("*"))
        if file.is_file() and not file.is_symlink()
    ]
    (control / "md5sums").write_text("\n".join(sums) + "\n")
    for name, text in (("prerm", PRERM), ("postrm", POSTRM)):
        (control / name).write_text(text)
        (control / name).chmod(0o755)


def control_text(version: str, architecture: str, kilobytes: int, needs: str) -> str:
    return f"""Package: voicebot
Version: {version}
Architecture: {architecture}
Maintainer: {MAINTAINER}
Installed-Size: {kilobytes}
Depends: {needs}
Recommends: {", ".join(depends.RECOMMENDED)}
Section: sound
Priority: optional
Description: voice assistant that works offline
 Voicebot hears you, thinks, and answers aloud: hold a key, or just speak. It
 works with no network, no account and no key, in English and Korean, and uses
 better recognisers, models and voices where they are added.
 .
 It also turns recordings and films into text and subtitles, and compares
 speech recognisers and voices with one another.
"""


def fix(tree: Path, moment: int) -> None:
    """The same rights and times whoever builds, and when."""
    for path in sorted(tree.rglob("*")):
        if path.is_symlink():
            os.utime(path, (moment, moment), follow_symlinks=False)
            continue
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment))
    os.utime(tree, (moment, moment))
