"""What is different in a frozen program, tried in one that is not: its children, paths, libraries and fixes."""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

import pytest

from tests.packaging.scripts import script
from voicebot import frozen
from voicebot.child.process import command
from voicebot.cli import main as command_line
from voicebot.readiness import NotReady
from voicebot.resources import find_home

qt = script("qt")


@pytest.fixture
def is_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/voice bot/voicebot")
    return tmp_path


def test_a_child_of_a_frozen_program_is_the_program(is_frozen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = command("some.module:Class")
    assert words == ["/opt/voice bot/voicebot", "--child", "some.module:Class"]
    served: list[str] = []
    monkeypatch.setattr("voicebot.child.main", served.append)
    assert command_line.main(words[1:]) == 0
    assert served == ["some.module:Class"]


def test_on_windows_children_are_started_from_the_program_with_a_console(
    is_frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert Path(frozen.program()).name == "voicebot.exe"


def test_pip_is_the_program_too(is_frozen: Path) -> None:
    assert frozen.pip_command() == ["/opt/voice bot/voicebot", "--pip"]


def test_programs_that_are_started_get_their_own_library_path_back() -> None:
    environment = {"LD_LIBRARY_PATH": "/opt/voicebot/lib", "LD_LIBRARY_PATH_ORIG": "/usr/local/lib", "HOME": "/home/me"}
    frozen.give_back_paths(environment)
    assert environment == {"LD_LIBRARY_PATH": "/usr/local/lib", "HOME": "/home/me"}
    environment = {"LD_LIBRARY_PATH": "/opt/voicebot/lib"}
    frozen.give_back_paths(environment)
    assert environment == {}


def test_a_library_beside_the_program_is_found_before_the_system_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"the system's {name}")
    (tmp_path / "libportaudio.so.2").touch()
    frozen.find_own_libraries(tmp_path)
    assert ctypes.util.find_library("portaudio") == str(tmp_path / "libportaudio.so.2")
    assert ctypes.util.find_library("c") == "the system's c"


def test_what_was_added_is_imported_after_what_is_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    home = find_home()
    for name in ("whisper", ".piper.part"):
        (home.addons_now / name).mkdir(parents=True)
    monkeypatch.setattr(sys, "path", ["/inside"])
    frozen.add_addons(home)
    assert sys.path == ["/inside", str(home.addons_now / "whisper")]


@pytest.mark.parametrize(
    ("told", "here"),
    [
        ("pip install 'voicebot[piper]'", "voicebot addons install piper"),
        ('pip install "voicebot[wake-word]"', "voicebot addons install wake-word"),
        ("pip install openai-whisper", "voicebot addons install whisper"),
        ("apt install espeak-ng", "apt install espeak-ng"),
        ("pip install pyttsx3", "pip install pyttsx3"),
    ],
)
def test_a_fix_is_one_that_works_here(is_frozen: Path, told: str, here: str) -> None:
    assert NotReady("missing", told).fix == here


def test_elsewhere_pip_is_named() -> None:
    assert NotReady("missing", "pip install 'voicebot[piper]'").fix == "pip install 'voicebot[piper]'"


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/qml/QtQuick/Templates/qmldir", True),
        ("PySide6/Qt/qml/QtQuick/Templates/plugins.qmltypes", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", True),
        ("PySide6/Qt/qml/QtQuick/Controls/FluentWinUI3/Config.qml", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/translations/qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qtbase_sv.qm", False),
        ("PySide6/QtQuick.abi3.so", True),
        ("PySide6/QtTest.abi3.so", False),
        ("PySide6/libpyside6.abi3.so.6.12", True),
        ("numpy/_core/_multiarray_umath.so", True),
    ],
)
def test_what_of_qt_is_taken(place: str, wanted: bool) -> None:
    assert qt.is_wanted(place) is wanted


def test_every_module_that_screens_import_is_taken() -> None:
    from voicebot.resources import data_root

    imported = {
        line.split()[1].replace(".", "/")
        for file in (data_root() / "ui").rglob("*.qml")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("import Qt")
    }
    assert imported <= {*qt.QML, "QtQuick"}


def test_every_binding_that_the_window_imports_is_taken() -> None:
    imported = {
        line.split()[1].removeprefix("PySide6.")
        for file in (Path(frozen.__file__).parent / "desktop").rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("from PySide6.")
    }
    assert imported <= set(qt.BINDINGS)
