"""`voicebot window`: the desktop app. `voicebot` alone opens it too, where there is a screen."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from voicebot.cli.options import add_engine_options, names


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("window", help="open the desktop app, or raise the one that is open")
    parser.add_argument("--talk", action="store_true", help="tap the talk key: for a key of your desktop's settings")
    parser.add_argument("--background", action="store_true", help="stay in the tray, where there is one")
    parser.add_argument("--transcribe", nargs="+", metavar="FILE", help="put recordings or films on its page")
    add_engine_options(parser, "stt", "llm", "tts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from voicebot.desktop.application import open_window

    files = [str(Path(file).absolute()) for file in args.transcribe or []]
    return open_window(names(args), talk=args.talk, background=args.background, files=files)


def is_possible() -> bool:
    """Whether there is a screen, and Qt to draw on it."""
    has_screen = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    )
    return has_screen and find_spec("PySide6") is not None
