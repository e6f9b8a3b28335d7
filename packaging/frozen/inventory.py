"""What lies in a frozen program, and under which licence: for the About page, for lawyers (an SBOM), and for everybody.

Written into the program: `components.json` (what is not a package of Python), `licences/` (every text), and beside
the packages a CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TEXTS = HERE / "licences"
"""The GNU licences: they belong with what is under them, and no package brings them."""
LICENCE_FILES = re.compile(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|AUTHORS)", re.IGNORECASE)
NAMESPACE = uuid.UUID("5d0a2d1e-6b54-4f0a-9a3e-2f9c4c0a7b11")

INSIDE_WHEELS = {
    "livekit": (("WebRTC", "BSD-3-Clause"),),
    "av": (("FFmpeg", "LGPL-3.0-or-later"), ("x264", "GPL-2.0-or-later"), ("x265", "GPL-2.0-or-later")),
    "pyside6-essentials": (("Qt", "LGPL-3.0-only"),),
    "soundfile": (("libsndfile", "LGPL-2.1-or-later"),),
    "soxr": (("libsoxr", "LGPL-2.1-or-later"),),
    "pymicro-wakeword": (("TensorFlow Lite", "Apache-2.0"),),
    "pypdfium2": (("PDFium", "BSD-3-Clause AND Apache-2.0"),),
    "ctranslate2": (("oneDNN", "Apache-2.0"), ("Intel MKL", "LicenseRef-Intel-Simplified-Software-License")),
    "numpy": (("OpenBLAS", "BSD-3-Clause"),),
    "speechrecognition": (("CMU Sphinx US English model", "BSD-2-Clause"), ("FLAC", "GPL-2.0-or-later")),
}
"""Libraries and models that wheels carry without saying so, or their versions, in their metadata (docs/licences.md)."""


OFFER = """Some of what is in this folder is under licences that give you a right to its source: the GNU LGPL (Qt and
PySide6, FFmpeg, libsndfile, libsoxr, python-xlib, libjack), the GNU GPL (x264, x265, FLAC) and the MPL (pyttsx3,
tqdm, certifi). The sources, in the versions that the bill of materials names, are where their authors publish them:

    Qt                  https://download.qt.io/official_releases/qt/
    PySide6             https://download.qt.io/official_releases/QtForPython/pyside6/
    packages of Python  https://pypi.org/project/NAME/VERSION/#files
    FFmpeg, x264, x265  https://github.com/PyAV-Org/pyav-ffmpeg, whose releases name them
    Debian's packages   https://snapshot.debian.org

Whoever passes this program on owes its recipients these sources as well, and those who passed it to you will send
them to you when you ask, for three years, for no more than the cost of sending.

Qt's libraries lie in lib/PySide6/Qt/lib as files of their own. To use others of the same version, put them in their
place. Nothing checks that they are ours.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """As `voicebot.about.Component`; `purl` names it for machines (https://github.com/package-url/purl-spec)."""

    name: str
    version: str
    licence: str
    source: str
    purl: str = ""


def take(program: Path, sources: Mapping[str, str]) -> list[Part]:
    """Write down what lies in the frozen `program`, whose files came from `sources` (place → path); the parts."""
    library = program / "lib"
    data = library / "voicebot" / "_data"
    python = list(of_python(library))
    others = [*of_wheels(python), interpreter(), *of_the_system(sources)]
    texts = data / "licences"
    shutil.rmtree(texts, ignore_errors=True)
    gather_texts(library, texts, sources)
    (texts / "SOURCES.txt").write_text(OFFER, "utf-8")
    described = [{key: value for key, value in asdict(part).items() if key != "purl"} for part in others]
    (data / "components.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return sorted([*python, *others], key=lambda part: (part.name.lower(), part.version))


def of_python(library: Path) -> Iterator[Part]:
    from importlib.metadata import PathDistribution

    from voicebot.about import licence_of

    for info in sorted(library.glob("*.dist-info")):
        one = PathDistribution(info)
        name = one.metadata["Name"]
        purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{one.version}"
        yield Part(name, one.version, licence_of(one), "PyPI", purl)


def of_wheels(python: Sequence[Part]) -> Iterator[Part]:
    for part in python:
        for name, licence in INSIDE_WHEELS.get(part.name.lower().replace("_", "-"), ()):
            yield Part(name, "", licence, f"in the wheel of {part.name} {part.version}")


def interpreter() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    return Part("Python", version, "PSF-2.0", "https://www.python.org", f"pkg:generic/python@{version}")


def of_the_system(sources: Mapping[str, str]) -> Iterator[Part]:
    """Debian packages of which a library was taken."""
    for package in sorted(set(packages_of(sources).values())):
        version = asked("dpkg-query", "-W", "-f", "${Version}", package)
        name = package.partition(":")[0]
        licence = licences_in(copyright_file(name))
        yield Part(name, version, licence, "Debian", f"pkg:deb/debian/{name}@{version}")


def packages_of(sources: Mapping[str, str]) -> dict[str, str]:
    """The Debian package of each place in the program whose file came out of one."""
    found = {}
    for place, source in sorted(sources.items()):
        if source.startswith(("/usr/lib/", "/lib/", "/usr/share/")):
            for path in dict.fromkeys((source, str(Path(source).resolve()))):
                package = asked("dpkg", "-S", path).partition(": ")[0].split(",")[0]
                if package:
                    found[place] = package
                    break
    return found


def asked(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def copyright_file(package: str) -> Path:
    return Path("/usr/share/doc", package, "copyright")


def licences_in(file: Path) -> str:
    """The short names in a machine-readable copyright file (DEP-5); otherwise a word that it must be read."""
    try:
        text = file.read_text("utf-8", errors="replace")
    except OSError:
        return "?"
    names = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))
    return ", ".join(names) if names else "see its text"


def gather_texts(library: Path, into: Path, sources: Mapping[str, str]) -> None:
    into.mkdir(parents=True)
    for info in sorted(library.glob("*.dist-info")):
        for file in sorted(info.rglob("*")):
            if file.is_file() and LICENCE_FILES.search(file.relative_to(info).as_posix()):
                place = into / info.name.partition("-")[0]
                place.mkdir(exist_ok=True)
                shutil.copyfile(file, place / file.relative_to(info).as_posix().replace("/", "_"))
    for package in sorted({one.partition(":")[0] for one in packages_of(sources).values()}):
        if copyright_file(package).is_file():
            shutil.copyfile(copyright_file(package), into / f"{package}.txt")
    for text in sorted(TEXTS.glob("*.txt")):
        shutil.copyfile(text, into / text.name)


# -- the bill of materials --------------------------------------------------------------------------------------------


def bill_of_materials(parts: Sequence[Part], version: str, moment: str) -> dict[str, Any]:
    """CycloneDX 1.6; `moment` in ISO 8601. The same parts give the same bill, number and all."""
    listed = [_component(part) for part in parts]
    number = uuid.uuid5(NAMESPACE, json.dumps([version, moment, listed], sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "component": {
                "type": "application", "bom-ref": "voicebot", "name": "voicebot", "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": listed,
        "dependencies": [{"ref": "voicebot", "dependsOn": [one["bom-ref"] for one in listed]}],
    }  # fmt: skip


def _component(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.purl or part.name,
        "name": part.name,
    }
    if part.version:
        found["version"] = part.version
    if part.licence not in ("", "?"):
        found["licenses"] = [{"license": {"name": part.licence}}]
    if part.purl:
        found["purl"] = part.purl
    return found


