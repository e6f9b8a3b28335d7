"""`voicebot lab`: compare recognisers and voices, and look at what came of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from voicebot.cli.lab_listen import add_listen
from voicebot.cli.lab_stt import add_stt, stt_lines
from voicebot.cli.lab_tts import add_roundtrip, add_tts, cell_lines, voice_lines
from voicebot.cli.options import say_to_person
from voicebot.errors import UsageError
from voicebot.resources import find_home

if TYPE_CHECKING:
    from voicebot.lab.runs import Run


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `lab` and what it can do."""
    parser = subparsers.add_parser("lab", help="compare recognisers and voices on this computer")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_stt(actions)
    add_tts(actions)
    add_roundtrip(actions)
    add_listen(actions)
    listing = actions.add_parser("list", help="show the runs that are kept, newest first")
    showing = actions.add_parser("show", help="show what a run came to")
    exporting = actions.add_parser("export", help="write a report of a run, alone or beside earlier ones")
    removing = actions.add_parser("remove", help="delete runs and all that came of them")
    showing.add_argument("run_id", nargs="?", default="", metavar="RUN", help="the newest one, if none is named")
    exporting.add_argument("runs", nargs="*", metavar="RUN", help="the newest one, if none is named; others beside it")
    exporting.add_argument("--to", type=Path, default=Path(), metavar="FILE_OR_FOLDER", help="write it there")
    exporting.add_argument("--format", choices=("html", "csv", "json"), help="as the file ends, unless it is named")
    exporting.add_argument("--language", choices=("en", "ko"), default="en", help="of an HTML page's own words")
    removing.add_argument("runs", nargs="+", metavar="RUN")
    for action, run in ((listing, _list), (showing, _show), (exporting, _export), (removing, _remove)):
        action.add_argument("--json", action="store_true", help="print JSON, for programs")
        action.set_defaults(run=run)


def _list(args: argparse.Namespace) -> int:
    """Raises StorageError."""
    from voicebot.lab.runs import Run

    found = [_about(run) for run in Run.all(find_home())]
    if args.json:
        _print_json(found)
        return 0
    for one in found:
        print(f"{one['run']:24} {one['done']:>5} of {one['trials']:<5} {one['failed']:>4} failed  {one['name']}")
    if not found:
        print("There are no runs yet; `voicebot lab --help` says how to begin.")
    return 0


def _about(run: Run) -> dict[str, Any]:
    results = run.results()
    return {
        "run": run.id,
        "kind": run.plan.kind,
        "name": run.plan.name,
        "created": run.plan.created,
        "trials": run.plan.trials,
        "done": len(results),
        "failed": sum(bool(one.error) for one in results),
        "folder": str(run.folder),
    }


def _show(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab.runs import find

    run = find(find_home(), args.run_id)
    summary, lines = _summary(run)
    if args.json:
        _print_json({**_about(run), "summary": msgspec.to_builtins(summary)})
    else:
        print(*lines, sep="\n")
    return 0


def _summary(run: Run) -> tuple[Any, Iterator[str]]:
    """What a run came to, and the lines that tell it."""
    from voicebot.lab import roundtrip, stt, tts

    if run.plan.kind == "stt":
        found = stt.summary(run)
        return found, stt_lines(found)
    if run.plan.kind == "tts":
        voices = tts.summary(run)
        return voices, voice_lines(voices)
    cells = roundtrip.summary(run)
    return cells, cell_lines(cells)


def _export(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab.report import FORMATS, write
    from voicebot.lab.runs import find

    home = find_home()
    runs = [find(home, name) for name in args.runs or [""]]
    ending = "html" if args.to.is_dir() else args.to.suffix.lstrip(".")
    form = next((one for one in FORMATS if one == (args.format or ending)), None)
    if form is None:
        raise UsageError(f"a report cannot be {args.to.name}", fix="end its name in .html, .csv or .json")
    file = write(runs, args.to, form, args.language)
    if args.json:
        _print_json({"runs": [run.id for run in runs], "file": str(file)})
    else:
        say_to_person(f"written to {file}")
    return 0


def _remove(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab.runs import find

    home, removed = find_home(), []
    for run in [find(home, name) for name in dict.fromkeys(args.runs)]:
        run.remove()
        removed.append(run.id)
        if not args.json:
            print(f"{run.id} is gone")
    if args.json:
        _print_json(removed)
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
