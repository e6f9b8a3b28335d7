"""`make package`: what this system can build for people to install, into dist/.

An environment of its own (build/package-env) gets what goes inside, without PyTorch; PyInstaller freezes it; then come
the system's own packages, their bill of materials and checksums. What cannot be built here is said in a line each.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from install import require_python
from setup.commands import BUILD, ROOT, Failed, say
from setup.venv import name_of

ENVIRONMENT = BUILD / "package-env"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
DIST = ROOT / "dist"
INSIDE = ("documents", "echo", "faster-whisper", "global-key", "lab", "media", "wake-word")
"""Extras that a packaged program has inside; the others are add-ons (docs/decisions/0010)."""
TOO_LARGE = ("torch", "openai-whisper", "chromadb", "sentence-transformers")
"""Dependencies that are not installed along: Whisper's own code comes alone."""
TOOLS = ("pyinstaller>=6.22", "pyinstaller-hooks-contrib", "hatchling>=1.27", "pip")
VERSIONS = Path(__file__).parent / "frozen" / "versions.txt"
"""What was inside when it was tried, so that a build can be made again."""


def main() -> int:
    try:
        require_python()
        prepare()
        if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():  # what follows needs Qt, for the icons, and PyInstaller
            return subprocess.run([str(PYTHON), __file__, "--prepared"], check=False).returncode
        return build()
    except Failed as failure:
        say(str(failure))
    except subprocess.CalledProcessError as failed:
        say(f"{Path(str(failed.cmd[0])).name} failed with status {failed.returncode}.")
    return 1


def prepare() -> None:
    """Bring the environment up to what is wanted. A second call finds it so, and takes a second."""
    if "--prepared" in sys.argv:
        return
    wanted = requirements(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
    stamp, key = ENVIRONMENT / "wanted", "\n".join([*wanted, sys.version, VERSIONS.read_text("utf-8")])
    if not stamp.is_file() or stamp.read_text("utf-8") != key:
        say("Making build/package-env: what goes inside, about 1 GB.")
        if not PYTHON.exists():
            subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        pip("--constraint", str(VERSIONS), *wanted)
        pip("--no-deps", "--constraint", str(VERSIONS), "openai-whisper")
        stamp.write_text(key, "utf-8")
    pip("--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT))


def requirements(project: dict[str, dict[str, object]]) -> list[str]:
    """What goes inside and what freezes it, in pip's words."""
    about: dict[str, object] = project["project"]
    extras: dict[str, list[str]] = about["optional-dependencies"]  # type: ignore[assignment]
    wanted: list[str] = list(about["dependencies"])  # type: ignore[call-overload]
    wanted += [one for name in INSIDE for one in extras.get(name, [])]
    return [*(one for one in wanted if name_of(one) not in TOO_LARGE), *TOOLS]


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def build() -> int:
    from frozen import freeze, inventory

    from voicebot import __version__
    from voicebot.resources import APP_ID

    moment = time_of_the_source()
    DIST.mkdir(exist_ok=True)
    say("Freezing Voicebot: some minutes.")
    folder = BUILD / "frozen"
    program = freeze.freeze(folder, moment)
    shutil.copyfile(ROOT / "CHANGELOG.md", program / "lib/voicebot/_data/CHANGELOG.md")
    parts = inventory.take(program, freeze.sources(folder))
    made = [bill(parts, __version__, moment)]
    if sys.platform == "linux":
        made += for_linux(program, __version__, APP_ID, moment)
    else:
        system = "windows" if sys.platform == "win32" else "macos"
        say(f"The program is in {program}; packaging/{system} goes on from there.")
    sums = write_sums(made)
    for file in (*made, sums):
        say(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1e6:.1f} MB")
    say_what_is_missing()
    return 0


def for_linux(program: Path, version: str, app_id: str, moment: int) -> list[Path]:
    from linux import deb, portable

    machine = platform.machine()
    made = [portable.build(program, DIST, version, machine, app_id, moment)]
    if shutil.which("dpkg-deb"):
        made.append(deb.build(program, DIST, version, machine, app_id, moment))
    return made


def bill(parts: list[object], version: str, moment: int) -> Path:
    from frozen import inventory

    file = DIST / f"voicebot-{version}-{sys.platform}-{platform.machine()}.cdx.json"
    when = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    file.write_text(json.dumps(inventory.bill_of_materials(parts, version, when), indent=1) + "\n", "utf-8")  # type: ignore[arg-type]
    return file


def write_sums(made: list[Path]) -> Path:
    """As sha256sum writes and checks them."""
    file = DIST / "SHA256SUMS"
    file.write_text("".join(f"{digest(one)}  {one.name}\n" for one in sorted(made)), "utf-8")
    return file


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def time_of_the_source() -> int:
    """SOURCE_DATE_EPOCH, else when the last commit was made: what is built bears no other time."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1_700_000_000


def say_what_is_missing() -> None:
    """One line for each package that is not built here."""
    if sys.platform == "linux" and not shutil.which("dpkg-deb"):
        say("Not built: the .deb (dpkg-deb is not installed).")
    if not shutil.which("flatpak-builder"):
        say("Not built: the Flatpak (flatpak-builder is not installed): packaging/linux/flatpak.")
    if not shutil.which("appimagetool"):
        say("Not built: the AppImage (appimagetool is not installed): packaging/linux/appimage/build.sh.")
    if sys.platform != "win32":
        say("Not built: the installer for Windows, which needs Windows: packaging/windows.")
    if sys.platform != "darwin":
        say("Not built: the .dmg for macOS, which needs macOS: packaging/macos.")


if __name__ == "__main__":
    sys.exit(main())
