"""What packages are made of: the same files make the same archive, needs and parts are told as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.packaging.scripts import PACKAGING, ROOT, script
from voicebot.about import POINTS, Component, changes, components, licence_texts

deb, depends, portable = map(script, ("linux.deb", "linux.depends", "linux.portable"))
inventory, elf = script("frozen.inventory"), script("frozen.elf")


def tree(folder: Path, moment: int) -> Path:
    """A small program, made at another time and with other rights than the one before."""
    (folder / "program" / "lib").mkdir(parents=True)
    (folder / "program" / "voicebot").write_text("#!/bin/sh\n")
    (folder / "program" / "voicebot").chmod(0o700 if moment % 2 else 0o755)
    (folder / "program" / "lib" / "소리.txt").write_text("sound")
    (folder / "program" / "lib" / "link").symlink_to("소리.txt")
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment), follow_symlinks=False)
    return folder


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    packed = []
    for moment in (1_000_000_001, 1_100_000_000):
        place = tmp_path / str(moment)
        archive = portable.pack(tree(place / "voicebot-1-linux", moment), place, 1_700_000_000)
        packed.append(archive.read_bytes())
    assert packed[0] == packed[1]
    unpacked = tmp_path / "out.tar"
    tool = "zstd" if archive.suffix == ".zst" else "xz"
    unpacked.write_bytes(subprocess.run([tool, "-dc", str(archive)], capture_output=True, check=True).stdout)
    with tarfile.open(unpacked) as found:
        members = {one.name: one for one in found.getmembers()}
    assert {(one.uid, one.uname, one.mtime) for one in members.values()} == {(0, "", 1_700_000_000)}
    assert members["voicebot-1-linux/program/voicebot"].mode == 0o755
    assert members["voicebot-1-linux/program/lib/소리.txt"].mode == 0o644


def test_the_starter_says_in_one_line_what_is_missing(tmp_path: Path) -> None:
    folder = tree(tmp_path / "내 프로그램", 1_000_000_000)
    shutil.copy(PACKAGING / "linux" / "start.sh", folder / "voicebot")
    (folder / "program" / "voicebot").write_text('#!/bin/sh\necho "started with $*"\n')
    (folder / "needs.txt").write_text("libc.so.6 libc6\nlibnowhere.so.7 libnowhere7\nlibneither.so.1 libnowhere7\n")
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/sbin:/usr/sbin"}
    link = tmp_path / "link"
    link.symlink_to(folder / "voicebot")
    done = subprocess.run(["sh", str(link), "ask", "a b"], capture_output=True, text=True, env=environment, timeout=20)
    assert done.stdout == "started with ask a b\n"
    if sys.platform == "linux":
        assert done.stderr == (
            "voicebot: not on this system: libnowhere.so.7 libneither.so.1"
            " (Debian, Ubuntu: sudo apt install libnowhere7)\n"
        )


def test_each_package_is_needed_once_in_its_newest_version() -> None:
    found = [
        depends.Requirement("libc.so.6", "libc6 (>= 2.9)"),
        depends.Requirement("libm.so.6", "libc6 (>= 2.34)"),
        depends.Requirement("libpthread.so.0", "libc6"),
        depends.Requirement("libEGL.so.1", "libegl1"),
    ]
    assert depends.control_field(found) == "libc6 (>= 2.34), libegl1"
    assert depends.newest("GLIBC_", {"GLIBC_2.4", "GLIBC_2.34", "GLIBC_PRIVATE", "GCC_3.0"}) == "2.34"


@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")
def test_what_a_library_needs_is_read_from_it() -> None:
    needs = elf.needs(Path(sys.executable).resolve())
    assert "libc.so.6" in needs.libraries
    assert any(library == "libc.so.6" and version.startswith("GLIBC_2.") for library, version in needs.versions)
    assert elf.needs(ROOT / "README.md") == elf.Needs()


def test_the_control_file_has_what_dpkg_wants() -> None:
    text = deb.control_text("1.2.3", "amd64", 700_000, "libc6 (>= 2.34), espeak-ng")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert (fields["Package"], fields["Version"], fields["Architecture"]) == ("voicebot", "1.2.3", "amd64")
    assert fields["Depends"] == "libc6 (>= 2.34), espeak-ng"
    assert "fonts-noto-cjk" in fields["Recommends"]
    assert text.endswith("\n")
    assert not [word for word in (deb.POSTRM + deb.PRERM).split() if word.startswith(("/home", "rm"))]


def frozen(folder: Path) -> Path:
    """A frozen program with one package of Python in it."""
    info = folder / "lib" / "far-1.0.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: Far\nVersion: 1.0\nLicense-Expression: MIT\n")
    (info / "licenses" / "LICENSE.md").write_text("Do what you like")
    (folder / "lib" / "voicebot" / "_data").mkdir(parents=True)
    return folder


def test_everything_inside_is_written_down_with_its_licence(tmp_path: Path) -> None:
    program = frozen(tmp_path)
    parts = inventory.take(program, {})
    assert [part.name for part in parts] == ["Far", "Python"]
    data = program / "lib" / "voicebot" / "_data"
    assert (data / "licences" / "far" / "licenses_LICENSE.md").read_text() == "Do what you like"
    for name in ("LGPL-3.txt", "GPL-3.txt", "SOURCES.txt"):
        assert (data / "licences" / name).stat().st_size > 1000
    assert licence_texts(data) == data / "licences"
    assert Component("Python", parts[1].version, "PSF-2.0", "https://www.python.org") in components(data)


def test_the_bill_of_materials_is_whole_and_the_same_twice() -> None:
    parts = [
        inventory.Part("Far", "1.0", "MIT", "PyPI", "pkg:pypi/far@1.0"),
        inventory.Part("FFmpeg", "", "?", "in the wheel of far 1.0"),
    ]
    bill = inventory.bill_of_materials(parts, "0.1.0", "2026-01-02T03:04:05Z")
    assert bill == inventory.bill_of_materials(parts, "0.1.0", "2026-01-02T03:04:05Z")
    assert bill["serialNumber"] != inventory.bill_of_materials(parts, "0.1.1", "2026-01-02T03:04:05Z")["serialNumber"]
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["components"][0]["licenses"] == [{"license": {"name": "MIT"}}]
    assert "licenses" not in bill["components"][1]
    assert "version" not in bill["components"][1]
    references = [one["bom-ref"] for one in bill["components"]]
    assert bill["dependencies"] == [{"ref": "voicebot", "dependsOn": references}]
    assert json.loads(json.dumps(bill)) == bill


def test_the_libraries_of_this_environment_have_licences() -> None:
    found = {one.name.lower().replace("_", "-"): one for one in components()}
    assert found["numpy"].licence.startswith("BSD-3-Clause")
    assert "LGPL-3.0" in found["pyside6-essentials"].licence


def test_what_is_new_is_told_in_lines(tmp_path: Path) -> None:
    found = changes(ROOT)
    assert 0 < len(found) <= POINTS
    assert not [line for line in found if "`" in line or "\n" in line]
    assert changes(tmp_path) == []
