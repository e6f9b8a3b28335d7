"""`voicebot models`, as a person and as a program uses it."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_server import HostileServer, Reply
from voicebot.cli import models
from voicebot.errors import ModelError

FILE = random.Random(9).randbytes(300_000)
HALF = 150_000

CATALOGUE = f"""
[[model]]
id = "base"
engine = "whisper"
aliases = ["usual"]
description = {{ en = "small", ko = "작은 모델" }}
languages = "multilingual"
licence = "MIT"
memory = 1_000_000
[[model.files]]
filename = "base.pt"
size = {len(FILE)}
sha256 = "{hashlib.sha256(FILE).hexdigest()}"
url = "https://models.invalid/main/base.pt"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one model, served by nobody but a mirror; and no proxies."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / "models").mkdir()
    (tmp_path / "models/stt.toml").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr("voicebot.catalogue.data_root", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def place(own_home: Path) -> Path:
    return own_home / "data/models/whisper/base/base.pt"


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="voicebot")
    models.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["models", *arguments])
    status: int = args.run(args)
    return status


def installed_at(place: Path, content: bytes = FILE) -> None:
    place.parent.mkdir(parents=True)
    place.write_bytes(content)


def test_the_list_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("whisper:tiny.en" in line and "75.6 MB" in line and " en " in line for line in lines)
    assert any("whisper:large-v3-turbo" in line and "1.62 GB" in line and "multilingual" in line for line in lines)


