"""`voicebot data`: what Voicebot keeps of yours on this machine, and away with it before it is uninstalled."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from voicebot import autostart
from voicebot.catalogue import in_units
from voicebot.errors import StorageError, UsageError
from voicebot.resources import Home, find_home
from voicebot.secrets import VARIABLES, Secrets


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("data", help="show or delete what is kept of yours: no uninstalling touches it")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    showing = actions.add_parser("show", help="show the folders and what they take")
    showing.add_argument("--json", action="store_true", help="print JSON, for programs")
    removing = actions.add_parser("remove", help="delete conversations, recordings, models, settings and keys")
    removing.add_argument("--yes", action="store_true", help="do not ask")
    for action in (showing, removing):
        action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; raises UsageError while Voicebot is open, and StorageError when something stays."""
    home = find_home()
    kept = {name: folder for name, folder in folders(home).items() if folder.exists()}
    if args.action == "show":
        _show(kept, as_json=args.json)
        return 0
    lock = FileLock(home.data / "instance.lock")
    if home.data.exists():
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise UsageError("Voicebot is open", fix="Quit it first, in its tray icon's menu") from None
    try:
        if not args.yes and not _sure(kept):
            print("Nothing was deleted")
            return 1
    finally:
        lock.release()
    remove(home)
    print("Deleted")
    return 0


def folders(home: Home) -> Mapping[str, Path]:
    return {"settings": home.config, "data": home.data, "cache": home.cache, "log": home.log}


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir() or file.is_symlink())


def remove(home: Home) -> None:
    """Delete every folder of ours, the keys and the start at login. Raises StorageError when something stays."""
    secrets = Secrets()
    for name in VARIABLES:
        try:
            secrets.forget(name)
        except StorageError as error:  # a locked keyring keeps no folder from going
            print(f"voicebot: the key for {name} stays: {error}", file=sys.stderr)
    autostart.switch(False)
    for folder in folders(home).values():
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"{folder} cannot be deleted", error.strerror or "") from error


def _show(kept: Mapping[str, Path], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([{"name": name, "folder": str(at), "bytes": size(at)} for name, at in kept.items()]))
        return
    for name, folder in kept.items():
        print(f"{name:<10}{in_units(size(folder)):>10}  {folder}")
    if not kept:
        print("Nothing is kept")


def _sure(kept: Mapping[str, Path]) -> bool:
    _show(kept, as_json=False)
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked", fix="voicebot data remove --yes deletes without asking")
    return input("Delete all of this, and the keys in the keyring, for good? [y/N] ").strip().lower() in ("y", "yes")
