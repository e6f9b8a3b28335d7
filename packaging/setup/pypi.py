"""The Python packages: what pyproject.toml asks for, without five gigabytes of CUDA where no card could use them.

For Linux, PyPI has PyTorch with NVIDIA's CUDA libraries only, and openai-whisper asks for triton, which compiles for
the same cards. So on a machine without one, PyTorch comes alone and in a build for CPUs, openai-whisper comes alone,
and what else they need comes with everything else.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from setup import venv
from setup.commands import BUILD, LOG, ROOT, Failed, counted, logged, say
from setup.venv import name_of

CPU_INDEX = "https://download.pytorch.org/whl/cpu"  # PyTorch's own builds without CUDA
LIGHT = ("echo", "wake-word", "media", "lab", "documents")  # extras that `make run` brings along: small beside the rest
GIGABYTES = 1.9  # what .venv comes to
GIGABYTES_WITH_CUDA = 7.0


def install(kind: str) -> None:
    """Brings .venv up to what `run` or `test` asks for in pyproject.toml; raises Failed with what is still missing."""
    import tomllib

    wanted = requirements(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")), kind)
    venv.forget_half_installed(venv.SITE_PACKAGES)
    try:
        if is_cpu_only():
            install_for_cpu(wanted)
        else:
            install_plainly(wanted, gigabytes())
        pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    except Failed as failure:
        missing = still_missing(wanted, venv.installed(venv.SITE_PACKAGES))
        raise Failed(f"{failure} Still missing: {', '.join(missing) or 'voicebot itself'}. Details: {LOG}") from None


def requirements(project: Mapping[str, Any], kind: str) -> list[str]:
    """All that pyproject.toml asks for, with what builds the editable install; `editables` is also what runs it."""
    extras = project["project"]["optional-dependencies"]
    chosen = ("dev",) if kind == "test" else LIGHT
    more = [requirement for name in chosen for requirement in extras[name]]
    return [*project["project"]["dependencies"], *more, *project["build-system"]["requires"], "editables"]


def still_missing(wanted: Sequence[str], there: Container[str]) -> list[str]:
    """Leaves out what only some platforms need."""
    everywhere = [name_of(requirement) for requirement in wanted if ";" not in requirement]
    return [name for name in everywhere if name not in there]


def is_cpu_only() -> bool:
    return sys.platform == "linux" and not (Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi"))


def gigabytes() -> float:
    """What .venv will come to."""
    return GIGABYTES if is_cpu_only() or sys.platform == "darwin" else GIGABYTES_WITH_CUDA


def install_plainly(wanted: Sequence[str], size: float) -> None:
    say(f"Installing {counted(wanted, 'Python package')} and what they need, about {size} GB on disk.")
    pip(*wanted)


def install_for_cpu(wanted: Sequence[str]) -> None:
    named = {name_of(requirement): requirement for requirement in wanted}
    if not is_satisfied(named["torch"]):
        build = cpu_build()
        if not build:
            say("No CPU build of PyTorch is within reach: PyPI's brings CUDA, 5 GB that nothing here will use.")
            venv.require_disk(GIGABYTES_WITH_CUDA)
            install_plainly(wanted, GIGABYTES_WITH_CUDA)
            return
        say(f"Installing PyTorch's build for CPUs ({build[0]}), since there is no NVIDIA card here.")
        pip("--no-deps", *build, named["torch"])
    pip("--no-deps", named["openai-whisper"])
    rest = [requirement for requirement in wanted if name_of(requirement) != "openai-whisper"]
    install_plainly([*rest, *without_triton(venv.requires_of("openai-whisper", venv.SITE_PACKAGES))], GIGABYTES)


def is_satisfied(requirement: str) -> bool:
    """Whether .venv has it, in whatever build."""
    command = pip_command("--dry-run", "--no-deps", "--no-index", "--quiet", "--report", "-", requirement)
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and not json.loads(answer.stdout)["install"]


def cpu_build() -> list[str]:
    """pip's arguments for the newest CPU build of PyTorch, from where pip looks anyway or from PyTorch's own index."""
    usual = versions_of_torch([])
    if not usual:
        raise Failed(f"No PyTorch within reach: the network is down, or Python {venv.VERSION} is too new for it.")
    if newest_cpu_version(usual):
        return [f"torch=={newest_cpu_version(usual)}"]
    version = newest_cpu_version(versions_of_torch(["--index-url", CPU_INDEX]))
    return [f"torch=={version}", "--index-url", CPU_INDEX] if version else []


def versions_of_torch(index: Sequence[str]) -> str:
    """What pip prints about the versions that suit this Python and machine; nothing when it finds none in time."""
    command = [str(venv.PYTHON), "-m", "pip", "--timeout", "15", "--retries", "1", "index", "versions", "torch", *index]
    with contextlib.suppress(subprocess.TimeoutExpired):
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout
    return ""


def newest_cpu_version(listing: str) -> str:
    """pip lists the newest version first."""
    return next(iter(re.findall(r"\d[\w.]*\+cpu", listing)), "")


def without_triton(requires: Sequence[str]) -> list[str]:
    return [requirement for requirement in requires if name_of(requirement) != "triton"]


def pip(*arguments: str) -> None:
    scratch = BUILD / "tmp"  # /tmp may be small, and in memory
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    settings = {"TMPDIR": str(scratch), "PIP_USER": "0"}
    logged(pip_command("--progress-bar", "off", *arguments), settings, progress, keep_lock=True)


def pip_command(*arguments: str) -> list[str]:
    return [str(venv.PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *arguments]


def progress(line: str) -> str:
    """What one line of pip's output means to a person; most mean nothing."""
    download = re.match(r"\s*Downloading (?:\S*/)?([^\s/]+?)-\d\S* \(([\d.]+) ([MG]B)\)", line)
    if download and (download[3] == "GB" or float(download[2]) >= 10):
        return f"  downloading {download[1]}, {download[2]} {download[3]}"
    if line.startswith("Installing collected packages:"):
        names = line.split(":")[1].strip().split(", ")
        return f"  unpacking {names[0] if len(names) == 1 else counted(names, 'package')}"
    return ""
