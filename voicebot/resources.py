"""Where the program's data files lie (screens, model catalogue), and where it writes what belongs to the user."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parent
APP_ID = "io.github.voicebot.Voicebot"
"""The name of the installed .desktop file, without its ending, and of the Flatpak. The desktop keeps the talk key under
it, and refuses a program without one (xdg-desktop-portal from 1.21 on)."""


def data_root() -> Path:
    """The folder that holds `ui/` and `models/`: inside the package when installed, the checkout's root otherwise."""
    installed = PACKAGE / "_data"
    return installed if installed.is_dir() else PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Home:
    """The folders Voicebot writes to; none is made before something is written there."""

    config: Path
    data: Path
    cache: Path
    log: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def history_file(self) -> Path:
        return self.data / "history.db"

    @property
    def spending_file(self) -> Path:
        return self.data / "spending.db"

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def addons_now(self) -> Path:
        """Add-ons of a packaged program, for this version of Python: their compiled parts fit no other."""
        return self.data / "addons" / f"python{sys.version_info.major}.{sys.version_info.minor}"

    @property
    def documents(self) -> Path:
        """The library of the documents that are searched, and their vectors."""
        return self.data / "documents"

    @property
    def lab(self) -> Path:
        return self.data / "lab"

    @property
    def log_file(self) -> Path:
        return self.log / "voicebot.log"


def find_home() -> Home:
    """`VOICEBOT_HOME` when it is set, the platform's own folders otherwise."""
    moved = os.environ.get("VOICEBOT_HOME")
    if moved:
        root = Path(moved).expanduser().absolute()
        return Home(root / "config", root / "data", root / "cache", root / "log")
    folders = platformdirs.PlatformDirs("voicebot", appauthor=False)
    return Home(folders.user_config_path, folders.user_data_path, folders.user_cache_path, folders.user_log_path)