@pytest.mark.usefixtures("catalogue")
def test_the_list_shows_what_is_here(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    call("list")
    assert "  whisper:base" in capsys.readouterr().out
    installed_at(place)
    call("list")
    assert "* whisper:base" in capsys.readouterr().out


def test_the_list_for_programs(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    installed_at(place)
    assert call("list", "--json") == 0
    listed = {model["name"]: model for model in json.loads(capsys.readouterr().out)}
    base = listed["whisper:base"]
    assert base["installed"] and not listed["whisper:tiny"]["installed"]
    assert base["path"] == str(place)
    assert base["size"] == 145_262_807 and base["licence"] == "MIT" and base["languages"] == "multilingual"
    assert set(base["description"]) == set(base["remark"]) == {"en", "ko"}
    assert listed["whisper:base.en"]["languages"] == ["en"] and listed["whisper:base.en"]["remark"] is None
    assert listed["whisper:large-v3"]["aliases"] == ["whisper:large"]


def test_the_list_of_one_engine(capsys: pytest.CaptureFixture[str]) -> None:
    call("list", "--json", "--engine", "whisper")
    assert {model["engine"] for model in json.loads(capsys.readouterr().out)} == {"whisper"}
    call("list", "--engine", "sphinx")
    assert capsys.readouterr().out == "No such models.\n"


@pytest.mark.usefixtures("catalogue")
async def test_download_for_people(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    async with HostileServer(FILE) as server:
        status = await asyncio.to_thread(call, "download", "usual", "whisper:base", "--mirror", server.url)
    shown = capsys.readouterr()
    assert (status, shown.out, shown.err) == (0, f"whisper:base is here: {place}\n", "")
    assert place.read_bytes() == FILE
    assert len(server.requests) == 1


@pytest.mark.usefixtures("catalogue")
async def test_download_for_programs_from_the_mirror_in_the_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    async with HostileServer(FILE) as server:
        monkeypatch.setenv("VOICEBOT_DOWNLOADS_MIRROR", server.url)
        assert await asyncio.to_thread(call, "download", "base", "--json") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == [{"name": "whisper:base", "files": [str(place)]}]
    assert shown.err == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("catalogue")
async def test_a_terminal_gets_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    async with HostileServer(FILE, [Reply(status=429, headers={"Retry-After": "0"}), Reply()]) as server:
        await asyncio.to_thread(call, "download", "base", "--mirror", server.url)
    assert "whisper:base:" in terminal.getvalue()
    assert "answered 429; trying again in 0 s" in terminal.getvalue()


@pytest.mark.usefixtures("catalogue")
async def test_a_download_that_fails(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    async with HostileServer(FILE, [Reply(status=404)]) as server:
        with pytest.raises(ModelError, match=r"whisper:base was not downloaded: .* answered 404"):
            await asyncio.to_thread(call, "download", "base", "--json", "--mirror", server.url)
    assert capsys.readouterr().out == ""
    assert not place.exists()


@pytest.mark.usefixtures("catalogue")
def test_verify(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert call("verify") == 0
    assert capsys.readouterr().out == "No models are here.\n"
    with pytest.raises(ModelError, match=r"are missing: whisper:base\. Run `voicebot models download whisper:base`"):
        call("verify", "base")
    assert capsys.readouterr().out == "whisper:base: missing (base.pt)\n"
    installed_at(place)
    assert call("verify") == 0
    assert capsys.readouterr().out == "whisper:base: right\n"
    place.write_bytes(FILE[:-1] + b"?")
    with pytest.raises(ModelError, match=r"wrong or missing: whisper:base.*remove whisper:base` and then"):
        call("verify")
    assert capsys.readouterr().out == "whisper:base: wrong (base.pt)\n"


@pytest.mark.usefixtures("catalogue")
def test_verify_for_programs(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert call("verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    with pytest.raises(ModelError):
        call("verify", "base", "--json")
    assert json.loads(capsys.readouterr().out) == [{"name": "whisper:base", "verdict": "missing", "files": ["base.pt"]}]
    installed_at(place)
    assert call("verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "whisper:base", "verdict": "ok", "files": []}]
    place.write_bytes(b"?")
    with pytest.raises(ModelError):
        call("verify", "--json")
    assert json.loads(capsys.readouterr().out) == [{"name": "whisper:base", "verdict": "wrong", "files": ["base.pt"]}]


@pytest.mark.usefixtures("catalogue")
def test_remove(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    installed_at(place)
    assert call("remove", "base") == 0
    assert capsys.readouterr().out == "whisper:base is gone: 300 kB freed\n"
    assert not place.parent.exists()
    assert call("remove", "base") == 0
    assert capsys.readouterr().out == "whisper:base was not here\n"
    assert call("remove", "base", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "whisper:base", "freed": 0}]


@pytest.mark.parametrize("arguments", [[], ["download"], ["remove"], ["fetch", "base"], ["list", "--colour"]])
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        call(*arguments)
    assert raised.value.code == 2
    assert capsys.readouterr().out == ""


def test_an_unknown_model() -> None:
    with pytest.raises(ModelError, match=r"'whisper:bass'\. Did you mean whisper:base\?"):
        call("download", "whisper:bass")


INTERRUPTED = """
import argparse, sys
from pathlib import Path
import voicebot.catalogue
from voicebot.cli import models

voicebot.catalogue.data_root = lambda: Path(sys.argv[1])
parser = argparse.ArgumentParser()
models.add_parser(parser.add_subparsers())
args = parser.parse_args(["models", "download", "base", "--mirror", sys.argv[2]])
try:
    args.run(args)
except KeyboardInterrupt:
    sys.exit(130)
"""


async def test_control_c_ends_at_once_and_loses_nothing(catalogue: Path, place: Path) -> None:
    part = place.with_name("base.pt.part")
    async with HostileServer(FILE, [Reply(hold_after=HALF), Reply()]) as server, asyncio.timeout(60):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", INTERRUPTED, str(catalogue), server.url, stderr=asyncio.subprocess.PIPE
        )
        while not part.exists() or part.stat().st_size < HALF:
            await asyncio.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (130, b"")
        assert part.read_bytes() == FILE[:HALF]
        await asyncio.to_thread(call, "download", "base", "--mirror", server.url)
    assert place.read_bytes() == FILE
    assert server.requests[1].headers["range"] == f"bytes={HALF}-"


def test_listing_models_loads_nothing_heavy() -> None:
    program = (
        "import argparse, sys; from voicebot.cli import models; p = argparse.ArgumentParser();"
        "models.add_parser(p.add_subparsers()); a = p.parse_args(['models', 'list']); a.run(a);"
        "heavy = {'torch', 'whisper', 'httpx2', 'tqdm', 'filelock', 'PySide6', 'numpy'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
