"""The menu: entries, AppStream's file and icons are what desktops understand, and name what is really there."""

from __future__ import annotations

import configparser
import shutil
import struct
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.packaging.scripts import PACKAGING, script
from voicebot import __version__
from voicebot.cli.main import _parser
from voicebot.resources import APP_ID

share, icons = script("linux.share"), script("linux.icons")
MENU = PACKAGING / "linux" / "menu"
ENTRIES = sorted(MENU.glob("*.desktop"))


def entry(file: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(file, "utf-8")
    return found


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.stem)
def test_desktops_find_nothing_wrong(file: Path) -> None:
    assert run("desktop-file-validate", str(file)) == ""


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.stem)
def test_every_command_of_the_menu_is_understood(file: Path) -> None:
    for section in entry(file).values():
        if "Exec" in section:
            words = section["Exec"].replace("%F", "a.wav b.mp4").split()
            assert words[0] == "voicebot"
            assert _parser(words[1:]).parse_args(words[1:]).run


def test_the_entries_bear_the_program_s_name_and_speak_korean() -> None:
    assert [file.stem for file in ENTRIES] == [f"{APP_ID}.Transcribe", APP_ID]
    for file in ENTRIES:
        main = entry(file)["Desktop Entry"]
        assert main["Icon"] == main["StartupWMClass"] == APP_ID
        assert all(main[f"{key}[ko]"] for key in ("Name", "Comment"))


def test_sound_and_films_are_offered_and_nothing_is_taken_over() -> None:
    main, transcribing = entry(MENU / f"{APP_ID}.desktop"), entry(MENU / f"{APP_ID}.Transcribe.desktop")
    kinds = transcribing["Desktop Entry"]["MimeType"].rstrip(";").split(";")
    assert {kind.split("/")[0] for kind in kinds} == {"audio", "video"}
    assert transcribing["Desktop Entry"]["NoDisplay"] == "true"
    assert "MimeType" not in main["Desktop Entry"]


def test_appstream_finds_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / f"{APP_ID}.metainfo.xml"
    file.write_text(share.metainfo(APP_ID), "utf-8")
    run("appstreamcli", "validate", "--no-net", str(file))


def test_the_metadata_have_this_version_and_its_changes() -> None:
    tree = ElementTree.fromstring(share.metainfo(APP_ID))
    newest = tree.findall("./releases/release")[0]
    assert (newest.get("version"), newest.get("date")) == (__version__, share.released(__version__))
    assert newest.findall("./description/ul/li")
    assert tree.findtext("launchable") == f"{APP_ID}.desktop"
    languages = {one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in tree.findall("./summary")}
    assert languages == {None, "ko"}


def test_icons_are_the_window_s_own_drawing_in_every_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    icons.write(tmp_path, APP_ID)
    for size in icons.SIZES:
        content = (tmp_path / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png").read_bytes()
        assert struct.unpack(">II", content[16:24]) == (size, size)
    assert icons.logo() in (tmp_path / f"icons/hicolor/scalable/apps/{APP_ID}.svg").read_text()
    assert icons.png(64) == icons.png(64)
    count, kind = struct.unpack("<HH", icons.ico()[4:6] + icons.ico()[2:4])
    assert (count, kind) == (len(icons.ICO_SIZES), 1)
    assert len(icons.icns()) == struct.unpack(">I", icons.icns()[4:8])[0]
