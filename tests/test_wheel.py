"""The wheel: built, looked into, installed elsewhere, and run there."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import voicebot

ROOT = Path(voicebot.__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


def test_it_holds_the_program_and_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "voicebot/__init__.py" in names
    assert "voicebot/_data/models/stt.toml" in names
    assert "voicebot/_data/models/prices/prices.toml" in names
    assert "voicebot/cli/main.py" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"voicebot"}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith(".pyc")]


def test_every_module_of_the_checkout_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    missing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "voicebot").rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in names
    }
    assert not missing


def test_installed_elsewhere_it_runs_and_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, with the libraries of this one: what is tested is our wheel, not theirs."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, str(wheel)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (Path(site) / "libraries.pth").write_text(libraries, "utf-8")  # the program's children see them too
    program = (
        "import sys; import voicebot; from voicebot.catalogue import Catalogue;"
        " print(voicebot.__file__); print(len(Catalogue.load().models))"
    )
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 0, done.stderr
    place, count = done.stdout.split()
    assert place.startswith(str(tmp_path))
    assert int(count) >= 12
    words = ["ask", "what is two plus two", "--tts", "scripted", "--reply-audio", "r.wav"]
    asked = f"{program}; from voicebot.cli.main import main; sys.exit(main({words}))"
    done = subprocess.run([python, "-c", asked], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "four" in done.stdout
    assert (tmp_path / "r.wav").stat().st_size > 1000


def test_the_changelog_knows_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert released[0] == voicebot.__version__
