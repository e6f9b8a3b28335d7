"""Starting at login: the entry is one that desktops understand, starts this very program, and goes away again."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voicebot import autostart
from voicebot.cli.main import _parser
from voicebot.errors import StorageError
from voicebot.resources import APP_ID

ODD = ["/opt/내 프로그램/voice bot", "window", "--background", '100% "$HOME" `x` \\']


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def test_it_is_switched_on_and_off(config: Path) -> None:
    assert not autostart.is_on()
    autostart.switch(True)
    assert autostart.is_on()
    assert (config / "autostart" / f"{APP_ID}.desktop").is_file()
    autostart.switch(False)
    autostart.switch(False)
    assert not autostart.is_on()


def test_a_program_that_was_moved_is_not_on(monkeypatch: pytest.MonkeyPatch) -> None:
    autostart.switch(True)
    monkeypatch.setattr(sys, "executable", "/somewhere/else")
    assert not autostart.is_on()


def test_what_is_started_is_understood_and_stays_quiet() -> None:
    words = autostart.command()
    assert words[:3] == [sys.executable, "-m", "voicebot"]
    assert _parser(words[3:]).parse_args(words[3:]).background


def test_an_appimage_starts_itself_and_not_its_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("APPIMAGE", "/home/me/Voicebot.AppImage")
    assert autostart.command() == ["/home/me/Voicebot.AppImage", "window", "--background"]


def test_desktops_find_nothing_wrong_and_read_the_same_words(tmp_path: Path) -> None:
    file = tmp_path / f"{APP_ID}.desktop"
    file.write_bytes(autostart.entry(ODD, "linux"))
    if shutil.which("desktop-file-validate"):
        done = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, timeout=30)
        assert (done.returncode, done.stdout) == (0, "")
    read = configparser.ConfigParser(interpolation=None)
    read.read(file, "utf-8")
    unescaped = read["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    assert [word.replace("%%", "%") for word in words(unescaped)] == ODD


def words(line: str) -> list[str]:
    """Exec's value in words, by the specification's own rules: quotes, and a backslash before four marks in them."""
    found = re.findall(r'"((?:\\["`$\\]|[^"])*)"|(\S+)', line)
    return [re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else bare for quoted, bare in found]


def test_on_macos_it_is_a_launch_agent() -> None:
    agent = plistlib.loads(autostart.entry(ODD, "darwin"))
    assert (agent["Label"], agent["ProgramArguments"], agent["RunAtLoad"]) == (APP_ID, ODD, True)
    assert autostart.entry_file({}, "darwin") == Path.home() / "Library" / "LaunchAgents" / f"{APP_ID}.plist"


def test_a_relative_config_folder_is_none() -> None:
    """As the XDG base directory specification says."""
    assert autostart.entry_file({"XDG_CONFIG_HOME": "here"}, "linux").is_relative_to(Path.home() / ".config")


def test_a_flatpak_cannot(tmp_path: Path) -> None:
    assert autostart.is_possible(tmp_path)
    (tmp_path / ".flatpak-info").touch()
    assert not autostart.is_possible(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(config: Path) -> None:
    config.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="tarting at login cannot be changed"):
        autostart.switch(True)
