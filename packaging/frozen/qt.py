"""Qt without what Voicebot does not use: whole styles, languages, platforms and debuggers come with its wheel.

What stays lies in the frozen program as Qt's own shared libraries, under their own names, so that anybody may put
others in their place, as the LGPL wants it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import elf

TOC = list[tuple[str, str, str]]

QML = ("QtQml", "QtQuick/Controls/Basic", "QtQuick/Controls/Fusion", "QtQuick/Controls/impl", "QtQuick/Dialogs",
       "QtQuick/Layouts", "QtQuick/Shapes", "QtQuick/Templates", "QtQuick/Window", "QtQuick/Effects",
       "Qt/labs/folderlistmodel", "QtCore")  # fmt: skip
"""Modules that screens import, and that Qt's own file dialog needs where the desktop has none."""
QML_FILES = ("QtQuick/*", "QtQuick/Controls/*")
"""Modules that hold modules: of these only the files that lie in them."""

PLUGINS = ("platforms/*qxcb*", "platforms/*qwayland*", "platforms/*qoffscreen*", "platforms/*qminimal.*",
           "platforms/*qwindows*", "platforms/*qcocoa*", "platforminputcontexts/*", "platformthemes/*portal*",
           "iconengines/*", "imageformats/*qsvg*", "imageformats/*qico*", "imageformats/*qjpeg*", "styles/*",
           "xcbglintegrations/*", "wayland-decoration-client/*", "wayland-shell-integration/*xdg-shell*",
           "wayland-graphics-integration-client/*wayland-egl*", "wayland-graphics-integration-client/*shm*",
           "wayland-graphics-integration-client/*dmabuf*", "wayland-graphics-integration-client/*drm-egl*")  # fmt: skip
"""Screens, input methods (a Korean keyboard is one), the desktop's own dialogs, and pictures."""

BINDINGS = ("QtCore", "QtGui", "QtNetwork", "QtOpenGL", "QtQml", "QtQuick", "QtWidgets")
STAYS = ("libpython*", "libportaudio*", "libicudata*", "libcrypto*", "libssl*")
"""Loaded by name, not because another file needs them."""


def trimmed(toc: Iterable[tuple[str, str, str]]) -> TOC:
    """PyInstaller's list of files without the parts of Qt that are not used, nor the libraries that only they need."""
    wanted = [entry for entry in toc if is_wanted(entry[0].replace("\\", "/"))]
    return reachable(wanted) if sys.platform == "linux" else wanted


def is_wanted(place: str) -> bool:
    """By where a file would lie in the program."""
    _, qt, inside = place.partition("PySide6/")
    if not qt:
        return True
    inside = inside.removeprefix("Qt/")
    kind, _, rest = inside.partition("/")
    match kind:
        case "qml":
            return is_wanted_qml(rest)
        case "plugins":
            return any(fnmatch(rest, pattern) for pattern in PLUGINS)
        case "translations":
            return rest in ("qtbase_ko.qm", "qtbase_en.qm")
    binding = inside.partition(".")[0]
    return not (binding.startswith("Qt") and "/" not in inside and inside.endswith((".abi3.so", ".pyd"))) or (
        binding in BINDINGS
    )


def is_wanted_qml(rest: str) -> bool:
    folder, _, name = rest.rpartition("/")
    if name.endswith((".qmltypes", ".metainfo")):  # for editors
        return False
    return any(folder == one or folder.startswith(f"{one}/") for one in QML) or folder in (
        pattern.removesuffix("/*") for pattern in QML_FILES
    )


def reachable(toc: TOC) -> TOC:
    """Without the libraries that nothing needs which is left."""
    by_name = {Path(place).name: (place, source) for place, source, kind in toc if kind != "SYMLINK"}
    candidates = {name for name, (place, _) in by_name.items() if is_library(place)}
    kept = {name for name in candidates if any(fnmatch(name, pattern) for pattern in STAYS)}
    looked_at = [Path(source) for name, (_, source) in by_name.items() if name not in candidates]
    looked_at += [Path(by_name[name][1]) for name in kept]
    while looked_at:
        found = (elf.needs(looked_at.pop()).libraries & candidates) - kept
        kept |= found
        looked_at += [Path(by_name[name][1]) for name in sorted(found)]
    dropped = candidates - kept
    return [entry for entry in toc if Path(entry[0]).name not in dropped]


def is_library(place: str) -> bool:
    """Whether it is there only because something needs it: a plain library, not a module of Python or a plug-in."""
    folder, _, name = place.rpartition("/")
    is_plain = name.startswith("lib") and ".so" in name and "cpython" not in name and "abi3" not in name
    return is_plain and folder in ("", "PySide6/Qt/lib")
