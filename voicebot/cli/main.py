"""`voicebot`: reads the command line, runs one subcommand, and turns every failure into one plain line.

Exit status: 0 done, 1 failed with a reason on standard error, 2 wrong usage, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from voicebot import __version__
from voicebot.errors import UsageError, VoicebotError

COMMANDS = (
    "window", "chat", "ask", "transcribe", "say", "docs", "lab", "models", "keys", "spend", "doctor", "addons", "data",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["--child"]:  # a frozen program's children are the program itself
        import_module("voicebot.child").main(words[1])
        return 0
    try:
        if words[:1] in ([], ["--talk"], ["--background"]):
            words = [_first_command(), *words]
        elif words[0] == "--transcribe":  # what file managers call: on a screen, or not at all
            words = ["window", *words]
        args = _parser(words).parse_args(words)
        status = int(args.run(args))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has gone, which is not a failure of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except UsageError as error:
        return _complain(error, 2)
    except VoicebotError as error:
        return _complain(error, 1)
    except Exception as error:  # noqa: BLE001 - the last place where a defect becomes one line
        line = f"something went wrong inside Voicebot: {type(error).__name__}: {error}. The log says more"
        print(f"voicebot: {line}", file=sys.stderr)
        return 1


def _first_command() -> str:
    """What `voicebot` alone does: the window where there is a screen, otherwise the conversation in the terminal."""
    from voicebot.cli.window import is_possible

    return "window" if is_possible() else "chat"


def _complain(error: VoicebotError, status: int) -> int:
    print(f"voicebot: {error}", file=sys.stderr)
    return status


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the subcommand that is wanted is imported, all of them for `--help`."""
    parser = argparse.ArgumentParser(
        prog="voicebot", description="A voice assistant that works offline out of the box. Alone, it opens its window."
    )
    parser.add_argument("--version", action="version", version=f"voicebot {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    wanted = [command for command in COMMANDS if command == next(iter(words), "")]
    for command in wanted or COMMANDS:
        import_module(f"voicebot.cli.{command}").add_parser(subparsers)
    return parser
