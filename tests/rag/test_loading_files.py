"""What is no ordinary file, may not be read, or is not there any more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rag.files import pdf
from tests.rights import AS_NOBODY, let_others_in
from voicebot.errors import Unreadable
from voicebot.rag.loading import read
from voicebot.rag.loading.failing import damage, library
from voicebot.rag.loading.titles import title_of

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def why(file: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(file)
    assert caught.value.what == f"{file.name} cannot be read"
    assert caught.value.fix
    return caught.value.why


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert why(tmp_path / "a.pdf") == "it is empty"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert why(tmp_path / "a.txt") == "it is not there any more"
    (tmp_path / "b.txt").write_text("x")
    assert why(tmp_path / "b.txt" / "a.txt") == "it is not there any more"


def test_a_file_that_vanishes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = pdf(tmp_path / "a.pdf", ["One."])
    monkeypatch.setattr("voicebot.rag.loading.check", lambda path: path.unlink())
    assert why(file) == "it is not there any more"
    file = tmp_path / "a.txt"
    file.write_text("One.")
    assert why(file) == "it is not there any more"


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert why(tmp_path / "a.txt") == "it is no ordinary file"


@posix
def test_a_device_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    assert why(tmp_path / "a.txt") == "it is no ordinary file"
    (tmp_path / "b.txt").mkdir()
    assert why(tmp_path / "b.txt") == "it is no ordinary file"


@posix
def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    assert why(tmp_path / "a.txt") == "it is a link that leads back to itself"


@posix
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("One.")
    file.chmod(0)
    let_others_in(tmp_path)
    program = f"""
import sys, pathlib
import voicebot.rag.loading.text
from voicebot.errors import Unreadable
{AS_NOBODY}
try:
    voicebot.rag.loading.read(pathlib.Path(sys.argv[1]))
except Unreadable as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout == "a.txt cannot be read: you have no right to read it. Change its permissions, or remove it\n"


def test_a_file_of_two_gigabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as opened:
        opened.truncate(2 << 30)
    assert why(file) == "it has 2048 MB, and 256 MB are the most that is read"


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="its library is not installed") as caught, library(tmp_path / "a.pdf"):
        raise ImportError
    assert caught.value.fix == "pip install 'voicebot[documents]'"


def test_whatever_a_library_raises_is_said_in_our_words(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="it is damaged"), damage(tmp_path / "a.pdf"):
        raise KeyError("no relationship of type ...")
    with pytest.raises(Unreadable, match="nested too deep"), damage(tmp_path / "a.pdf"):
        raise RecursionError


def test_a_title_has_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    assert title_of(tmp_path / "a.txt", "Oven \x1b[31mrules\x07") == "Oven rules"
    assert title_of(tmp_path / "oven\x1b[2J_rules.txt") == "Oven rules"
