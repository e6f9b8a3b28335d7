"""The portable archive: a folder that runs from anywhere, for a person who may install nothing.

Sorted, with no owner and one time for all, so that the same files make the same archive.
"""

from __future__ import annotations

import shutil
import stat
import subprocess
import tarfile
from pathlib import Path

from linux import depends, share

HERE = Path(__file__).parent
ZSTD = ["zstd", "--quiet", "--force", "-12", "--long=27", "-T2"]
"""Level 19 saves 4 % more and takes ten times as long; `--long` finds what repeats farther apart."""


def build(program: Path, into: Path, version: str, machine: str, app_id: str, moment: int) -> Path:
    """The archive, in the folder `into`: .tar.zst where there is zstd, else .tar.xz. Raises CalledProcessError."""
    name = f"voicebot-{version}-linux-{machine}"
    tree = into / name
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "program", symlinks=True)
    share.write(tree / "share", app_id, version)
    starter = tree / "voicebot"
    starter.write_text((HERE / "start.sh").read_text("utf-8"), "utf-8")
    starter.chmod(0o755)
    (tree / "needs.txt").write_text(needs(program), "utf-8")
    archive = pack(tree, into, moment)
    shutil.rmtree(tree)
    return archive


def needs(program: Path) -> str:
    """A line for each library of the system that is needed, and the Debian package that has it."""
    return "".join(f"{one.library} {one.name}\n" for one in depends.requirements(program))


def pack(tree: Path, into: Path, moment: int) -> Path:
    plain = into / f"{tree.name}.tar"
    with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in [tree, *sorted(tree.rglob("*"))]:
            info = archive.gettarinfo(str(path), path.relative_to(tree.parent).as_posix())
            settle(info, moment)
            if info.isreg():
                with path.open("rb") as content:
                    archive.addfile(info, content)
            else:
                archive.addfile(info)
    command = [*ZSTD, "--rm", str(plain)] if shutil.which("zstd") else ["xz", "--force", "-6", str(plain)]
    subprocess.run(command, check=True)
    return plain.with_name(f"{plain.name}.{'zst' if command[0] == 'zstd' else 'xz'}")


def settle(info: tarfile.TarInfo, moment: int) -> None:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = moment
    runs = info.isdir() or info.mode & stat.S_IXUSR
    info.mode = 0o777 if info.issym() else 0o755 if runs else 0o644
    if info.islnk():  # a hard link that happened here: the file itself, everywhere
        info.type = tarfile.REGTYPE
