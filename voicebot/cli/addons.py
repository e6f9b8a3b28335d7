"""`voicebot addons`: libraries that a packaged Voicebot leaves out, fetched into the person's own folder."""

from __future__ import annotations

import argparse
import json
import sys

from voicebot import addons
from voicebot.errors import UsageError
from voicebot.frozen import is_frozen
from voicebot.resources import find_home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("addons", help="add libraries that the packaged program leaves out")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show every add-on, and whether it is here")
    listing.add_argument("--json", action="store_true", help="print JSON, for programs")
    fetching = actions.add_parser("install", help="fetch an add-on, as wheels from PyPI or where your pip looks")
    removing = actions.add_parser("remove", help="delete an add-on")
    for action in (fetching, removing):
        action.add_argument("name", metavar="ADDON", help=", ".join(addons.names()))
    for action in (listing, fetching, removing):
        action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; raises UsageError, StorageError, VoicebotError."""
    home = find_home()
    here = addons.installed(home)
    if args.action == "list":
        if args.json:
            print(json.dumps([{"name": name, "installed": name in here} for name in addons.names()]))
        else:
            print("\n".join(f"{'*' if name in here else ' '} {name}" for name in addons.names()))
        return 0
    if args.action == "remove":
        print(f"{args.name} is removed" if addons.remove(args.name, home) else f"{args.name} was not here")
        return 0
    _demand_frozen(args.name)
    wheels = addons.install(args.name, home, addons.quietly, addons.visibly)
    print(f"{args.name} is here: {', '.join(f'{one.name} {one.version}' for one in wheels) or 'all was inside'}")
    print("If Voicebot is open, start it again", file=sys.stderr)
    return 0


def _demand_frozen(name: str) -> None:
    """Where pip is at hand its packages belong into the environment."""
    addons.requirements(name)
    if not is_frozen():
        package = "openai-whisper" if name == "whisper" else f"'voicebot[{name}]'"
        raise UsageError("Add-ons are for the packaged program", fix=f"Here: pip install {package}")
