"""What is different in a frozen program: it is its own Python, brings libraries along, and has no pip.

The entry script of a frozen program (packaging/frozen/entry.py) calls `settle_in` before anything else is imported.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path

from voicebot.resources import Home, find_home

INHERITED = "_ORIG"
"""PyInstaller keeps a variable that it changes under its name with this ending."""
PIP = "--pip"
"""The first word on the command line with which a frozen program is pip."""
WITH_PIP = re.compile(r"""pip install (?:["']?voicebot\[([\w-]+)\]["']?|openai-whisper)""")
PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")


def is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def folder() -> Path:
    """Where the frozen program's libraries and data lie."""
    return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))


def program() -> str:
    """What is started to have another Voicebot: a frozen program itself; on Windows that which has a console."""
    if sys.platform == "win32" and is_frozen():
        return str(Path(sys.executable).with_name("voicebot.exe"))
    return sys.executable


def settle_in() -> None:
    """Make the frozen program a good neighbour: to programs it starts, to libraries it brings, to what was added."""
    give_back_paths(os.environ)
    find_own_libraries(folder())
    add_addons(find_home())


def give_back_paths(environment: MutableMapping[str, str]) -> None:
    """Programs that are started from here (a browser, ffmpeg) must not load our libraries in place of theirs."""
    for name in PATHS:
        inherited = environment.pop(name + INHERITED, None)
        environment.pop(name, None)
        if inherited:
            environment[name] = inherited


def find_own_libraries(ours: Path) -> None:
    """Have `find_library` see the libraries beside the program first: PortAudio's wheel for Linux has none in it."""
    search = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        own = sorted(ours.glob(f"lib{name}.so.*")) or sorted(ours.glob(f"lib{name}.dylib"))
        return str(own[0]) if own else search(name)

    ctypes.util.find_library = find_library


def add_addons(home: Home) -> None:
    """Let what `voicebot addons install` put into the person's folder be imported, after all that is inside."""
    for place in sorted(home.addons_now.glob("[!.]*")):
        sys.path.append(str(place))


def pip_command() -> list[str]:
    """What runs pip: a frozen program is its own pip."""
    return [program(), PIP] if is_frozen() else [sys.executable, "-m", "pip"]


def way_to_add(fix: str) -> str:
    """How to install a library here: where `pip install` is told, a frozen program has add-ons of the same names."""
    if not is_frozen():
        return fix
    return WITH_PIP.sub(lambda found: f"voicebot addons install {found[1] or 'whisper'}", fix)
