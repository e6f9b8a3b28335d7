"""Add-ons: libraries too large to be inside a frozen program, or under another licence, put into the person's folder.

A frozen program has no Python to install into, but brings pip along. It is asked first what would be needed beside
what is inside, and then fetches just that, as wheels only: nothing is built, and no code of theirs runs meanwhile.
docs/decisions/0010-frozen-build.md tells why what is outside is outside.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, metadata, requires
from pathlib import Path
from typing import Any

from voicebot.errors import StorageError, UsageError, VoicebotError
from voicebot.frozen import pip_command
from voicebot.resources import Home

TORCH_FOR_CPUS = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own index of builds without CUDA; PyPI's build for Linux brings 4 GB of it."""
RESOLVING = 600.0
"""Seconds pip may take to find out what is needed: without metadata beside a wheel it fetches the wheel."""
INSIDE = ("documents", "echo", "faster-whisper", "global-key", "lab", "media", "wake-word")
"""Extras of pyproject.toml that a packaged program has inside; the others are add-ons, but for the developers'."""
EXTRA = re.compile(r"""\s*(?:\band\b)?\s*extra\s*==\s*['"]([\w-]+)['"]""")
FOR_CPUS = re.compile(r"\d[\w.]*\+cpu")
"""In what `pip index versions` lists, the newest first."""
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Wheel:
    """One file that pip would install."""

    name: str
    version: str
    url: str
    sha256: str

    @property
    def is_for_cpus(self) -> bool:
        return self.version.endswith("+cpu")

    @property
    def requirement(self) -> str:
        """The very file, checked when it has come."""
        return f"{self.name} @ {self.url}{f'#sha256={self.sha256}' if self.sha256 else ''}"


Runner = Callable[[Sequence[str]], str]
"""Runs pip with these arguments and gives what it prints; raises VoicebotError."""


def names() -> tuple[str, ...]:
    extras = metadata("voicebot").get_all("Provides-Extra") or []
    return ("whisper", *sorted(set(extras) - {*INSIDE, "dev"}))


def installed(home: Home) -> list[str]:
    """The add-ons that are here, for this version of Python."""
    return [name for name in names() if (home.addons_now / name).is_dir()]


def requirements(name: str) -> list[str]:
    """What the add-on asks for, in pip's words. Raises UsageError when there is no such add-on."""
    if name not in names():
        raise UsageError(f"there is no add-on {name!r}", fix=f"there are: {', '.join(names())}")
    wanted = [] if name == "whisper" else list(of_extra(requires("voicebot") or [], name))
    if name == "whisper":  # its own code is inside, and wants what is not
        try:
            wanted = [one for one in requires("openai-whisper") or [] if not one.startswith("triton")]
        except PackageNotFoundError:
            wanted = ["openai-whisper"]
    return [one for one in wanted if NAME.match(one)]


def of_extra(lines: Sequence[str], extra: str) -> Iterator[str]:
    """The requirements of one extra, without the words that say so."""
    for line in lines:
        requirement, _, marker = line.partition(";")
        found = EXTRA.search(marker)
        if found and found[1] == extra:
            rest = EXTRA.sub("", marker).strip().strip("()").strip()
            yield f"{requirement.strip()}; {rest}" if rest else requirement.strip()


def install(name: str, home: Home, run: Runner, show: Runner) -> list[Wheel]:
    """Fetch an add-on into the person's folder; what was fetched. `show` is pip where the person sees its progress.

    Raises UsageError, StorageError and VoicebotError. What is half there is never imported.
    """
    wanted = requirements(name)
    with inside() as constraints:
        wheels = resolved(run, "--constraint", str(constraints), *wanted)
        if sys.platform == "linux" and any(one.name == "torch" and not one.is_for_cpus for one in wheels):
            torch = torch_for_cpus(run).requirement
            others = [one for one in wanted if not re.match(r"torch\b(?!-)", one)]
            wheels = resolved(run, "--constraint", str(constraints), *others, torch)
    place, half = home.addons_now / name, home.addons_now / f".{name}.part"
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        if wheels:
            show(["install", "--no-deps", "--only-binary=:all:", "--target", str(half), *_requirements(wheels)])
        shutil.rmtree(place, ignore_errors=True)
        half.rename(place)
    except OSError as error:
        raise StorageError(
            "the add-on cannot be written", error.strerror or "", "free some space, or move VOICEBOT_HOME"
        ) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return wheels


def remove(name: str, home: Home) -> bool:
    """Delete an add-on; whether it was there. Raises UsageError for an unknown name."""
    requirements(name)
    place = home.addons_now / name
    was_there = place.is_dir()
    shutil.rmtree(place, ignore_errors=True)
    return was_there


def torch_for_cpus(run: Runner) -> Wheel:
    """PyTorch without CUDA: from where pip looks anyway when there is one, else from PyTorch's own index."""
    for index in ([], ["--index-url", TORCH_FOR_CPUS]):
        with suppress(VoicebotError):  # it lists none
            found = FOR_CPUS.search(run(["index", "versions", "torch", *index]))
            if found:
                return resolved(run, "--no-deps", *index, f"torch=={found[0]}")[0]
    raise VoicebotError("There is no PyTorch without CUDA within reach", fix="See whether the network is there")


def resolved(run: Runner, *arguments: str) -> list[Wheel]:
    """What pip would install, without installing it."""
    said = run(["install", "--dry-run", "--quiet", "--only-binary=:all:", "--report", "-", *arguments])
    try:
        report = json.loads(said)
    except ValueError:
        raise VoicebotError("pip did not say what is needed", fix="The log says more") from None
    return [_wheel(one) for one in report["install"]]


def _wheel(entry: dict[str, Any]) -> Wheel:
    download, about = entry["download_info"], entry["metadata"]
    hashes = download.get("archive_info", {}).get("hashes", {})
    return Wheel(about["name"], about["version"], download["url"], hashes.get("sha256", ""))


def _requirements(wheels: Sequence[Wheel]) -> list[str]:
    return [wheel.requirement for wheel in wheels]


@contextmanager
def inside() -> Iterator[Path]:
    """A file of constraints: what is inside stays as it is, since it is imported before what is added."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "inside.txt")
        lines = sorted({f"{one.name}=={one.version}" for one in distributions() if one.name and "+" not in one.version})
        file.write_text("\n".join(lines), "utf-8")
        yield file


def quietly(arguments: Sequence[str]) -> str:
    """Run pip and read what it prints; raises VoicebotError with pip's last line."""
    command = [*pip_command(), "--disable-pip-version-check", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RESOLVING, check=False)
    except subprocess.TimeoutExpired:
        raise VoicebotError("pip took too long", f"over {RESOLVING:g} seconds", "try again") from None
    if done.returncode:
        raise VoicebotError(
            "pip cannot find what the add-on needs", why=_complaint(done.stderr), fix="see whether the network is there"
        )
    return done.stdout


def _complaint(said: str) -> str:
    """pip's last error, without what it puts before it."""
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR")]
    return errors[-1] if errors else ""


def visibly(arguments: Sequence[str]) -> str:
    """Run pip with its progress on standard error; raises VoicebotError."""
    command = [*pip_command(), "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, stdout=sys.stderr.fileno(), check=False)
    if done.returncode:
        raise VoicebotError("pip could not install the add-on", "its own words are above", "try again")
    return ""
