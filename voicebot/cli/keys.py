"""`voicebot keys`: keys of services, into the system's keyring and out of it. A key is never printed."""

from __future__ import annotations

import argparse
import getpass
import sys

from voicebot.errors import UsageError
from voicebot.secrets import VARIABLES
from voicebot.session import session


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("keys", help="keep keys of services in the system's keyring")
    parser.add_argument("action", choices=("list", "set", "forget"))
    parser.add_argument("name", nargs="?", choices=tuple(VARIABLES), help="the service")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.action != "list" and args.name is None:
        raise UsageError(f"which key? There are: {', '.join(VARIABLES)}")
    with session() as opened:
        secrets = opened.workshop.secrets
        if args.action == "set":
            secrets.set(args.name, _typed(args.name))
            print(f"The key for {args.name} is in the system's keyring.")
        elif args.action == "forget":
            print("Forgotten." if secrets.forget(args.name) else f"There was no key for {args.name}.")
        else:
            for name in VARIABLES:
                print(f"{name:<14}{secrets.source(name) or 'none'}")
    return 0


def _typed(name: str) -> str:
    """The key, typed unseen or piped in; never an argument, which other programs can see."""
    key = getpass.getpass(f"Key for {name}: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise UsageError("no key was given")
    return key.strip()
