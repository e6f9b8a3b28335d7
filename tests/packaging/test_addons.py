"""Add-ons: what is asked of pip, and a real one from an index in a folder, of a wheel that was made here."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tests.cli.program import voicebot
from tests.packaging.scripts import ROOT, script
from voicebot import addons
from voicebot.errors import UsageError, VoicebotError
from voicebot.resources import find_home


def wheel(folder: Path, name: str, version: str, requires: Sequence[str] = ()) -> Path:
    """A wheel with one module of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {one}\n" for one in requires)
    contents = {
        f"{name}.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    with zipfile.ZipFile(file, "w") as archive:
        for place, text in contents.items():
            archive.writestr(place, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{place},sha256={digest},{len(text)}\n")
        archive.writestr(f"{info}/RECORD", "".join([*lines, f"{info}/RECORD,,\n"]))
    return file


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pip looks, and nowhere else."""
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return tmp_path / "index"


class Provided:
    """Metadata that tell of extras."""

    def __init__(self, extras: Iterable[str]) -> None:
        self._extras = list(extras)

    def get_all(self, field: str) -> list[str]:
        assert field == "Provides-Extra"
        return self._extras


def test_the_requirements_of_an_extra() -> None:
    lines = [
        "numpy>=1.26",
        "piper-tts>=1.8; extra == 'piper'",
        'pynput>=1.7; sys_platform != "linux" and extra == "global-key"',
        "tzdata; sys_platform == 'win32'",
    ]
    assert list(addons.of_extra(lines, "piper")) == ["piper-tts>=1.8"]
    assert list(addons.of_extra(lines, "global-key")) == ['pynput>=1.7; sys_platform != "linux"']


def test_every_add_on_is_an_extra_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    lines = [f"{line}; extra == '{name}'" for name, lines in extras.items() for line in lines]
    monkeypatch.setattr(addons, "requires", lambda name: lines)
    monkeypatch.setattr(addons, "metadata", lambda name: Provided(extras))
    assert tuple(script("package").INSIDE) == addons.INSIDE
    assert set(addons.names()) == {"whisper", *extras} - {*addons.INSIDE, "dev"}
    for name in addons.names()[1:]:
        assert addons.requirements(name)
    with pytest.raises(UsageError, match="There is no add-on 'cuda'"):
        addons.requirements("cuda")


def test_an_add_on_is_fetched_with_what_it_needs_and_without_what_is_inside(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel(index, "far_voice", "2.0", ["numpy", "deep_need"])
    wheel(index, "deep_need", "1.1")
    monkeypatch.setattr(addons, "requirements", lambda name: ["far_voice"])
    monkeypatch.setattr(addons, "visibly", addons.quietly)
    home = find_home()
    fetched = addons.install("whisper", home, addons.quietly, addons.quietly)
    assert {(one.name, one.version) for one in fetched} == {("far_voice", "2.0"), ("deep_need", "1.1")}
    place = home.addons_now / "whisper"
    assert (place / "far_voice.py").is_file()
    assert (place / "deep_need.py").is_file()
    assert addons.installed(home) == ["whisper"]
    assert not list(home.addons_now.glob(".*"))
    assert addons.remove("whisper", home)
    assert not addons.remove("whisper", home)


def test_what_would_change_what_is_inside_is_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel(index, "far_voice", "2.0", ["numpy>=99"])
    wheel(index, "numpy", "99.0")
    monkeypatch.setattr(addons, "requirements", lambda name: ["far_voice"])
    with pytest.raises(VoicebotError, match="pip cannot find what the add-on needs"):
        addons.install("whisper", find_home(), addons.quietly, addons.quietly)
    assert addons.installed(find_home()) == []


def test_a_fetch_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(arguments: Sequence[str]) -> str:
        Path(arguments[arguments.index("--target") + 1], "half.py").touch()
        raise VoicebotError("pip could not install the add-on")

    monkeypatch.setattr(addons, "resolved", lambda *_: [addons.Wheel("far", "1", "https://example.org/far.whl", "")])
    monkeypatch.setattr(addons, "requirements", lambda name: ["far"])
    with pytest.raises(VoicebotError):
        addons.install("whisper", find_home(), addons.quietly, fails)
    assert list(find_home().addons_now.iterdir()) == []


def report(name: str, version: str) -> str:
    url = f"https://example.org/{name}-{version}.whl"
    download = {"url": url, "archive_info": {"hashes": {"sha256": "ab"}}}
    return json.dumps({"install": [{"download_info": download, "metadata": {"name": name, "version": version}}]})


def listing(*versions: str) -> str:
    return f"torch ({versions[0]})\nAvailable versions: {', '.join(versions)}\n"


def test_pytorch_comes_without_cuda() -> None:
    asked: list[list[str]] = []

    def pip(arguments: Sequence[str]) -> str:
        asked.append(list(arguments))
        if arguments[0] == "index":
            return listing("2.14.0+cpu", "2.13.0+cpu") if addons.TORCH_FOR_CPUS in arguments else listing("2.14.1")
        return report("torch", "2.14.0+cpu")

    found = addons.torch_for_cpus(pip)
    assert found.requirement == "torch @ https://example.org/torch-2.14.0+cpu.whl#sha256=ab"
    assert [addons.TORCH_FOR_CPUS in one for one in asked] == [False, True, True]
    assert asked[-1][-1] == "torch==2.14.0+cpu"


def test_a_build_without_cuda_where_pip_looks_anyway_is_taken() -> None:
    def pip(arguments: Sequence[str]) -> str:
        assert addons.TORCH_FOR_CPUS not in arguments
        return listing("2.14.1", "2.13.0+cpu") if arguments[0] == "index" else report("torch", "2.13.0+cpu")

    assert addons.torch_for_cpus(pip).is_for_cpus


def test_rather_none_than_gigabytes_of_cuda() -> None:
    def pip(arguments: Sequence[str]) -> str:
        if addons.TORCH_FOR_CPUS in arguments:
            raise VoicebotError("pip cannot find what the add-on needs")
        return listing("2.14.1")

    with pytest.raises(VoicebotError, match="no PyTorch without CUDA"):
        addons.torch_for_cpus(pip)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PyPI's PyTorch has no CUDA")
def test_an_add_on_that_needs_pytorch_gets_that_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addons, "requirements", lambda name: ["torch>=2.2", "torch-audiomentations", "far"])
    asked: list[list[str]] = []

    def pip(arguments: Sequence[str]) -> str:
        asked.append([one for one in arguments if not one.startswith("-")])
        if arguments[0] == "index":
            return listing("2.13.0+cpu")
        return report("torch", "2.14.1" if "torch>=2.2" in arguments else "2.13.0+cpu")

    [fetched] = addons.install("whisper", find_home(), pip, lambda _: "")
    assert fetched.is_for_cpus
    assert asked[-1][-3:] == ["torch-audiomentations", "far", fetched.requirement]


def test_whisper_asks_for_no_triton(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addons, "requires", lambda name: ["numba", "torch", "triton>=2; sys_platform == 'linux'"])
    assert addons.requirements("whisper") == ["numba", "torch"]

    def absent(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(addons, "requires", absent)
    assert addons.requirements("whisper") == ["openai-whisper"]


def test_the_command_line_lists_them_and_says_where_they_belong() -> None:
    assert json.loads(voicebot("addons", "list", "--json").out)[0] == {"name": "whisper", "installed": False}
    refused = voicebot("addons", "install", "whisper")
    assert (refused.status, "pip install openai-whisper" in refused.err) == (2, True)
    assert voicebot("addons", "remove", "whisper").out == "whisper was not here\n"
