"""Starting at login: an entry where the system looks for such, written and removed by the setting `desktop.autostart`.

Linux: https://specifications.freedesktop.org/autostart-spec/latest/ (a .desktop file in the person's folder);
macOS: a launch agent (launchd.plist(5)); Windows: the registry's Run key. Only the person's own places are written.
"""

from __future__ import annotations

import os
import plistlib
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from voicebot.errors import StorageError
from voicebot.frozen import is_frozen
from voicebot.resources import APP_ID

RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
RESERVED = "\"`$\\"
"""What must be escaped inside the quotes of Exec (Desktop Entry Specification, "The Exec key")."""


def is_possible(root: Path = Path("/")) -> bool:
    """Not in a Flatpak, whose own portal does it, and which sees no such folder."""
    return not (root / ".flatpak-info").exists()


def switch(on: bool) -> None:
    """Have Voicebot start at login, quietly in the tray, or no more. Raises StorageError."""
    try:
        if sys.platform == "win32":
            _register(on)
        elif on:
            place = entry_file()
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(entry(command()))
        else:
            entry_file().unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("starting at login cannot be changed", error.strerror or "") from error


def is_on() -> bool:
    """Whether the system would start what `command` names now: an entry of another place does not count."""
    if sys.platform == "win32":
        return _registered() == _quoted(command())
    try:
        return entry_file().read_bytes() == entry(command())
    except OSError:
        return False


def command() -> list[str]:
    """What is started: this very program, wherever it lies."""
    start = [os.environ.get("APPIMAGE") or sys.executable] if is_frozen() else [sys.executable, "-m", "voicebot"]
    return [*start, "window", "--background"]


def entry_file(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where the entry lies, on Linux and macOS."""
    if platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{APP_ID}.plist"
    folder = environment.get("XDG_CONFIG_HOME") or ""
    config = Path(folder) if Path(folder).is_absolute() else Path.home() / ".config"
    return config / "autostart" / f"{APP_ID}.desktop"


def entry(words: Sequence[str], platform: str = sys.platform) -> bytes:
    """The entry's content, on Linux and macOS."""
    if platform == "darwin":
        agent = {"Label": APP_ID, "ProgramArguments": list(words), "RunAtLoad": True, "ProcessType": "Interactive"}
        return plistlib.dumps(agent)
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Voicebot",
        "Comment=A voice assistant that works offline",
        "Comment[ko]=오프라인으로 동작하는 음성 비서",
        f"Exec={' '.join(map(escaped, words))}",
        f"Icon={APP_ID}",
        "X-GNOME-Autostart-enabled=true",
        "",
    ]
    return "\n".join(lines).encode()


def escaped(word: str) -> str:
    """A word of Exec: quoted where it must be, with `%` doubled, and the backslash escaped for the file as well."""
    word = word.replace("%", "%%")
    if shlex.quote(word) == word:
        return word
    quoted = "".join(f"\\{mark}" if mark in RESERVED else mark for mark in word)
    return f'"{quoted}"'.replace("\\", "\\\\")


def _quoted(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _register(on: bool) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY, access=winreg.KEY_SET_VALUE) as key:
            if on:
                winreg.SetValueEx(key, "Voicebot", 0, winreg.REG_SZ, _quoted(command()))
            elif _registered():
                winreg.DeleteValue(key, "Voicebot")


def _registered() -> str:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                return str(winreg.QueryValueEx(key, "Voicebot")[0])
        except FileNotFoundError:
            return ""
    return ""
